//! Why a document is not stored.

use std::error::Error;
use std::fmt;

/// Why a document is not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is nothing in it, or only white space.
    Empty,
    /// It is larger than documents of its kind may be.
    TooLarge,
    /// It is none of the kinds that are stored.
    UnknownType,
    /// It begins like a kind that is stored, and does not go on like it.
    Damaged,
    /// It is text, and goes by the extension of a PDF or a picture.
    WrongExtension,
    /// It is a PDF that does something, or carries other files.
    ActiveContent,
    /// It is a PDF that cannot be looked into.
    Encrypted,
    /// It is text, and nobody can tell what it says.
    Encoding,
    /// It is text with invisible characters that change the order in which it is shown.
    TurnedText,
    /// It is a picture in a format that only some devices show.
    Heic,
    /// It unpacks to more than a document needs.
    TooComplex,
}

impl Refusal {
    /// What is said beside the field: what is the matter, and what to do next.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Empty => "This file is empty. Please check it and choose it again.",
            Self::TooLarge => {
                "This file is too large. A PDF or picture may have up to 20 MB and a text file \
                 1 MB: please choose a smaller one, or scan it at a lower resolution."
            }
            Self::UnknownType => {
                "This kind of file cannot be stored. Please choose a PDF, a JPEG, PNG or WebP \
                 picture, or a plain text file (.txt)."
            }
            Self::Damaged => {
                "This file seems to be damaged or incomplete. Please save or scan it once more \
                 and choose the new file."
            }
            Self::WrongExtension => {
                "This file contains plain text, but its name says something else. Please rename \
                 it to end in .txt, or choose the file you meant."
            }
            Self::ActiveContent => {
                "This PDF contains scripts, attached files or an interactive form, which cannot \
                 be stored. Please print it to a new PDF and choose that one."
            }
            Self::Encoding => {
                "This text is neither in UTF-8 nor in UTF-16 or Windows-1252, so its letters could \
                 be read wrongly. Please save it as UTF-8 and choose it again."
            }
            Self::TurnedText => {
                "This text contains invisible characters that change the order of what is shown, so it \
                 could be read wrongly. Please type it into a new file and choose that one."
            }
            Self::Heic => {
                "This is a HEIC picture, which many devices cannot show. Please choose a JPEG: on an \
                 iPhone, set Settings > Camera > Formats to \u{201C}Most Compatible\u{201D}, or share \
                 the picture and save the copy as JPEG."
            }
            Self::TooComplex => {
                "This file unpacks to far more than a document needs. Please print it to a new PDF, \
                 or save the picture again, and choose the new file."
            }
            Self::Encrypted => {
                "This PDF needs a password to open. Please save it without the password and choose it \
                 again."
            }
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence())
    }
}

impl Error for Refusal {}

//! The kinds of document that are stored.

/// What may be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// A PDF document (ISO 32000-2).
    Pdf,
    /// A JPEG picture (ISO/IEC 10918-1).
    Jpeg,
    /// A PNG picture (W3C PNG specification, 3rd edition).
    Png,
    /// Plain text in UTF-8.
    Text,
}

impl MediaType {
    const ALL: [Self; 4] = [Self::Pdf, Self::Jpeg, Self::Png, Self::Text];

    /// The media type without parameters, as in `Content-Type`. Text is always UTF-8: say so when
    /// it is served.
    #[must_use]
    pub fn essence(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Text => "text/plain",
        }
    }

    /// The extension of stored names, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Text => "txt",
        }
    }

    /// The kind with this [essence](Self::essence), to read back what was stored.
    #[must_use]
    pub fn from_essence(essence: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.essence() == essence)
    }

    /// What people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "JPEG picture",
            Self::Png => "PNG picture",
            Self::Text => "Text",
        }
    }

    /// The kind that goes by this extension, in any spelling.
    pub(super) fn from_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "pdf" => Some(Self::Pdf),
            "jpg" | "jpeg" | "jpe" | "jfif" => Some(Self::Jpeg),
            "png" => Some(Self::Png),
            "txt" => Some(Self::Text),
            _ => None,
        }
    }

    /// The kind the first bytes announce. What announces nothing has to prove that it is text.
    ///
    /// PNG goes by half of its signature: the other half is there to show damage, and is looked at
    /// as such.
    pub(super) fn sniff(bytes: &[u8]) -> Self {
        if super::pdf::header(bytes).is_some() {
            Self::Pdf
        } else if bytes.starts_with(b"\xFF\xD8") {
            Self::Jpeg
        } else if bytes.starts_with(b"\x89PNG") {
            Self::Png
        } else {
            Self::Text
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_again_by_what_it_is_stored_as() {
        for kind in MediaType::ALL {
            assert_eq!(MediaType::from_essence(kind.essence()), Some(kind));
            assert_eq!(MediaType::from_extension(kind.extension()), Some(kind));
            assert!(!kind.name().is_empty());
        }
    }

    #[test]
    fn other_types_are_unknown() {
        for essence in ["", "image/svg+xml", "text/html", "text/plain; charset=utf-8", "PDF"] {
            assert_eq!(MediaType::from_essence(essence), None, "{essence}");
        }
    }
}

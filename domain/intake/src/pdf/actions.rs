//! What an object of a PDF may not do (ISO 32000-2, 12.6): run, send, open or carry something.
//!
//! Links to pages on the web stay: following one is up to the reader. What a document does by itself when it is opened may
//! only choose the page that is shown.

use lopdf::{Dictionary, Document, Object};

use super::super::Refusal;

/// Keys that only what does something has, whatever their value is.
const KEYS: [&[u8]; 9] = [
    b"JavaScript",
    b"JS",
    b"XFA",
    b"EmbeddedFiles",
    b"EF",
    b"RichMediaContent",
    b"RichMediaSettings",
    b"Collection",
    b"Launch",
];

/// Kinds of actions (table 201) but `GoTo`, `URI`, `Named`, `Thread`, `Hide`, `ResetForm`, `SetOCGState` and `Trans`.
const ACTIONS: [&[u8]; 12] = [
    b"JavaScript",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"GoToE",
    b"GoToR",
    b"GoToDp",
    b"GoTo3DView",
    b"Rendition",
    b"RichMediaExecute",
    b"Movie",
    b"Sound",
];

/// Kinds of objects and annotations that play, or carry a file.
const KINDS: [&[u8]; 8] =
    [b"EmbeddedFile", b"FileAttachment", b"RichMedia", b"Movie", b"Screen", b"Sound", b"3D", b"PS"];

/// Beginnings of addresses that are no pages of the web or of a mail program.
const SCHEMES: [&str; 5] = ["javascript:", "vbscript:", "data:", "file:", "\\\\"];

/// Looks at what stands beside the objects.
pub(super) fn check_trailer(trailer: &Dictionary, all: &Document) -> Result<(), Refusal> {
    check_dictionary(trailer, all)
}

/// Looks at an object and at everything within it.
pub(super) fn check(object: &Object, all: &Document) -> Result<(), Refusal> {
    match object {
        Object::Array(objects) => objects.iter().try_for_each(|object| check(object, all)),
        Object::Dictionary(dictionary) => check_dictionary(dictionary, all),
        Object::Stream(stream) => {
            // Data that stands in another file (7.3.8.2).
            let is_elsewhere = stream.dict.get(b"F").is_ok_and(|file| !matches!(resolved(file, all), Object::Null));
            if is_elsewhere { Err(Refusal::ActiveContent) } else { check_dictionary(&stream.dict, all) }
        }
        _ => Ok(()),
    }
}

fn check_dictionary(dictionary: &Dictionary, all: &Document) -> Result<(), Refusal> {
    for (key, value) in dictionary.iter() {
        let target = resolved(value, all);
        let is_active = KEYS.contains(&key.as_slice())
            || match (key.as_slice(), target) {
                (b"S", Object::Name(name)) => ACTIONS.contains(&name.as_slice()),
                (b"Type" | b"Subtype", Object::Name(name)) => KINDS.contains(&name.as_slice()),
                (b"AA", Object::Dictionary(actions)) => !actions.is_empty(),
                (b"OpenAction", opening) => !only_shows(opening, all),
                (b"URI" | b"Base", Object::String(address, _)) => is_dangerous(address),
                _ => false,
            };
        if is_active {
            return Err(Refusal::ActiveContent);
        }
        check(value, all)?;
    }
    Ok(())
}

/// Whether what happens on opening is that a page is shown.
fn only_shows(opening: &Object, all: &Document) -> bool {
    match opening {
        Object::Dictionary(action) => {
            let kind = action.get(b"S").map(|kind| resolved(kind, all));
            let goes = matches!(kind, Ok(Object::Name(kind)) if kind == b"GoTo");
            let shows = kind.is_err() && action.has(b"D");
            (goes || shows) && !action.has(b"Next")
        }
        Object::Stream(_) => false,
        _ => true,
    }
}

/// What a reference leads to, through other references.
fn resolved<'a>(object: &'a Object, all: &'a Document) -> &'a Object {
    const MOST: usize = 16;
    let mut object = object;
    for _ in 0..MOST {
        match object {
            Object::Reference(id) => object = all.objects.get(id).unwrap_or(&Object::Null),
            object => return object,
        }
    }
    object
}

/// Whether an address does something, however it is spaced; it may be in UTF-16.
fn is_dangerous(address: &[u8]) -> bool {
    let address: String = address
        .iter()
        .filter(|byte| byte.is_ascii_graphic())
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    SCHEMES.iter().any(|scheme| address.starts_with(scheme)) || address.contains("javascript:")
}

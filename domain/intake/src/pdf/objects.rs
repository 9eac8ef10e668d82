//! All objects of a PDF, within bounds.
//!
//! Tables and objects are read by `lopdf`. It would unpack object streams while it loads, each as far as it goes; so their
//! names are hidden from it, and they are unpacked here, one after the other, out of one budget.

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectStream, Stream};

use super::{super::Refusal, actions, names::names};

/// The names by which an object stream is known, and what stands in their place while loading.
const HIDDEN: [(&[u8], &[u8]); 2] = [(b"ObjStm", b"0bjStm"), (b"First", b"F1rst")];
const FIRST: &[u8] = b"First";
const HIDDEN_FIRST: &[u8] = b"F1rst";
/// The key of a trailer that says how a document is encrypted.
const ENCRYPTED: &[u8] = b"Encrypt";
/// All object streams together, unpacked, and what one table of references may unpack to.
const MOST_UNPACKED: usize = 64 * 1024 * 1024;
const LARGEST_TABLE: usize = 8 * 1024 * 1024;
/// So many objects and tables a document has at most. A book of 1,000 pages has some ten thousand objects.
const MOST_OBJECTS: usize = 300_000;
const MOST_TABLES: usize = 300;

/// Refuses a document one of whose objects does something, and one that cannot be looked into.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let hidden = hidden(bytes)?;
    // Readers that find a table broken look for the objects themselves, and may find others.
    let documents = [load(&hidden, false), load(&hidden, true)];
    let mut budget = Budget { unpacked: MOST_UNPACKED, objects: 2 * MOST_OBJECTS };
    let mut is_document = false;
    for document in documents.iter().flatten() {
        // What opened without a password is decrypted by now.
        if document.trailer.has(ENCRYPTED) {
            return Err(Refusal::Encrypted);
        }
        is_document |= check_one(document, &mut budget)?;
    }
    match is_document {
        true => Ok(()),
        false if names(bytes).any(|name| name.raw == ENCRYPTED) => Err(Refusal::Encrypted),
        false => Err(Refusal::Damaged),
    }
}

fn load(bytes: &[u8], force_reconstruct: bool) -> lopdf::Result<Document> {
    let options =
        LoadOptions { max_decompressed_size: Some(LARGEST_TABLE), force_reconstruct, ..LoadOptions::default() };
    Document::load_mem_with_options(bytes, options)
}

/// The bytes with the object streams hidden; refused when there is more of anything than a document needs.
fn hidden(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut hidden = bytes.to_vec();
    let mut tables = 0;
    for name in names(bytes) {
        let (raw, spelled) = (name.raw, name.unescaped());
        match HIDDEN.iter().find(|(known, hidden)| spelled == *known || spelled == *hidden) {
            // No program escapes these, or writes what stands in their place.
            Some((known, _)) if raw != *known => return Err(Refusal::Damaged),
            Some((_, stand_in)) => hidden[name.at..name.at + raw.len()].copy_from_slice(stand_in),
            None => {}
        }
        tables += usize::from(raw == b"XRef" || raw == b"Prev");
    }
    let objects = bytes.windows(3).filter(|window| *window == b"obj").count();
    if tables > 2 * MOST_TABLES || objects > 2 * MOST_OBJECTS {
        return Err(Refusal::TooComplex);
    }
    Ok(hidden)
}

/// What may still be unpacked and looked at.
struct Budget {
    unpacked: usize,
    objects: usize,
}

/// Looks at every object. False when there is nothing in it that a reader would show.
fn check_one(document: &Document, budget: &mut Budget) -> Result<bool, Refusal> {
    let mut unpacked = Vec::new();
    for object in document.objects.values() {
        if let Object::Stream(stream) = object
            && stream.dict.has(HIDDEN_FIRST)
        {
            unpacked.extend(unpack(stream, budget)?.objects);
        }
    }
    budget.objects = budget.objects.checked_sub(document.objects.len() + unpacked.len()).ok_or(Refusal::TooComplex)?;
    let mut all = Document::new();
    all.objects = document.objects.clone().into_iter().chain(unpacked).collect();
    actions::check_trailer(&document.trailer, &all)?;
    // Both copies of an object that is stored twice are looked at: which one counts, readers decide.
    for object in document.objects.values().chain(all.objects.values()) {
        actions::check(object, &all)?;
    }
    Ok(all.objects.values().any(is_catalogue))
}

fn is_catalogue(object: &Object) -> bool {
    object.as_dict().is_ok_and(|dictionary| dictionary.has(b"Pages"))
}

/// The objects of an object stream (7.5.7).
fn unpack(stream: &Stream, budget: &mut Budget) -> Result<ObjectStream, Refusal> {
    let filters_are_plain = match stream.dict.get(b"Filter") {
        Err(_) => true,
        Ok(Object::Name(_)) => true,
        Ok(Object::Array(filters)) => filters.len() <= 2 && filters.iter().all(|filter| filter.as_name().is_ok()),
        Ok(_) => false,
    };
    if !filters_are_plain {
        return Err(Refusal::TooComplex);
    }
    let plain = stream.get_plain_content_with_limit(budget.unpacked).map_err(too_much_or_damaged)?;
    budget.unpacked = budget.unpacked.checked_sub(plain.len()).ok_or(Refusal::TooComplex)?;
    let first = stream.dict.get(HIDDEN_FIRST).and_then(Object::as_i64).map_err(|_| Refusal::Damaged)?;
    let index = usize::try_from(first).ok().and_then(|first| plain.get(..first)).ok_or(Refusal::Damaged)?;
    if !is_in_order(index) {
        return Err(Refusal::Damaged);
    }
    let mut dictionary = Dictionary::new();
    dictionary.set(FIRST, first);
    dictionary.set("N", stream.dict.get(b"N").cloned().map_err(|_| Refusal::Damaged)?);
    let unpacked = ObjectStream::new(&Stream::new(dictionary, plain)).map_err(|_| Refusal::Damaged)?;
    Ok(unpacked)
}

fn too_much_or_damaged(error: lopdf::Error) -> Refusal {
    match error {
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => Refusal::TooComplex,
        _ => Refusal::Damaged,
    }
}

/// Whether an index names each place of the stream once, from front to back: many names for one large object would be
/// read many times.
fn is_in_order(index: &[u8]) -> bool {
    let Ok(index) = str::from_utf8(index) else { return false };
    let mut last = None;
    index.split_ascii_whitespace().skip(1).step_by(2).all(|place| {
        let place = place.parse::<u32>().ok();
        let is_later = place.is_some() && place > last;
        last = place;
        is_later
    })
}

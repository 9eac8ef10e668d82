//! How a text is written before it is sealed, so that it can be read for as long as records are kept.
//!
//! The first line names the version of the format, the rest is JSON. What was written once is never written anew: a
//! version that was ever in use is read for ever (`docs/adr/0024-signed-bytes.md` says how a type may grow within one).

use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// The version that is written. Those that are read: 1.
const VERSION: &str = "1";

/// A text as it is sealed, and signed.
///
/// # Errors
/// Internal, for what JSON cannot say; no type of a record is that.
pub(crate) fn written<T: Serialize>(said: &T) -> Result<Zeroizing<Vec<u8>>> {
    let mut text = Zeroizing::new(format!("{VERSION}\n").into_bytes());
    serde_json::to_writer(&mut *text, said).map_err(Error::caused("an entry could not be written down"))?;
    Ok(text)
}

/// What a text says.
///
/// # Errors
/// Internal, when it was written in a version that this program does not know, or says something else.
pub(crate) fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T> {
    let end = text.iter().position(|byte| *byte == b'\n').unwrap_or(text.len());
    let (version, said) = text.split_at(end);
    if version != VERSION.as_bytes() {
        return Err(Error::internal("an entry was written in a format that this version of SecureMed does not know"));
    }
    serde_json::from_slice(said).map_err(Error::caused("an entry cannot be understood"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_begins_with_its_version_and_is_read_as_it_was_written() {
        let text = written(&["Hypertension"]).unwrap();
        assert_eq!(text.as_slice(), b"1\n[\"Hypertension\"]");
        assert_eq!(read::<Vec<String>>(&text).unwrap(), ["Hypertension"]);
    }

    #[test]
    fn what_another_version_wrote_is_refused_and_not_guessed_at() {
        for text in ["2\n[]", "[]", "", "1", "1 \n[]", "01\n[]"] {
            assert!(read::<Vec<String>>(text.as_bytes()).is_err(), "{text:?}");
        }
    }
}

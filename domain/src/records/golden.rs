//! What each version of SecureMed wrote opens and verifies, for ever: the files of `tests/golden` are never changed. A
//! type that has grown gets a file more, of what it writes since.

use domain_types::records::{Content, LabValue, RecordType};
use jiff::civil::date;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use zeroize::Zeroizing;

use super::{
    format,
    signing::{Header, Texts},
};
use crate::patient_keys::DataKey;

macro_rules! golden {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../tests/golden/v1/", $name, ".txt")))),*]
    };
}

/// By what it is, the text that version 1 sealed.
const CONTENTS: [(&str, &str); 11] = golden![
    "report",
    "addition",
    "prescription",
    "vitals",
    "immunisation",
    "document",
    "problem",
    "allergy",
    "no_known_allergies",
    "medication",
    "cancellation",
];
const RESULT: &str = include_str!("../../tests/golden/v1/lab_result.txt");

/// By what it is, the signature that version 1 made over it.
const SIGNATURES: &str = include_str!("../../tests/golden/v1/signatures.txt");

/// What is read from a text says all that stands in it, whatever else the type says today.
fn reads<T: Serialize + DeserializeOwned>(name: &str, text: &str) -> T {
    let read: T = format::read(text.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
    let stored: Value = serde_json::from_str(text.strip_prefix("1\n").unwrap()).unwrap();
    let today = serde_json::to_value(&read).unwrap();
    for (field, said) in stored.as_object().unwrap() {
        assert!(!said.is_null() && *said != "", "{name} says nothing in {field}");
        assert_eq!(&today[field], said, "{name} lost {field}");
    }
    read
}

#[test]
fn what_version_1_wrote_is_read_whole() {
    let contents = CONTENTS.map(|(name, text)| reads::<Content>(name, text));
    for kind in RecordType::ALL.iter().copied() {
        assert!(contents.iter().any(|content| content.fits(kind)), "there is a file of a {}", kind.as_str());
    }
    let result: LabValue = reads("result", RESULT);
    assert_eq!((result.test.as_str(), result.value.as_str()), ("Potassium", "6.9"));
}

#[test]
fn what_version_1_signed_is_as_it_was_signed() {
    let key = DataKey::of(&[7; 32]).unwrap();
    let bytes = |text: &str| Zeroizing::new(text.as_bytes().to_vec());
    let made = CONTENTS.map(|(name, text)| {
        let header = Header {
            reference: "REC-7K2M9Q4T",
            kind: name,
            date: date(2026, 11, 20),
            doctor: Some(3),
            visit: Some(41),
            about: None,
            author: Some(7),
            signed_at: time::OffsetDateTime::UNIX_EPOCH + time::Duration::days(20_000),
        };
        let texts = Texts { content: bytes(text), results: vec![bytes(RESULT)] };
        format!("{name} {}\n", header.sign(&key, &texts))
    });
    assert_eq!(made.concat(), SIGNATURES);
}

/// Every field that a type may leave out was added after its first version: what stood without it is still read.
#[test]
fn what_was_written_before_a_field_existed_is_read() {
    let report: Content = format::read(b"1\n{\"is\":\"report\",\"assessment\":\"Hypertension\"}").unwrap();
    assert_eq!(report.title(), "Hypertension");
    let allergy = b"1\n{\"is\":\"allergy\",\"substance\":\"Penicillin\",\"reaction\":\"\",\"severity\":\"severe\"}";
    assert_eq!(format::read::<Content>(allergy).unwrap().title(), "Penicillin");
    assert!(format::read::<Content>(b"1\n{\"is\":\"allergy\",\"substance\":\"Penicillin\"}").is_err(), "no severity");
}

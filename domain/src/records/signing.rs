//! What a signature stands over: the bytes that are sealed, and what stands clear beside them.
//!
//! The message is text: a fact to a line, then each sealed text behind its length in bytes. Nobody has to understand a
//! text to tell whether it is what was signed, so that a signature holds however the types grow that read it.

use std::fmt::Display;

use jiff::civil::Date;
use zeroize::Zeroizing;

use super::rows::Row;
use crate::{error::Result, patient_keys::DataKey, time::date_from_db};

/// The version of the message below, in its first line. One that was ever in use is made for ever.
const VERSION: u32 = 1;

/// What stands clear in the row of a signed entry. Rows are named by their numbers, which never change.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Header<'a> {
    /// `REC-…`
    pub reference: &'a str,
    /// As it is stored: `visit_note`.
    pub kind: &'a str,
    /// The day that the entry is of.
    pub date: Date,
    /// Who answers for it; nobody for what a patient brings.
    pub doctor: Option<i64>,
    pub visit: Option<i64>,
    /// The entry that it completes, corrects or ends.
    pub about: Option<i64>,
    /// The account of whoever signed it.
    pub author: Option<i64>,
    pub signed_at: time::OffsetDateTime,
}

impl<'a> Header<'a> {
    /// Of a stored entry that `author` signed.
    ///
    /// # Errors
    /// Internal, when its day is none.
    pub(super) fn of(row: &'a Row, author: Option<i64>, signed_at: time::OffsetDateTime) -> Result<Self> {
        Ok(Self {
            reference: &row.reference,
            kind: &row.record_type,
            date: date_from_db(row.record_date)?,
            doctor: row.doctor_id,
            visit: row.appointment_id,
            about: row.about_id,
            author,
            signed_at,
        })
    }

    /// The keyed hash under the patient's key: whoever has only the database can make none. 64 hexadecimal digits.
    pub(crate) fn sign(&self, key: &DataKey, texts: &Texts) -> String {
        key.sign(&self.message(texts))
    }

    fn message(&self, texts: &Texts) -> Zeroizing<Vec<u8>> {
        let number = |row: Option<i64>| row.map_or_else(|| "none".to_owned(), |row| row.to_string());
        let facts: [(&str, &dyn Display); 9] = [
            ("securemed signature", &VERSION),
            ("reference", &self.reference),
            ("kind", &self.kind),
            ("date", &self.date),
            ("doctor", &number(self.doctor)),
            ("visit", &number(self.visit)),
            ("about", &number(self.about)),
            ("author", &number(self.author)),
            ("signed at", &self.signed_at.unix_timestamp()),
        ];
        let head: String = facts.iter().map(|(name, fact)| format!("{name} {fact}\n")).collect();
        let mut message = Zeroizing::new(head.into_bytes());
        let mut add = |name: &str, text: &[u8]| {
            message.extend_from_slice(format!("{name} {}\n", text.len()).as_bytes());
            message.extend_from_slice(text);
            message.push(b'\n');
        };
        add("content", &texts.content);
        for text in &texts.results {
            add("result", text);
        }
        message
    }
}

/// The texts of an entry, as they are sealed.
#[derive(Default)]
pub(crate) struct Texts {
    pub content: Zeroizing<Vec<u8>>,
    /// Of a laboratory report, in its order.
    pub results: Vec<Zeroizing<Vec<u8>>>,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const HEADER: Header<'static> = Header {
        reference: "REC-1",
        kind: "lab_report",
        date: date(2026, 11, 20),
        doctor: Some(3),
        visit: None,
        about: None,
        author: Some(7),
        signed_at: time::OffsetDateTime::UNIX_EPOCH,
    };

    fn texts(content: &str, results: &[&str]) -> Texts {
        let bytes = |text: &str| Zeroizing::new(text.as_bytes().to_vec());
        Texts { content: bytes(content), results: results.iter().map(|text| bytes(text)).collect() }
    }

    #[test]
    fn the_message_is_what_the_decision_says() {
        let message = HEADER.message(&texts("1\n{}", &["1\n[]"]));
        let said = "securemed signature 1\nreference REC-1\nkind lab_report\ndate 2026-11-20\ndoctor 3\nvisit none\n\
                    about none\nauthor 7\nsigned at 0\ncontent 4\n1\n{}\nresult 4\n1\n[]\n";
        assert_eq!(String::from_utf8_lossy(&message), said);
    }

    #[test]
    fn every_fact_and_every_byte_is_signed() {
        let key = DataKey::of(&[1; 32]).unwrap();
        let said = || texts("ab", &["c", "d"]);
        let signature = HEADER.sign(&key, &said());
        assert_eq!(signature, HEADER.sign(&key, &said()));
        let later = HEADER.signed_at + time::Duration::SECOND;
        for other in [
            Header { reference: "REC-2", ..HEADER },
            Header { kind: "visit_note", ..HEADER },
            Header { date: date(2026, 11, 21), ..HEADER },
            Header { doctor: None, ..HEADER },
            Header { visit: Some(1), ..HEADER },
            Header { about: Some(1), ..HEADER },
            Header { author: Some(8), ..HEADER },
            Header { signed_at: later, ..HEADER },
        ] {
            assert_ne!(other.sign(&key, &said()), signature, "{other:?}");
        }
        for other in [texts("ab", &["d", "c"]), texts("ab", &["c"]), texts("ab", &["cd"]), texts("abc", &["d"])] {
            assert_ne!(HEADER.sign(&key, &other), signature);
        }
        assert_ne!(HEADER.sign(&DataKey::of(&[2; 32]).unwrap(), &said()), signature);
    }
}

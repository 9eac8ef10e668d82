//! Reads a file row by row, and notes what is wrong with a row by itself.

use std::collections::BTreeSet;

use csv::{ErrorKind, StringRecord};
use jiff::civil::Date;

use super::rows::{Key, NOBODY, Review, Row};
use super::{Fault, Files};

/// The columns that every file has behind its own.
const COMMON: &[&str] = &["source", "reviewer", "date", "note"];
/// The file with the day of the newest row.
const EDITION: &str = "edition.txt";

/// A row, and where it stands.
pub(super) struct Line<R> {
    pub(super) number: u64,
    pub(super) row: R,
    pub(super) source: String,
}

/// How far the tables are reviewed.
#[derive(Default)]
pub(super) struct Standing {
    pub(super) rows: usize,
    pub(super) unreviewed: usize,
    pub(super) unsourced: usize,
    pub(super) edition: String,
}

/// What has been read so far, and what is wrong with it.
pub(super) struct Reader<'a> {
    files: &'a Files,
    unread: BTreeSet<&'a str>,
    newest: String,
    standing: Standing,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    pub(super) fn of(files: &'a Files) -> Self {
        let edition = files.get(EDITION).map(|text| text.trim().to_owned()).unwrap_or_default();
        let mut unread: BTreeSet<&str> = files.keys().map(String::as_str).collect();
        unread.remove(EDITION);
        let mut faults = Vec::new();
        if !is_date(&edition) {
            faults.push(fault(EDITION, 1, "the day of the newest row is missing, as in 2026-11-30".to_owned()));
        }
        let standing = Standing { edition, ..Standing::default() };
        Self { files, unread, newest: String::new(), standing, faults }
    }

    /// All rows of a file.
    pub(super) fn rows<R: Row>(&mut self) -> Vec<Line<R>> {
        self.unread.remove(R::FILE);
        let mut lines: Vec<Line<R>> = Vec::new();
        let Some(text) = self.files.get(R::FILE) else {
            self.faults.push(fault(R::FILE, 1, "the file is missing".to_owned()));
            return lines;
        };
        let mut records = csv::Reader::from_reader(text.as_bytes());
        let columns = [R::COLUMNS, COMMON].concat();
        let headers = records.headers().cloned().unwrap_or_default();
        if headers != columns {
            self.faults.push(fault(R::FILE, 1, format!("the columns are not {}", columns.join(","))));
            return lines;
        }
        for record in records.records() {
            match record {
                Ok(record) => {
                    let number = record.position().map_or(0, csv::Position::line);
                    match self.line(number, &record, &headers, lines.last()) {
                        Ok(line) => lines.push(line),
                        Err(reason) => self.faults.push(fault(R::FILE, number, reason)),
                    }
                }
                Err(error) => {
                    let number = error.position().map_or(0, csv::Position::line);
                    let cells = match error.kind() {
                        ErrorKind::UnequalLengths { len, .. } => format!("{len} cells instead of {}", columns.len()),
                        _ => error.to_string(),
                    };
                    self.faults.push(fault(R::FILE, number, cells));
                }
            }
        }
        lines
    }

    /// One row, or what is wrong with it.
    fn line<R: Row>(
        &mut self,
        number: u64,
        record: &StringRecord,
        headers: &StringRecord,
        above: Option<&Line<R>>,
    ) -> Result<Line<R>, String> {
        for (column, cell) in headers.iter().zip(record) {
            if cell.is_empty() && column != "note" {
                return Err(format!("{column} is empty"));
            }
            if cell.trim() != cell || cell.contains(char::is_control) {
                return Err(format!("{column} begins or ends with a blank, or is of several lines"));
            }
        }
        let row: R = read(record, headers)?;
        let Review { source, reviewer, date } = read(record, headers)?;
        if !is_date(&date) {
            return Err(format!("“{date}” is no date as in 2026-11-30"));
        }
        if date > self.standing.edition {
            return Err(format!("{date} is later than the day in {EDITION}"));
        }
        match above.map(|above| above.row.key().cmp(&row.key())) {
            Some(std::cmp::Ordering::Equal) => return Err(format!("{} is there twice", shown(row.key()))),
            Some(std::cmp::Ordering::Greater) => {
                return Err(format!("{} belongs further up: rows are sorted by their first columns", shown(row.key())));
            }
            Some(std::cmp::Ordering::Less) | None => {}
        }
        self.standing.rows += 1;
        self.standing.unreviewed += usize::from(reviewer == NOBODY);
        self.standing.unsourced += usize::from(source == NOBODY);
        self.newest = date.max(std::mem::take(&mut self.newest));
        Ok(Line { number, row, source })
    }

    /// What is known when all files are read.
    pub(super) fn finish(mut self) -> (Standing, Vec<Fault>) {
        for file in self.unread {
            self.faults.push(fault(file, 1, "nobody reads this file".to_owned()));
        }
        if self.faults.is_empty() && self.newest != self.standing.edition {
            self.faults.push(fault(EDITION, 1, format!("the newest row is of {}", self.newest)));
        }
        (self.standing, self.faults)
    }
}

pub(super) fn fault(file: &str, line: u64, reason: String) -> Fault {
    Fault { file: file.to_owned(), line, reason }
}

fn read<T: serde::de::DeserializeOwned>(record: &StringRecord, headers: &StringRecord) -> Result<T, String> {
    record.deserialize(Some(headers)).map_err(|error| match error.kind() {
        ErrorKind::Deserialize { err, .. } => {
            let column = err.field().and_then(|place| headers.get(usize::try_from(place).ok()?));
            column.map_or_else(|| err.kind().to_string(), |column| format!("{column}: {}", err.kind()))
        }
        _ => error.to_string(),
    })
}

/// Whether it is a day of the calendar, written in the one way that sorts as the days do.
fn is_date(text: &str) -> bool {
    text.parse::<Date>().is_ok_and(|date| date.to_string() == text)
}

/// "“ramipril”", "“amoxicillin” “Penicillin”".
fn shown((first, number, last): Key<'_>) -> String {
    let number = if number == 0 { String::new() } else { number.to_string() };
    let parts = [first, &number, last].into_iter().filter(|part| !part.is_empty());
    parts.map(|part| format!("“{part}”")).collect::<Vec<_>>().join(" ")
}

//! What one person did with a record on one day, as its patient reads it in one line.

use serde::{Deserialize, Serialize};

use super::LookView;

/// What one person did with a record on one day: a row that opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookRow {
    /// Of one person and one day, the latest first; never empty.
    pub looks: Vec<LookView>,
}

impl LookRow {
    /// "1 access", "12 accesses"
    #[must_use]
    pub fn count_label(&self) -> String {
        match self.looks.iter().map(|look| look.times).sum::<u32>() {
            1 => "1 access".to_owned(),
            count => format!("{count} accesses"),
        }
    }

    /// "09:30", or "08:05 to 09:30": from the first to the latest.
    #[must_use]
    pub fn time_label(&self) -> String {
        let first = self.looks.iter().map(|look| look.first_time.as_str()).min().unwrap_or_default();
        let latest = self.looks.iter().map(|look| look.at.time.as_str()).max().unwrap_or_default();
        if first == latest { latest.to_owned() } else { format!("{first} to {latest}") }
    }

    /// "opened your chart, read an entry in your record and 3 more": the first two kinds, and how many there are besides.
    #[must_use]
    pub fn what_label(&self) -> String {
        let mut kinds: Vec<&str> = Vec::new();
        for look in &self.looks {
            if !kinds.contains(&look.what.as_str()) {
                kinds.push(&look.what);
            }
        }
        match kinds.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [one, two] => format!("{one} and {two}"),
            [one, two, more @ ..] => format!("{one}, {two} and {} more", more.len()),
        }
    }

    /// Whether any of it happened because the record had been opened in an emergency.
    #[must_use]
    pub fn is_emergency(&self) -> bool {
        self.looks.iter().any(|look| look.is_emergency)
    }

    /// Whether the patient asked about any of it.
    #[must_use]
    pub fn is_asked_about(&self) -> bool {
        self.looks.iter().any(|look| look.question.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AuditEventId, appointments::When, records::Looker};

    fn look(what: &str, times: u32, first: &str, latest: &str) -> LookView {
        let when = When {
            instant: String::new(),
            date: String::new(),
            time: latest.into(),
            day: String::new(),
            label: String::new(),
            near: None,
            zone: Default::default(),
        };
        LookView {
            event: AuditEventId(1),
            at: when,
            first_time: first.into(),
            day_label: String::new(),
            who: String::new(),
            role: Looker::Doctor,
            what: what.into(),
            entry: None,
            times,
            is_emergency: false,
            question: None,
            may_ask: true,
        }
    }

    #[test]
    fn a_day_of_one_person_is_told_in_one_line() {
        let chart = || look("opened your chart", 2, "09:05", "09:30");
        let row = |looks: &[LookView]| LookRow { looks: looks.to_vec() };
        let told = |row: LookRow| (row.count_label(), row.time_label(), row.what_label());
        let once = row(&[look("read your profile", 1, "08:00", "08:00")]);
        assert_eq!(told(once), ("1 access".into(), "08:00".into(), "read your profile".into()));
        let day = row(&[
            chart(),
            look("read your profile", 1, "08:00", "08:00"),
            chart(),
            look("viewed your lab results", 1, "07:59", "07:59"),
            look("viewed your vital signs", 1, "07:58", "07:58"),
        ]);
        let what = "opened your chart, read your profile and 2 more";
        assert_eq!(told(day), ("7 accesses".into(), "07:58 to 09:30".into(), what.into()));
        let two = row(&[chart(), look("read your profile", 1, "08:00", "08:00")]);
        assert_eq!(two.what_label(), "opened your chart and read your profile");
    }

    #[test]
    fn one_access_in_an_emergency_marks_its_row() {
        let quiet = look("opened your chart", 1, "08:00", "08:00");
        let loud = LookView { is_emergency: true, ..quiet.clone() };
        assert!(LookRow { looks: vec![quiet.clone(), loud] }.is_emergency());
        assert!(!LookRow { looks: vec![quiet] }.is_emergency());
    }
}

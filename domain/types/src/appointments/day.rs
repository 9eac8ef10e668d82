//! A doctor's day as the schedule shows it.

use serde::{Deserialize, Serialize};

use crate::appointments::{AppointmentStatus, AppointmentView, NoteStep, ZoneName};

/// A doctor's day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayView {
    /// `YYYY-MM-DD`
    pub date: String,
    /// "Tuesday 1 December"
    pub label: String,
    pub is_today: bool,
    pub previous: String,
    pub next: String,
    pub today: String,
    /// "09:00–12:00, 13:00–17:00", or why there are none.
    pub hours: String,
    /// The zone of all times of the day.
    pub zone: ZoneName,
    pub entries: Vec<DayEntry>,
    /// Visits that still hold their time.
    pub visits: u32,
    /// Of them those whose patient has arrived and waits.
    pub checked_in: u32,
    /// Of them those that are over.
    pub completed: u32,
    /// Times still free.
    pub free: u32,
}

/// One line of a doctor's day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DayEntry {
    Visit {
        visit: Box<AppointmentView>,
        /// Since when the patient waits, in words, while they do.
        waiting: Option<String>,
        /// What the doctor can do about its note.
        note: Option<NoteStep>,
    },
    /// A run of free times: "10:00", "11:30", how many.
    Free { from: String, to: String, slots: u32 },
    /// Time off or a break inside the hours.
    Blocked { from: String, to: String, why: String },
    /// The present moment, after what has begun and before what is to come: "09:42". Only today has one.
    Now { time: String },
}

impl DayView {
    /// How the day stands, on one line.
    #[must_use]
    pub fn counts(&self) -> String {
        format!(
            "{} · {} checked in · {} completed · {}",
            counted(self.visits, "appointment"),
            self.checked_in,
            self.completed,
            counted(self.free, "free time"),
        )
    }

    /// What became of a visit of this day by the step that was just taken: "Checked in: Maya Okafor, 09:30." It is read
    /// from the visit as it stands now. `None` for a visit of another day and for one that no step was taken with.
    #[must_use]
    pub fn news_of(&self, reference: &str) -> Option<String> {
        self.entries.iter().find_map(|entry| match entry {
            DayEntry::Visit { visit, .. } if visit.reference == reference => visit.news(),
            _ => None,
        })
    }
}

impl AppointmentView {
    /// The last step taken with this visit, in one sentence: "Checked in: Maya Okafor, 09:30."
    #[must_use]
    pub fn news(&self) -> Option<String> {
        let is_news = self.status != AppointmentStatus::Scheduled;
        is_news.then(|| format!("{}: {}, {}.", self.status.label(), self.patient.name, self.starts.time))
    }
}

/// "Free", "3 free times"
#[must_use]
pub fn free_words(slots: u32) -> String {
    if slots == 1 { "Free".to_owned() } else { counted(slots, "free time") }
}

/// How long somebody has been waiting, in whole minutes.
#[must_use]
pub fn waiting_words(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, 0) => "Just checked in".to_owned(),
        (0, minutes) => format!("Waiting {}", counted(minutes, "minute")),
        (hours, 0) => format!("Waiting {}", counted(hours, "hour")),
        (hours, minutes) => format!("Waiting {} {}", counted(hours, "hour"), counted(minutes, "minute")),
    }
}

/// "1 visit", "2 visits"
fn counted(count: u32, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(0, "Just checked in")]
    #[case(1, "Waiting 1 minute")]
    #[case(59, "Waiting 59 minutes")]
    #[case(60, "Waiting 1 hour")]
    #[case(121, "Waiting 2 hours 1 minute")]
    fn waiting_is_told_from_the_first_minute_on(#[case] minutes: u32, #[case] words: &str) {
        assert_eq!(waiting_words(minutes), words);
    }

    #[test]
    fn one_of_a_kind_is_counted_in_the_singular() {
        let day = DayView {
            date: String::new(),
            label: String::new(),
            is_today: true,
            previous: String::new(),
            next: String::new(),
            today: String::new(),
            hours: String::new(),
            zone: ZoneName::default(),
            entries: Vec::new(),
            visits: 1,
            checked_in: 1,
            completed: 0,
            free: 1,
        };
        assert_eq!(day.counts(), "1 appointment · 1 checked in · 0 completed · 1 free time");
        assert_eq!((free_words(1).as_str(), free_words(3).as_str()), ("Free", "3 free times"));
    }
}

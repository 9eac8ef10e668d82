//! Calendar files (RFC 5545), attached to messages and offered for download.

use icalendar::{Calendar, Class, Component, Event, EventLike, EventStatus, Property};
use jiff::Timestamp;

/// The longest line, in octets without its end (RFC 5545, 3.1).
const LINE: usize = 75;

/// A file for a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarFile {
    /// `APT-7K3M9Q2X.ics`: the same for the attachment of a message and for the download.
    pub name: String,
    pub text: String,
}

/// A visit as calendars know it. It ends up in clouds and on shared screens: no clinical words.
#[derive(Clone, Debug)]
pub(crate) struct CalendarEntry<'a> {
    pub reference: &'a str,
    /// "Dr. Elena Rivera, Cardiology"
    pub title: &'a str,
    pub description: &'a str,
    pub location: &'a str,
    pub page: &'a str,
    pub starts: Timestamp,
    pub ends: Timestamp,
    /// When this file is written.
    pub written: Timestamp,
    /// When this state of the visit came about.
    pub changed: Timestamp,
    /// How often the visit was moved or called off so far: newer files replace older ones.
    pub revision: u32,
    pub cancelled: bool,
}

impl CalendarEntry<'_> {
    pub(crate) fn file(&self) -> CalendarFile {
        CalendarFile { name: format!("{}.ics", self.reference), text: folded(&self.lines()) }
    }

    /// The file before its long lines are folded.
    ///
    /// It is published, not sent as an invitation: nobody is asked to answer, so it names no organizer and no guests.
    fn lines(&self) -> String {
        let mut event = Event::new();
        event
            .uid(&format!("{}@securemed", self.reference))
            .summary(self.title)
            .description(self.description)
            .location(self.location)
            .url(self.page)
            .add_property("DTSTAMP", utc(self.written))
            .add_property("LAST-MODIFIED", utc(self.changed))
            .add_property("DTSTART", utc(self.starts))
            .add_property("DTEND", utc(self.ends))
            .sequence(self.revision)
            .class(Class::Private)
            .status(if self.cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
        let mut calendar = Calendar::empty();
        for (name, value) in [
            ("VERSION", "2.0"),
            ("PRODID", "-//SecureMed//SecureMed//EN"),
            ("CALSCALE", "GREGORIAN"),
            ("METHOD", "PUBLISH"),
        ] {
            calendar.append_property(Property::new(name, value));
        }
        calendar.push(event.done()).to_string().replace("\r\n ", "")
    }
}

/// Breaks lines so that none is longer than [`LINE`] octets. The library counts the space before a continuation to
/// nobody, so that its last lines may be one too long.
fn folded(lines: &str) -> String {
    let mut text = String::with_capacity(lines.len() + lines.len() / LINE * 3);
    for line in lines.split_terminator("\r\n") {
        let mut length = 0;
        for letter in line.chars() {
            if length + letter.len_utf8() > LINE {
                text.push_str("\r\n ");
                length = 1;
            }
            text.push(letter);
            length += letter.len_utf8();
        }
        text.push_str("\r\n");
    }
    text
}

fn utc(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn file(title: &str, description: &str) -> CalendarFile {
        CalendarEntry {
            reference: "APT-7K3M9Q2X",
            title,
            description,
            location: "Heart and Circulation, Liffey Bridge Clinic, 12 Bridge Row, Dublin 8",
            page: "https://clinic.example/appointments/APT-7K3M9Q2X",
            starts: "2026-12-01T09:30:00Z".parse().unwrap(),
            ends: "2026-12-01T10:00:00Z".parse().unwrap(),
            written: "2026-11-23T08:00:00Z".parse().unwrap(),
            changed: "2026-11-22T12:00:00Z".parse().unwrap(),
            revision: 1,
            cancelled: false,
        }
        .file()
    }

    /// The lines as a calendar reads them.
    fn unfolded(file: &CalendarFile) -> Vec<String> {
        file.text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn a_calendar_file_carries_the_instants_in_utc_and_a_stable_identity() {
        let file = file("Dr. Elena Rivera, Cardiology", "Visit, 30 minutes.\nPlease bring: a photo ID; your card.");
        assert_eq!(file.name, "APT-7K3M9Q2X.ics");
        assert_eq!(
            unfolded(&file),
            [
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//SecureMed//SecureMed//EN",
                "CALSCALE:GREGORIAN",
                "METHOD:PUBLISH",
                "BEGIN:VEVENT",
                "CLASS:PRIVATE",
                r"DESCRIPTION:Visit\, 30 minutes.\nPlease bring: a photo ID\; your card.",
                "DTEND:20261201T100000Z",
                "DTSTAMP:20261123T080000Z",
                "DTSTART:20261201T093000Z",
                "LAST-MODIFIED:20261122T120000Z",
                r"LOCATION:Heart and Circulation\, Liffey Bridge Clinic\, 12 Bridge Row\, Dublin 8",
                "SEQUENCE:1",
                "STATUS:CONFIRMED",
                r"SUMMARY:Dr. Elena Rivera\, Cardiology",
                "UID:APT-7K3M9Q2X@securemed",
                "URL:https://clinic.example/appointments/APT-7K3M9Q2X",
                "END:VEVENT",
                "END:VCALENDAR",
            ]
        );
    }

    proptest! {
        #[test]
        fn no_line_is_longer_than_75_octets_and_none_is_lost(title in r"[a-zé虎 ,;\\]{0,200}", words in "[a-zß\n ]{0,400}") {
            let file = file(&title, &words);
            prop_assert!(file.text.ends_with("\r\n"));
            for line in file.text.split_terminator("\r\n") {
                prop_assert!(line.len() <= LINE, "{} octets: {line}", line.len());
                prop_assert!(!line.contains(['\r', '\n']), "a bare line end: {line:?}");
            }
            let escaped = title.replace('\\', r"\\").replace(',', r"\,").replace(';', r"\;");
            prop_assert!(unfolded(&file).contains(&format!("SUMMARY:{escaped}")), "{}", file.text);
        }
    }
}

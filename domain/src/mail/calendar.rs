//! Calendar files (RFC 5545), attached to messages and offered for download.

use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};
use jiff::Timestamp;

/// A visit as calendars know it.
#[derive(Clone, Debug)]
pub(crate) struct CalendarEntry<'a> {
    pub reference: &'a str,
    /// "Dr. Elena Rivera, Cardiology": no clinical words, calendars are shared.
    pub title: &'a str,
    pub location: &'a str,
    pub page: &'a str,
    pub starts: Timestamp,
    pub ends: Timestamp,
    /// When this state of the visit came about; newer files replace older ones.
    pub changed: Timestamp,
    pub cancelled: bool,
}

impl CalendarEntry<'_> {
    /// The file's text.
    pub(crate) fn to_text(&self) -> String {
        let mut event = Event::new();
        event
            .uid(&format!("{}@securemed", self.reference))
            .summary(self.title)
            .location(self.location)
            .url(self.page)
            .add_property("DTSTAMP", utc(self.changed))
            .add_property("DTSTART", utc(self.starts))
            .add_property("DTEND", utc(self.ends))
            .sequence(u32::try_from(self.changed.as_second()).unwrap_or(0))
            .status(if self.cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
        let mut calendar = Calendar::new();
        calendar.append_property(Property::new("METHOD", "PUBLISH")).push(event.done());
        calendar.to_string()
    }
}

fn utc(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_file_carries_the_instants_in_utc_and_a_stable_identity() {
        let text = CalendarEntry {
            reference: "APT-7K3M9Q2X",
            title: "Dr. Elena Rivera, Cardiology",
            location: "12 Bridge Row, Dublin 8",
            page: "https://clinic.example/appointments/APT-7K3M9Q2X",
            starts: "2026-12-01T09:30:00Z".parse().unwrap(),
            ends: "2026-12-01T10:00:00Z".parse().unwrap(),
            changed: "2026-11-22T12:00:00Z".parse().unwrap(),
            cancelled: false,
        }
        .to_text();
        for line in [
            "UID:APT-7K3M9Q2X@securemed",
            "DTSTART:20261201T093000Z",
            "DTEND:20261201T100000Z",
            "DTSTAMP:20261122T120000Z",
            "STATUS:CONFIRMED",
            "METHOD:PUBLISH",
        ] {
            assert_eq!(text.lines().filter(|l| *l == line).count(), 1, "{line} in:\n{text}");
        }
    }
}

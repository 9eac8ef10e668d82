//! The one file where stored instants and dates meet calculated ones, and where labels for people are made.
//!
//! `entity` stores `time` types; everything else computes with `jiff`. A label never leaves the server unmade: browsers
//! carry no zone database and could not agree with the page otherwise.

use domain_types::appointments::{When, ZoneName};
use jiff::{
    Timestamp, Zoned,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};

use crate::error::{Error, Result};

/// An instant as it is stored: whole UTC seconds.
#[must_use]
pub fn to_db(instant: Timestamp) -> time::OffsetDateTime {
    time::OffsetDateTime::from_unix_timestamp(instant.as_second()).unwrap_or(time::OffsetDateTime::UNIX_EPOCH)
}

/// A stored instant.
#[must_use]
pub fn from_db(instant: time::OffsetDateTime) -> Timestamp {
    Timestamp::from_second(instant.unix_timestamp()).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A civil date as it is stored.
///
/// # Errors
/// Internal, when the date lies outside what the database type can hold (years −9999 to 9999 always fit).
pub fn date_to_db(date: Date) -> Result<time::Date> {
    let month = u8::try_from(date.month()).ok().and_then(|month| time::Month::try_from(month).ok());
    let day = u8::try_from(date.day()).ok();
    month
        .zip(day)
        .and_then(|(month, day)| time::Date::from_calendar_date(i32::from(date.year()), month, day).ok())
        .ok_or_else(|| Error::internal("a date does not fit the database"))
}

/// A stored civil date.
///
/// # Errors
/// Internal, when the year is outside −9999…9999.
pub fn date_from_db(date: time::Date) -> Result<Date> {
    let wrong = || Error::internal("a stored date is out of range");
    let year = i16::try_from(date.year()).map_err(|_| wrong())?;
    let month = i8::try_from(u8::from(date.month())).map_err(|_| wrong())?;
    let day = i8::try_from(date.day()).map_err(|_| wrong())?;
    Date::new(year, month, day).map_err(|_| wrong())
}

/// `Monday = 1 … Sunday = 7`, as working hours are stored.
#[must_use]
pub fn weekday_number(weekday: Weekday) -> i32 {
    i32::from(weekday.to_monday_one_offset())
}

/// Minutes since midnight of a civil time.
#[must_use]
pub fn minute_of_day(time: Time) -> i32 {
    i32::from(time.hour()) * 60 + i32::from(time.minute())
}

/// `HH:MM` of a minute of the day; 1440 reads `24:00`, the end of the day.
#[must_use]
pub fn minute_label(minute: i32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// A zone in words: "Dublin time" for `Europe/Dublin`. A zone that is no place keeps its name.
#[must_use]
pub fn zone_words(zone: &str) -> String {
    match zone.rsplit_once('/') {
        Some((area, place)) if area != "Etc" => format!("{} time", place.replace('_', " ")),
        Some((_, name)) => name.to_owned(),
        None => zone.to_owned(),
    }
}

/// Words for instants and dates, in the clinic's zone, seen from today.
#[derive(Clone, Debug)]
pub struct Labels {
    zone: TimeZone,
    today: Date,
}

impl Labels {
    #[must_use]
    pub fn new(zone: TimeZone, now: Timestamp) -> Self {
        let today = now.to_zoned(zone.clone()).date();
        Self { zone, today }
    }

    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The day that it is in the clinic.
    #[must_use]
    pub fn today(&self) -> Date {
        self.today
    }

    #[must_use]
    pub fn local(&self, instant: Timestamp) -> Zoned {
        instant.to_zoned(self.zone.clone())
    }

    /// "Tue 1 December"; with the year when it is not this one.
    #[must_use]
    pub fn day(&self, date: Date) -> String {
        let year = if date.year() == self.today.year() { "" } else { " %Y" };
        date.strftime(&format!("%a %-d %B{year}")).to_string()
    }

    /// "Tuesday 1 December"; with the year when it is not this one.
    #[must_use]
    pub fn long_day(&self, date: Date) -> String {
        let year = if date.year() == self.today.year() { "" } else { " %Y" };
        date.strftime(&format!("%A %-d %B{year}")).to_string()
    }

    /// "Today" or "Tomorrow"; any other day has no such word.
    #[must_use]
    pub fn near(&self, date: Date) -> Option<&'static str> {
        if date == self.today {
            Some("Today")
        } else if self.today.tomorrow().is_ok_and(|tomorrow| date == tomorrow) {
            Some("Tomorrow")
        } else {
            None
        }
    }

    /// "1 December 2026"
    #[must_use]
    pub fn full_date(&self, date: Date) -> String {
        date.strftime("%-d %B %Y").to_string()
    }

    /// "Tue 1 December, 09:30"
    #[must_use]
    pub fn moment(&self, instant: Timestamp) -> String {
        let local = self.local(instant);
        format!("{}, {}", self.day(local.date()), local.strftime("%H:%M"))
    }

    /// "09:30"
    #[must_use]
    pub fn time(&self, instant: Timestamp) -> String {
        self.local(instant).strftime("%H:%M").to_string()
    }

    /// All forms of an instant at once.
    #[must_use]
    pub fn when(&self, instant: Timestamp) -> When {
        let local = self.local(instant);
        When {
            instant: instant.to_string(),
            date: local.date().to_string(),
            time: local.strftime("%H:%M").to_string(),
            day: self.day(local.date()),
            label: self.moment(instant),
            near: self.near(local.date()).map(str::to_owned),
            zone: self.zone_name(),
        }
    }

    /// What stands beside a time for whoever is elsewhere.
    #[must_use]
    pub fn zone_name(&self) -> ZoneName {
        let id = self.zone.iana_name().unwrap_or("UTC");
        ZoneName { id: id.to_owned(), words: zone_words(id) }
    }
}

/// "1 December 2026, 09:30": how a moment stands on paper, which outlives its year.
pub(crate) fn dated(when: &When) -> String {
    match when.date.parse::<Date>() {
        Ok(day) => format!("{}, {}", day.strftime("%-d %B %Y"), when.time),
        Err(_) => when.label.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn labels() -> Labels {
        Labels::new(TimeZone::get("Europe/Dublin").unwrap(), "2026-11-22T12:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_moment_is_written_in_the_clinics_zone() {
        assert_eq!(labels().moment("2026-12-01T09:30:00Z".parse().unwrap()), "Tue 1 December, 09:30");
        assert_eq!(labels().moment("2026-07-01T09:30:00Z".parse().unwrap()), "Wed 1 July, 10:30");
    }

    #[test]
    fn on_paper_every_year_is_named() {
        let when = labels().when("2026-12-01T09:30:00Z".parse().unwrap());
        assert_eq!(dated(&when), "1 December 2026, 09:30");
    }

    #[test]
    fn another_year_is_named() {
        assert_eq!(labels().day(date(2027, 1, 5)), "Tue 5 January 2027");
        assert_eq!(labels().long_day(date(2026, 12, 1)), "Tuesday 1 December");
    }

    #[test]
    fn today_and_tomorrow_are_named_by_the_clinics_midnight() {
        // Half past midnight in Dublin in summer, while it is still the day before in UTC.
        let labels = Labels::new(TimeZone::get("Europe/Dublin").unwrap(), "2026-06-30T23:30:00Z".parse().unwrap());
        let spoken = |instant: &str| labels.when(instant.parse().unwrap()).spoken();
        assert_eq!(spoken("2026-07-01T08:00:00Z"), "Today, Wed 1 July, 09:00");
        assert_eq!(spoken("2026-07-01T22:59:00Z"), "Today, Wed 1 July, 23:59");
        assert_eq!(spoken("2026-07-01T23:00:00Z"), "Tomorrow, Thu 2 July, 00:00");
        assert_eq!(spoken("2026-07-02T23:00:00Z"), "Fri 3 July, 00:00");
        assert_eq!(spoken("2026-06-30T22:00:00Z"), "Tue 30 June, 23:00", "yesterday has no word");
        assert_eq!(spoken("2027-07-01T08:00:00Z"), "Thu 1 July 2027, 09:00", "nor has the same day of another year");
    }

    #[test]
    fn a_zone_is_named_by_its_place() {
        assert_eq!(zone_words("Europe/Dublin"), "Dublin time");
        assert_eq!(zone_words("America/Argentina/Buenos_Aires"), "Buenos Aires time");
        assert_eq!((zone_words("UTC"), zone_words("Etc/UTC")), ("UTC".to_owned(), "UTC".to_owned()));
    }

    #[test]
    fn instants_are_stored_in_whole_seconds_and_come_back() {
        let instant: Timestamp = "2026-12-01T09:30:15.9Z".parse().unwrap();
        assert_eq!(from_db(to_db(instant)).to_string(), "2026-12-01T09:30:15Z");
    }

    #[test]
    fn dates_come_back() {
        for day in [date(1900, 2, 28), date(2024, 2, 29), date(2026, 12, 31)] {
            assert_eq!(date_from_db(date_to_db(day).unwrap()).unwrap(), day);
        }
    }
}

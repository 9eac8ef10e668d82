//! What people ask of the calendar.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::{
    appointments::{AppointmentStatus, VisitAction},
    ids::{AppointmentId, DoctorId, PatientId, VisitTypeId},
    page::PageRequest,
    problem::{FieldErrors, Problem},
    text::{at_most, limit_words},
};

/// Why somebody comes, in their own words: 1 to 1,000 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason(String);

impl Reason {
    pub const MAX_CHARS: usize = 1_000;

    /// The limit beside the field, before anything is written.
    #[must_use]
    pub fn limit_words() -> String {
        limit_words(Self::MAX_CHARS)
    }

    /// A line break counts once, however the browser sent it.
    ///
    /// # Errors
    /// A sentence for the field when the text is empty or too long.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = crate::text::written(text)?;
        if text.is_empty() {
            return Err("Enter what the appointment is for.".into());
        }
        at_most(Self::MAX_CHARS, &text).map(|()| Self(text))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Book a visit. Date and time are in the clinic's zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookAppointment {
    pub doctor: DoctorId,
    /// Required when a doctor or an administrator books on behalf of a patient, otherwise the actor is the patient.
    pub patient: Option<PatientId>,
    pub date: Date,
    pub time: Time,
    pub reason: Reason,
    /// The default visit type when absent.
    pub visit_type: Option<VisitTypeId>,
}

/// A booking as it was typed, before it is known to make sense.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingForm {
    pub doctor: Option<i64>,
    pub patient: Option<i64>,
    pub date: String,
    pub time: String,
    pub reason: String,
    pub visit_type: Option<i64>,
}

impl BookingForm {
    /// All fields are checked before any is complained about. Field names are those of the REST contract.
    ///
    /// # Errors
    /// `VALIDATION_ERROR` with a sentence for each field that is missing or cannot be read.
    pub fn parse(self) -> Result<BookAppointment, Problem> {
        let mut wrong = FieldErrors::new();
        let mut complain = |field: &str, sentence: String| wrong.entry(field.to_owned()).or_default().push(sentence);
        if self.doctor.is_none() {
            complain("doctor", "Choose a doctor.".into());
        }
        let date = parse_date(&self.date).map_err(|sentence| complain("appointment_date", sentence)).ok();
        let time = parse_time(&self.time).map_err(|sentence| complain("appointment_time", sentence)).ok();
        let reason = Reason::parse(&self.reason).map_err(|sentence| complain("reason", sentence)).ok();
        match (self.doctor, date, time, reason) {
            (Some(doctor), Some(date), Some(time), Some(reason)) => Ok(BookAppointment {
                doctor: DoctorId(doctor),
                patient: self.patient.map(PatientId),
                date,
                time,
                reason,
                visit_type: self.visit_type.map(VisitTypeId),
            }),
            _ => Err(Problem::fields(wrong).unwrap_or_else(|| Problem::field("doctor", "Choose a doctor."))),
        }
    }
}

/// `YYYY-MM-DD`.
///
/// # Errors
/// A sentence for the field.
pub fn parse_date(text: &str) -> Result<Date, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("Choose a date.".into());
    }
    let has_form = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !has_form {
        return Err("That date is not valid.".into());
    }
    text.parse().map_err(|_| NO_SUCH_DAY.into())
}

/// What is said of 29 February in most years.
pub const NO_SUCH_DAY: &str = "There is no such day. Check the day and the month.";

/// `HH:MM` or `HH:MM:SS`.
///
/// # Errors
/// A sentence for the field.
pub fn parse_time(text: &str) -> Result<Time, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("Choose a time.".into());
    }
    let wrong = || "That time is not valid.".to_owned();
    let mut parts = text.split(':').map(|part| {
        if part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()) { part.parse::<i8>().ok() } else { None }
    });
    let (Some(Some(hour)), Some(Some(minute)), second, None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(wrong());
    };
    let second = match second {
        None => 0,
        Some(Some(second)) => second,
        Some(None) => return Err(wrong()),
    };
    Time::new(hour, minute, second, 0).map_err(|_| wrong())
}

/// Move a visit to another time with the same doctor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveAppointment {
    pub appointment: AppointmentId,
    pub date: Date,
    pub time: Time,
}

/// Take a step of the status machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepVisit {
    pub appointment: AppointmentId,
    pub action: VisitAction,
    /// The status that the visit was shown with, where somebody chose the step from a page: a visit that stands
    /// elsewhere by now is left alone.
    pub seen: Option<AppointmentStatus>,
}

/// The two halves of a list of visits, cut at the present moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Still to come and still on; the soonest first.
    Upcoming,
    /// Over, or called off; the latest first.
    Past,
}

/// In which order visits are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VisitOrder {
    /// As the scope says; without a scope in the order of their making, the newest first.
    #[default]
    Usual,
    SoonestFirst,
    LatestFirst,
}

/// Which visits are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppointmentFilter {
    pub scope: Option<Scope>,
    pub status: Option<AppointmentStatus>,
    /// Only those that take their time in the calendar: neither cancelled nor a no-show.
    pub held_only: bool,
    /// First day, in the clinic's zone.
    pub from: Option<Date>,
    /// Last day, in the clinic's zone.
    pub to: Option<Date>,
    pub doctor: Option<DoctorId>,
    /// Parts of the patient's name, or the reference of the patient or of the visit, in any case.
    pub search: Option<String>,
    pub order: VisitOrder,
    pub page: PageRequest,
}

/// In which order doctors are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DoctorOrder {
    /// Who is free first comes first; who has nothing free comes last.
    #[default]
    NextFree,
    Id,
}

/// Which doctors are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoctorFilter {
    /// A specialty's code, such as `cardiology`.
    pub specialty: Option<String>,
    /// Parts of a name, words for what is wanted ("heart", "cardiologist", "chest pain") or a language, in any case.
    pub search: Option<String>,
    pub order: DoctorOrder,
    pub page: PageRequest,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("09:30", Some(time(9, 30, 0, 0)))]
    #[case("09:30:15", Some(time(9, 30, 15, 0)))]
    #[case("9:30", None)]
    #[case("24:00", None)]
    #[case("09:30:", None)]
    #[case("09:30:00:00", None)]
    #[case("+9:30", None)]
    #[case("", None)]
    fn times_are_hours_and_minutes(#[case] text: &str, #[case] expected: Option<Time>) {
        assert_eq!(parse_time(text).ok(), expected);
    }

    #[rstest]
    #[case("2026-12-01", Some(date(2026, 12, 1)))]
    #[case("2026-02-30", None)]
    #[case("01.12.2026", None)]
    #[case("2026-12-01T10:00", None)]
    fn dates_are_iso(#[case] text: &str, #[case] expected: Option<Date>) {
        assert_eq!(parse_date(text).ok(), expected);
    }

    #[test]
    fn a_day_that_no_calendar_has_is_told_apart_from_what_is_no_date() {
        for day in ["2027-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "0000-00-00"] {
            assert_eq!(parse_date(day).unwrap_err(), NO_SUCH_DAY, "{day}");
        }
        for text in ["29.2.2027", "2027-2-29", "20270229", "tomorrow", "+002027-02"] {
            assert_eq!(parse_date(text).unwrap_err(), "That date is not valid.", "{text}");
        }
        assert!(parse_date("2028-02-29").is_ok());
    }

    #[test]
    fn a_booking_form_complains_about_every_field_at_once() {
        let problem = BookingForm { time: "3 pm".into(), ..Default::default() }.parse().unwrap_err();
        let fields: Vec<_> = problem.fields.keys().map(String::as_str).collect();
        assert_eq!(fields, ["appointment_date", "appointment_time", "doctor", "reason"]);
    }

    #[rstest]
    #[case("", false)]
    #[case("   \n", false)]
    #[case("Chest pain when climbing stairs", true)]
    #[case(&"é".repeat(1000), true)]
    #[case(&"é".repeat(1001), false)]
    #[case("a\0b", false)]
    fn a_reason_has_one_to_a_thousand_characters(#[case] text: &str, #[case] fine: bool) {
        assert_eq!(Reason::parse(text).is_ok(), fine);
    }

    #[test]
    fn whoever_wrote_too_much_reads_how_much_it_was() {
        let told = |count: usize| Reason::parse(&"é".repeat(count)).unwrap_err();
        assert_eq!(told(1_243), "You wrote 1,243 characters; please keep it to 1,000.");
        assert_eq!(told(1_234_567), "You wrote 1,234,567 characters; please keep it to 1,000.");
        assert_eq!(Reason::limit_words(), "At most 1,000 characters.");
    }

    #[test]
    fn a_line_break_counts_once_and_is_kept() {
        assert_eq!(Reason::parse("Cough\r\n\r\nFever\r\n").unwrap().as_str(), "Cough\n\nFever");
        let lines = "a\r\n".repeat(500);
        assert!(Reason::parse(&lines).is_ok(), "999 characters with their breaks");
    }

    proptest! {
        #[test]
        fn nothing_typed_into_the_form_panics(date in ".*", time in ".*", reason in ".*") {
            let _ = BookingForm { doctor: Some(1), date, time, reason, ..Default::default() }.parse();
        }
    }
}

//! The list of visits: a patient's two halves, and the one that staff narrow by status, doctor and day.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    appointments::{AppointmentFilter, AppointmentStatus, AppointmentView, Audience, Scope, VisitOrder, parse_date},
    ids::DoctorId,
    page::{Page, PageRequest},
    problem::{FieldErrors, Problem},
    reference::ReferenceKind,
};

/// What is asked of the list, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitQuery {
    /// `past`, or the visits to come. For patients.
    pub tab: Option<String>,
    /// A status, or [`VisitQuery::HELD`].
    pub status: Option<String>,
    pub doctor: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    /// Parts of a patient's name, or a reference. For staff.
    pub search: Option<String>,
    pub page: Option<String>,
}

impl VisitQuery {
    /// In the place of a status: all that take their time in the calendar.
    pub const HELD: &str = "held";

    /// Rows of the staff's table on one page.
    const ROWS: &str = "25";

    /// What is searched for. `None` when it is nothing.
    #[must_use]
    pub fn searched(&self) -> Option<&str> {
        self.search.as_deref().map(str::trim).filter(|text| !text.is_empty())
    }

    /// The same as staff usually mean it: who names neither a day nor what they search for wants to know what comes
    /// from `today` on. A visit's own reference is searched in all days, because the day is what somebody who reads it
    /// aloud has forgotten.
    #[must_use]
    pub fn with_usual_days(self, today: Date) -> Self {
        let is_given = |day: &Option<String>| day.as_deref().is_some_and(|text| !text.trim().is_empty());
        let prefix = format!("{}-", ReferenceKind::Appointment);
        let names_a_visit = self.searched().is_some_and(|text| text.to_uppercase().starts_with(&prefix));
        if names_a_visit {
            Self { from: None, to: None, ..self }
        } else if is_given(&self.from) || is_given(&self.to) || self.searched().is_some() {
            self
        } else {
            Self { from: Some(today.to_string()), ..self }
        }
    }

    /// A patient's half of the list.
    ///
    /// # Errors
    /// `NOT_FOUND` for a page that cannot be.
    pub fn own(&self) -> Result<AppointmentFilter, Problem> {
        let scope = if self.tab.as_deref() == Some("past") { Scope::Past } else { Scope::Upcoming };
        let page = PageRequest::parse(self.page.as_deref(), None)?;
        Ok(AppointmentFilter { scope: Some(scope), page, ..AppointmentFilter::default() })
    }

    /// What staff narrow by. The soonest visit comes first where the first day is given, otherwise the latest.
    ///
    /// # Errors
    /// `VALIDATION_ERROR` with a sentence for each field that cannot be read, `NOT_FOUND` for a page that cannot be.
    pub fn narrowed(&self) -> Result<AppointmentFilter, Problem> {
        let mut wrong = FieldErrors::new();
        let mut complain = |field: &str, sentence: String| wrong.entry(field.to_owned()).or_default().push(sentence);
        let given =
            |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(String::from);
        let is_held = self.status.as_deref() == Some(Self::HELD);
        let status = given(&self.status).filter(|_| !is_held).and_then(|text| {
            let status = AppointmentStatus::parse(&text);
            if status.is_none() {
                complain("status", "Choose a status from the list.".into());
            }
            status
        });
        let doctor = given(&self.doctor).and_then(|text| {
            let id = text.parse().ok().map(DoctorId);
            if id.is_none() {
                complain("doctor", "Doctor not found.".into());
            }
            id
        });
        let mut day = |field: &str, text: &Option<String>| {
            given(text).and_then(|text| parse_date(&text).map_err(|sentence| complain(field, sentence)).ok())
        };
        let (from, to) = (day("from", &self.from), day("to", &self.to));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            complain("to", "The last day must not be before the first.".into());
        }
        if let Some(problem) = Problem::fields(wrong) {
            return Err(problem);
        }
        Ok(AppointmentFilter {
            scope: None,
            status,
            held_only: is_held,
            from,
            to,
            doctor,
            search: self.searched().map(String::from),
            order: if from.is_some() { VisitOrder::SoonestFirst } else { VisitOrder::LatestFirst },
            page: PageRequest::parse(self.page.as_deref(), Some(Self::ROWS))?,
        })
    }
}

/// The list of visits as whoever looks uses it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitList {
    pub audience: Audience,
    pub visits: Page<AppointmentView>,
    /// For staff: what the list is narrowed by. Patients have two halves instead.
    pub narrowing: Option<VisitNarrowing>,
}

/// What the list is narrowed by, ready for its form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitNarrowing {
    /// "12 visits from Mon 23 November on"
    pub summary: String,
    /// Value and words of each status.
    pub statuses: Vec<(String, String)>,
    /// Number and name of each doctor; none for a doctor, who sees their own visits.
    pub doctors: Vec<(String, String)>,
    pub ranges: Vec<DayRange>,
    pub status: String,
    pub doctor: String,
    /// `YYYY-MM-DD`; today unless told otherwise.
    pub from: String,
    pub to: String,
    /// What is searched for.
    pub search: String,
    /// What could not be read; then nothing is listed.
    pub problem: Option<Problem>,
}

/// Days that are asked for often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayRange {
    /// "Next seven days"
    pub label: String,
    pub from: String,
    pub to: String,
    pub is_current: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn query(pairs: &[(&str, &str)]) -> VisitQuery {
        let value = |name: &str| pairs.iter().find(|pair| pair.0 == name).map(|pair| pair.1.to_owned());
        VisitQuery {
            tab: value("tab"),
            status: value("status"),
            doctor: value("doctor"),
            from: value("from"),
            to: value("to"),
            search: value("search"),
            page: value("page"),
        }
    }

    #[test]
    fn a_form_that_was_sent_empty_narrows_nothing() {
        let filter = query(&[("status", ""), ("doctor", " "), ("from", ""), ("to", "")]).narrowed().unwrap();
        let everything = VisitQuery::default().narrowed().unwrap();
        assert_eq!(filter, everything);
        assert_eq!((filter.status, filter.doctor, filter.from, filter.to), (None, None, None, None));
    }

    #[test]
    fn every_field_is_read() {
        let typed =
            [("status", "no_show"), ("doctor", "7"), ("from", "2026-11-23"), ("to", "2026-11-29"), ("page", "3")];
        let filter = query(&typed).narrowed().unwrap();
        assert_eq!((filter.status, filter.doctor), (Some(AppointmentStatus::NoShow), Some(DoctorId(7))));
        assert_eq!((filter.from, filter.to), (Some(date(2026, 11, 23)), Some(date(2026, 11, 29))));
        assert_eq!((filter.order, filter.page.page()), (VisitOrder::SoonestFirst, 3));
        let held = query(&[("status", VisitQuery::HELD), ("to", "2026-11-29")]).narrowed().unwrap();
        assert_eq!((held.status, held.held_only, held.order), (None, true, VisitOrder::LatestFirst));
    }

    #[test]
    fn all_that_cannot_be_read_is_complained_about_at_once() {
        let typed = [("status", "gone"), ("doctor", "Rivera"), ("from", "soon"), ("to", "later")];
        let problem = query(&typed).narrowed().unwrap_err();
        let fields: Vec<_> = problem.fields.keys().map(String::as_str).collect();
        assert_eq!(fields, ["doctor", "from", "status", "to"]);
        let backwards = query(&[("from", "2026-11-24"), ("to", "2026-11-23")]).narrowed().unwrap_err();
        assert_eq!(backwards.for_field("to"), Some("The last day must not be before the first."));
        assert!(query(&[("from", "2026-11-24"), ("to", "2026-11-24")]).narrowed().is_ok(), "one day is a range");
    }

    #[test]
    fn a_search_looks_through_all_days_unless_some_are_given() {
        let usual = |pairs: &[(&str, &str)]| {
            let query = query(pairs).with_usual_days(date(2026, 11, 23));
            (query.from.unwrap_or_default(), query.to.unwrap_or_default())
        };
        let days = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(usual(&[]), days("2026-11-23", ""));
        assert_eq!(usual(&[("search", " "), ("from", "")]), days("2026-11-23", ""), "a blank search is none");
        assert_eq!(usual(&[("search", "maya")]), days("", ""));
        assert_eq!(usual(&[("search", "maya"), ("to", "2026-11-29")]), days("", "2026-11-29"));
        assert_eq!(usual(&[("search", " apt-7K3M9Q2X"), ("from", "2026-11-23")]), days("", ""), "one visit, any day");
        let filter = query(&[("search", " maya ")]).narrowed().unwrap();
        assert_eq!((filter.search.as_deref(), filter.order), (Some("maya"), VisitOrder::LatestFirst));
    }

    #[test]
    fn a_patient_has_two_halves_whatever_else_the_address_says() {
        let own = query(&[("status", "gone"), ("from", "soon"), ("search", "Jonas")]).own().unwrap();
        assert_eq!((own.scope, own.status, own.from, own.search), (Some(Scope::Upcoming), None, None, None));
        assert_eq!(query(&[("tab", "past")]).own().unwrap().scope, Some(Scope::Past));
    }
}

//! What people ask to see of the record.

use jiff::civil::Date;

use super::{Cursor, RecordType, Report, TimelineGroup};
use crate::{
    ids::{AppointmentId, PatientId},
    page::PageRequest,
    problem::Problem,
};

/// Which entries a program wants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordFilter {
    pub kind: Option<RecordType>,
    pub page: PageRequest,
}

/// From where to where a timeline is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimelineQuery {
    pub group: Option<TimelineGroup>,
    pub older_than: Option<Cursor>,
    pub newer_than: Option<Cursor>,
}

impl TimelineQuery {
    /// What stands in the address; whatever cannot be meant is no page.
    ///
    /// # Errors
    /// `NOT_FOUND`.
    pub fn parse(group: Option<&str>, older: Option<&str>, newer: Option<&str>) -> Result<Self, Problem> {
        let nowhere = || Problem::new(crate::ProblemCode::NotFound, "Page not found.");
        let read = |text: Option<&str>| text.map(|text| Cursor::parse(text).ok_or_else(nowhere)).transpose();
        let group = group.map(|text| TimelineGroup::parse(text).ok_or_else(nowhere)).transpose()?;
        Ok(Self { group, older_than: read(older)?, newer_than: read(newer)? })
    }
}

/// By what a patient is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatientRef {
    Id(PatientId),
    /// `PT-…`
    Reference(String),
}

impl PatientRef {
    /// A number, or a reference.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        text.parse().map_or_else(|_| Self::Reference(text.to_owned()), Self::Id)
    }
}

/// A report that a program writes, or begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteReport {
    pub patient: PatientRef,
    pub kind: RecordType,
    /// Today unless told otherwise.
    pub date: Option<Date>,
    pub report: Report,
    pub visit: Option<AppointmentId>,
}

/// What a program changes in a draft; what it leaves out stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeReport {
    pub date: Option<Date>,
    pub subjective: Option<String>,
    pub objective: Option<String>,
    pub assessment: Option<String>,
    pub plan: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_meant_is_no_part_of_the_record() {
        assert!(TimelineQuery::parse(Some("labs"), Some("2026-12-01.17"), None).is_ok());
        assert!(TimelineQuery::parse(Some("secrets"), None, None).is_err());
        assert!(TimelineQuery::parse(None, None, Some("yesterday")).is_err());
    }
}

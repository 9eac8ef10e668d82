//! The medical record, as far as its list goes.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{ids::RecordId, page::PageRequest};

/// What an entry of the record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecordType {
    Consultation,
    LabReport,
    Prescription,
    Imaging,
    Surgery,
    Discharge,
}

impl RecordType {
    pub const ALL: [Self; 6] =
        [Self::Consultation, Self::LabReport, Self::Prescription, Self::Imaging, Self::Surgery, Self::Discharge];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Consultation => "consultation",
            Self::LabReport => "lab_report",
            Self::Prescription => "prescription",
            Self::Imaging => "imaging",
            Self::Surgery => "surgery",
            Self::Discharge => "discharge",
        }
    }

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Consultation => "Consultation",
            Self::LabReport => "Lab report",
            Self::Prescription => "Prescription",
            Self::Imaging => "Imaging",
            Self::Surgery => "Surgery",
            Self::Discharge => "Discharge",
        }
    }
}

impl fmt::Display for RecordType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which entries are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordFilter {
    pub kind: Option<RecordType>,
    pub page: PageRequest,
}

/// One entry of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordView {
    pub id: RecordId,
    /// `REC-…`
    pub reference: String,
    pub kind: RecordType,
    /// `YYYY-MM-DD`
    pub date: String,
    /// "Tue 1 December 2026"
    pub date_label: String,
    pub doctor_name: String,
    pub patient_name: String,
    pub diagnosis: String,
    pub symptoms: String,
    pub treatment: String,
    pub notes: String,
    /// RFC 3339, UTC.
    pub created_at: String,
}

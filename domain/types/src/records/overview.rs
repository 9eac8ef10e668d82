//! What a doctor must know of a patient at a glance: on their chart, and beside a note that is being written.

use serde::{Deserialize, Serialize};

use super::{LabResultView, LatestReading, Level, RecordView, Severity, Unacted};

/// What holds of a patient, how they were measured last, and the newest result of each test.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// The severe ones first.
    pub allergies: Vec<RecordView>,
    /// That somebody asked, and that no allergy is known. Without it and without allergies nobody asked.
    pub none_known: Option<RecordView>,
    pub problems: Vec<RecordView>,
    pub medications: Vec<RecordView>,
    /// Signed and not cancelled, of the last year.
    pub prescriptions: Vec<RecordView>,
    /// Of each reading the last one among the latest measurements, the newest first; before them what is critical and no
    /// doctor has acted on.
    pub vitals: Vec<LatestReading>,
    /// Of every test what holds now, the most urgent first: none is left out. Beside it stands what is critical and no
    /// doctor has acted on.
    pub results: Vec<LabResultView>,
}

impl Overview {
    /// How many results are critical, and how many others are out of their range.
    #[must_use]
    pub fn urgent_results(&self) -> (usize, usize) {
        let out = self.results.iter().map(LabResultView::level).filter(|level| level.is_out_of_range());
        let (critical, others): (Vec<_>, Vec<_>) = out.partition(|level| *level == Level::Critical);
        (critical.len(), others.len())
    }

    /// What is critical and no doctor has acted on, the newest first.
    #[must_use]
    pub fn unacted(&self) -> Vec<Unacted> {
        Unacted::all(&self.results, &self.vitals)
    }

    /// Whether a reading is one that somebody must act on at once.
    #[must_use]
    pub fn has_critical_reading(&self) -> bool {
        self.vitals.iter().any(|reading| reading.is_critical)
    }
}

/// Severe reactions first, mild ones last, otherwise as they came. How bad one was that nobody wrote down is not known to
/// be mild.
pub fn severe_first(allergies: &mut [RecordView]) {
    allergies.sort_by_key(|allergy| match allergy.severity() {
        Some(Severity::Severe) => 0,
        Some(Severity::Moderate | Severity::Unknown) | None => 1,
        Some(Severity::Mild) => 2,
    });
}

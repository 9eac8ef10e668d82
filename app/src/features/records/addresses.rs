//! Where the pages of doctors are.

use domain_types::{DoctorNoticeId, records::RecordType};

use crate::address::{address, encoded};

/// The patients in care.
pub(crate) const PATIENTS: &str = "/patients";
/// What waits for a doctor. Only what is done there leads back to it.
#[cfg(feature = "ssr")]
pub(crate) const INBOX: &str = "/inbox";
/// Opening a record in an emergency.
pub(crate) const EMERGENCY: &str = "/emergency";
/// Every record that was opened in an emergency.
pub(crate) const EMERGENCIES: &str = "/admin/emergencies";

/// One of them, with what was opened because of it.
pub(crate) fn emergency_review_address(id: &str) -> String {
    format!("{EMERGENCIES}/{}", encoded(id))
}

/// A report that waits in the inbox: its page leads on to the next one.
pub(crate) fn waiting_result_address(reference: &str) -> String {
    address(&super::entry_address(reference), &[(FROM_INBOX, "1")])
}

/// What in the address of an entry says that its reader came from the inbox.
pub(crate) const FROM_INBOX: &str = "inbox";

/// A patient's chart.
pub(crate) fn chart_address(patient: &str) -> String {
    format!("{PATIENTS}/{}", encoded(patient))
}

/// Opening the record of somebody whose reference is known, in an emergency.
pub(crate) fn emergency_address(patient: &str) -> String {
    address(EMERGENCY, &[("patient", patient)])
}

/// A patient's whole record.
pub(crate) fn entries_address(patient: &str) -> String {
    format!("{}/entries", chart_address(patient))
}

/// Every test of a patient.
pub(crate) fn chart_tests_address(patient: &str) -> String {
    format!("{}/tests", chart_address(patient))
}

/// A patient's test over time.
fn chart_test_address(patient: &str, slug: &str) -> String {
    format!("{}/{}", chart_tests_address(patient), encoded(slug))
}

/// Whose tests over time a reader is led to.
#[derive(Clone, Debug)]
pub(crate) enum Trends {
    Nobodys,
    TheirOwn,
    /// `PT-…`
    Of(String),
}

impl Trends {
    /// Where a test is, for a reader who may see it.
    pub(crate) fn address(&self, slug: &str) -> Option<String> {
        match self {
            Self::Nobodys => None,
            Self::TheirOwn => Some(super::test_address(slug)),
            Self::Of(patient) => Some(chart_test_address(patient, slug)),
        }
    }
}

/// Where a note begins, about a visit or none.
pub(crate) fn new_note_address(patient: &str, visit: &str) -> String {
    address(&format!("{}/notes/new", chart_address(patient)), &[("visit", visit)])
}

/// Where a note is written.
pub(crate) fn note_address(patient: &str, reference: &str) -> String {
    format!("{}/notes/{}", chart_address(patient), encoded(reference))
}

/// Where a prescription begins, for a note or none.
pub(crate) fn new_prescription_address(patient: &str, note: &str) -> String {
    address(&format!("{}/prescriptions/new", chart_address(patient)), &[("note", note)])
}

/// Where a prescription is compared with the record and signed.
pub(crate) fn prescription_address(patient: &str, reference: &str) -> String {
    format!("{}/prescriptions/{}", chart_address(patient), encoded(reference))
}

/// Where a laboratory report begins.
pub(crate) fn new_lab_address(patient: &str) -> String {
    format!("{}/labs/new", chart_address(patient))
}

/// Where a laboratory report is checked and released.
pub(crate) fn lab_address(patient: &str, reference: &str) -> String {
    format!("{}/labs/{}", chart_address(patient), encoded(reference))
}

/// Where is asked once more before a draft of any kind is thrown away.
pub(crate) fn discard_address(patient: &str, reference: &str) -> String {
    format!("{}/discard", note_address(patient, reference))
}

/// Where vital signs are entered: a patient's own when nobody is named.
pub(crate) fn new_vitals_address(patient: &str) -> String {
    if patient.is_empty() { "/records/vitals/new".to_owned() } else { format!("{}/vitals/new", chart_address(patient)) }
}

/// Where a document is added: to one's own record when nobody is named.
#[must_use]
pub fn new_document_address(patient: &str) -> String {
    if patient.is_empty() {
        "/records/documents/new".to_owned()
    } else {
        format!("{}/documents/new", chart_address(patient))
    }
}

/// Where something is added to what holds for a patient.
pub(crate) fn new_item_address(patient: &str, kind: &str) -> String {
    address(&format!("{}/lists/new", chart_address(patient)), &[("kind", kind)])
}

/// Where something is added to a signed report.
pub(crate) fn addition_address(reference: &str) -> String {
    format!("{}/add", super::entry_address(reference))
}

/// Where a question about a signed report is answered by an addendum.
pub(crate) fn answer_address(reference: &str, question: DoctorNoticeId) -> String {
    address(&addition_address(reference), &[("question", &question.to_string())])
}

/// Where a prescription is ended.
pub(crate) fn ending_address(reference: &str) -> String {
    format!("{}/end", super::entry_address(reference))
}

/// Where something that holds for a patient is ended.
pub(crate) fn end_item_address(patient: &str, reference: &str) -> String {
    format!("{}/lists/{}/end", chart_address(patient), encoded(reference))
}

/// Where a draft of this kind is written on.
pub(crate) fn draft_address(kind: RecordType, patient: &str, reference: &str) -> String {
    match kind {
        RecordType::LabReport => lab_address(patient, reference),
        RecordType::Prescription => prescription_address(patient, reference),
        _ => note_address(patient, reference),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_draft_has_the_editor_of_its_kind() {
        let at = |kind| draft_address(kind, "PT-1", "REC-2");
        assert_eq!(at(RecordType::LabReport), "/patients/PT-1/labs/REC-2");
        assert_eq!(at(RecordType::Prescription), "/patients/PT-1/prescriptions/REC-2");
        for note in [RecordType::Consultation, RecordType::Imaging, RecordType::Surgery, RecordType::Discharge] {
            assert_eq!(at(note), "/patients/PT-1/notes/REC-2", "{note}");
        }
    }

    #[test]
    fn what_was_typed_for_a_reference_leads_to_no_other_place() {
        assert_eq!(chart_address("../admin"), "/patients/..%2Fadmin");
        assert_eq!(end_item_address("PT-1", "REC-2?x"), "/patients/PT-1/lists/REC-2%3Fx/end");
        assert_eq!(Trends::Of("PT-1".into()).address("a/b").as_deref(), Some("/patients/PT-1/tests/a%2Fb"));
        assert_eq!(new_vitals_address(""), "/records/vitals/new");
    }
}

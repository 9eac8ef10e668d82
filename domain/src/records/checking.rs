//! What speaks against a prescription: the patient's allergies and what they take already, compared by the table of
//! [`super::warnings`].

use domain_types::records::{
    Allergy, Content, RecordStatus, RecordType, RecordView, Severity, WarningView, severe_first,
};
use jiff::ToSpan;
use sea_orm::{ConnectionTrait, sea_query::ExprTrait};
use sha2::{Digest, Sha256};

use super::{
    opening,
    rows::{self, R, col},
    twins,
    warnings::{self, Comparison, INCOMPLETE, KnownAllergy, NOT_IN_TABLE, NOTHING_FOUND},
};
use crate::{db::Tx, error::Result, services::Services, settings::Settings, time::date_to_db};

/// Signed prescriptions older than this are no longer taken for granted.
const TAKEN_FOR_MONTHS: i64 = 12;

/// There was nothing to compare with, and that proves nothing.
const NOT_ASKED: &str = "Not compared: allergies. No one has recorded asking this patient about them.";

/// What a comparison found.
pub(super) struct Checked {
    pub warnings: Vec<WarningView>,
    /// A sentence each for what was not compared, or only by its likely spelling.
    pub not_compared: Vec<String>,
    /// What the table cannot say.
    pub remark: String,
    /// Names all that is told.
    pub seen: String,
    /// Whether nobody may sign before they have seen it: there is a warning, or the comparison with the allergies in the
    /// record is not complete.
    pub must_be_seen: bool,
}

impl Checked {
    pub(super) fn sentences(&self) -> Vec<String> {
        self.warnings.iter().map(|warning| format!("{} ({})", warning.text, warning.source)).collect()
    }
}

/// Compares a prescription with what the record knows of its patient.
pub(super) async fn check(services: &Services, tx: &Tx, settings: &Settings, draft: &RecordView) -> Result<Checked> {
    let mut known = what_holds(services, tx, settings, draft.patient.0).await?;
    // What is the worst to overlook is told first.
    severe_first(&mut known);
    let medicine = medicine_of(draft);
    let allergies: Vec<(&Allergy, Option<String>)> = known.iter().filter_map(allergy).collect();
    let was_asked = !allergies.is_empty() || known.iter().any(|record| record.kind == RecordType::NoKnownAllergies);
    let allergies: Vec<KnownAllergy<'_>> = allergies
        .iter()
        .map(|(allergy, reaction)| KnownAllergy {
            substance: &allergy.substance,
            coded: &allergy.coded,
            reaction: reaction.as_deref(),
        })
        .collect();
    let taken: Vec<String> = known.iter().filter(|record| record.id != draft.id).map(medicine_of).collect();
    let taken: Vec<&str> = taken.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    let mut found = warnings::compare(&medicine, &allergies, &taken);
    if !was_asked {
        found.not_compared.push(NOT_ASKED.to_owned());
    }
    let must_be_seen = !found.warnings.is_empty() || !(allergies.is_empty() || found.are_allergies_compared);
    let remark = remark(&found).to_owned();
    let Comparison { warnings: found, not_compared, .. } = found;
    let warnings: Vec<WarningView> = found
        .into_iter()
        .map(|warning| WarningView {
            is_danger: warning.severity == warnings::Severity::Danger,
            text: warning.text,
            source: warning.source.to_owned(),
        })
        .collect();
    let seen = seen(&medicine, &warnings, &not_compared);
    Ok(Checked { warnings, not_compared, remark, seen, must_be_seen })
}

/// Says that nothing was found only when everything was compared.
fn remark(found: &Comparison) -> &'static str {
    match (found.is_known, found.not_compared.is_empty(), found.warnings.is_empty()) {
        (false, ..) => NOT_IN_TABLE,
        (true, false, _) => INCOMPLETE,
        (true, true, true) => NOTHING_FOUND,
        (true, true, false) => "",
    }
}

/// What holds for a patient at present: allergies, medicines, and signed prescriptions of the last year that were not
/// ended; each once, the newest first.
pub(super) async fn what_holds(
    services: &Services,
    db: &impl ConnectionTrait,
    settings: &Settings,
    patient: i64,
) -> Result<Vec<RecordView>> {
    let today = settings.labels(services.now()).today();
    let since = date_to_db(today.checked_sub(TAKEN_FOR_MONTHS.months())?)?;
    let mut query = rows::records();
    query.and_where(col(R::PatientId).eq(patient));
    let listed = col(R::Status).eq(RecordStatus::Active.as_str());
    let prescribed = col(R::Status)
        .eq(RecordStatus::Final.as_str())
        .and(col(R::RecordType).eq(RecordType::Prescription.as_str()))
        .and(col(R::RecordDate).gte(since));
    query.and_where(listed.or(prescribed));
    rows::newest_first(&mut query);
    let mut records = opening::read(services, db, settings, &query).await?.records;
    records.retain(|record| !record.is_cancelled);
    Ok(twins::shown_once(records))
}

fn allergy(record: &RecordView) -> Option<(&Allergy, Option<String>)> {
    let Some(Content::Allergy(allergy)) = &record.content else { return None };
    let reaction = match allergy.severity {
        Severity::Unknown => allergy.reaction.clone(),
        severity => format!("{}, {}", allergy.reaction, severity.label()).trim_start_matches(", ").to_owned(),
    };
    Some((allergy, (!reaction.is_empty()).then_some(reaction)))
}

/// Name, strength and how it is taken, because the form of a medicine matters; nothing of entries that name none.
fn medicine_of(record: &RecordView) -> String {
    match &record.content {
        Some(Content::Prescription(rx)) => format!("{} {}", rx.medication_name, rx.dosage),
        Some(Content::Medication(medicine)) => format!("{} {}", medicine.name, medicine.dosage),
        _ => String::new(),
    }
}

/// A name for all that is told about this medicine: another medicine, or one sentence more, has another.
fn seen(medicine: &str, warnings: &[WarningView], not_compared: &[String]) -> String {
    let mut hash = Sha256::new();
    hash.update(medicine.as_bytes());
    for sentence in warnings.iter().map(|warning| &warning.text).chain(not_compared) {
        hash.update([0]);
        hash.update(sentence.as_bytes());
    }
    data_encoding::HEXLOWER.encode(&hash.finalize()[..16])
}

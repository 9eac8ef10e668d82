//! What speaks against a prescription: the patient's allergies and what they take already, compared by the table of
//! [`super::warnings`].

use domain_types::records::{Content, RecordStatus, RecordType, RecordView, Severity, WarningView};
use jiff::ToSpan;
use sea_orm::{ConnectionTrait, sea_query::ExprTrait};
use sha2::{Digest, Sha256};

use super::{
    opening,
    rows::{self, R, col},
    warnings::{self, KnownAllergy, NOT_IN_TABLE, NOTHING_FOUND},
};
use crate::{db::Tx, error::Result, services::Services, settings::Settings, time::date_to_db};

/// Signed prescriptions older than this are no longer taken for granted.
const TAKEN_FOR_MONTHS: i64 = 12;

/// What a comparison found.
pub(super) struct Checked {
    pub warnings: Vec<WarningView>,
    /// What the table cannot say.
    pub remark: String,
    /// Names the warnings.
    pub seen: String,
}

impl Checked {
    pub(super) fn sentences(&self) -> Vec<String> {
        self.warnings.iter().map(|warning| format!("{} ({})", warning.text, warning.source)).collect()
    }
}

/// Compares a prescription with what the record knows of its patient.
pub(super) async fn check(services: &Services, tx: &Tx, settings: &Settings, draft: &RecordView) -> Result<Checked> {
    let known = what_holds(services, &**tx, settings, draft.patient.0).await?;
    let medicine = medicine_of(draft);
    let allergies: Vec<(String, Option<String>)> = known.iter().filter_map(allergy).collect();
    let allergies: Vec<KnownAllergy<'_>> = allergies
        .iter()
        .map(|(substance, reaction)| KnownAllergy { substance, reaction: reaction.as_deref() })
        .collect();
    let taken: Vec<String> = known.iter().filter(|record| record.id != draft.id).map(medicine_of).collect();
    let taken: Vec<&str> = taken.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    let found = warnings::warnings(&medicine, &allergies, &taken);
    let warnings: Vec<WarningView> = found
        .into_iter()
        .map(|warning| WarningView {
            is_danger: warning.severity == warnings::Severity::Danger,
            text: warning.text,
            source: warning.source.to_owned(),
        })
        .collect();
    let unknown: Vec<&str> = taken.iter().copied().filter(|text| !warnings::is_known(text)).collect();
    let mut remark = match (warnings::is_read(&medicine), warnings.is_empty()) {
        (false, _) => NOT_IN_TABLE.to_owned(),
        (true, true) => NOTHING_FOUND.to_owned(),
        (true, false) => String::new(),
    };
    if !unknown.is_empty() {
        remark = format!("{remark} Not compared, because the table does not know them: {}.", unknown.join(", "));
    }
    let seen = seen(&medicine, &warnings);
    Ok(Checked { warnings, remark: remark.trim().to_owned(), seen })
}

/// What holds for a patient at present: allergies, medicines, and signed prescriptions of the last year that were not
/// ended.
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
    // Of a medicine that was prescribed again in the same strength the newest holds: the newest comes first.
    let mut prescribed: Vec<String> = Vec::new();
    records.retain(|record| {
        let title = record.title().to_lowercase();
        let is_renewed = record.kind == RecordType::Prescription && prescribed.contains(&title);
        if record.kind == RecordType::Prescription {
            prescribed.push(title);
        }
        !is_renewed
    });
    Ok(records)
}

fn allergy(record: &RecordView) -> Option<(String, Option<String>)> {
    let Some(Content::Allergy(allergy)) = &record.content else { return None };
    let reaction = match allergy.severity {
        Severity::Unknown => allergy.reaction.clone(),
        severity => format!("{}, {}", allergy.reaction, severity.label()).trim_start_matches(", ").to_owned(),
    };
    Some((allergy.substance.clone(), (!reaction.is_empty()).then_some(reaction)))
}

/// Name, strength and how it is taken, because the form of a medicine matters; nothing of entries that name none.
fn medicine_of(record: &RecordView) -> String {
    match &record.content {
        Some(Content::Prescription(rx)) => format!("{} {}", rx.medication_name, rx.dosage),
        Some(Content::Medication(medicine)) => format!("{} {}", medicine.name, medicine.dosage),
        _ => String::new(),
    }
}

/// A name for these warnings about this medicine: another medicine, or one warning more, has another.
fn seen(medicine: &str, warnings: &[WarningView]) -> String {
    let mut hash = Sha256::new();
    hash.update(medicine.as_bytes());
    for warning in warnings {
        hash.update([0]);
        hash.update(warning.text.as_bytes());
    }
    data_encoding::HEXLOWER.encode(&hash.finalize()[..16])
}

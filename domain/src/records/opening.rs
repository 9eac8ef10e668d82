//! Stored entries opened and turned into what is shown.

use std::collections::{HashMap, HashSet};

use domain_types::{
    LabResultId, PatientId, RecordId,
    records::{Content, LabResultView, LabValue, RecordStatus, RecordType, RecordView, Signature, Understood},
};
use entity::lab_result;
use jiff::civil::date;
use sea_orm::{
    ConnectionTrait,
    sea_query::{ExprTrait, SelectStatement},
};

use super::{
    names::Names,
    rows::{self, R, Row, col},
    signing::Signed,
    warnings,
};
use crate::{
    appointments::doctor_name,
    db,
    error::{Error, Result},
    patient_keys::{self, DataKey, Place},
    services::Services,
    settings::Settings,
    time::{Labels, date_from_db, from_db},
};

/// Where the content of an entry stands.
pub(crate) const fn content_of(reference: &str) -> Place<'_> {
    Place { table: "medical_record", column: "content", row: reference }
}

/// Where the content of a result stands.
pub(crate) const fn result_of(row: &str) -> Place<'_> {
    Place { table: "lab_result", column: "content", row }
}

/// Where the reason of an access in an emergency stands.
pub(crate) const fn emergency_reason_of(reference: &str) -> Place<'_> {
    Place { table: "emergency_access", column: "reason", row: reference }
}

/// Where it stands why a reviewer found what they found.
pub(crate) const fn emergency_remark_of(reference: &str) -> Place<'_> {
    Place { table: "emergency_access", column: "remark", row: reference }
}

/// What names a result for ever.
pub(crate) fn result_row(reference: &str, position: i32) -> String {
    format!("{reference} {position}")
}

/// Seals something that is said in an entry.
pub(crate) fn sealed<T: serde::Serialize>(key: &DataKey, place: Place<'_>, said: &T) -> Result<Vec<u8>> {
    let text = serde_json::to_vec(said).map_err(Error::caused("an entry could not be written down"))?;
    key.seal(place, &zeroize::Zeroizing::new(text))
}

/// Opens something that was sealed by [`sealed`].
pub(super) fn opened<T: serde::de::DeserializeOwned>(key: &DataKey, place: Place<'_>, sealed: &[u8]) -> Result<T> {
    serde_json::from_slice(&key.open(place, sealed)?).map_err(Error::caused("an entry cannot be understood"))
}

/// Entries that were read for one answer, and the results of those that are laboratory reports. Each was compared with
/// its signature.
pub(super) struct Opened {
    /// As they are stored, in the same order.
    pub rows: Vec<Row>,
    pub records: Vec<RecordView>,
    pub results: Vec<LabResultView>,
}

/// All entries that a narrowed query finds, each with its prescriptions and results.
///
/// # Errors
/// Internal, when one does not open or is not what was signed.
pub(super) async fn read(
    services: &Services,
    db: &impl ConnectionTrait,
    settings: &Settings,
    query: &SelectStatement,
) -> Result<Opened> {
    let rows: Vec<Row> = db::all(db, query).await?;
    let attached = attached(db, &rows).await?;
    let reader = Reader::of(services, db, settings, rows.iter().chain(&attached)).await?;
    let cancelled: HashSet<i64> =
        attached.iter().filter(|row| is_cancellation(row)).filter_map(|row| row.about_id).collect();
    let view = |row: &Row| -> Result<RecordView> {
        Ok(RecordView { is_cancelled: cancelled.contains(&row.id), ..reader.view(row)? })
    };
    let prescriptions = attached.iter().filter(|row| !is_cancellation(row)).map(view).collect::<Result<Vec<_>>>()?;
    let record = |row: &Row| {
        let own = prescriptions.iter().filter(|rx| rx.about == Some(RecordId(row.id))).cloned().collect();
        Ok(RecordView { prescriptions: own, ..view(row)? })
    };
    let records = rows.iter().map(record).collect::<Result<Vec<_>>>()?;
    let results = reader.results(db, &records).await?;
    for record in records.iter().chain(&prescriptions) {
        reader.verify(record, &results)?;
    }
    Ok(Opened { rows, records, results })
}

/// The one entry that a narrowed query finds, which has no results, and whether it says what was signed.
pub(super) async fn compared(
    services: &Services,
    db: &impl ConnectionTrait,
    settings: &Settings,
    query: &SelectStatement,
) -> Result<Option<(RecordView, bool)>> {
    let Some(row) = db::first::<Row>(db, query).await? else { return Ok(None) };
    let reader = Reader::of(services, db, settings, [&row]).await?;
    let is_cancelled = attached(db, std::slice::from_ref(&row)).await?.iter().any(is_cancellation);
    let record = RecordView { is_cancelled, ..reader.view(&row)? };
    let is_as_signed = reader.says_what_was_signed(&record, &[])?;
    Ok(Some((record, is_as_signed)))
}

/// Prescriptions of notes, and cancellations of prescriptions, those of the attached ones too.
async fn attached(db: &impl ConnectionTrait, rows: &[Row]) -> Result<Vec<Row>> {
    let mut ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut attached = Vec::new();
    // Two rounds: prescriptions of a note, then cancellations of those.
    for _ in 0..2 {
        if ids.is_empty() {
            break;
        }
        let mut query = rows::records();
        query.and_where(col(R::AboutId).is_in(ids));
        rows::final_only(&mut query);
        rows::of_kinds(&mut query, &[RecordType::Prescription, RecordType::Cancellation]);
        let found: Vec<Row> = db::all(db, &query).await?;
        ids = found.iter().filter(|row| !is_cancellation(row)).map(|row| row.id).collect();
        attached.extend(found);
    }
    Ok(attached)
}

fn is_cancellation(row: &Row) -> bool {
    row.record_type == RecordType::Cancellation.as_str()
}

/// Opens entries for one reading.
struct Reader {
    labels: Labels,
    keys: HashMap<i64, DataKey>,
    names: Names,
}

impl Reader {
    /// Reads what is needed to open these entries.
    async fn of(
        services: &Services,
        db: &impl ConnectionTrait,
        settings: &Settings,
        rows: impl IntoIterator<Item = &Row>,
    ) -> Result<Self> {
        let rows: Vec<&Row> = rows.into_iter().collect();
        let keys = patient_keys::find(services, db, rows.iter().map(|row| row.patient_id)).await?;
        Ok(Self { labels: settings.labels(services.now()), keys, names: Names::around(db, &rows).await? })
    }

    fn view(&self, row: &Row) -> Result<RecordView> {
        let unknown = || Error::internal("a stored kind or status is unknown");
        let nameless = || Error::internal("an entry is of nobody");
        let kind = RecordType::parse(&row.record_type).ok_or_else(unknown)?;
        let content = match self.keys.get(&row.patient_id) {
            None => None,
            Some(key) => Some(opened::<Content>(key, content_of(&row.reference), &row.content)?),
        };
        if content.as_ref().is_some_and(|content| !content.fits(kind)) {
            return Err(Error::internal("an entry says what entries of its kind do not say"));
        }
        let day = date_from_db(row.record_date)?;
        let (first, last) = self.names.patient(row).ok_or_else(nameless)?;
        let patient_name = format!("{first} {last}");
        let doctor = match self.names.doctor(row) {
            Some((first, last)) => doctor_name(first, last),
            None => patient_name.clone(),
        };
        let signed = row.signed_at.zip(row.signature.clone()).map(|(at, hash)| Signature {
            by: match self.names.signer(row) {
                Some((first, last)) if row.doctor_id.is_some() => doctor_name(first, last),
                _ => doctor.clone(),
            },
            at: self.labels.when(from_db(at)),
            hash,
        });
        let understood = content.as_ref().and_then(understood);
        Ok(RecordView {
            id: RecordId(row.id),
            reference: row.reference.clone(),
            kind,
            status: RecordStatus::parse(&row.status).ok_or_else(unknown)?,
            date: day.to_string(),
            date_label: self.labels.full_date(day),
            doctor_name: doctor,
            is_from_patient: row.doctor_id.is_none(),
            patient: PatientId(row.patient_id),
            patient_name,
            patient_reference: self.names.patient_reference(row).ok_or_else(nameless)?.to_owned(),
            content,
            about: row.about_id.map(RecordId),
            is_addendum: kind.is_report() && self.names.kind_of_other(row) == Some(kind.as_str()),
            signed,
            is_cancelled: false,
            prescriptions: Vec::new(),
            understood,
            stands_for: Vec::new(),
            visit: self.names.visit_reference(row).map(str::to_owned),
            created: self.labels.when(from_db(row.created_at)),
            updated: self.labels.when(from_db(row.updated_at)),
            version: row.version,
        })
    }

    /// A result of a report that was read; `None` when the patient's key was erased.
    fn result(&self, report: &RecordView, row: &lab_result::Model) -> Result<Option<LabResultView>> {
        let Some(key) = self.keys.get(&row.patient_id) else { return Ok(None) };
        let place = result_row(&report.reference, row.position);
        let value: LabValue = opened(key, result_of(&place), &row.content)?;
        let day: jiff::civil::Date = report.date.parse()?;
        Ok(Some(LabResultView {
            id: LabResultId(row.id),
            record: report.id,
            record_reference: report.reference.clone(),
            date: report.date.clone(),
            date_label: report.date_label.clone(),
            day: i64::from(day.since((jiff::Unit::Day, date(1970, 1, 1)))?.get_days()),
            processed_at: from_db(row.created_at).to_string(),
            slug: slug(&value.test),
            value,
        }))
    }

    /// Whether a signed entry says what was signed.
    ///
    /// # Errors
    /// Internal, when a part of it was added, changed or taken away since.
    fn verify(&self, record: &RecordView, results: &[LabResultView]) -> Result<()> {
        let is_as_signed = self.says_what_was_signed(record, results)?;
        if is_as_signed { Ok(()) } else { Err(Error::internal("an entry is not what was signed")) }
    }

    /// What is not signed, and what was erased, says nothing else.
    fn says_what_was_signed(&self, record: &RecordView, results: &[LabResultView]) -> Result<bool> {
        let (Some(signed), Some(content)) = (&record.signed, &record.content) else { return Ok(true) };
        let Some(key) = self.keys.get(&record.patient.0) else { return Ok(true) };
        let own = results.iter().filter(|result| result.record == record.id);
        let values: Vec<&LabValue> = own.map(|result| &result.value).collect();
        let says =
            Signed { reference: &record.reference, kind: record.kind, date: &record.date, content, results: &values };
        Ok(says.hash(key)? == signed.hash)
    }

    /// The results of those that are laboratory reports.
    async fn results(&self, db: &impl ConnectionTrait, records: &[RecordView]) -> Result<Vec<LabResultView>> {
        let reports = records.iter().filter(|record| record.kind == RecordType::LabReport);
        let by_id: HashMap<i64, &RecordView> = reports.map(|report| (report.id.0, report)).collect();
        let ids: Vec<i64> = by_id.keys().copied().collect();
        let mut results = Vec::new();
        for row in rows::results_of(db, &ids).await? {
            if let Some(report) = by_id.get(&row.record_id) {
                results.extend(self.result(report, &row)?);
            }
        }
        Ok(results)
    }
}

/// How an allergy is understood; nothing of other entries.
fn understood(content: &Content) -> Option<Understood> {
    let Content::Allergy(allergy) = content else { return None };
    Some(warnings::read_allergy(&allergy.substance, &allergy.coded))
}

/// A test's name as it stands in an address: "ldl-cholesterol".
pub(crate) fn slug(test: &str) -> String {
    let mut slug = String::new();
    for c in test.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_has_one_name_in_addresses() {
        assert_eq!(slug("LDL cholesterol"), "ldl-cholesterol");
        assert_eq!(slug(" Vitamin D (25-OH) "), "vitamin-d-25-oh");
        assert_eq!(slug("%"), "");
    }
}

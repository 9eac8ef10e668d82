//! Stored entries opened and turned into what is shown.

use std::collections::{HashMap, HashSet};

use domain_types::{
    LabResultId, PatientId, RecordId,
    records::{Content, LabResultView, LabValue, Level, RecordStatus, RecordType, RecordView, Signature, Understood},
};
use entity::lab_result;
use jiff::civil::date;
use sea_orm::{
    ConnectionTrait,
    sea_query::{ExprTrait, SelectStatement},
};

use super::{
    critical::{self, Compared},
    dangers, format,
    names::Names,
    notices,
    rows::{self, R, Row, col},
    signing::{Header, Texts},
    test_names::slug,
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
    key.seal(place, &format::written(said)?)
}

/// Opens something that was sealed by [`sealed`].
pub(super) fn opened<T: serde::de::DeserializeOwned>(key: &DataKey, place: Place<'_>, sealed: &[u8]) -> Result<T> {
    format::read(&key.open(place, sealed)?)
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
    // Cancellations are compared with their signatures too: one that was moved would end another prescription.
    let mut prescriptions = Vec::new();
    for row in &attached {
        let (view, _) = reader.as_signed(row, &[])?;
        if !is_cancellation(row) {
            prescriptions.push(RecordView { is_cancelled: cancelled.contains(&row.id), ..view });
        }
    }
    let mut values: HashMap<i64, Vec<lab_result::Model>> = HashMap::new();
    for value in results_of(db, &rows).await? {
        values.entry(value.record_id).or_default().push(value);
    }
    let (mut records, mut results) = (Vec::new(), Vec::new());
    for row in &rows {
        let own = values.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let (view, texts) = reader.as_signed(row, own)?;
        let prescriptions = prescriptions.iter().filter(|rx| rx.about == Some(view.id)).cloned().collect();
        let record = RecordView { is_cancelled: cancelled.contains(&row.id), prescriptions, ..view };
        for (value, text) in own.iter().zip(texts.results) {
            results.push(result(&record, value, &text)?);
        }
        records.push(record);
    }
    mark_unacted(db, &mut records, &mut results).await?;
    Ok(Opened { rows, records, results })
}

/// Notes on what is critical whether a doctor has acted on it: one rule for every page and program.
async fn mark_unacted(
    db: &impl ConnectionTrait,
    records: &mut [RecordView],
    results: &mut [LabResultView],
) -> Result<()> {
    let is_critical = |result: &LabResultView| result.level() == Level::Critical;
    let readings = records.iter().filter(|record| !dangers::dangerous_readings(record).is_empty());
    let reports = results.iter().filter(|result| is_critical(result)).map(|result| result.record);
    let critical: Vec<i64> = readings.map(|record| record.id).chain(reports).map(|id| id.0).collect();
    let unacted = notices::unacted_among(db, &critical).await?;
    for record in records {
        record.is_unacted = unacted.contains(&record.id.0);
    }
    for result in results {
        result.is_unacted = is_critical(result) && unacted.contains(&result.record.0);
    }
    Ok(())
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
    let texts = reader.open(&row, &[])?;
    let is_as_signed = reader.is_as_signed(&row, texts.as_ref())?;
    Ok(Some((RecordView { is_cancelled, ..reader.view(&row, texts.as_ref())? }, is_as_signed)))
}

/// The results of those that are laboratory reports.
async fn results_of(db: &impl ConnectionTrait, rows: &[Row]) -> Result<Vec<lab_result::Model>> {
    let is_report = |row: &&Row| row.record_type == RecordType::LabReport.as_str();
    rows::results_of(db, &rows.iter().filter(is_report).map(|row| row.id).collect::<Vec<_>>()).await
}

/// The texts of a stored entry, opened and not yet understood.
///
/// # Errors
/// Internal, when one was changed or moved.
pub(super) fn texts(key: &DataKey, row: &Row, results: &[lab_result::Model]) -> Result<Texts> {
    let result =
        |result: &lab_result::Model| key.open(result_of(&result_row(&row.reference, result.position)), &result.content);
    Ok(Texts {
        content: key.open(content_of(&row.reference), &row.content)?,
        results: results.iter().map(result).collect::<Result<_>>()?,
    })
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

    /// An entry that was compared with its signature before it was read, and its texts.
    ///
    /// # Errors
    /// Internal, when a part of it was added, changed or taken away since it was signed.
    fn as_signed(&self, row: &Row, results: &[lab_result::Model]) -> Result<(RecordView, Texts)> {
        let texts = self.open(row, results)?;
        if !self.is_as_signed(row, texts.as_ref())? {
            return Err(Error::internal("an entry is not what was signed"));
        }
        Ok((self.view(row, texts.as_ref())?, texts.unwrap_or_default()))
    }

    /// `None` when the patient's key was erased.
    fn open(&self, row: &Row, results: &[lab_result::Model]) -> Result<Option<Texts>> {
        self.keys.get(&row.patient_id).map(|key| texts(key, row, results)).transpose()
    }

    /// Whether an entry says what was signed. What needs no signature, and what was erased, says nothing else.
    fn is_as_signed(&self, row: &Row, texts: Option<&Texts>) -> Result<bool> {
        let (Some(texts), Some(key)) = (texts, self.keys.get(&row.patient_id)) else { return Ok(true) };
        match (row.signed_at, &row.signature) {
            (Some(at), Some(signature)) => {
                Ok(Header::of(row, row.signed_by_user_id, at)?.sign(key, texts) == *signature)
            }
            // Taking the signature away does not make a draft of it.
            _ => Ok(row.status != RecordStatus::Final.as_str()),
        }
    }

    fn view(&self, row: &Row, texts: Option<&Texts>) -> Result<RecordView> {
        let unknown = || Error::internal("a stored kind or status is unknown");
        let nameless = || Error::internal("an entry is of nobody");
        let kind = RecordType::parse(&row.record_type).ok_or_else(unknown)?;
        let content = texts.map(|texts| format::read::<Content>(&texts.content)).transpose()?;
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
            is_unacted: false,
            prescriptions: Vec::new(),
            understood,
            stands_for: Vec::new(),
            visit: self.names.visit_reference(row).map(str::to_owned),
            created: self.labels.when(from_db(row.created_at)),
            updated: self.labels.when(from_db(row.updated_at)),
            version: row.version,
        })
    }
}

/// A result of a report that was read.
fn result(report: &RecordView, row: &lab_result::Model, text: &[u8]) -> Result<LabResultView> {
    let value: LabValue = format::read(text)?;
    let day: jiff::civil::Date = report.date.parse()?;
    let Compared { critical, why_not: why_not_compared } = critical::compared(&value);
    Ok(LabResultView {
        id: LabResultId(row.id),
        record: report.id,
        record_reference: report.reference.clone(),
        date: report.date.clone(),
        date_label: report.date_label.clone(),
        day: i64::from(day.since((jiff::Unit::Day, date(1970, 1, 1)))?.get_days()),
        processed_at: from_db(row.created_at).to_string(),
        time: match &report.content {
            Some(Content::Report(report)) => report.time.clone(),
            _ => None,
        },
        slug: slug(&value.test),
        critical,
        why_not_compared,
        is_unacted: false,
        later: None,
        value,
    })
}

/// How an allergy is understood; nothing of other entries.
fn understood(content: &Content) -> Option<Understood> {
    let Content::Allergy(allergy) = content else { return None };
    Some(warnings::read_allergy(&allergy.substance, &allergy.coded))
}

//! Rows of the record that are written. The permits come from [`super::policy`]; what is said is sealed here.

use domain_types::{
    DoctorId, PatientId, RecordId, ReferenceKind,
    records::{Content, LabValue, RecordStatus, RecordType, RecordView},
};
use entity::{lab_result, medical_record};
use jiff::civil::Date;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set,
    sea_query::{Expr, ExprTrait},
};
use zeroize::Zeroizing;

use super::{
    format,
    opening::{content_of, result_of, result_row, sealed, texts},
    policy::{Change, Write},
    reporting,
    rows::{self, R, Row},
    signing::{Header, Texts},
};
use crate::{
    access::{Doctor, Permit, Person},
    db::Tx,
    error::{Error, Result},
    patient_keys::{self, DataKey},
    secrets::random_bits,
    services::Services,
    settings::Settings,
    time::{date_to_db, to_db},
};

/// A new entry.
pub(super) struct NewEntry<'a> {
    /// Who answers for it; nobody for what a patient brings.
    pub doctor: Option<DoctorId>,
    pub author: &'a Person,
    pub visit: Option<i64>,
    pub about: Option<RecordId>,
    pub kind: RecordType,
    pub status: RecordStatus,
    pub date: Date,
    pub content: &'a Content,
    pub results: &'a [LabValue],
}

/// Stores an entry and gives its number. One that is final is signed with it.
pub(super) async fn enter(services: &Services, tx: &Tx, permit: Permit<Write>, new: NewEntry<'_>) -> Result<i64> {
    let patient = PatientId(permit.object());
    let key = patient_keys::for_writing(services, tx, patient).await?;
    let reference = ReferenceKind::Record.encode(random_bits());
    let now = to_db(services.now());
    let is_final = new.status == RecordStatus::Final;
    let author = new.author.user().0;
    let texts = Texts {
        content: format::written(new.content)?,
        results: new.results.iter().map(format::written).collect::<Result<_>>()?,
    };
    let header = Header {
        reference: &reference,
        kind: new.kind.as_str(),
        date: new.date,
        doctor: new.doctor.map(|doctor| doctor.0),
        visit: new.visit,
        about: new.about.map(|about| about.0),
        author: Some(author),
        signed_at: now,
    };
    let row = medical_record::ActiveModel {
        patient_id: Set(patient.0),
        doctor_id: Set(new.doctor.map(|doctor| doctor.0)),
        appointment_id: Set(new.visit),
        about_id: Set(new.about.map(|about| about.0)),
        record_type: Set(new.kind.as_str().to_owned()),
        status: Set(new.status.as_str().to_owned()),
        record_date: Set(date_to_db(new.date)?),
        content: Set(key.seal(content_of(&reference), &texts.content)?),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        created_by_user_id: Set(Some(author)),
        signed_at: Set(is_final.then_some(now)),
        signed_by_user_id: Set(is_final.then_some(author)),
        signature: Set(is_final.then(|| header.sign(&key, &texts))),
        reference: Set(reference.clone()),
        ..Default::default()
    };
    let id = row.insert(tx).await?.id;
    store_results(services, tx, &key, (id, patient.0, &reference), &texts.results).await?;
    Ok(id)
}

async fn store_results(
    services: &Services,
    tx: &Tx,
    key: &DataKey,
    (record, patient, reference): (i64, i64, &str),
    texts: &[Zeroizing<Vec<u8>>],
) -> Result<()> {
    let row = |(position, text): (i32, &Zeroizing<Vec<u8>>)| {
        Ok(lab_result::ActiveModel {
            record_id: Set(record),
            patient_id: Set(patient),
            position: Set(position),
            content: Set(key.seal(result_of(&result_row(reference, position)), text)?),
            created_at: Set(to_db(services.now())),
            ..Default::default()
        })
    };
    let rows = (1..).zip(texts).map(row).collect::<Result<Vec<_>>>()?;
    if !rows.is_empty() {
        lab_result::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Refuses a day that is still to come, beside its field.
pub(super) fn not_to_come(services: &Services, settings: &Settings, field: &'static str, date: Date) -> Result<()> {
    let today = settings.labels(services.now()).today();
    if date > today { Err(Error::field(field, "The date cannot be in the future.")) } else { Ok(()) }
}

/// What a draft says from now on.
pub(super) struct NewWords<'a> {
    pub content: &'a Content,
    /// Of a laboratory report; `None` leaves them as they are.
    pub results: Option<&'a [LabValue]>,
    pub date: Date,
    /// The version that whoever saves had before them.
    pub version: Option<i32>,
}

/// Saves a draft and gives its new version.
///
/// # Errors
/// `RecordChanged` when it was saved elsewhere meanwhile.
pub(super) async fn save(
    services: &Services,
    tx: &Tx,
    permit: Permit<Change>,
    row: &Row,
    new: NewWords<'_>,
) -> Result<i32> {
    let key = patient_keys::for_writing(services, tx, PatientId(row.patient_id)).await?;
    let saved = medical_record::Entity::update_many()
        .col_expr(R::Content, Expr::value(sealed(&key, content_of(&row.reference), new.content)?))
        .col_expr(R::RecordDate, Expr::value(date_to_db(new.date)?))
        .col_expr(R::Version, Expr::col(R::Version).add(1))
        .col_expr(R::UpdatedAt, Expr::value(to_db(services.now())))
        .filter(R::Id.eq(permit.object()))
        .filter(R::Status.eq(RecordStatus::Draft.as_str()))
        .filter(R::Version.eq(new.version.unwrap_or(row.version)))
        .exec(tx)
        .await?;
    if saved.rows_affected != 1 {
        return Err(Error::RecordChanged);
    }
    if let Some(results) = new.results {
        lab_result::Entity::delete_many().filter(lab_result::Column::RecordId.eq(row.id)).exec(tx).await?;
        let texts = results.iter().map(format::written).collect::<Result<Vec<_>>>()?;
        store_results(services, tx, &key, (row.id, row.patient_id, &row.reference), &texts).await?;
    }
    Ok(new.version.unwrap_or(row.version) + 1)
}

/// Signs a draft for good, by the very bytes that are stored; the database refuses any change from here.
///
/// A laboratory report is released by that, whichever way it was signed.
///
/// # Errors
/// `RecordChanged` when it is no longer what was read.
pub(super) async fn sign(
    services: &Services,
    tx: &Tx,
    permit: Permit<Change>,
    doctor: Doctor<'_>,
    settings: &Settings,
    draft: &RecordView,
) -> Result<()> {
    let key = patient_keys::for_writing(services, tx, draft.patient).await?;
    let row = medical_record::Entity::find_by_id(permit.object()).one(tx).await?.ok_or(Error::RecordChanged)?;
    let results = rows::results_of(tx, &[row.id]).await?;
    let (author, now) = (doctor.person.user().0, to_db(services.now()));
    let signature = Header::of(&row, Some(author), now)?.sign(&key, &texts(&key, &row, &results)?);
    let signed = medical_record::Entity::update_many()
        .col_expr(R::Status, Expr::value(RecordStatus::Final.as_str()))
        .col_expr(R::SignedAt, Expr::value(now))
        .col_expr(R::UpdatedAt, Expr::value(now))
        .col_expr(R::SignedByUserId, Expr::value(author))
        .col_expr(R::Signature, Expr::value(signature))
        .filter(R::Id.eq(permit.object()))
        .filter(R::Status.eq(RecordStatus::Draft.as_str()))
        .filter(R::Version.eq(draft.version))
        .exec(tx)
        .await?;
    if signed.rows_affected != 1 {
        return Err(Error::RecordChanged);
    }
    if draft.kind == RecordType::LabReport {
        reporting::released(services, tx, doctor, settings, draft).await?;
    }
    Ok(())
}

/// Ends what holds at present.
pub(super) async fn end(services: &Services, tx: &Tx, permit: Permit<Change>) -> Result<()> {
    medical_record::Entity::update_many()
        .col_expr(R::Status, Expr::value(RecordStatus::Ended.as_str()))
        .col_expr(R::UpdatedAt, Expr::value(to_db(services.now())))
        .filter(R::Id.eq(permit.object()))
        .filter(R::Status.eq(RecordStatus::Active.as_str()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Throws a draft away, with the drafts that belong to it.
pub(super) async fn discard(tx: &Tx, permit: Permit<Change>) -> Result<()> {
    let id = permit.object();
    let drafts = |column: R| column.eq(id).and(R::Status.eq(RecordStatus::Draft.as_str()));
    lab_result::Entity::delete_many().filter(lab_result::Column::RecordId.eq(id)).exec(tx).await?;
    medical_record::Entity::delete_many().filter(drafts(R::AboutId)).exec(tx).await?;
    medical_record::Entity::delete_many().filter(drafts(R::Id)).exec(tx).await?;
    Ok(())
}

//! Who may see which entries of the medical record, and who may write into it.

use std::collections::HashMap;

use domain_types::{
    PatientId,
    auth::Role,
    records::{Access, PatientRef, RecordStatus, RecordType, RecordView},
};
use entity::{emergency_access, medical_record};
use jiff::Timestamp;
use sea_orm::{
    ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, SelectStatement},
};

use super::{emergency, patients, rows::Row};
use crate::{
    access::{Doctor, Permit, Person, open_to, opened_in_emergency},
    appointments::{in_care, patients_in_care},
    error::{Error, Result},
    settings::Settings,
    time::{Labels, from_db},
};

/// Proof that something may be written about a patient.
#[derive(Debug)]
pub(super) struct Write(());
/// Proof that a draft is its author's to change.
#[derive(Debug)]
pub(super) struct Change(());

/// Narrows a query over entries (as `r`): patients to their own, doctors to patients in their care, and both doctors and
/// administrators to those whose record they opened in an emergency. What is still being written is seen by its author
/// alone.
pub(super) fn visible_to(
    person: &Person,
    settings: &Settings,
    now: Timestamp,
    query: &mut SelectStatement,
) -> Result<()> {
    let column = |column: medical_record::Column| Expr::col(("r", column));
    let within_reach = within_reach(person, settings, now, || column(medical_record::Column::PatientId))?;
    let is_written = column(medical_record::Column::Status)
        .ne(RecordStatus::Draft.as_str())
        .or(column(medical_record::Column::CreatedByUserId).eq(person.user().0));
    query.and_where(within_reach).and_where(is_written);
    Ok(())
}

/// Whether a column names a patient whose record a person may see now.
pub(super) fn within_reach(
    person: &Person,
    settings: &Settings,
    now: Timestamp,
    patient: impl Fn() -> Expr,
) -> Result<Expr> {
    let opened = || patient().in_subquery(opened_in_emergency(person, now));
    Ok(match (person.role(), person.patient(), person.doctor()) {
        (Role::Patient, Some(own), _) => patient().eq(own.0),
        (Role::Doctor, _, Some(doctor)) => patient().in_subquery(patients_in_care(doctor, settings, now)?).or(opened()),
        (Role::Admin, ..) => opened(),
        _ => Expr::value(false),
    })
}

/// How somebody who works here came to a record.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reach {
    Care,
    Emergency(Timestamp),
}

impl Reach {
    pub(super) fn shown(self, labels: &Labels) -> Access {
        match self {
            Self::Care => Access::InCare,
            Self::Emergency(until) => Access::Emergency { until: labels.when(until) },
        }
    }
}

/// How somebody who works here may see a patient's record now, if they may.
pub(super) async fn reach(
    db: &impl ConnectionTrait,
    person: &Person,
    patient: PatientId,
    settings: &Settings,
    now: Timestamp,
) -> Result<Option<Reach>> {
    if is_in_care(db, person, patient, settings, now).await? {
        return Ok(Some(Reach::Care));
    }
    let staff = person.role().is_staff();
    let until = if staff { emergency::open_until(db, person, patient, now).await? } else { None };
    Ok(until.map(Reach::Emergency))
}

/// Whether a patient is in the care of this person.
pub(super) async fn is_in_care(
    db: &impl ConnectionTrait,
    person: &Person,
    patient: PatientId,
    settings: &Settings,
    now: Timestamp,
) -> Result<bool> {
    match person.doctor() {
        Some(doctor) => in_care(db, doctor, patient, settings, now).await,
        None => Ok(false),
    }
}

/// Of these patients those whom a doctor reaches by an emergency alone, and until when.
pub(super) async fn reached_by_emergency(
    db: &impl ConnectionTrait,
    person: &Person,
    patients: &[i64],
    settings: &Settings,
    now: Timestamp,
) -> Result<HashMap<i64, Timestamp>> {
    let open = emergency_access::Entity::find()
        .filter(open_to(person, now, |column| Expr::col((emergency_access::Entity, column))))
        .all(db)
        .await?;
    let mut opened = HashMap::new();
    for row in open.into_iter().filter(|row| patients.contains(&row.patient_id)) {
        if !is_in_care(db, person, PatientId(row.patient_id), settings, now).await? {
            opened.insert(row.patient_id, from_db(row.expires_at));
        }
    }
    Ok(opened)
}

/// Whether a doctor may write about a patient: one in their care, or whose record they opened in an emergency.
///
/// # Errors
/// `NotFound` otherwise, and for an unknown patient.
pub(super) async fn write(
    db: &impl ConnectionTrait,
    doctor: Doctor<'_>,
    patient: &PatientRef,
    settings: &Settings,
    now: Timestamp,
) -> Result<Permit<Write>> {
    let patient = patients::find(db, patient).await?.ok_or(Error::NotFound)?.id;
    reach(db, doctor.person, PatientId(patient), settings, now).await?.ok_or(Error::NotFound)?;
    Ok(Permit::granted(Write(()), patient))
}

/// Patients write into their own record what they measured or brought.
pub(super) fn write_own(patient: PatientId) -> Permit<Write> {
    Permit::granted(Write(()), patient.0)
}

/// Whether an entry is a draft of this person; it was read through [`visible_to`].
///
/// # Errors
/// `RecordSigned` when it is final, `NotFound` when it is somebody else's.
pub(super) fn change(person: &Person, row: &Row) -> Result<Permit<Change>> {
    if row.status == RecordStatus::Final.as_str() {
        return Err(Error::RecordSigned);
    }
    if row.status != RecordStatus::Draft.as_str() || row.created_by_user_id != Some(person.user().0) {
        return Err(Error::NotFound);
    }
    Ok(Permit::granted(Change(()), row.id))
}

/// Whether an entry is a signed note, after which its doctor goes on with the visit.
pub(super) fn leads_on(record: &RecordView) -> bool {
    record.takes_additions() && record.kind != RecordType::LabReport
}

/// Whether an entry is a signed prescription that was not ended yet.
pub(super) fn can_be_ended(record: &RecordView) -> bool {
    record.kind == RecordType::Prescription && record.status == RecordStatus::Final && !record.is_cancelled
}

/// Whether an item of a list can be ended by this doctor; it was read through [`visible_to`].
///
/// # Errors
/// `NotFound` when it does not hold at present.
pub(super) fn end(_doctor: Doctor<'_>, row: &Row) -> Result<Permit<Change>> {
    if row.status != RecordStatus::Active.as_str() {
        return Err(Error::NotFound);
    }
    Ok(Permit::granted(Change(()), row.id))
}

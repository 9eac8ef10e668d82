//! What the medical record needs to know of visits.

use std::collections::HashMap;

use domain_types::{DoctorId, PatientId, appointments::AppointmentStatus};
use entity::{appointment, doctor, user};
use jiff::Timestamp;
use sea_orm::{
    ConnectionTrait, FromQueryResult,
    prelude::TimeDateTimeWithTimeZone,
    sea_query::{Expr, ExprTrait, JoinType, Order, Query, SelectStatement},
};

use super::{
    repo::{doctor_name, iden},
    words::reason_of,
};
use crate::{
    db,
    error::{Error, Result},
    patient_keys::DataKey,
    people::Reference,
    time::{from_db, to_db},
};

/// A visit as the record knows it.
#[derive(Clone, Debug)]
pub(crate) struct VisitFacts {
    pub id: i64,
    pub reference: String,
    pub patient: PatientId,
    pub doctor: DoctorId,
    pub doctor_name: String,
    pub status: AppointmentStatus,
    pub starts: Timestamp,
    pub ends: Timestamp,
    sealed_reason: Vec<u8>,
}

impl VisitFacts {
    /// Why the patient comes, for those who may read their record.
    ///
    /// # Errors
    /// Internal, when it was changed, or moved here from another visit.
    pub(crate) fn reason(&self, key: &DataKey) -> Result<String> {
        let plain = key.open(reason_of(&self.reference), &self.sealed_reason)?;
        let text = str::from_utf8(&plain).map_err(Error::caused("what was said about a visit is no text"))?;
        Ok(text.to_owned())
    }
}

/// The patients of the visits with this doctor that a reference means.
pub(crate) fn with_doctor(doctor: DoctorId, reference: &Reference) -> SelectStatement {
    let mut query = Query::select();
    query
        .column(iden::PatientId)
        .from(appointment::Entity)
        .and_where(Expr::col(iden::DoctorId).eq(doctor.0))
        .and_where(reference.is_in(Expr::col(iden::Reference)));
    query
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    reference: String,
    patient_id: i64,
    doctor_id: i64,
    status: String,
    starts_at: TimeDateTimeWithTimeZone,
    ends_at: TimeDateTimeWithTimeZone,
    sealed_reason: Vec<u8>,
    first_name: String,
    last_name: String,
}

impl TryFrom<Row> for VisitFacts {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let status = AppointmentStatus::parse(&row.status);
        Ok(Self {
            id: row.id,
            reference: row.reference,
            patient: PatientId(row.patient_id),
            doctor: DoctorId(row.doctor_id),
            doctor_name: doctor_name(&row.first_name, &row.last_name),
            status: status.ok_or_else(|| Error::internal("a stored status is unknown"))?,
            starts: from_db(row.starts_at),
            ends: from_db(row.ends_at),
            sealed_reason: row.sealed_reason,
        })
    }
}

/// All visits as `a`.
fn facts() -> SelectStatement {
    let mut query = Query::select();
    query
        .from_as(appointment::Entity, "a")
        .join_as(JoinType::InnerJoin, doctor::Entity, "d", Expr::col(("d", "id")).equals(("a", "doctor_id")))
        .join_as(JoinType::InnerJoin, user::Entity, "du", Expr::col(("du", "id")).equals(("d", "user_id")))
        .columns([
            ("a", iden::Id),
            ("a", iden::Reference),
            ("a", iden::PatientId),
            ("a", iden::DoctorId),
            ("a", iden::Status),
            ("a", iden::StartsAt),
            ("a", iden::EndsAt),
            ("a", iden::SealedReason),
        ])
        .columns([("du", user::Column::FirstName), ("du", user::Column::LastName)]);
    query
}

/// The visits that a query of this module finds.
pub(crate) async fn found(db: &impl ConnectionTrait, query: &SelectStatement) -> Result<Vec<VisitFacts>> {
    db::all::<Row>(db, query).await?.into_iter().map(VisitFacts::try_from).collect()
}

/// A doctor's own visit, by its reference or its number.
pub(crate) async fn own_visit(
    db: &impl ConnectionTrait,
    doctor: DoctorId,
    reference: &str,
) -> Result<Option<VisitFacts>> {
    let reference = reference.trim().to_uppercase();
    let mut query = facts();
    query.and_where(Expr::col(("a", iden::DoctorId)).eq(doctor.0));
    query.and_where(match reference.parse::<i64>() {
        Ok(id) => Expr::col(("a", iden::Id)).eq(id),
        Err(_) => Expr::col(("a", iden::Reference)).eq(reference),
    });
    Ok(found(db, &query).await?.into_iter().next())
}

/// A patient's visits that were not cancelled, the latest first.
pub(crate) async fn of_patient(db: &impl ConnectionTrait, patient: PatientId, most: u64) -> Result<Vec<VisitFacts>> {
    let mut query = facts();
    query
        .and_where(Expr::col(("a", iden::PatientId)).eq(patient.0))
        .and_where(Expr::col(("a", iden::Status)).ne(AppointmentStatus::Cancelled.as_str()))
        .order_by(("a", iden::StartsAt), Order::Desc)
        .limit(most);
    found(db, &query).await
}

/// A doctor's visits with a patient that hold their time and begin before then, the latest first.
pub(crate) async fn held_with(
    db: &impl ConnectionTrait,
    doctor: DoctorId,
    patient: PatientId,
    before: Timestamp,
    most: u64,
) -> Result<Vec<VisitFacts>> {
    let mut query = facts();
    let held = AppointmentStatus::ALL.into_iter().filter(|status| status.holds_its_time());
    query
        .and_where(Expr::col(("a", iden::DoctorId)).eq(doctor.0))
        .and_where(Expr::col(("a", iden::PatientId)).eq(patient.0))
        .and_where(Expr::col(("a", iden::Status)).is_in(held.map(AppointmentStatus::as_str)))
        .and_where(Expr::col(("a", iden::StartsAt)).lt(to_db(before)))
        .order_by(("a", iden::StartsAt), Order::Desc)
        .limit(most);
    found(db, &query).await
}

/// A doctor's visits that were completed since then and are not among some others, the oldest first, as a query for
/// [`found`].
pub(crate) fn completed_since(
    doctor: DoctorId,
    since: Timestamp,
    others: SelectStatement,
    most: u64,
) -> SelectStatement {
    let mut query = facts();
    query
        .and_where(Expr::col(("a", iden::Id)).not_in_subquery(others))
        .and_where(Expr::col(("a", iden::DoctorId)).eq(doctor.0))
        .and_where(Expr::col(("a", iden::Status)).eq(AppointmentStatus::Completed.as_str()))
        .and_where(Expr::col(("a", iden::StartsAt)).gte(to_db(since)))
        .order_by(("a", iden::StartsAt), Order::Asc)
        .limit(most);
    query
}

/// The last visit before now and the next one from now on of each of these patients with a doctor.
pub(crate) async fn around_now(
    db: &impl ConnectionTrait,
    doctor: DoctorId,
    patients: &[i64],
    now: Timestamp,
) -> Result<HashMap<i64, (Option<Timestamp>, Option<Timestamp>)>> {
    let mut around: HashMap<i64, (Option<Timestamp>, Option<Timestamp>)> = HashMap::new();
    if patients.is_empty() {
        return Ok(around);
    }
    let mut query = facts();
    let held = AppointmentStatus::ALL.into_iter().filter(|status| status.holds_its_time());
    query
        .and_where(Expr::col(("a", iden::DoctorId)).eq(doctor.0))
        .and_where(Expr::col(("a", iden::PatientId)).is_in(patients.iter().copied()))
        .and_where(Expr::col(("a", iden::Status)).is_in(held.map(AppointmentStatus::as_str)))
        .order_by(("a", iden::StartsAt), Order::Asc);
    for visit in found(db, &query).await? {
        let (last, next) = around.entry(visit.patient.0).or_default();
        if visit.starts < now {
            *last = Some(visit.starts);
        } else if next.is_none() {
            *next = Some(visit.starts);
        }
    }
    Ok(around)
}

/// How many visits of a patient are to come.
pub(crate) async fn count_upcoming(db: &impl ConnectionTrait, patient: PatientId, now: Timestamp) -> Result<u64> {
    let mut query = facts();
    let over = AppointmentStatus::ALL.into_iter().filter(|status| status.is_final());
    query
        .and_where(Expr::col(("a", iden::PatientId)).eq(patient.0))
        .and_where(Expr::col(("a", iden::EndsAt)).gt(to_db(now)))
        .and_where(Expr::col(("a", iden::Status)).is_not_in(over.map(AppointmentStatus::as_str)));
    db::count(db, &query, ("a", "id")).await
}

/// The doctors who have a patient in care, by name.
pub(crate) async fn doctors_of(
    db: &impl ConnectionTrait,
    patient: PatientId,
    since: Timestamp,
) -> Result<Vec<(DoctorId, String)>> {
    let mut query = facts();
    query
        .and_where(Expr::col(("a", iden::PatientId)).eq(patient.0))
        .and_where(Expr::col(("a", iden::Status)).ne(AppointmentStatus::Cancelled.as_str()))
        .and_where(Expr::col(("a", iden::StartsAt)).gte(to_db(since)));
    let mut doctors: Vec<(DoctorId, String)> =
        found(db, &query).await?.into_iter().map(|visit| (visit.doctor, visit.doctor_name)).collect();
    doctors.sort_by(|left, right| (&left.1, left.0).cmp(&(&right.1, right.0)));
    doctors.dedup();
    Ok(doctors)
}

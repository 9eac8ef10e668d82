//! Rows of doctors and visits. Queries only; the rules are elsewhere.

use domain_types::{
    DoctorId, PatientId,
    appointments::AppointmentStatus,
    money::{Currency, Money},
};
use entity::{appointment, appointment_event, doctor, patient, specialty, user, visit_type};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
    prelude::TimeDateTimeWithTimeZone,
    sea_query::{Expr, ExprTrait, JoinType, Query, SelectStatement},
};

use super::{
    availability::holding,
    grid::{Busy, Slot},
    policy::{Book, Move, Step},
};
use crate::{
    access::Permit,
    db::{self, Tx},
    error::{Error, Result},
    time::{from_db, to_db},
};

/// Short names for the columns of a visit, for queries that narrow.
pub(crate) mod iden {
    pub(crate) use entity::appointment::{Column::*, Entity as Appointment};
}

/// No visit is longer than this with its buffer, so a range over starts finds every overlap.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// A visit with the names around it.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct VisitRow {
    pub id: i64,
    pub reference: String,
    pub status: String,
    pub patient_id: i64,
    pub patient_reference: String,
    pub patient_first_name: String,
    pub patient_last_name: String,
    pub patient_email: String,
    pub doctor_id: i64,
    pub doctor_first_name: String,
    pub doctor_last_name: String,
    pub department: String,
    pub hospital: String,
    pub specialty_code: String,
    pub specialty_name: String,
    pub visit_type_id: i64,
    pub visit_type_name: String,
    pub starts_at: TimeDateTimeWithTimeZone,
    pub ends_at: TimeDateTimeWithTimeZone,
    pub sealed_reason: Vec<u8>,
    pub sealed_notes: Option<Vec<u8>>,
    pub fee_minor: i64,
    pub currency: String,
    pub created_at: TimeDateTimeWithTimeZone,
    pub updated_at: TimeDateTimeWithTimeZone,
    pub checked_in_at: Option<TimeDateTimeWithTimeZone>,
}

impl VisitRow {
    pub(crate) fn status(&self) -> Result<AppointmentStatus> {
        AppointmentStatus::parse(&self.status).ok_or_else(|| Error::internal("a stored status is unknown"))
    }

    pub(crate) fn fee(&self) -> Result<Money> {
        money(self.fee_minor, &self.currency)
    }

    pub(crate) fn doctor_name(&self) -> String {
        doctor_name(&self.doctor_first_name, &self.doctor_last_name)
    }
}

pub(crate) fn doctor_name(first: &str, last: &str) -> String {
    format!("Dr. {first} {last}")
}

pub(super) fn money(minor: i64, currency: &str) -> Result<Money> {
    let currency = Currency::parse(currency).ok_or_else(|| Error::internal("a stored currency is unknown"))?;
    Ok(Money::new(minor, currency))
}

/// All visits as `a`, for counting them; callers narrow it by [`super::policy::visible_to`].
pub(super) fn visits_alone() -> SelectStatement {
    Query::select().from_as(appointment::Entity, "a").take()
}

/// The same with the names around them, which every visit has; callers narrow and order it.
pub(super) fn visits() -> SelectStatement {
    use appointment::Column as A;
    let mut query = visits_alone();
    query
        .join_as(JoinType::InnerJoin, patient::Entity, "p", equal(("p", "id"), ("a", "patient_id")))
        .join_as(JoinType::InnerJoin, user::Entity, "pu", equal(("pu", "id"), ("p", "user_id")))
        .join_as(JoinType::InnerJoin, doctor::Entity, "d", equal(("d", "id"), ("a", "doctor_id")))
        .join_as(JoinType::InnerJoin, user::Entity, "du", equal(("du", "id"), ("d", "user_id")))
        .join_as(JoinType::InnerJoin, specialty::Entity, "s", equal(("s", "id"), ("d", "specialty_id")))
        .join_as(JoinType::InnerJoin, visit_type::Entity, "v", equal(("v", "id"), ("a", "visit_type_id")));
    for column in [
        A::Id,
        A::Reference,
        A::Status,
        A::PatientId,
        A::DoctorId,
        A::VisitTypeId,
        A::StartsAt,
        A::EndsAt,
        A::SealedReason,
        A::SealedNotes,
        A::FeeMinor,
        A::Currency,
        A::CreatedAt,
        A::UpdatedAt,
        A::CheckedInAt,
    ] {
        query.column(("a", column));
    }
    for (table, column, name) in [
        ("p", "reference", "patient_reference"),
        ("pu", "first_name", "patient_first_name"),
        ("pu", "last_name", "patient_last_name"),
        ("pu", "email", "patient_email"),
        ("du", "first_name", "doctor_first_name"),
        ("du", "last_name", "doctor_last_name"),
        ("d", "department", "department"),
        ("d", "hospital", "hospital"),
        ("s", "code", "specialty_code"),
        ("s", "name", "specialty_name"),
        ("v", "name", "visit_type_name"),
    ] {
        query.expr_as(Expr::col((table, column)), name);
    }
    query
}

fn equal(left: (&'static str, &'static str), right: (&'static str, &'static str)) -> Expr {
    Expr::col(left).equals(right)
}

pub(super) async fn all(db: &impl ConnectionTrait, query: &SelectStatement) -> Result<Vec<VisitRow>> {
    db::all(db, query).await
}

pub(super) async fn one(db: &impl ConnectionTrait, query: &SelectStatement) -> Result<Option<VisitRow>> {
    db::first(db, query).await
}

/// Whose time is asked for: a doctor's lasts to the end of the buffer, a patient's to the end of the visit.
#[derive(Clone, Copy, Debug)]
pub(super) enum Whose {
    Doctor(DoctorId),
    Patient(PatientId),
}

/// Time that somebody's visits take within a range; the ends of the range are not included.
pub(super) async fn taken_times(
    db: &impl ConnectionTrait,
    whose: Whose,
    from: Timestamp,
    to: Timestamp,
    except: Option<i64>,
) -> Result<Vec<Busy>> {
    let (owner, ends) = match whose {
        Whose::Doctor(doctor) => (appointment::Column::DoctorId.eq(doctor.0), appointment::Column::BlocksUntil),
        Whose::Patient(patient) => (appointment::Column::PatientId.eq(patient.0), appointment::Column::EndsAt),
    };
    let mut query = appointment::Entity::find()
        .select_only()
        .column(appointment::Column::StartsAt)
        .column(ends)
        .filter(owner)
        .filter(appointment::Column::StartsAt.lt(to_db(to)))
        .filter(appointment::Column::StartsAt.gt(to_db(from - LONGEST)))
        .filter(ends.gt(to_db(from)))
        .filter(appointment::Column::Status.is_in(holding()));
    if let Some(id) = except {
        query = query.filter(appointment::Column::Id.ne(id));
    }
    let rows: Vec<(TimeDateTimeWithTimeZone, TimeDateTimeWithTimeZone)> = query.into_tuple().all(db).await?;
    Ok(rows.into_iter().map(|(from, to)| Busy { from: from_db(from), to: from_db(to) }).collect())
}

/// Whether a patient has a visit that overlaps a time.
pub(super) async fn patient_is_busy(
    db: &impl ConnectionTrait,
    patient: i64,
    slot: &Slot,
    except: Option<i64>,
) -> Result<bool> {
    let taken = taken_times(db, Whose::Patient(PatientId(patient)), slot.starts, slot.ends, except).await?;
    Ok(!taken.is_empty())
}

pub(super) async fn find_bookable_doctor(db: &impl ConnectionTrait, id: DoctorId) -> Result<Option<doctor::Model>> {
    Ok(doctor::Entity::find_by_id(id.0).filter(doctor::Column::AcceptsBookings.eq(true)).one(db).await?)
}

/// The doctor, locked until the transaction ends: bookings of one doctor take turns.
pub(super) async fn lock_doctor(tx: &Tx, id: DoctorId) -> Result<Option<doctor::Model>> {
    let query = doctor::Entity::find_by_id(id.0).filter(doctor::Column::AcceptsBookings.eq(true));
    Ok(query.lock_exclusive().one(tx).await?)
}

/// Locks a patient until the transaction ends; always after the doctor. Gives whether there is one.
pub(crate) async fn lock_patient(db: &impl ConnectionTrait, id: PatientId) -> Result<bool> {
    Ok(patient::Entity::find_by_id(id.0).lock_exclusive().one(db).await?.is_some())
}

/// What a new visit is made of.
pub(super) struct NewVisit<'a> {
    pub doctor: &'a doctor::Model,
    pub visit_type: i64,
    pub slot: &'a Slot,
    /// `APT-…`
    pub reference: String,
    /// Sealed for this reference.
    pub sealed_reason: Vec<u8>,
    pub booked_by: i64,
    pub now: Timestamp,
}

pub(super) async fn insert(tx: &Tx, permit: Permit<Book>, new: NewVisit<'_>) -> Result<i64> {
    let now = to_db(new.now);
    let row = appointment::ActiveModel {
        reference: Set(new.reference),
        patient_id: Set(permit.object()),
        doctor_id: Set(new.doctor.id),
        visit_type_id: Set(new.visit_type),
        starts_at: Set(to_db(new.slot.starts)),
        ends_at: Set(to_db(new.slot.ends)),
        blocks_until: Set(to_db(new.slot.blocks_until)),
        status: Set(AppointmentStatus::Scheduled.as_str().to_owned()),
        sealed_reason: Set(new.sealed_reason),
        fee_minor: Set(new.doctor.fee_minor),
        currency: Set(new.doctor.currency.clone()),
        created_by_user_id: Set(Some(new.booked_by)),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    Ok(row.insert(tx).await?.id)
}

/// Takes a step if the visit still stands where it was read; gives whether it did.
pub(super) async fn advance(
    tx: &Tx,
    permit: Permit<Step>,
    from: AppointmentStatus,
    to: AppointmentStatus,
    now: Timestamp,
) -> Result<bool> {
    let mut update = appointment::Entity::update_many()
        .col_expr(appointment::Column::Status, Expr::value(to.as_str()))
        .col_expr(appointment::Column::UpdatedAt, Expr::value(to_db(now)));
    if to == AppointmentStatus::CheckedIn {
        update = update.col_expr(appointment::Column::CheckedInAt, Expr::value(to_db(now)));
    }
    let still = appointment::Column::Id.eq(permit.object()).and(appointment::Column::Status.eq(from.as_str()));
    Ok(update.filter(still).exec(tx).await?.rows_affected == 1)
}

/// Moves a visit if it still stands where it was read; gives whether it did.
pub(super) async fn relocate(
    tx: &Tx,
    permit: Permit<Move>,
    was: (AppointmentStatus, Timestamp),
    slot: &Slot,
    now: Timestamp,
) -> Result<bool> {
    let still = appointment::Column::Id
        .eq(permit.object())
        .and(appointment::Column::Status.eq(was.0.as_str()))
        .and(appointment::Column::StartsAt.eq(to_db(was.1)));
    let update = appointment::Entity::update_many()
        .col_expr(appointment::Column::StartsAt, Expr::value(to_db(slot.starts)))
        .col_expr(appointment::Column::EndsAt, Expr::value(to_db(slot.ends)))
        .col_expr(appointment::Column::BlocksUntil, Expr::value(to_db(slot.blocks_until)))
        .col_expr(appointment::Column::UpdatedAt, Expr::value(to_db(now)))
        .filter(still);
    Ok(update.exec(tx).await?.rows_affected == 1)
}

/// One line of a visit's history.
pub(super) struct NewEvent {
    pub visit: i64,
    pub kind: &'static str,
    pub from: Option<AppointmentStatus>,
    pub to: AppointmentStatus,
    pub from_starts: Option<Timestamp>,
    pub to_starts: Timestamp,
    pub by: Option<i64>,
    pub at: Timestamp,
}

pub(super) async fn insert_event(tx: &Tx, new: NewEvent) -> Result<()> {
    let row = appointment_event::ActiveModel {
        appointment_id: Set(new.visit),
        kind: Set(new.kind.to_owned()),
        from_status: Set(new.from.map(|status| status.as_str().to_owned())),
        to_status: Set(new.to.as_str().to_owned()),
        from_starts_at: Set(new.from_starts.map(to_db)),
        to_starts_at: Set(to_db(new.to_starts)),
        actor_user_id: Set(new.by),
        at: Set(to_db(new.at)),
        ..Default::default()
    };
    row.insert(tx).await?;
    Ok(())
}

/// How often a visit was moved or called off: what makes an older calendar file of it wrong.
pub(super) async fn revision(db: &impl ConnectionTrait, visit: i64) -> Result<u32> {
    let changes = appointment_event::Entity::find()
        .filter(appointment_event::Column::AppointmentId.eq(visit))
        .filter(appointment_event::Column::Kind.is_in(["moved", AppointmentStatus::Cancelled.as_str()]));
    Ok(u32::try_from(changes.count(db).await?).unwrap_or(u32::MAX))
}

pub(super) async fn events(
    db: &impl ConnectionTrait,
    visit: i64,
) -> Result<Vec<(appointment_event::Model, Option<user::Model>)>> {
    let events = appointment_event::Entity::find()
        .filter(appointment_event::Column::AppointmentId.eq(visit))
        .order_by_asc(appointment_event::Column::Id)
        .all(db)
        .await?;
    let people: Vec<i64> = events.iter().filter_map(|event| event.actor_user_id).collect();
    let people = user::Entity::find().filter(user::Column::Id.is_in(people)).all(db).await?;
    let who = |id: Option<i64>| people.iter().find(|user| Some(user.id) == id).cloned();
    Ok(events.into_iter().map(|event| (event.clone(), who(event.actor_user_id))).collect())
}

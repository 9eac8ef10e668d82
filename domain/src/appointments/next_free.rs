//! A doctor's next free time, stored beside the doctor so that the directory is one query.

use domain_types::DoctorId;
use entity::doctor;
use jiff::{SignedDuration, Timestamp, ToSpan};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use super::{availability::Calendar, errand::Errand, grid::Slot, repo};
use crate::{
    error::Result,
    moment::Moment,
    services::Services,
    time::{from_db, to_db},
};

/// Works out a doctor's next free time and stores it, in the transaction that changed the calendar.
pub(super) async fn store_next_free(db: &impl ConnectionTrait, at: &Moment, doctor: DoctorId) -> Result<()> {
    let next = next_free(db, at, doctor).await?;
    doctor::ActiveModel { id: Set(doctor.0), next_free_at: Set(next.map(to_db)), ..Default::default() }
        .update(db)
        .await?;
    Ok(())
}

/// Whether a visit that was booked takes something of the doctor's stored next free time. Any other leaves it as it is.
pub(super) fn next_free_is_taken(at: &Moment, doctor: &doctor::Model, booked: &Slot) -> Result<bool> {
    let Some(next) = doctor.next_free_at.map(from_db) else { return Ok(true) };
    let kind = at.default_visit_type()?;
    let until = next + SignedDuration::from_mins(i64::from(kind.duration_minutes) + i64::from(kind.buffer_minutes));
    Ok(booked.starts < until && booked.blocks_until > next)
}

async fn next_free(db: &impl ConnectionTrait, at: &Moment, doctor: DoctorId) -> Result<Option<Timestamp>> {
    let errand = Errand::of_doctor(at, doctor)?;
    let mut from = at.today();
    let last_day = from.checked_add(i64::from(at.settings().booking.horizon_days).days())?;
    // The next week first, then longer and longer looks: most doctors have something soon.
    for days in [7_u32, 28, 90, 366] {
        let calendar = Calendar::load(db, at, &errand, (from, days)).await?;
        if let Some(slot) = calendar.slots().find(Slot::is_free) {
            return Ok(Some(slot.starts));
        }
        from = from.checked_add(i64::from(days).days())?;
        if from > last_day {
            break;
        }
    }
    Ok(None)
}

/// Job: brings the stored next free times up to date that have passed meanwhile. Gives how many there were.
///
/// # Errors
/// When the database is away.
pub async fn refresh_next_free(services: &Services) -> Result<usize> {
    let at = services.moment().await?;
    let earliest = at.now + SignedDuration::from_mins(i64::from(at.settings().booking.notice_minutes));
    let stale: Vec<i64> = doctor::Entity::find()
        .select_only()
        .column(doctor::Column::Id)
        .filter(doctor::Column::AcceptsBookings.eq(true))
        .filter(doctor::Column::NextFreeAt.lt(to_db(earliest)))
        .order_by_asc(doctor::Column::Id)
        .into_tuple()
        .all(services.db().read())
        .await?;
    refresh(services, &at, stale).await
}

/// Works out everybody's next free time, after bulk changes.
///
/// # Errors
/// When the database is away.
pub async fn refresh_all_next_free(services: &Services) -> Result<usize> {
    let at = services.moment().await?;
    let all = doctor::Entity::find()
        .select_only()
        .column(doctor::Column::Id)
        .order_by_asc(doctor::Column::Id)
        .into_tuple()
        .all(services.db().read())
        .await?;
    refresh(services, &at, all).await
}

async fn refresh(services: &Services, at: &Moment, doctors: Vec<i64>) -> Result<usize> {
    let count = doctors.len();
    for id in doctors {
        let doctor = DoctorId(id);
        let one = || async move {
            let tx = services.db().begin().await?;
            repo::lock_doctor(&tx, doctor).await?;
            store_next_free(&tx, at, doctor).await?;
            tx.commit().await
        };
        services.db().retrying(one).await?;
    }
    Ok(count)
}

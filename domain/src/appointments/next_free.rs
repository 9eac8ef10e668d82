//! A doctor's next free time, stored beside the doctor so that the directory is one query.

use domain_types::DoctorId;
use entity::doctor;
use jiff::{SignedDuration, Timestamp, ToSpan};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use super::{availability::Calendar, grid::Slot, repo};
use crate::{error::Result, services::Services, settings::Settings, time::to_db};

/// Works out a doctor's next free time and stores it, in the transaction that changed the calendar.
pub(super) async fn store_next_free(
    db: &impl ConnectionTrait,
    doctor: DoctorId,
    settings: &Settings,
    now: Timestamp,
) -> Result<()> {
    let next = next_free(db, doctor, settings, now).await?;
    doctor::ActiveModel { id: Set(doctor.0), next_free_at: Set(next.map(to_db)), ..Default::default() }
        .update(db)
        .await?;
    Ok(())
}

async fn next_free(
    db: &impl ConnectionTrait,
    doctor: DoctorId,
    settings: &Settings,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    let kind = repo::default_visit_type(db).await?;
    let mut from = now.to_zoned(settings.zone.clone()).date();
    let last_day = from.checked_add(i64::from(settings.booking.horizon_days).days())?;
    // The next week first, then longer and longer looks: most doctors have something soon.
    for days in [7_u32, 28, 90, 366] {
        let calendar = Calendar::load(db, doctor, &kind, settings, now, (from, days), None).await?;
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
    let settings = services.settings().await?;
    let earliest = services.now() + SignedDuration::from_mins(i64::from(settings.booking.notice_minutes));
    let stale: Vec<i64> = doctor::Entity::find()
        .select_only()
        .column(doctor::Column::Id)
        .filter(doctor::Column::AcceptsBookings.eq(true))
        .filter(doctor::Column::NextFreeAt.lt(to_db(earliest)))
        .order_by_asc(doctor::Column::Id)
        .into_tuple()
        .all(services.db().read())
        .await?;
    refresh(services, &settings, stale).await
}

/// Works out everybody's next free time, after bulk changes.
///
/// # Errors
/// When the database is away.
pub async fn refresh_all_next_free(services: &Services) -> Result<usize> {
    let settings = services.settings().await?;
    let all = doctor::Entity::find()
        .select_only()
        .column(doctor::Column::Id)
        .order_by_asc(doctor::Column::Id)
        .into_tuple()
        .all(services.db().read())
        .await?;
    refresh(services, &settings, all).await
}

async fn refresh(services: &Services, settings: &Settings, doctors: Vec<i64>) -> Result<usize> {
    let count = doctors.len();
    for id in doctors {
        let doctor = DoctorId(id);
        let one = || async move {
            let tx = services.db().begin().await?;
            repo::lock_doctor(&tx, doctor).await?;
            store_next_free(&tx, doctor, settings, services.now()).await?;
            tx.commit().await
        };
        services.db().retrying(one).await?;
    }
    Ok(count)
}

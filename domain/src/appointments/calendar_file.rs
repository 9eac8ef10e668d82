//! A visit as a file for a calendar.

use domain_types::{PatientId, appointments::AppointmentStatus};
use sea_orm::ConnectionTrait;

use super::{
    policy,
    repo::{self, VisitRow},
    visits::row_by_reference,
};
use crate::{
    access::{Act, Actor, Audited, Found},
    db::Tx,
    error::Result,
    mail::{BRING, CalendarEntry, CalendarFile, HowToChange},
    services::Services,
    settings::Settings,
    time::from_db,
};

/// The visit as a calendar file (RFC 5545).
///
/// # Errors
/// `NotFound` when it is unknown or not the actor's to see.
pub async fn calendar_file(services: &Services, actor: &Actor, reference: &str) -> Result<Audited<CalendarFile>> {
    actor.person()?;
    let tx = services.db().begin().await?;
    let outcome = find(services, &tx, actor, reference).await;
    let act = Act::SaveCalendarFile;
    Audited::settle(services, tx, actor, act, reference.trim(), outcome).await
}

async fn find(services: &Services, tx: &Tx, actor: &Actor, reference: &str) -> Result<Found<CalendarFile>> {
    let row = row_by_reference(tx, actor, reference).await?;
    let file = file(services, tx, &*services.settings().await?, &row).await?;
    Ok(Found::of(PatientId(row.patient_id), vec![row.id], file))
}

/// The file for a visit that was read, or changed in the transaction `db`.
pub(super) async fn file(
    services: &Services,
    db: &impl ConnectionTrait,
    settings: &Settings,
    row: &VisitRow,
) -> Result<CalendarFile> {
    let (clinic, status) = (&settings.clinic, row.status()?);
    let page = format!("{}/appointments/{}", services.options().public_url, row.reference);
    let entry = CalendarEntry {
        reference: &row.reference,
        title: &format!("{}, {}", row.doctor_name(), row.specialty_name),
        description: &description(services, settings, row, status, &page),
        location: &format!("{}, {}, {}", row.department, clinic.name, clinic.address),
        page: &page,
        starts: from_db(row.starts_at),
        ends: from_db(row.ends_at),
        written: services.now(),
        changed: from_db(row.updated_at),
        revision: repo::revision(db, row.id).await?,
        cancelled: status == AppointmentStatus::Cancelled,
    };
    Ok(entry.file())
}

/// What kind of visit it is, what to bring, and how to change it. Never why somebody comes.
fn description(
    services: &Services,
    settings: &Settings,
    row: &VisitRow,
    status: AppointmentStatus,
    page: &str,
) -> String {
    let (url, phone) = (&services.options().public_url, &settings.clinic.phone);
    let facts = format!("{} with {}\nReference: {}", row.visit_type_name, row.doctor_name(), row.reference);
    match status {
        AppointmentStatus::Cancelled => {
            format!("This appointment is cancelled.\n{facts}\n\nBook another appointment: {url}/doctors")
        }
        status if status.is_final() => format!("{facts}\n\nView it: {page}"),
        _ => {
            let change = HowToChange {
                page,
                phone,
                cutoff_hours: settings.booking.cancel_cutoff_hours,
                may_change_online: from_db(row.starts_at) >= policy::changeable_from(settings, services.now()),
            };
            format!("{facts}\n\n{BRING}\n\n{change}")
        }
    }
}

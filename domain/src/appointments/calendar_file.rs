//! A visit as a file for a calendar.

use domain_types::{PatientId, appointments::AppointmentStatus};

use super::{
    policy,
    repo::{self, VisitRow},
    visits::row_by_reference,
};
use crate::{
    access::{Act, Actor, Audited, Cx, Found, perform},
    error::Result,
    mail::{BRING, CalendarEntry, CalendarFile, HowToChange},
    services::Services,
    time::from_db,
};

/// The visit as a calendar file (RFC 5545).
///
/// # Errors
/// `NotFound` when it is unknown or not the actor's to see.
pub async fn calendar_file(services: &Services, actor: &Actor, reference: &str) -> Result<Audited<CalendarFile>> {
    perform(services, actor, Act::SaveCalendarFile, reference.trim(), |cx| async move {
        let row = row_by_reference(&cx.tx, actor, reference).await?;
        let file = file(&cx, &row).await?;
        Ok(Found::of(PatientId(row.patient_id), vec![row.id], file))
    })
    .await
}

/// The file for a visit that this act read or changed.
pub(super) async fn file(cx: &Cx<'_>, row: &VisitRow) -> Result<CalendarFile> {
    let (clinic, status) = (&cx.settings().clinic, row.status()?);
    let page = format!("{}/appointments/{}", cx.services.options().public_url, row.reference);
    let entry = CalendarEntry {
        reference: &row.reference,
        title: &format!("{}, {}", row.doctor_name(), row.specialty_name),
        description: &description(cx, row, status, &page),
        location: &format!("{}, {}, {}", row.department, clinic.name, clinic.address),
        page: &page,
        starts: from_db(row.starts_at),
        ends: from_db(row.ends_at),
        written: cx.at.now,
        changed: from_db(row.updated_at),
        revision: repo::revision(&cx.tx, row.id).await?,
        cancelled: status == AppointmentStatus::Cancelled,
    };
    Ok(entry.file())
}

/// What kind of visit it is, what to bring, and how to change it. Never why somebody comes.
fn description(cx: &Cx<'_>, row: &VisitRow, status: AppointmentStatus, page: &str) -> String {
    let (url, phone) = (&cx.services.options().public_url, &cx.settings().clinic.phone);
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
                cutoff_hours: cx.settings().booking.cancel_cutoff_hours,
                may_change_online: from_db(row.starts_at) >= policy::changeable_from(&cx.at),
            };
            format!("{facts}\n\n{BRING}\n\n{change}")
        }
    }
}

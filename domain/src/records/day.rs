//! A doctor's day, with the note of each visit.

use domain_types::appointments::{DayEntry, DayView, NoteStep};
use jiff::civil::Date;

use super::drafts;
use crate::{
    access::{Act, Actor, Audited, Found},
    appointments,
    db::Tx,
    error::Result,
    services::Services,
};

/// A doctor's day by time: visits with what can be done about their notes, free runs, time off. Today when no day is given.
///
/// # Errors
/// `OtherRole` for anybody but doctors.
pub async fn day(services: &Services, actor: &Actor, date: Option<Date>) -> Result<Audited<DayView>> {
    actor.person()?;
    let tx = services.db().snapshot().await?;
    let outcome = with_notes(services, &tx, actor, date).await;
    Audited::settle(services, tx, actor, Act::ReadDay, "", outcome).await
}

async fn with_notes(services: &Services, tx: &Tx, actor: &Actor, date: Option<Date>) -> Result<Found<DayView>> {
    let mut found = appointments::look_at_day(services, tx, actor, date).await?;
    let visits = found.value.entries.iter().filter_map(|entry| match entry {
        DayEntry::Visit { visit, .. } => Some(visit.id.0),
        _ => None,
    });
    let mut notes = drafts::of_visits(tx, actor.person()?, visits).await?;
    for entry in &mut found.value.entries {
        // A visit that was called off puts nobody into a doctor's care, and its note may not be theirs to open.
        if let DayEntry::Visit { visit, note, .. } = entry
            && visit.status.holds_its_time()
        {
            *note = NoteStep::of(visit.status, notes.remove(&visit.id.0));
        }
    }
    Ok(found)
}

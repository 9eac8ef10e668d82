//! Who saw a record: its patient reads every event of the trail that names them, in plain words, and asks about what
//! they do not recognise; administrators answer.
//!
//! Rules:
//! - Patients alone read these lines, and only those about them. What others did is shown at first, what they did
//!   themselves when they ask for it.
//! - They read of an entry once it is signed, not while it is being written. Until then the opening of a draft is told as
//!   what it is besides, a look at the record that stands beside it; the signature takes its place.
//! - Reading the lines is itself an event; it is the patient's own, and so not among those of others.
//! - Somebody asks once about a look, and never about their own. Unknown events look like those about somebody else.
//! - The note and the answer are sealed under the patient's key.
//! - Administrators alone answer. They read who looked, when and at what kind of thing, never what stands there. Nobody
//!   answers for their own look, and an answer is final: the database refuses to change it.
//! - The patient is told by mail that there is an answer, not what it says.

mod answers;
mod lines;
mod opened;
mod people;
mod questions;
mod rows;
mod words;

use domain_types::{
    AuditEventId,
    records::{AskAboutLook, LookView, Looks, LooksQuery},
};

pub use answers::{answer, questions};
pub(super) use opened::opened_in;

use crate::{
    access::{Act, Actor, Audited, Found, Patient},
    db::Tx,
    error::{Error, Result},
    services::Services,
    time::from_db,
};

/// Events that are read for a stretch: many looks make few rows.
const EVENTS: u64 = 200;

/// A stretch of who did what with a patient's own record, the latest first.
///
/// # Errors
/// `OtherRole` for anybody but patients.
pub async fn looks(services: &Services, actor: &Actor, query: LooksQuery) -> Result<Audited<Looks>> {
    actor.person()?;
    let act = Act::ReadAccessLog;
    let tx = services.db().snapshot().await?;
    let outcome = stretch(services, &tx, actor, query).await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn stretch(services: &Services, tx: &Tx, actor: &Actor, wanted: LooksQuery) -> Result<Found<Looks>> {
    let patient = Patient::try_from(actor)?;
    let settings = services.settings().await?;
    let mut events = rows::next(tx, patient.id, wanted, EVENTS + 1).await?;
    let is_forwards = wanted.is_forwards();
    let goes_on = events.len() as u64 > EVENTS;
    if goes_on {
        let labels = settings.labels(services.now());
        whole_days(&mut events, is_forwards, |event| labels.local(from_db(event.at)).date());
    }
    let latest = events.first().map(|event| AuditEventId(event.id));
    let first = events.last().map(|event| AuditEventId(event.id));
    let came_from_newer = wanted.older_than.is_some();
    let rows = lines::rows(services, tx, &settings, (patient.id, patient.person.user()), events).await?;
    let ids = rows.iter().flat_map(|row| &row.looks).map(|look| look.event.0).collect();
    let value = Looks {
        newer: latest.filter(|_| if is_forwards { goes_on } else { came_from_newer }),
        older: first.filter(|_| is_forwards || goes_on),
        rows,
        show: wanted.show,
    };
    Ok(Found::of(patient.id, ids, value))
}

/// Leaves out the day at which a stretch was cut off, so that what one person did on one day stands in one row. A day
/// that fills the whole stretch is cut all the same, by the one event too many.
fn whole_days<T, Day: PartialEq>(events: &mut Vec<T>, is_forwards: bool, day: impl Fn(&T) -> Day) {
    let farthest = if is_forwards { events.first() } else { events.last() };
    let Some(cut) = farthest.map(&day) else { return };
    if events.iter().any(|event| day(event) != cut) {
        events.retain(|event| day(event) != cut);
    } else {
        events.remove(if is_forwards { 0 } else { events.len() - 1 });
    }
}

/// One look at a patient's own record, with what they asked about it.
///
/// # Errors
/// `OtherRole` for anybody but patients, `NotFound` for what is not about them and for what they did themselves.
pub async fn look(services: &Services, actor: &Actor, event: AuditEventId) -> Result<Audited<LookView>> {
    actor.person()?;
    let act = Act::ReadAccess;
    let tx = services.db().snapshot().await?;
    let outcome = one(services, &tx, actor, event).await;
    Audited::settle(services, tx, actor, act, &event.to_string(), outcome).await
}

async fn one(services: &Services, tx: &Tx, actor: &Actor, event: AuditEventId) -> Result<Found<LookView>> {
    let patient = Patient::try_from(actor)?;
    let account = patient.person.user();
    let row = rows::one(tx, patient.id, event).await?;
    if row.is_of(account) {
        return Err(Error::NotFound);
    }
    let settings = services.settings().await?;
    let rows = lines::rows(services, tx, &settings, (patient.id, account), vec![row]).await?;
    let look = rows.into_iter().flat_map(|row| row.looks).next();
    // The opening of a draft that was signed since is told by the signature.
    let look = look.ok_or(Error::NotFound)?;
    Ok(Found::of(patient.id, vec![event.0], look))
}

/// A patient says that they do not recognise a look. Said again, it is the same question.
///
/// # Errors
/// Those of [`look`]; `Invalid` when the record was erased.
pub async fn ask(services: &Services, actor: &Actor, command: AskAboutLook) -> Result<Audited<LookView>> {
    actor.person()?;
    let act = Act::AskAboutAccess;
    let tx = services.db().begin().await?;
    let outcome = put(services, &tx, actor, &command).await;
    Audited::settle(services, tx, actor, act, &command.event.to_string(), outcome).await
}

async fn put(services: &Services, tx: &Tx, actor: &Actor, command: &AskAboutLook) -> Result<Found<LookView>> {
    let patient = Patient::try_from(actor)?.id;
    // Only of what they may ask about.
    let _ = one(services, tx, actor, command.event).await?;
    questions::put(services, tx, patient, command).await?;
    one(services, tx, actor, command.event).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_ends_with_a_whole_day() {
        let cut = |events: &[(u8, u8)], is_forwards| {
            let mut events = events.to_vec();
            whole_days(&mut events, is_forwards, |(_, day)| *day);
            events.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
        };
        let three_days = [(9, 23), (8, 23), (7, 22), (6, 21), (5, 21)];
        assert_eq!(cut(&three_days, false), [9, 8, 7]);
        assert_eq!(cut(&three_days, true), [7, 6, 5]);
        let one_day = [(9, 23), (8, 23), (7, 23)];
        assert_eq!((cut(&one_day, false), cut(&one_day, true)), (vec![9, 8], vec![8, 7]));
    }
}

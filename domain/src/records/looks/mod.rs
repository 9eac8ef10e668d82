//! Who saw a record: its patient reads every event of the trail that names them, in plain words, and asks about what
//! they do not recognise; administrators answer.
//!
//! Rules:
//! - Patients alone read these lines, and only those about them. What others did is shown at first, what they did
//!   themselves when they ask for it.
//! - Reading the lines is itself an event; it is the patient's own, and so not among those of others.
//! - Somebody asks once about a look, and never about their own. Unknown events look like those about somebody else.
//! - The note and the answer are sealed under the patient's key.
//! - Administrators alone answer. They read who looked, when and at what kind of thing, never what stands there. Nobody
//!   answers for their own look, and an answer is final: the database refuses to change it.
//! - The patient is told by mail that there is an answer, not what it says.

mod answers;
mod lines;
mod people;
mod questions;
mod rows;
mod words;

use domain_types::{
    AuditEventId,
    records::{AskAboutLook, LookView, Looks, LooksQuery},
};

pub use answers::{answer, questions};

use crate::{
    access::{Act, Actor, Audited, Found, Patient},
    db::Tx,
    error::{Error, Result},
    services::Services,
    settings,
};

/// Lines of a stretch.
const LINES: usize = 30;
/// Events that are read for a stretch: many looks make few lines.
const EVENTS: u64 = 200;

/// A stretch of who did what with a patient's own record, the latest first.
///
/// # Errors
/// `OtherRole` for anybody but patients.
pub async fn looks(services: &Services, actor: &Actor, query: LooksQuery) -> Result<Audited<Looks>> {
    actor.person()?;
    let act = Act { action: "looks.list", object: "audit_event" };
    let tx = services.db().begin().await?;
    let outcome = stretch(services, &tx, actor, query).await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn stretch(services: &Services, tx: &Tx, actor: &Actor, wanted: LooksQuery) -> Result<Found<Looks>> {
    let patient = Patient::try_from(actor)?;
    let settings = settings::load(&**tx).await?;
    let mut events = rows::next(&**tx, patient.id, wanted, EVENTS + 1).await?;
    let is_forwards = wanted.is_forwards();
    let mut goes_on = events.len() as u64 > EVENTS;
    if goes_on {
        // The one too many is the farthest.
        events.remove(if is_forwards { 0 } else { events.len() - 1 });
    }
    let mut lines = lines::of(services, &**tx, &settings, (patient.id, patient.person.user()), events).await?;
    if lines.len() > LINES {
        goes_on = true;
        lines =
            if is_forwards { lines.split_off(lines.len() - LINES) } else { lines.into_iter().take(LINES).collect() };
    }
    let latest = lines.first().map(|line| line.view.event);
    let first = lines.last().map(|line| line.first);
    let came_from_newer = wanted.older_than.is_some();
    let looks: Vec<LookView> = lines.into_iter().map(|line| line.view).collect();
    let ids = looks.iter().map(|look| look.event.0).collect();
    let value = Looks {
        newer: latest.filter(|_| if is_forwards { goes_on } else { came_from_newer }),
        older: first.filter(|_| is_forwards || goes_on),
        looks,
        show: wanted.show,
    };
    Ok(Found::of(patient.id, ids, value))
}

/// One look at a patient's own record, with what they asked about it.
///
/// # Errors
/// `OtherRole` for anybody but patients, `NotFound` for what is not about them and for what they did themselves.
pub async fn look(services: &Services, actor: &Actor, event: AuditEventId) -> Result<Audited<LookView>> {
    actor.person()?;
    let act = Act { action: "looks.read", object: "audit_event" };
    let tx = services.db().begin().await?;
    let outcome = one(services, &tx, actor, event).await;
    Audited::settle(services, tx, actor, act, &event.to_string(), outcome).await
}

async fn one(services: &Services, tx: &Tx, actor: &Actor, event: AuditEventId) -> Result<Found<LookView>> {
    let patient = Patient::try_from(actor)?;
    let account = patient.person.user();
    let row = rows::one(&**tx, patient.id, event).await?;
    if row.is_of(account) {
        return Err(Error::NotFound);
    }
    let settings = settings::load(&**tx).await?;
    let lines = lines::of(services, &**tx, &settings, (patient.id, account), vec![row]).await?;
    let line = lines.into_iter().next().ok_or_else(|| Error::internal("a look made no line"))?;
    Ok(Found::of(patient.id, vec![event.0], line.view))
}

/// A patient says that they do not recognise a look. Said again, it is the same question.
///
/// # Errors
/// Those of [`look`]; `Invalid` when the record was erased.
pub async fn ask(services: &Services, actor: &Actor, command: AskAboutLook) -> Result<Audited<LookView>> {
    actor.person()?;
    let act = Act { action: "looks.ask", object: "audit_event" };
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

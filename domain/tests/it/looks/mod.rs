//! Who saw a record, as its patient reads it.

mod answering;
mod asking;
mod reading;
mod writing;

use domain::{
    access::Actor,
    records,
    testing::{TestPerson, TestWorld},
    types::{
        AuditEventId,
        records::{LookRow, LookView, Looks, LooksQuery, LooksShown},
    },
};
use entity::{audit_event, audit_event_patient};
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait, EntityTrait, PaginatorTrait, QueryOrder, Set};

/// What others did, as it is shown first.
const OTHERS: LooksQuery = LooksQuery { show: LooksShown::Others, older_than: None, newer_than: None };
/// One's own acts too.
const ALL: LooksQuery = LooksQuery { show: LooksShown::All, older_than: None, newer_than: None };

/// A stretch as it is read, its rows opened.
struct Read {
    looks: Vec<LookView>,
    rows: Vec<LookRow>,
    newer: Option<AuditEventId>,
    older: Option<AuditEventId>,
}

async fn looks(world: &TestWorld, person: &TestPerson, query: LooksQuery) -> Read {
    let actor = world.actor(person).await;
    let Looks { rows, newer, older, .. } = records::looks(&world.services, &actor, query).await.unwrap().into_inner();
    Read { looks: rows.iter().flat_map(|row| row.looks.clone()).collect(), rows, newer, older }
}

/// Who did what, how often.
fn said(looks: &[LookView]) -> Vec<(&str, &str, u32)> {
    looks.iter().map(|look| (look.who.as_str(), look.what.as_str(), look.times)).collect()
}

fn at(instant: Timestamp) -> time::OffsetDateTime {
    domain::time::to_db(instant)
}

/// Writes an event of the trail as whoever did it would have left it, now.
async fn note(world: &TestWorld, who: &TestPerson, action: &str, about: &[&TestPerson]) -> AuditEventId {
    note_of(world, Some(who), who.role.as_str(), action, "[]", about).await
}

async fn note_of(
    world: &TestWorld,
    who: Option<&TestPerson>,
    role: &str,
    action: &str,
    ids: &str,
    about: &[&TestPerson],
) -> AuditEventId {
    let patients: Vec<i64> = about.iter().map(|person| person.patient.unwrap().0).collect();
    let event = audit_event::ActiveModel {
        at: Set(at(domain_now(world))),
        actor_user_id: Set(who.map(|who| who.user.0)),
        actor_role: Set(role.into()),
        action: Set(action.into()),
        object_kind: Set("record".into()),
        object_ids: Set(ids.into()),
        patient_id: Set(if let [one] = patients[..] { Some(one) } else { None }),
        outcome: Set("allowed".into()),
        reason: Set(None),
        request_id: Set(None),
        ..Default::default()
    };
    let event = event.insert(world.raw()).await.unwrap().id;
    if patients.len() > 1 {
        let row = |patient: i64| audit_event_patient::ActiveModel {
            event_id: Set(event),
            patient_id: Set(patient),
            ..Default::default()
        };
        let rows = patients.into_iter().map(row);
        audit_event_patient::Entity::insert_many(rows).exec_without_returning(world.raw()).await.unwrap();
    }
    AuditEventId(event)
}

fn domain_now(world: &TestWorld) -> Timestamp {
    world.services.now()
}

async fn events(world: &TestWorld) -> u64 {
    audit_event::Entity::find().count(world.raw()).await.unwrap()
}

/// The newest event: action, outcome and reason.
async fn newest(world: &TestWorld) -> (String, String, Option<String>) {
    let event = audit_event::Entity::find().order_by_desc(audit_event::Column::Id).one(world.raw()).await.unwrap();
    let event = event.unwrap();
    (event.action, event.outcome, event.reason)
}

async fn ask(world: &TestWorld, actor: &Actor, event: AuditEventId, note: &str) -> Result<LookView, domain::Error> {
    let command = domain::types::records::AskAboutLook { event, note: note.into() };
    records::ask(&world.services, actor, command).await.map(domain::access::Audited::into_inner)
}

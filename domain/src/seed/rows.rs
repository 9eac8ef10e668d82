//! Visits and their histories as rows.

use domain_types::reference::ReferenceKind;
use entity::{appointment, appointment_event};

use super::{
    cases::ONCE_MORE,
    demo,
    dice::{Dice, reference},
    doctors::Doctor,
    life::{By, Life, live},
    people::{Patient, from_seconds},
    scene::{MINUTE, Scene},
    visits::Visit,
};
use crate::{
    appointments::{notes_of, reason_of},
    error::Result,
    patient_keys::DataKey,
};

static NOTES: [&str; 6] = [
    "Please bring the list of your medicines.",
    "Bring earlier results if you have them.",
    "Ground floor, step-free entrance on the river side.",
    "Please arrive ten minutes early to fill in a form.",
    "Prefers to be called by the first name.",
    "Comes with a family member.",
];

/// Everything that is stored about one visit, its records aside.
pub(super) struct VisitRows {
    pub appointment: appointment::Model,
    pub events: Vec<appointment_event::Model>,
    /// The second at which it was completed, if it was.
    pub completed_at: Option<i64>,
}

/// The rows of the visit in this place, sealed under its patient's key; its id is its place counted from 1, its events count on from `events_before`.
pub(super) fn of(
    scene: &Scene,
    place: usize,
    visit: &Visit,
    (doctor, patient): (&Doctor, &Patient),
    key: &DataKey,
    events_before: i64,
    dice: &mut Dice,
) -> Result<VisitRows> {
    let essentials = &scene.essentials;
    let kind = if visit.is_follow_up() { essentials.follow_up } else { essentials.first_visit };
    let life = live(scene, visit, kind.minutes, dice)?;
    let user = |by: By| match by {
        By::Patient => patient.user.id,
        By::Doctor => doctor.user.id,
        By::Desk => demo::desk_id(scene),
    };
    let id = place as i64 + 1;
    let (created_at, created_by) = life.created();
    let ends = visit.starts + i64::from(kind.minutes) * MINUTE;
    let reference = reference(ReferenceKind::Appointment, scene.seed, place as u64);
    let sealed_reason = key.seal(reason_of(&reference), reason(visit, dice).as_bytes())?;
    let notes = dice.percent(10).then(|| dice.pick(&NOTES).as_bytes());
    let appointment = appointment::Model {
        id,
        patient_id: patient.row.id,
        doctor_id: doctor.row.id,
        visit_type_id: kind.id,
        starts_at: from_seconds(visit.starts),
        ends_at: from_seconds(ends),
        blocks_until: from_seconds(ends + i64::from(kind.buffer) * MINUTE),
        status: life.status.as_str().into(),
        sealed_reason,
        sealed_notes: notes.map(|notes| key.seal(notes_of(&reference), notes)).transpose()?,
        fee_minor: doctor.row.fee_minor,
        currency: doctor.row.currency.clone(),
        created_by_user_id: Some(user(created_by)),
        created_at: from_seconds(created_at),
        updated_at: from_seconds(life.last_step_at()),
        checked_in_at: life.checked_in_at.map(from_seconds),
        reference,
    };
    let completed_at = is_completed(&life).then(|| life.last_step_at());
    let events = (events_before + 1..)
        .zip(life.steps)
        .map(|(event_id, step)| appointment_event::Model {
            id: event_id,
            appointment_id: id,
            kind: step.kind.into(),
            from_status: step.from.map(|status| status.as_str().into()),
            to_status: step.to.as_str().into(),
            from_starts_at: step.from_starts.map(from_seconds),
            to_starts_at: from_seconds(step.to_starts),
            actor_user_id: Some(user(step.by)),
            at: from_seconds(step.at),
        })
        .collect();
    Ok(VisitRows { appointment, events, completed_at })
}

fn reason(visit: &Visit, dice: &mut Dice) -> &'static str {
    match visit.seen_before {
        0 => visit.case.reason,
        1 => visit.case.again,
        _ if visit.case.is_examination() => visit.case.again,
        _ => dice.pick(&ONCE_MORE),
    }
}

fn is_completed(life: &Life) -> bool {
    life.status == domain_types::appointments::AppointmentStatus::Completed
}

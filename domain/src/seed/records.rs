//! What completed visits leave in the medical record.

use domain_types::{records::RecordType, reference::ReferenceKind};
use entity::medical_record;
use jiff::ToSpan;

use super::{
    cases::{CONTINUE, Paper, STEADY},
    demo,
    dice::{Dice, reference},
    people::from_seconds,
    scene::{DAY, MINUTE, Scene},
    visits::Visit,
};
use crate::{error::Result, time::date_to_db};

/// Writes the records of one visit after another and numbers them.
pub(super) struct Records<'a> {
    scene: &'a Scene,
    written: u64,
}

impl<'a> Records<'a> {
    pub(super) const fn new(scene: &'a Scene) -> Self {
        Self { scene, written: 0 }
    }

    pub(super) const fn written(&self) -> u64 {
        self.written
    }

    /// The records of a visit that was completed at this second: what the doctor noted, and the papers that followed
    /// up to now. A demo patient's first visit for a complaint leaves all of its papers.
    pub(super) fn of(
        &mut self,
        visit: &Visit,
        appointment_id: i64,
        completed_at: i64,
        dice: &mut Dice,
    ) -> Result<Vec<medical_record::Model>> {
        let case = visit.case;
        let noted = (completed_at + dice.between(1, 4) * MINUTE).min(self.scene.now);
        let mut rows = Vec::with_capacity(2);
        let text = match visit.seen_before {
            0 => [case.diagnosis, case.symptoms, case.treatment, case.notes],
            1 => [case.diagnosis, case.since, dice.pick(&CONTINUE), case.review],
            _ if case.is_examination() => [case.diagnosis, case.since, dice.pick(&CONTINUE), case.review],
            _ => {
                let (since, review) = dice.pick(&STEADY);
                [case.diagnosis, since, dice.pick(&CONTINUE), review]
            }
        };
        rows.push(self.row(visit, appointment_id, case.kind, 0, noted, text.map(str::to_owned))?);
        let always = demo::patients().contains(&visit.patient) && !visit.is_follow_up();
        for paper in case.papers {
            let chance = match paper.kind {
                // What the follow-up looks back on has to have happened.
                RecordType::Surgery | RecordType::Discharge => 100,
                _ if visit.is_follow_up() => 25,
                _ => 60,
            };
            let there_at = noted + paper.days * DAY;
            if (always || dice.percent(chance)) && there_at <= self.scene.now && is_fitting(paper, visit) {
                let text =
                    [paper.title.into(), asked_for(paper, case.diagnosis), paper.treatment.into(), paper.notes.into()];
                rows.push(self.row(visit, appointment_id, paper.kind, paper.days, there_at, text)?);
            }
        }
        Ok(rows)
    }

    fn row(
        &mut self,
        visit: &Visit,
        appointment_id: i64,
        kind: RecordType,
        days: i64,
        created_at: i64,
        [diagnosis, symptoms, treatment, notes]: [String; 4],
    ) -> Result<medical_record::Model> {
        let number = self.written;
        self.written += 1;
        Ok(medical_record::Model {
            id: i64::try_from(number).unwrap_or(i64::MAX - 1) + 1,
            reference: reference(ReferenceKind::Record, self.scene.seed, number),
            patient_id: visit.patient as i64 + 1,
            doctor_id: visit.doctor as i64 + 1,
            appointment_id: Some(appointment_id),
            record_type: kind.as_str().into(),
            record_date: date_to_db(visit.date.checked_add(days.days())?)?,
            diagnosis,
            symptoms,
            treatment,
            notes,
            created_at: from_seconds(created_at),
        })
    }
}

/// Nobody is operated twice for the same thing, and a result that was out of range is not printed again.
fn is_fitting(paper: &Paper, visit: &Visit) -> bool {
    !visit.is_follow_up() || paper.kind == RecordType::Prescription
}

fn asked_for(paper: &Paper, diagnosis: &str) -> String {
    match paper.kind {
        RecordType::LabReport | RecordType::Imaging => format!("Asked for at the visit. {diagnosis}."),
        _ => format!("{diagnosis}."),
    }
}

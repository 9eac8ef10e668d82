//! What a time is looked for.

use domain_types::{DoctorId, PatientId};
use entity::visit_type;

use super::repo::VisitRow;
use crate::{access::Actor, error::Result, moment::Moment};

/// A new visit with a doctor, or one that moves.
#[derive(Clone)]
pub(super) struct Errand {
    pub doctor: DoctorId,
    pub kind: visit_type::Model,
    /// Whose other visits are in the way, where it is known.
    pub patient: Option<PatientId>,
    /// The visit that moves, which is not in its own way.
    pub moving: Option<i64>,
}

impl Errand {
    /// A usual visit with a doctor, for whoever asks.
    pub fn new_visit(at: &Moment, actor: &Actor, doctor: DoctorId) -> Result<Self> {
        Self::usual(at, doctor, actor.person().ok().and_then(|person| person.patient()))
    }

    /// A usual visit of a patient with a doctor.
    pub fn usual(at: &Moment, doctor: DoctorId, patient: Option<PatientId>) -> Result<Self> {
        Ok(Self { doctor, kind: at.default_visit_type()?.clone(), patient, moving: None })
    }

    /// A usual visit with a doctor, whoever comes.
    pub fn of_doctor(at: &Moment, doctor: DoctorId) -> Result<Self> {
        Self::usual(at, doctor, None)
    }

    /// Another time for a visit, which stays of its kind and with its doctor.
    pub fn moving(at: &Moment, row: &VisitRow) -> Result<Self> {
        Ok(Self {
            doctor: DoctorId(row.doctor_id),
            kind: at.visit_type(row.visit_type_id)?.clone(),
            patient: Some(PatientId(row.patient_id)),
            moving: Some(row.id),
        })
    }
}

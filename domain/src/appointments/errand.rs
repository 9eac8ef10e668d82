//! What a time is looked for.

use domain_types::{DoctorId, PatientId};
use entity::visit_type;
use sea_orm::ConnectionTrait;

use super::repo::{self, VisitRow};
use crate::{
    access::Actor,
    error::{Error, Result},
};

/// A new visit with a doctor, or one that moves.
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
    pub async fn new_visit(db: &impl ConnectionTrait, actor: &Actor, doctor: DoctorId) -> Result<Self> {
        let patient = actor.person().ok().and_then(|person| person.patient());
        Self::usual(db, doctor, patient).await
    }

    /// A usual visit of a patient with a doctor.
    pub async fn usual(db: &impl ConnectionTrait, doctor: DoctorId, patient: Option<PatientId>) -> Result<Self> {
        Ok(Self { doctor, kind: repo::default_visit_type(db).await?, patient, moving: None })
    }

    /// Another time for a visit, which stays of its kind and with its doctor.
    pub async fn moving(db: &impl ConnectionTrait, row: &VisitRow) -> Result<Self> {
        let kind = repo::find_visit_type(db, row.visit_type_id).await?;
        Ok(Self {
            doctor: DoctorId(row.doctor_id),
            kind: kind.ok_or_else(|| Error::internal("a visit has no kind"))?,
            patient: Some(PatientId(row.patient_id)),
            moving: Some(row.id),
        })
    }
}

//! A booked visit. Two that hold their time never overlap, neither for the doctor nor for the patient: the database
//! refuses it.

use sea_orm::entity::prelude::*;

/// A row of `appointment`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appointment")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// `APT-…`
    #[sea_orm(unique)]
    pub reference: String,
    pub patient_id: i64,
    pub doctor_id: i64,
    pub visit_type_id: i64,
    pub starts_at: TimeDateTimeWithTimeZone,
    /// Not included. The patient is free from here on.
    pub ends_at: TimeDateTimeWithTimeZone,
    /// Not included: `ends_at` and the buffer. The doctor is free from here on.
    pub blocks_until: TimeDateTimeWithTimeZone,
    /// `scheduled`, `confirmed`, `checked_in`, `in_progress`, `completed`, `cancelled` or `no_show`.
    pub status: String,
    /// Why the patient comes, under the patient's key.
    pub sealed_reason: Vec<u8>,
    /// Under the patient's key.
    pub sealed_notes: Option<Vec<u8>>,
    /// The fee agreed when it was booked, in minor units of `currency`.
    pub fee_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// `None` when no person booked it.
    pub created_by_user_id: Option<i64>,
    pub created_at: TimeDateTimeWithTimeZone,
    pub updated_at: TimeDateTimeWithTimeZone,
    pub checked_in_at: Option<TimeDateTimeWithTimeZone>,
}

/// The tables it points to and those that point to it.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::patient::Entity", from = "Column::PatientId", to = "super::patient::Column::Id")]
    Patient,
    #[sea_orm(belongs_to = "super::doctor::Entity", from = "Column::DoctorId", to = "super::doctor::Column::Id")]
    Doctor,
    #[sea_orm(
        belongs_to = "super::visit_type::Entity",
        from = "Column::VisitTypeId",
        to = "super::visit_type::Column::Id"
    )]
    VisitType,
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::CreatedByUserId", to = "super::user::Column::Id")]
    CreatedBy,
    #[sea_orm(has_many = "super::appointment_event::Entity")]
    AppointmentEvent,
}

impl Related<super::patient::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Patient.def()
    }
}

impl Related<super::doctor::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Doctor.def()
    }
}

impl Related<super::visit_type::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::VisitType.def()
    }
}

impl Related<super::appointment_event::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::AppointmentEvent.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

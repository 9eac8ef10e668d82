//! One entry of a patient's medical record.

use sea_orm::entity::prelude::*;

/// A row of `medical_record`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "medical_record")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// `REC-…`
    #[sea_orm(unique)]
    pub reference: String,
    pub patient_id: i64,
    pub doctor_id: i64,
    pub appointment_id: Option<i64>,
    /// `consultation`, `lab_report`, `prescription`, `imaging`, `surgery` or `discharge`.
    pub record_type: String,
    pub record_date: TimeDate,
    pub diagnosis: String,
    pub symptoms: String,
    pub treatment: String,
    pub notes: String,
    pub created_at: TimeDateTimeWithTimeZone,
}

/// The tables it points to and those that point to it.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::patient::Entity", from = "Column::PatientId", to = "super::patient::Column::Id")]
    Patient,
    #[sea_orm(belongs_to = "super::doctor::Entity", from = "Column::DoctorId", to = "super::doctor::Column::Id")]
    Doctor,
    #[sea_orm(
        belongs_to = "super::appointment::Entity",
        from = "Column::AppointmentId",
        to = "super::appointment::Column::Id"
    )]
    Appointment,
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

impl Related<super::appointment::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Appointment.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

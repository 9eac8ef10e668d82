//! One entry of a patient's medical record. Once it is final it never changes: the database refuses it.

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
    /// Who answers for it; `None` for what the patient brought.
    pub doctor_id: Option<i64>,
    pub appointment_id: Option<i64>,
    /// The entry that it belongs to, completes or ends.
    pub about_id: Option<i64>,
    /// `consultation`, `lab_report`, `prescription`, `imaging`, `surgery`, `discharge`, `vitals`, `immunisation`,
    /// `document`, `problem`, `allergy`, `medication` or `cancellation`.
    pub record_type: String,
    /// `draft`, `final`, `active` or `ended`.
    pub status: String,
    pub record_date: TimeDate,
    /// What it says, sealed under the patient's key.
    pub content: Vec<u8>,
    /// Grows with every saving of a draft.
    pub version: i32,
    pub created_at: TimeDateTimeWithTimeZone,
    pub updated_at: TimeDateTimeWithTimeZone,
    pub created_by_user_id: Option<i64>,
    pub signed_at: Option<TimeDateTimeWithTimeZone>,
    pub signed_by_user_id: Option<i64>,
    /// A keyed hash over everything that was signed: 64 hexadecimal digits.
    pub signature: Option<String>,
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
    #[sea_orm(belongs_to = "Entity", from = "Column::AboutId", to = "Column::Id")]
    About,
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::CreatedByUserId", to = "super::user::Column::Id")]
    CreatedBy,
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::SignedByUserId", to = "super::user::Column::Id")]
    SignedBy,
    #[sea_orm(has_many = "super::lab_result::Entity")]
    LabResult,
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

impl Related<super::lab_result::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::LabResult.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

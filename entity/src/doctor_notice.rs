//! What a doctor is told at once: a critical value of a patient, or a patient's question about a result.

use sea_orm::entity::prelude::*;

/// A row of `doctor_notice`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "doctor_notice")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Who is told.
    pub doctor_id: i64,
    pub patient_id: i64,
    /// The entry that it is about.
    pub record_id: i64,
    /// `critical` or `question`.
    pub kind: String,
    /// What the patient asks, sealed under their key.
    pub note: Option<Vec<u8>>,
    pub created_at: TimeDateTimeWithTimeZone,
    /// When the doctor marked it as seen.
    pub seen_at: Option<TimeDateTimeWithTimeZone>,
    /// The addendum that answers a question.
    pub answer_id: Option<i64>,
}

/// The tables it points to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::doctor::Entity", from = "Column::DoctorId", to = "super::doctor::Column::Id")]
    Doctor,
    #[sea_orm(belongs_to = "super::patient::Entity", from = "Column::PatientId", to = "super::patient::Column::Id")]
    Patient,
    #[sea_orm(
        belongs_to = "super::medical_record::Entity",
        from = "Column::RecordId",
        to = "super::medical_record::Column::Id"
    )]
    MedicalRecord,
    #[sea_orm(
        belongs_to = "super::medical_record::Entity",
        from = "Column::AnswerId",
        to = "super::medical_record::Column::Id"
    )]
    Answer,
}

impl ActiveModelBehavior for ActiveModel {}

//! One result of a laboratory report. Those of a released report never change: the database refuses it.

use sea_orm::entity::prelude::*;

/// A row of `lab_result`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lab_result")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub record_id: i64,
    pub patient_id: i64,
    /// In the report, from 1.
    pub position: i32,
    /// Test, value, unit, range and flag, sealed under the patient's key.
    pub content: Vec<u8>,
    pub created_at: TimeDateTimeWithTimeZone,
}

/// The tables it points to and those that point to it.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::medical_record::Entity",
        from = "Column::RecordId",
        to = "super::medical_record::Column::Id"
    )]
    MedicalRecord,
    #[sea_orm(belongs_to = "super::patient::Entity", from = "Column::PatientId", to = "super::patient::Column::Id")]
    Patient,
}

impl Related<super::medical_record::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::MedicalRecord.def()
    }
}

impl Related<super::patient::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Patient.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

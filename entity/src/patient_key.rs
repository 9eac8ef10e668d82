//! The key of a patient, under which everything that is said about their health is sealed.

use sea_orm::entity::prelude::*;

/// A row of `patient_key`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "patient_key")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub patient_id: i64,
    /// Wrapped by the master key; `None` once it was erased, and with it all that it sealed.
    pub sealed_key: Option<Vec<u8>>,
    pub created_at: TimeDateTimeWithTimeZone,
    pub erased_at: Option<TimeDateTimeWithTimeZone>,
}

/// The tables it points to and those that point to it.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::patient::Entity", from = "Column::PatientId", to = "super::patient::Column::Id")]
    Patient,
}

impl Related<super::patient::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Patient.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

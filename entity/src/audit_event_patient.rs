//! A patient of an event that was about several. Rows are never changed or removed: the database refuses it.

use sea_orm::entity::prelude::*;

/// A row of `audit_event_patient`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event_patient")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub event_id: i64,
    /// Kept when that patient is gone.
    pub patient_id: i64,
}

/// The tables it points to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::audit_event::Entity",
        from = "Column::EventId",
        to = "super::audit_event::Column::Id"
    )]
    AuditEvent,
}

impl ActiveModelBehavior for ActiveModel {}

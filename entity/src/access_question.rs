//! A patient does not recognise a look at their record, and what the clinic answered. An answer never changes: the
//! database refuses it.

use sea_orm::entity::prelude::*;

/// A row of `access_question`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_question")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The look that is asked about.
    pub event_id: i64,
    pub patient_id: i64,
    /// What they say about it, sealed under the patient's key.
    pub note: Vec<u8>,
    pub asked_at: TimeDateTimeWithTimeZone,
    /// Sealed under the patient's key.
    pub answer: Option<Vec<u8>>,
    pub answered_at: Option<TimeDateTimeWithTimeZone>,
    pub answered_by_user_id: Option<i64>,
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
    #[sea_orm(belongs_to = "super::patient::Entity", from = "Column::PatientId", to = "super::patient::Column::Id")]
    Patient,
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::AnsweredByUserId", to = "super::user::Column::Id")]
    AnsweredBy,
}

impl ActiveModelBehavior for ActiveModel {}

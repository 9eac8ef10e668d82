//! Who did what to what, and whether it was allowed. Rows are never changed or removed: the database refuses it.

use sea_orm::entity::prelude::*;

/// A row of `audit_event`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub at: TimeDateTimeWithTimeZone,
    /// `None` for the public and for SecureMed itself.
    pub actor_user_id: Option<i64>,
    pub actor_role: String,
    pub action: String,
    pub object_kind: String,
    /// A JSON array.
    pub object_ids: String,
    /// Whose record it was about; kept when that patient is gone.
    pub patient_id: Option<i64>,
    /// `allowed` or `denied`.
    pub outcome: String,
    pub reason: Option<String>,
    pub request_id: Option<String>,
}

/// The tables it points to and those that point to it.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::ActorUserId", to = "super::user::Column::Id")]
    Actor,
}

impl ActiveModelBehavior for ActiveModel {}

//! One setting that administrators change, as JSON.

use sea_orm::entity::prelude::*;

/// A row of `setting`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "setting")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// JSON.
    pub value: String,
    pub updated_at: TimeDateTimeWithTimeZone,
    pub updated_by_user_id: Option<i64>,
}

/// The tables it points to and those that point to it.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::UpdatedByUserId", to = "super::user::Column::Id")]
    UpdatedBy,
}

impl ActiveModelBehavior for ActiveModel {}

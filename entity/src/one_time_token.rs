//! A token that lets its holder take one step: the second of a sign-in, or a new password.

use sea_orm::entity::prelude::*;

/// A row of `one_time_token`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "one_time_token")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// `sign_in_code`, `sign_in_enrolment` or `reset_password`.
    pub purpose: String,
    pub user_id: i64,
    #[sea_orm(unique)]
    pub token_hash: String,
    pub tries_left: i32,
    pub created_at: TimeDateTimeWithTimeZone,
    pub expires_at: TimeDateTimeWithTimeZone,
    pub used_at: Option<TimeDateTimeWithTimeZone>,
}

/// The tables it points to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::UserId", to = "super::user::Column::Id")]
    User,
}

impl ActiveModelBehavior for ActiveModel {}

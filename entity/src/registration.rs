//! Somebody who registered and has not confirmed their e-mail address yet. There is no account before that.

use sea_orm::entity::prelude::*;

/// A row of `registration`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registration")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub username: String,
    pub email: String,
    pub password_hash: String,
    pub first_name: String,
    pub last_name: String,
    pub date_of_birth: Option<TimeDate>,
    pub gender: Option<String>,
    pub phone: Option<String>,
    pub accepted_policy_version: i64,
    pub accepted_policy_at: TimeDateTimeWithTimeZone,
    /// Of the token in the mailed link.
    #[sea_orm(unique)]
    pub link_hash: String,
    /// Of the mailed six digits.
    pub code_hash: String,
    pub code_expires_at: TimeDateTimeWithTimeZone,
    pub code_tries_left: i32,
    pub created_at: TimeDateTimeWithTimeZone,
    pub expires_at: TimeDateTimeWithTimeZone,
}

/// It stands alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! Somebody who registered and has not confirmed their e-mail address yet. There is no account before that.

use sea_orm::entity::prelude::*;

/// A row of `registration`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registration")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Of the token that the browser or program keeps which registered.
    #[sea_orm(unique)]
    pub browser_hash: String,
    /// Of the network it came from.
    pub requester_hash: String,
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
    /// Tries of the mailed digits in the browser that registered.
    pub code_tries_left: i32,
    /// How many user names may still turn out to be taken.
    pub names_left: i32,
    pub created_at: TimeDateTimeWithTimeZone,
    pub expires_at: TimeDateTimeWithTimeZone,
}

/// The tables that point to it.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(has_many = "super::registration_mail::Entity")]
    Mail,
}

impl Related<super::registration_mail::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Mail.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

//! A person who can sign in. User name and e-mail address are stored in lower case.

use sea_orm::entity::prelude::*;

/// A row of `user`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub username: String,
    #[sea_orm(unique)]
    pub email: String,
    /// `None`: this account has no password, so nobody signs in with one.
    pub password_hash: Option<String>,
    /// `patient`, `doctor` or `admin`.
    pub role: String,
    pub first_name: String,
    pub last_name: String,
    /// The place of this person in lists: last and first name, folded. Empty until they were folded.
    pub sort_key: String,
    pub is_active: bool,
    pub email_verified_at: Option<TimeDateTimeWithTimeZone>,
    pub created_at: TimeDateTimeWithTimeZone,
    pub last_sign_in_at: Option<TimeDateTimeWithTimeZone>,
    /// The newest version of the terms this person agreed to.
    pub accepted_policy_version: Option<i64>,
    pub accepted_policy_at: Option<TimeDateTimeWithTimeZone>,
    /// Counted up by the database whenever the role or the right to sign in changes; sessions of an earlier one are over.
    pub session_epoch: i32,
}

/// The tables it points to and those that point to it.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(has_one = "super::patient::Entity")]
    Patient,
    #[sea_orm(has_one = "super::doctor::Entity")]
    Doctor,
    #[sea_orm(has_many = "super::session::Entity")]
    Session,
}

impl Related<super::patient::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Patient.def()
    }
}

impl Related<super::doctor::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Doctor.def()
    }
}

impl Related<super::session::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Session.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

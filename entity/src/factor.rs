//! A second factor of a person: an authenticator app for now.

use sea_orm::entity::prelude::*;

/// A row of `factor`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "factor")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub user_id: i64,
    /// `totp`
    pub kind: String,
    pub sealed_secret: Vec<u8>,
    /// The newest time step whose code was accepted (RFC 6238): no code works twice.
    pub last_step: Option<i64>,
    pub created_at: TimeDateTimeWithTimeZone,
    /// `None`: set up and not confirmed by a code yet.
    pub confirmed_at: Option<TimeDateTimeWithTimeZone>,
    pub last_used_at: Option<TimeDateTimeWithTimeZone>,
}

/// The tables it points to.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::UserId", to = "super::user::Column::Id")]
    User,
}

impl ActiveModelBehavior for ActiveModel {}

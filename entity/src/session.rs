//! One sign-in of one device: the family of its refresh tokens.

use sea_orm::entity::prelude::*;

/// A row of `session`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub user_id: i64,
    /// `web` or `rest`.
    pub kind: String,
    pub user_agent: String,
    pub address: String,
    pub created_at: TimeDateTimeWithTimeZone,
    pub last_used_at: TimeDateTimeWithTimeZone,
    pub expires_at: TimeDateTimeWithTimeZone,
    pub revoked_at: Option<TimeDateTimeWithTimeZone>,
    pub revoked_why: Option<String>,
    /// When its person last proved who they are.
    pub verified_at: Option<TimeDateTimeWithTimeZone>,
    /// After so long without a request it is over; `None` for programs.
    pub idle_seconds: Option<i32>,
    /// The role with which it began: another role ends it.
    pub role: Option<String>,
    /// The account's [`session_epoch`](super::user::Model::session_epoch) with which it began: another one ends it.
    pub account_epoch: i32,
}

/// The tables it points to and those that point to it.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::UserId", to = "super::user::Column::Id")]
    User,
    #[sea_orm(has_many = "super::refresh_token::Entity")]
    RefreshToken,
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl Related<super::refresh_token::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::RefreshToken.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

//! A mail that somebody asked for by typing an address. Whether the address has an account is found out afterwards.

use sea_orm::entity::prelude::*;

/// A row of `mail_request`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_request")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// `confirm_address` or `reset_password`.
    pub kind: String,
    pub email: String,
    /// Of the network it came from; `owner` when it turned out to be a browser of the owner's.
    pub requester_hash: String,
    /// Of the tokens by which the browser is known, with spaces between them.
    pub device_hashes: Option<String>,
    /// Of the token by which the browser or program is known that registered.
    pub browser_hash: Option<String>,
    pub created_at: TimeDateTimeWithTimeZone,
    pub answered_at: Option<TimeDateTimeWithTimeZone>,
    pub is_mailed: bool,
}

/// It stands alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

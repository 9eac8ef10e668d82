//! What someone typed into a form that was refused, sealed, so that the page can show it once more.

use sea_orm::entity::prelude::*;

/// A row of `kept_form`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kept_form")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub token_hash: String,
    /// Whose session or cookie may open it.
    pub owner_hash: String,
    /// Who sent it, for counting: a session, or the network of somebody without one.
    pub source_hash: String,
    pub sealed: Vec<u8>,
    pub expires_at: TimeDateTimeWithTimeZone,
}

/// It stands alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

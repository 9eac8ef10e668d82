//! A key that signs access tokens, its private half sealed under the master key.

use sea_orm::entity::prelude::*;

/// A row of `signing_key`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_key")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub kid: String,
    pub public_key: Vec<u8>,
    pub sealed_seed: Vec<u8>,
    pub created_at: TimeDateTimeWithTimeZone,
    /// From then on it neither signs nor verifies.
    pub retired_at: Option<TimeDateTimeWithTimeZone>,
}

/// It stands alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

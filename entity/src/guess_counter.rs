//! Failed guesses at one account, or from one address.

use sea_orm::entity::prelude::*;

/// A row of `guess_counter`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "guess_counter")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// `address`, `password` or `code`.
    pub scope: String,
    /// Of what is guessed at: names and addresses of strangers are not kept.
    pub subject_hash: String,
    /// In a row.
    pub failures: i32,
    pub last_failure_at: TimeDateTimeWithTimeZone,
    pub blocked_until: Option<TimeDateTimeWithTimeZone>,
    /// The UTC day that `day_count` is about.
    pub day: TimeDate,
    pub day_count: i32,
}

/// It stands alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

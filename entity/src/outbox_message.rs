//! A mail that waits to be sent, was sent, or could not be. Written by the transaction whose news it carries.

use sea_orm::entity::prelude::*;

/// A row of `outbox_message`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox_message")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Which template made it.
    pub kind: String,
    pub to_address: String,
    pub to_name: String,
    pub subject: String,
    /// Holds `[[name]]` where `sealed_words` has a word for it.
    pub body_text: String,
    /// What the attached calendar file is called.
    pub calendar_name: Option<String>,
    /// The attached `text/calendar` file.
    pub calendar: Option<String>,
    /// The `Message-ID`, the same on every try.
    #[sea_orm(unique)]
    pub message_id: String,
    pub created_at: TimeDateTimeWithTimeZone,
    /// Not tried before this.
    pub due_at: TimeDateTimeWithTimeZone,
    pub attempts: i32,
    /// Until then one worker alone has it.
    pub leased_until: Option<TimeDateTimeWithTimeZone>,
    pub sent_at: Option<TimeDateTimeWithTimeZone>,
    /// Set when it is given up.
    pub failed_at: Option<TimeDateTimeWithTimeZone>,
    pub last_error: Option<String>,
    /// Links and codes that work for whoever reads them: sealed until the message is sent, then forgotten.
    pub sealed_words: Option<Vec<u8>>,
}

/// It stands alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

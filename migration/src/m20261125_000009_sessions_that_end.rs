//! A session knows when somebody last proved who they are, how long it may rest and with which role it began. An account
//! knows when its terms were accepted. A message may hold words that only its recipient reads.

use sea_orm_migration::prelude::*;

use crate::table_parts::{bytes, index, instant, integer, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in columns() {
            let mut column = column;
            manager.alter_table(Table::alter().table(table).add_column(column.null()).take()).await?;
        }
        manager
            .create_index(index("outbox_message_by_recipient", "outbox_message", ["to_address", "kind", "created_at"]))
            .await?;
        manager.create_index(index("session_by_address", "session", ["user_id", "address"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["session_by_address", "outbox_message_by_recipient"] {
            let table = if name.starts_with("session") { "session" } else { "outbox_message" };
            manager.drop_index(Index::drop().name(name).table(table).to_owned()).await?;
        }
        for (table, column) in columns().into_iter().rev() {
            let name = column.get_column_name().to_owned();
            manager.alter_table(Table::alter().table(table).drop_column(Alias::new(name)).take()).await?;
        }
        Ok(())
    }
}

fn columns() -> Vec<(&'static str, ColumnDef)> {
    vec![
        ("session", instant_or_none("verified_at")),
        ("session", integer("idle_seconds").null().take()),
        ("session", text("role").null().take()),
        ("user", instant_or_none("accepted_policy_at")),
        ("outbox_message", bytes("sealed_words").null().take()),
    ]
}

fn instant_or_none(name: &'static str) -> ColumnDef {
    instant(name).null().take()
}

//! Mail waiting to be sent, and what administrators have set.

use sea_orm_migration::prelude::*;

use crate::table_parts::{big_integer, drop_tables, id, index, instant, integer, points_to, text, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_outbox_message(manager).await?;
        create_setting(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, ["setting", "outbox_message"]).await
    }
}

async fn create_outbox_message(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("outbox_message")
                .col(id())
                .col(text("kind"))
                .col(text("to_address"))
                .col(text("to_name"))
                .col(text("subject"))
                .col(text("body_text"))
                .col(text("calendar_name").null())
                .col(text("calendar").null())
                .col(text("message_id"))
                .col(instant("created_at"))
                .col(instant("due_at"))
                .col(integer("attempts"))
                .col(instant("leased_until").null())
                .col(instant("sent_at").null())
                .col(instant("failed_at").null())
                .col(text("last_error").null())
                .check(("outbox_message_attempts_not_negative", Expr::col("attempts").gte(0)))
                .take(),
        )
        .await?;
    manager.create_index(unique("outbox_message_message_id_taken", "outbox_message", ["message_id"])).await?;
    manager.create_index(index("outbox_message_by_due", "outbox_message", ["sent_at", "failed_at", "due_at"])).await?;
    Ok(())
}

async fn create_setting(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("setting")
                .col(text("key").primary_key())
                .col(text("value"))
                .col(instant("updated_at"))
                .col(big_integer("updated_by_user_id").null())
                .foreign_key(&mut points_to("setting_updater_exists", "updated_by_user_id", "user"))
                .take(),
        )
        .await?;
    Ok(())
}

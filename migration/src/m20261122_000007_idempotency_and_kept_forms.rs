//! Requests that must not happen twice, and refused forms kept for one more look.

use sea_orm_migration::prelude::*;

use crate::table_parts::{big_integer, bytes, drop_tables, id, index, instant, points_to, text, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_idempotency_key(manager).await?;
        create_kept_form(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, ["kept_form", "idempotency_key"]).await
    }
}

async fn create_idempotency_key(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("idempotency_key")
                .col(id())
                .col(big_integer("user_id"))
                .col(text("route"))
                .col(text("key"))
                .col(text("request_hash"))
                .col(big_integer("object_id").null())
                .col(instant("created_at"))
                .foreign_key(&mut points_to("idempotency_key_user_exists", "user_id", "user"))
                .take(),
        )
        .await?;
    manager.create_index(unique("idempotency_key_used", "idempotency_key", ["user_id", "route", "key"])).await?;
    manager.create_index(index("idempotency_key_by_creation", "idempotency_key", ["created_at"])).await?;
    Ok(())
}

async fn create_kept_form(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("kept_form")
                .col(id())
                .col(text("token_hash"))
                .col(text("owner_hash"))
                .col(text("source_hash"))
                .col(bytes("sealed"))
                .col(instant("expires_at"))
                .take(),
        )
        .await?;
    manager.create_index(unique("kept_form_token_taken", "kept_form", ["token_hash"])).await?;
    manager.create_index(index("kept_form_by_expiry", "kept_form", ["expires_at"])).await?;
    manager.create_index(index("kept_form_by_source", "kept_form", ["source_hash", "id"])).await?;
    Ok(())
}

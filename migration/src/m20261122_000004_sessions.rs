//! Who is signed in where, and the refresh tokens of each sign-in.

use sea_orm_migration::prelude::*;

use crate::table_parts::{big_integer, drop_tables, id, index, instant, integer, one_of, points_to, text, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_session(manager).await?;
        create_refresh_token(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, ["refresh_token", "session"]).await
    }
}

async fn create_session(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("session")
                .col(id())
                .col(big_integer("user_id"))
                .col(text("kind"))
                .col(text("user_agent"))
                .col(text("address"))
                .col(instant("created_at"))
                .col(instant("last_used_at"))
                .col(instant("expires_at"))
                .col(instant("revoked_at").null())
                .col(text("revoked_why").null())
                .col(integer("account_epoch"))
                .check(("session_kind_known", one_of("kind", ["web", "rest"])))
                .foreign_key(&mut points_to("session_user_exists", "user_id", "user"))
                .take(),
        )
        .await?;
    manager.create_index(index("session_by_user", "session", ["user_id"])).await?;
    Ok(())
}

async fn create_refresh_token(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("refresh_token")
                .col(id())
                .col(big_integer("session_id"))
                .col(text("token_hash"))
                .col(instant("created_at"))
                .col(instant("expires_at"))
                .col(instant("used_at").null())
                .foreign_key(&mut points_to("refresh_token_session_exists", "session_id", "session"))
                .take(),
        )
        .await?;
    manager.create_index(unique("refresh_token_hash_taken", "refresh_token", ["token_hash"])).await?;
    manager.create_index(index("refresh_token_by_session", "refresh_token", ["session_id"])).await?;
    Ok(())
}

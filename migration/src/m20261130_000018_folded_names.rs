//! People are found by the folded words of their names and stand in lists by a folded key. Both are compared byte by
//! byte, whatever language the database speaks: the beginning of a word is a stretch of the index.
//!
//! Folding is the rules' work, so the keys of whoever is stored already are emptied here and written by them.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

use crate::table_parts::{big_integer, drop_tables, index, points_to, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        rename(manager, "search_key", "sort_key").await?;
        let db = manager.get_connection();
        db.execute_unprepared(r#"UPDATE "user" SET sort_key = ''"#).await?;
        if db.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared(r#"ALTER TABLE "user" ALTER COLUMN sort_key TYPE text COLLATE "C""#).await?;
        }
        manager.create_index(index("user_by_sort_key", "user", ["sort_key", "id"])).await?;
        create_user_word(manager).await?;
        manager.create_index(index("patient_by_birth", "patient", ["date_of_birth"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_index(manager, "patient_by_birth", "patient").await?;
        drop_tables(manager, ["user_word"]).await?;
        drop_index(manager, "user_by_sort_key", "user").await?;
        let db = manager.get_connection();
        if db.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared(r#"ALTER TABLE "user" ALTER COLUMN sort_key TYPE text COLLATE "default""#).await?;
        }
        rename(manager, "sort_key", "search_key").await
    }
}

async fn create_user_word(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut word = text("word");
    if manager.get_database_backend() == DbBackend::Postgres {
        word.extra(r#"COLLATE "C""#);
    }
    manager
        .create_table(
            Table::create()
                .table("user_word")
                .col(word)
                .col(big_integer("user_id"))
                .primary_key(Index::create().col("word").col("user_id"))
                .foreign_key(&mut points_to("user_word_user_exists", "user_id", "user"))
                .take(),
        )
        .await?;
    manager.create_index(index("user_word_by_user", "user_word", ["user_id"])).await
}

async fn rename(manager: &SchemaManager<'_>, from: &'static str, to: &'static str) -> Result<(), DbErr> {
    manager.alter_table(Table::alter().table("user").rename_column(from, to).take()).await
}

async fn drop_index(manager: &SchemaManager<'_>, name: &'static str, table: &'static str) -> Result<(), DbErr> {
    manager.drop_index(Index::drop().name(name).table(table).to_owned()).await
}

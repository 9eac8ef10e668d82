//! What the whole clinic shares (settings, specialties, kinds of visit, working hours) is kept in memory by every
//! process. The database itself counts each change of it, by whichever path it comes, so that they know when to read
//! again.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::table_parts::{big_integer, drop_tables};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Of which tables a change is counted.
const COUNTED: [&str; 4] = ["setting", "specialty", "visit_type", "working_hours"];
const FUNCTION: &str = "
    CREATE FUNCTION reference_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN UPDATE reference_version SET version = version + 1; RETURN NULL; END $$;";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("reference_version")
                    .col(big_integer("id").primary_key())
                    .col(big_integer("version"))
                    .check(("reference_version_is_one_row", Expr::col("id").eq(1)))
                    .take(),
            )
            .await?;
        let db = manager.get_connection();
        db.execute_unprepared("INSERT INTO reference_version (id, version) VALUES (1, 1);").await?;
        db.execute_unprepared(&if is_sqlite(manager) { sqlite() } else { postgres() }).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        for table in COUNTED {
            if is_sqlite(manager) {
                for act in ["insert", "update", "delete"] {
                    db.execute_unprepared(&format!("DROP TRIGGER {table}_{act}_counted;")).await?;
                }
            } else {
                db.execute_unprepared(&format!("DROP TRIGGER {table}_counted ON {table};")).await?;
            }
        }
        if !is_sqlite(manager) {
            db.execute_unprepared("DROP FUNCTION reference_changed;").await?;
        }
        drop_tables(manager, ["reference_version"]).await
    }
}

/// Once for each statement, however many rows it changes.
fn postgres() -> String {
    let trigger = |table: &str| {
        format!(
            "CREATE TRIGGER {table}_counted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
             FOR EACH STATEMENT EXECUTE FUNCTION reference_changed();"
        )
    };
    FUNCTION.to_owned() + &COUNTED.map(trigger).concat()
}

/// Once for each row: SQLite knows nothing else.
fn sqlite() -> String {
    let trigger = |table: &str, act: &str| {
        format!(
            "CREATE TRIGGER {table}_{act}_counted AFTER {act} ON {table}
             BEGIN UPDATE reference_version SET version = version + 1; END;"
        )
    };
    COUNTED.map(|table| ["insert", "update", "delete"].map(|act| trigger(table, act)).concat()).concat()
}

fn is_sqlite(manager: &SchemaManager<'_>) -> bool {
    manager.get_database_backend() == DbBackend::Sqlite
}

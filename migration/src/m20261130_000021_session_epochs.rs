//! Whatever changes an account's role or its right to sign in ends its sessions for good, by whichever path it comes:
//! the database itself counts the account's epoch up, and a session holds the one with which it began.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

const POSTGRES: &str = r#"
    CREATE FUNCTION user_epoch() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.session_epoch := OLD.session_epoch + 1; RETURN NEW; END $$;
    CREATE TRIGGER user_epoch BEFORE UPDATE ON "user" FOR EACH ROW
    WHEN (OLD.role IS DISTINCT FROM NEW.role OR OLD.is_active IS DISTINCT FROM NEW.is_active
          OR OLD.email_verified_at IS DISTINCT FROM NEW.email_verified_at)
    EXECUTE FUNCTION user_epoch();"#;
const SQLITE: &str = r#"
    CREATE TRIGGER user_epoch AFTER UPDATE OF role, is_active, email_verified_at ON "user"
    WHEN OLD.role IS NOT NEW.role OR OLD.is_active IS NOT NEW.is_active
         OR OLD.email_verified_at IS NOT NEW.email_verified_at
    BEGIN UPDATE "user" SET session_epoch = OLD.session_epoch + 1 WHERE id = NEW.id; END;"#;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sql = if is_sqlite(manager) { SQLITE } else { POSTGRES };
        manager.get_connection().execute_unprepared(sql).await.map(drop)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sql = match is_sqlite(manager) {
            true => "DROP TRIGGER user_epoch;",
            false => r#"DROP TRIGGER user_epoch ON "user"; DROP FUNCTION user_epoch;"#,
        };
        manager.get_connection().execute_unprepared(sql).await.map(drop)
    }
}

fn is_sqlite(manager: &SchemaManager<'_>) -> bool {
    manager.get_database_backend() == DbBackend::Sqlite
}

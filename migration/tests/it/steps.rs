//! Each step goes up, down and up again, and fails as a whole or not at all.

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, FromQueryResult};

use crate::database::ask;

on_both_engines!(
    the_whole_schema_goes_up_and_down_and_up_again,
    every_single_step_takes_back_what_it_made,
    a_step_that_fails_leaves_nothing_behind,
);

async fn the_whole_schema_goes_up_and_down_and_up_again(db: DatabaseConnection) {
    Migrator::up(&db, None).await.unwrap();
    let made = schema(&db).await;
    assert!(made.len() > 100, "the schema is strangely small: {made:?}");
    Migrator::down(&db, None).await.unwrap();
    assert_eq!(schema(&db).await, Vec::<String>::new());
    Migrator::up(&db, None).await.unwrap();
    assert_eq!(schema(&db).await, made);
}

async fn every_single_step_takes_back_what_it_made(db: DatabaseConnection) {
    for step in Migrator::migrations() {
        let before = schema(&db).await;
        Migrator::up(&db, Some(1)).await.unwrap();
        let after = schema(&db).await;
        assert_ne!(before, after, "{} makes nothing", step.name());
        Migrator::down(&db, Some(1)).await.unwrap();
        assert_eq!(schema(&db).await, before, "{} leaves something behind", step.name());
        Migrator::up(&db, Some(1)).await.unwrap();
        assert_eq!(schema(&db).await, after, "{} differs the second time", step.name());
    }
    assert_eq!(Migrator::get_pending_migrations(&db).await.unwrap().len(), 0);
}

async fn a_step_that_fails_leaves_nothing_behind(db: DatabaseConnection) {
    // In the way of the second table of the step that makes visit_type, appointment and appointment_event.
    Migrator::up(&db, Some(2)).await.unwrap();
    db.execute_unprepared("CREATE TABLE appointment (id integer)").await.unwrap();
    let before = schema(&db).await;
    Migrator::up(&db, None).await.unwrap_err();
    assert_eq!(schema(&db).await, before);
    db.execute_unprepared("DROP TABLE appointment").await.unwrap();
    Migrator::up(&db, None).await.unwrap();
}

#[derive(FromQueryResult)]
struct Part {
    part: String,
}

/// Everything the steps made, down to triggers and functions, one sentence each.
async fn schema(db: &DatabaseConnection) -> Vec<String> {
    let sqlite = "
        SELECT m.type || ' ' || m.name || coalesce(': ' || c.name || ' ' || c.type || c.\"notnull\", ': ' || m.sql) AS part
        FROM sqlite_master AS m LEFT JOIN pragma_table_info(m.name) AS c ON m.type = 'table'
        WHERE m.tbl_name NOT IN ('seaql_migrations', 'sqlite_sequence') AND m.sql IS NOT NULL
        ORDER BY 1";
    let postgres = "
        SELECT part FROM (
          SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
            FROM information_schema.columns WHERE table_schema = current_schema()
          UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = current_schema()
          UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
            FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
          UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid)
            FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
            WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
          UNION ALL SELECT 'function ' || pg_get_functiondef(oid)
            FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
        ) AS parts (part)
        WHERE part NOT LIKE '%seaql_migrations%'
        ORDER BY 1";
    ask::<Part>(db, sqlite, postgres).await.into_iter().map(|row| row.part).collect()
}

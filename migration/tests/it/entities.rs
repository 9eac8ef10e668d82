//! The crate `entity` and the schema say the same: tables, columns, types, what may be empty and what is unique.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, ColumnType, DatabaseConnection, EntityTrait, FromQueryResult, IdenStatic, Iterable};

use crate::database::{ask, is_sqlite, migrate};

on_both_engines!(
    every_column_has_a_field_and_every_field_a_column,
    what_an_entity_calls_unique_is_unique,
    no_column_has_a_default,
);

/// A column as an entity declares it.
struct Declared {
    table: &'static str,
    name: &'static str,
    kind: ColumnType,
    nullable: bool,
    unique: bool,
}

fn columns_of<E: EntityTrait>() -> Vec<Declared> {
    let declare = |column: E::Column| {
        let definition = column.def();
        Declared {
            table: E::default().table_name(),
            name: column.as_str(),
            kind: definition.get_column_type().clone(),
            nullable: definition.is_null(),
            unique: definition.is_unique(),
        }
    };
    E::Column::iter().map(declare).collect()
}

macro_rules! entities {
    ($($table:ident)*) => {
        const ENTITIES: &[&str] = &[$(stringify!($table)),*];

        fn declared() -> Vec<Declared> {
            [$(columns_of::<entity::$table::Entity>()),*].into_iter().flatten().collect()
        }
    };
}

entities! {
    access_question appointment appointment_event audit_event audit_event_patient doctor doctor_notice document_chunk emergency_access
    factor guess_counter idempotency_key kept_form known_device lab_result mail_request medical_record one_time_token outbox_message
    patient patient_key recovery_code reference_version refresh_token registration registration_mail result_seen session setting
    signing_key specialty time_off user user_word visit_type working_hours
}

#[test]
fn every_entity_is_compared() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../entity/src");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "lib")
        .collect();
    assert_eq!(files, ENTITIES.iter().map(|name| (*name).to_owned()).collect());
}

#[derive(FromQueryResult)]
struct Stored {
    table_name: String,
    column_name: String,
    kind: String,
    nullable: bool,
    default_value: Option<String>,
}

async fn stored(db: &DatabaseConnection) -> Vec<Stored> {
    let sqlite = "
        SELECT t.name AS table_name, c.name AS column_name, lower(c.type) AS kind, c.\"notnull\" = 0 AS nullable,
               c.dflt_value AS default_value
        FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c
        WHERE t.type = 'table' AND t.name NOT IN ('seaql_migrations', 'sqlite_sequence')";
    let postgres = "
        SELECT table_name::text, column_name::text, data_type::text AS kind, is_nullable = 'YES' AS nullable,
               column_default::text AS default_value
        FROM information_schema.columns
        WHERE table_schema = current_schema() AND table_name <> 'seaql_migrations'";
    ask(db, sqlite, postgres).await
}

/// What the engine calls the type that this kind of field needs.
fn stored_kind(kind: &ColumnType, sqlite: bool) -> &'static str {
    match (kind, sqlite) {
        (ColumnType::Integer | ColumnType::BigInteger, true) | (ColumnType::Integer, false) => "integer",
        (ColumnType::BigInteger, false) => "bigint",
        (ColumnType::String(_) | ColumnType::Text, _) => "text",
        (ColumnType::Boolean, _) => "boolean",
        (ColumnType::TimestampWithTimeZone, true) => "timestamp_with_timezone_text",
        (ColumnType::TimestampWithTimeZone, false) => "timestamp with time zone",
        (ColumnType::Date, true) => "date_text",
        (ColumnType::Date, false) => "date",
        (ColumnType::VarBinary(_) | ColumnType::Blob, true) => "blob",
        (ColumnType::VarBinary(_) | ColumnType::Blob, false) => "bytea",
        (other, _) => panic!("no column is of the kind {other:?} so far"),
    }
}

async fn every_column_has_a_field_and_every_field_a_column(db: DatabaseConnection) {
    migrate(&db).await;
    let describe = |table: &str, name: &str, kind: &str, nullable: bool| {
        format!("{table}.{name}: {kind}{}", if nullable { ", may be empty" } else { "" })
    };
    let sqlite = is_sqlite(&db);
    let fields: BTreeSet<String> = declared()
        .iter()
        .map(|field| describe(field.table, field.name, stored_kind(&field.kind, sqlite), field.nullable))
        .collect();
    let columns: BTreeSet<String> = stored(&db)
        .await
        .iter()
        .map(|column| describe(&column.table_name, &column.column_name, &column.kind, column.nullable))
        .collect();
    let without_column: Vec<_> = fields.difference(&columns).collect();
    let without_field: Vec<_> = columns.difference(&fields).collect();
    assert!(
        without_column.is_empty() && without_field.is_empty(),
        "only in the entities: {without_column:#?}, only in the schema: {without_field:#?}"
    );
}

#[derive(FromQueryResult)]
struct Unique {
    table_name: String,
    column_name: String,
}

async fn what_an_entity_calls_unique_is_unique(db: DatabaseConnection) {
    migrate(&db).await;
    let sqlite = "
        SELECT t.name AS table_name, max(c.name) AS column_name
        FROM sqlite_master AS t JOIN pragma_index_list(t.name) AS i JOIN pragma_index_info(i.name) AS c
        WHERE t.type = 'table' AND t.name <> 'seaql_migrations'
          AND i.\"unique\" = 1 AND i.partial = 0 AND i.origin <> 'pk'
        GROUP BY t.name, i.name HAVING count(*) = 1";
    let postgres = "
        SELECT t.relname::text AS table_name, c.attname::text AS column_name
        FROM pg_index AS i JOIN pg_class AS t ON t.oid = i.indrelid
        JOIN pg_attribute AS c ON c.attrelid = t.oid AND c.attnum = i.indkey[0]
        WHERE t.relnamespace = current_schema()::regnamespace AND t.relname <> 'seaql_migrations'
          AND i.indisunique AND NOT i.indisprimary AND i.indpred IS NULL AND i.indnatts = 1";
    let unique: BTreeSet<String> = ask::<Unique>(&db, sqlite, postgres)
        .await
        .iter()
        .map(|column| format!("{}.{}", column.table_name, column.column_name))
        .collect();
    let called_unique =
        declared().iter().filter(|field| field.unique).map(|field| format!("{}.{}", field.table, field.name)).collect();
    assert_eq!(unique, called_unique);
}

async fn no_column_has_a_default(db: DatabaseConnection) {
    migrate(&db).await;
    for column in stored(&db).await {
        assert_eq!(column.default_value, None, "{}.{}", column.table_name, column.column_name);
    }
}

//! What was signed stays as it was signed, in both databases; what is being written may change.

use entity::{lab_result, medical_record};
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait};

use crate::{
    clinic,
    database::{assert_refused, is_sqlite},
    rows::{self, insert},
};

on_both_engines!(
    a_signed_entry_is_never_changed_or_removed,
    results_of_a_released_report_are_never_changed_or_removed,
    signed_entries_are_not_emptied_either,
    no_other_row_takes_the_place_of_a_signed_one,
    a_draft_and_its_results_may_change_and_be_signed_and_removed,
);

async fn open(db: &DatabaseConnection, report: medical_record::Model) {
    clinic::open(db).await;
    insert::<medical_record::Entity>(db, report).await.unwrap();
    insert::<lab_result::Entity>(db, rows::lab_result()).await.unwrap();
}

async fn a_signed_entry_is_never_changed_or_removed(db: DatabaseConnection) {
    open(&db, rows::signed_record()).await;
    for change in [
        "UPDATE medical_record SET record_date = '2026-11-21'",
        "UPDATE medical_record SET status = 'draft', signed_at = NULL",
        "UPDATE medical_record SET patient_id = 2",
        "UPDATE medical_record SET signature = NULL",
        "DELETE FROM medical_record",
    ] {
        assert_refused(db.execute_unprepared(change).await, "medical_record_final");
    }
    assert_eq!(medical_record::Entity::find().all(&db).await.unwrap(), [rows::signed_record()]);
    let next = medical_record::Model { id: 2, reference: "REC-2".into(), about_id: Some(1), ..rows::signed_record() };
    insert::<medical_record::Entity>(&db, next).await.unwrap();
}

async fn results_of_a_released_report_are_never_changed_or_removed(db: DatabaseConnection) {
    open(&db, rows::signed_record()).await;
    for change in ["UPDATE lab_result SET position = 2", "DELETE FROM lab_result"] {
        assert_refused(db.execute_unprepared(change).await, "lab_result_final");
    }
    assert_eq!(lab_result::Entity::find().all(&db).await.unwrap(), [rows::lab_result()]);
}

/// The ways around UPDATE and DELETE: REPLACE on SQLite, TRUNCATE on PostgreSQL.
async fn signed_entries_are_not_emptied_either(db: DatabaseConnection) {
    open(&db, rows::signed_record()).await;
    for table in ["lab_result", "medical_record"] {
        let sql = if is_sqlite(&db) {
            format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        } else {
            format!("TRUNCATE {table} CASCADE")
        };
        assert_refused(db.execute_unprepared(&sql).await, "_final");
    }
}

/// A row that collides with a signed one on anything that is unique: SQLite would remove the signed one for it.
async fn no_other_row_takes_the_place_of_a_signed_one(db: DatabaseConnection) {
    open(&db, rows::signed_record()).await;
    let draft = medical_record::Model { id: 2, reference: "REC-2".into(), ..rows::medical_record() };
    insert::<medical_record::Entity>(&db, draft).await.unwrap();
    insert::<lab_result::Entity>(&db, lab_result::Model { id: 2, record_id: 2, ..rows::lab_result() }).await.unwrap();
    let columns = |table: &str, first: &str| {
        let rest = match table {
            "medical_record" => {
                "reference, patient_id, record_type, status, record_date, content, version, created_at, updated_at"
            }
            _ => "record_id, patient_id, position, content, created_at",
        };
        format!("{table} ({first}, {rest}) SELECT 3, {rest} FROM {table} WHERE id = 1")
    };
    let mut ways = vec![
        format!("INSERT INTO {} ON CONFLICT (reference) DO UPDATE SET version = 2", columns("medical_record", "id")),
        format!(
            "INSERT INTO {} ON CONFLICT (record_id, position) DO UPDATE SET position = 2",
            columns("lab_result", "id")
        ),
    ];
    if is_sqlite(&db) {
        ways = vec![
            format!("INSERT OR REPLACE INTO {}", columns("medical_record", "id")),
            format!("INSERT OR REPLACE INTO {}", columns("lab_result", "id")),
            "UPDATE OR REPLACE medical_record SET reference = 'REC-1' WHERE id = 2".into(),
            "UPDATE OR REPLACE medical_record SET id = 1 WHERE id = 2".into(),
            "UPDATE OR REPLACE lab_result SET record_id = 1 WHERE id = 2".into(),
            "UPDATE OR REPLACE lab_result SET id = 1 WHERE id = 2".into(),
        ];
        // What points to the signed row would hold it: without it, only the triggers do.
        db.execute_unprepared("PRAGMA foreign_keys = OFF").await.unwrap();
    }
    for way in ways {
        let rule =
            if way.contains("medical_record") && !way.contains("lab_result") { "medical_record" } else { "lab_result" };
        assert_refused(db.execute_unprepared(&way).await, &format!("{rule}_final"));
    }
    assert_eq!(medical_record::Entity::find_by_id(1).one(&db).await.unwrap(), Some(rows::signed_record()));
    assert_eq!(lab_result::Entity::find_by_id(1).one(&db).await.unwrap(), Some(rows::lab_result()));
}

async fn a_draft_and_its_results_may_change_and_be_signed_and_removed(db: DatabaseConnection) {
    open(&db, rows::medical_record()).await;
    for change in [
        "UPDATE lab_result SET position = 2",
        "UPDATE medical_record SET version = 2",
        "DELETE FROM lab_result",
        "DELETE FROM medical_record",
    ] {
        assert_eq!(db.execute_unprepared(change).await.unwrap().rows_affected(), 1, "{change}");
    }
    insert::<medical_record::Entity>(&db, rows::medical_record()).await.unwrap();
    db.execute_unprepared("UPDATE medical_record SET status = 'final'").await.unwrap();
    assert_refused(db.execute_unprepared("UPDATE medical_record SET version = 2").await, "medical_record_final");
}

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

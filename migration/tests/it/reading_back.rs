//! What the entities write, they read, and on SQLite an instant has the one form that compares rightly as text.

use sea_orm::{DatabaseConnection, EntityTrait, FromQueryResult, IntoActiveModel};

use crate::{
    clinic,
    database::{ask, empty_sqlite},
    rows,
};

on_both_engines!(a_row_of_every_table_reads_back_as_it_was_written);

async fn a_row_of_every_table_reads_back_as_it_was_written(db: DatabaseConnection) {
    clinic::open(&db).await;
    let db = &db;
    found::<entity::user::Entity>(db, rows::user(1)).await;
    found::<entity::patient::Entity>(db, rows::patient(1, 1)).await;
    found::<entity::specialty::Entity>(db, rows::specialty()).await;
    found::<entity::doctor::Entity>(db, rows::doctor(1, 3)).await;
    found::<entity::visit_type::Entity>(db, rows::visit_type()).await;
    reads_back::<entity::working_hours::Entity>(db, rows::working_hours()).await;
    reads_back::<entity::time_off::Entity>(db, rows::time_off()).await;
    reads_back::<entity::appointment::Entity>(db, rows::appointment(1, 1, 1)).await;
    reads_back::<entity::appointment_event::Entity>(db, rows::appointment_event()).await;
    reads_back::<entity::session::Entity>(db, rows::session()).await;
    reads_back::<entity::refresh_token::Entity>(db, rows::refresh_token()).await;
    reads_back::<entity::patient_key::Entity>(db, rows::patient_key()).await;
    reads_back::<entity::medical_record::Entity>(db, rows::signed_record()).await;
    reads_back::<entity::lab_result::Entity>(db, rows::lab_result()).await;
    reads_back::<entity::outbox_message::Entity>(db, rows::outbox_message()).await;
    reads_back::<entity::audit_event::Entity>(db, rows::audit_event()).await;
    reads_back::<entity::audit_event_patient::Entity>(db, rows::audit_event_patient()).await;
    reads_back::<entity::access_question::Entity>(db, rows::access_question()).await;
    reads_back::<entity::emergency_access::Entity>(db, rows::emergency_access()).await;
    reads_back::<entity::result_seen::Entity>(db, rows::result_seen()).await;
    reads_back::<entity::doctor_notice::Entity>(db, rows::doctor_notice()).await;
    reads_back::<entity::document_chunk::Entity>(db, rows::document_chunk()).await;
    reads_back::<entity::setting::Entity>(db, rows::setting()).await;
    reads_back::<entity::idempotency_key::Entity>(db, rows::idempotency_key()).await;
    reads_back::<entity::kept_form::Entity>(db, rows::kept_form()).await;
    reads_back::<entity::registration::Entity>(db, rows::registration()).await;
    reads_back::<entity::registration_mail::Entity>(db, rows::registration_mail()).await;
    reads_back::<entity::mail_request::Entity>(db, rows::mail_request()).await;
    reads_back::<entity::factor::Entity>(db, rows::factor()).await;
    reads_back::<entity::recovery_code::Entity>(db, rows::recovery_code()).await;
    reads_back::<entity::one_time_token::Entity>(db, rows::one_time_token()).await;
    reads_back::<entity::known_device::Entity>(db, rows::known_device()).await;
    reads_back::<entity::guess_counter::Entity>(db, rows::guess_counter()).await;
    reads_back::<entity::signing_key::Entity>(db, rows::signing_key()).await;
}

async fn reads_back<E>(db: &DatabaseConnection, row: E::Model)
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel> + Clone + PartialEq + Sync,
    E::ActiveModel: Send,
{
    rows::insert::<E>(db, row.clone()).await.unwrap();
    found::<E>(db, row).await;
}

async fn found<E>(db: &DatabaseConnection, row: E::Model)
where
    E: EntityTrait,
    E::Model: PartialEq + Sync,
{
    let stored = E::find().all(db).await.unwrap();
    assert!(stored.contains(&row), "{row:?} is not among {stored:?}");
}

#[derive(FromQueryResult)]
struct Written {
    instant: String,
    day: String,
}

#[tokio::test]
async fn sqlite_keeps_instants_and_days_as_text_of_one_width() {
    let db = empty_sqlite().await;
    clinic::open(&db).await;
    rows::insert::<entity::medical_record::Entity>(&db, rows::medical_record()).await.unwrap();
    let query = "SELECT created_at AS instant, record_date AS day FROM medical_record";
    let written = ask::<Written>(&db, query, query).await;
    assert_eq!(written[0].instant, "2026-11-22T17:20:00Z");
    assert_eq!(written[0].day, "2026-11-20");
}

//! What no row of the medical record may say.

use sea_orm::{DatabaseConnection, SqlErr};

use crate::{
    clinic,
    database::assert_refused,
    rows::{self, NOW, insert},
};

on_both_engines!(
    a_key_is_there_or_was_erased,
    a_patient_has_one_key,
    only_what_is_final_is_signed,
    versions_and_positions_count_from_one,
);

async fn a_key_is_there_or_was_erased(db: DatabaseConnection) {
    use entity::patient_key::{Entity, Model};
    clinic::open(&db).await;
    for key in
        [Model { sealed_key: None, ..rows::patient_key() }, Model { erased_at: Some(NOW), ..rows::patient_key() }]
    {
        assert_refused(insert::<Entity>(&db, key).await, "patient_key_erased_or_there");
    }
    insert::<Entity>(&db, Model { sealed_key: None, erased_at: Some(NOW), ..rows::patient_key() }).await.unwrap();
}

async fn a_patient_has_one_key(db: DatabaseConnection) {
    use entity::patient_key::{Entity, Model};
    clinic::open(&db).await;
    insert::<Entity>(&db, rows::patient_key()).await.unwrap();
    let error = insert::<Entity>(&db, Model { id: 2, ..rows::patient_key() }).await.unwrap_err();
    assert!(matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))), "{error}");
}

async fn only_what_is_final_is_signed(db: DatabaseConnection) {
    use entity::medical_record::{Entity, Model};
    clinic::open(&db).await;
    let signed_draft = Model { signed_at: Some(NOW), ..rows::medical_record() };
    assert_refused(insert::<Entity>(&db, signed_draft).await, "medical_record_signed_when_final");
    let unheard = Model { status: "unheard_of".into(), ..rows::medical_record() };
    assert_refused(insert::<Entity>(&db, unheard).await, "medical_record_status_known");
    insert::<Entity>(&db, rows::signed_record()).await.unwrap();
}

async fn versions_and_positions_count_from_one(db: DatabaseConnection) {
    clinic::open(&db).await;
    let early = entity::medical_record::Model { version: 0, ..rows::medical_record() };
    assert_refused(insert::<entity::medical_record::Entity>(&db, early).await, "medical_record_version_counts");
    insert::<entity::medical_record::Entity>(&db, rows::medical_record()).await.unwrap();
    let early = entity::lab_result::Model { position: 0, ..rows::lab_result() };
    assert_refused(insert::<entity::lab_result::Entity>(&db, early).await, "lab_result_position_counts");
    insert::<entity::lab_result::Entity>(&db, rows::lab_result()).await.unwrap();
}

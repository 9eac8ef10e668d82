//! What no row around the record may say, and which of them stay as they are.

use entity::{access_question, audit_event_patient, document_chunk, emergency_access, medical_record};
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, SqlErr};

use crate::{
    clinic,
    database::assert_refused,
    rows::{self, NOW, insert},
};

on_both_engines!(
    nobody_reviews_their_own_access_in_an_emergency,
    a_review_is_whole_and_stays,
    an_answer_is_whole_and_stays,
    a_look_is_asked_about_once,
    whom_an_event_was_about_stays,
    pieces_of_a_kept_document_stay,
);

fn reviewed() -> emergency_access::Model {
    emergency_access::Model {
        reviewed_at: Some(NOW),
        reviewed_by_user_id: Some(4),
        finding: Some("justified".into()),
        ..rows::emergency_access()
    }
}

async fn nobody_reviews_their_own_access_in_an_emergency(db: DatabaseConnection) {
    use emergency_access::{Entity, Model};
    clinic::open(&db).await;
    let own = Model { reviewed_by_user_id: Some(3), ..reviewed() };
    assert_refused(insert::<Entity>(&db, own).await, "emergency_access_by_another");
    let endless = Model { expires_at: NOW, ..rows::emergency_access() };
    assert_refused(insert::<Entity>(&db, endless).await, "emergency_access_ends");
}

async fn a_review_is_whole_and_stays(db: DatabaseConnection) {
    use emergency_access::{Entity, Model};
    clinic::open(&db).await;
    for half in [
        Model { reviewed_at: Some(NOW), ..rows::emergency_access() },
        Model { finding: Some("justified".into()), ..rows::emergency_access() },
        Model { finding: None, ..reviewed() },
    ] {
        assert_refused(insert::<Entity>(&db, half).await, "emergency_access_reviewed_whole");
    }
    let early = Model { remark: Some(vec![1]), ..rows::emergency_access() };
    assert_refused(insert::<Entity>(&db, early).await, "emergency_access_remark_of_a_review");
    insert::<Entity>(&db, reviewed()).await.unwrap();
    for change in ["UPDATE emergency_access SET finding = 'unjustified'", "DELETE FROM emergency_access"] {
        assert_refused(db.execute_unprepared(change).await, "emergency_access_reviewed");
    }
}

async fn an_answer_is_whole_and_stays(db: DatabaseConnection) {
    use access_question::{Entity, Model};
    clinic::open(&db).await;
    insert::<entity::audit_event::Entity>(&db, rows::audit_event()).await.unwrap();
    let half = Model { answer: Some(vec![1]), ..rows::access_question() };
    assert_refused(insert::<Entity>(&db, half).await, "access_question_answered_whole");
    let answered = Model {
        answer: Some(vec![1]),
        answered_at: Some(NOW),
        answered_by_user_id: Some(4),
        ..rows::access_question()
    };
    insert::<Entity>(&db, answered).await.unwrap();
    for change in ["UPDATE access_question SET answered_by_user_id = 3", "DELETE FROM access_question"] {
        assert_refused(db.execute_unprepared(change).await, "access_question_answered");
    }
}

async fn a_look_is_asked_about_once(db: DatabaseConnection) {
    use access_question::{Entity, Model};
    clinic::open(&db).await;
    insert::<entity::audit_event::Entity>(&db, rows::audit_event()).await.unwrap();
    insert::<Entity>(&db, rows::access_question()).await.unwrap();
    let error = insert::<Entity>(&db, Model { id: 2, ..rows::access_question() }).await.unwrap_err();
    assert!(matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))), "{error}");
    insert::<Entity>(&db, Model { id: 2, patient_id: 2, ..rows::access_question() }).await.unwrap();
}

async fn whom_an_event_was_about_stays(db: DatabaseConnection) {
    clinic::open(&db).await;
    insert::<entity::audit_event::Entity>(&db, rows::audit_event()).await.unwrap();
    insert::<audit_event_patient::Entity>(&db, rows::audit_event_patient()).await.unwrap();
    for change in ["UPDATE audit_event_patient SET patient_id = 2", "DELETE FROM audit_event_patient"] {
        assert_refused(db.execute_unprepared(change).await, "audit_event_patient_append_only");
    }
}

async fn pieces_of_a_kept_document_stay(db: DatabaseConnection) {
    clinic::open(&db).await;
    insert::<medical_record::Entity>(&db, rows::signed_record()).await.unwrap();
    insert::<document_chunk::Entity>(&db, rows::document_chunk()).await.unwrap();
    for change in ["UPDATE document_chunk SET position = 2", "DELETE FROM document_chunk"] {
        assert_refused(db.execute_unprepared(change).await, "document_chunk_final");
    }
    let early = document_chunk::Model { id: 2, position: 0, ..rows::document_chunk() };
    assert_refused(insert::<document_chunk::Entity>(&db, early).await, "document_chunk_position_counts");
    assert_eq!(document_chunk::Entity::find().all(&db).await.unwrap(), [rows::document_chunk()]);
}

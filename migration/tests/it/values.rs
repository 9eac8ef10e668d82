//! What no row may say, and how each engine says no.

use sea_orm::{ConnectionTrait, DatabaseConnection, SqlErr};
use time::Duration;

use crate::{
    clinic,
    database::{assert_refused, is_sqlite},
    rows::{self, NOW, insert},
};

on_both_engines!(
    working_hours_lie_within_one_day_of_the_week,
    time_off_ends_after_it_starts,
    a_visit_starts_before_it_ends_and_ends_before_the_doctor_is_free,
    visits_and_time_off_begin_and_end_on_whole_seconds,
    kinds_of_visits_take_time_and_one_of_them_is_the_default,
    fees_are_not_negative,
    words_that_nobody_knows_are_refused,
    names_that_differ_only_in_case_are_the_same,
    what_is_taken_is_a_unique_violation,
    what_does_not_exist_cannot_be_pointed_to,
    what_is_pointed_to_cannot_be_removed,
);

async fn working_hours_lie_within_one_day_of_the_week(db: DatabaseConnection) {
    use entity::working_hours::{Entity, Model};
    clinic::open(&db).await;
    for weekday in [0, 8] {
        let hours = Model { weekday, ..rows::working_hours() };
        assert_refused(insert::<Entity>(&db, hours).await, "working_hours_weekday_known");
    }
    for (starts_minute, ends_minute) in [(-1, 60), (0, 1441)] {
        let hours = Model { starts_minute, ends_minute, ..rows::working_hours() };
        assert_refused(insert::<Entity>(&db, hours).await, "working_hours_within_the_day");
    }
    for (starts_minute, ends_minute) in [(60, 60), (61, 60)] {
        let hours = Model { starts_minute, ends_minute, ..rows::working_hours() };
        assert_refused(insert::<Entity>(&db, hours).await, "working_hours_end_after_start");
    }
    for (id, weekday) in (1..=7).zip(1..=7) {
        let whole_day = Model { id, doctor_id: 1, weekday, starts_minute: 0, ends_minute: 1440 };
        insert::<Entity>(&db, whole_day).await.unwrap();
    }
}

async fn time_off_ends_after_it_starts(db: DatabaseConnection) {
    use entity::time_off::{Entity, Model};
    clinic::open(&db).await;
    for ends_at in [NOW, NOW - Duration::HOUR] {
        let time_off = Model { ends_at, ..rows::time_off() };
        assert_refused(insert::<Entity>(&db, time_off).await, "time_off_end_after_start");
    }
}

async fn a_visit_starts_before_it_ends_and_ends_before_the_doctor_is_free(db: DatabaseConnection) {
    use entity::appointment::{Entity, Model};
    clinic::open(&db).await;
    let visit = rows::appointment(1, 1, 1);
    for ends_at in [visit.starts_at, visit.starts_at - Duration::SECOND] {
        assert_refused(insert::<Entity>(&db, Model { ends_at, ..visit.clone() }).await, "appointment_end_after_start");
    }
    let blocks_until = visit.ends_at - Duration::SECOND;
    assert_refused(
        insert::<Entity>(&db, Model { blocks_until, ..visit.clone() }).await,
        "appointment_blocks_to_its_end",
    );
    insert::<Entity>(&db, Model { blocks_until: visit.ends_at, ..visit }).await.unwrap();
}

async fn visits_and_time_off_begin_and_end_on_whole_seconds(db: DatabaseConnection) {
    clinic::open(&db).await;
    let odd = Duration::milliseconds(500);
    let visit = rows::appointment(1, 1, 1);
    for visit in [
        entity::appointment::Model { starts_at: visit.starts_at + odd, ..visit.clone() },
        entity::appointment::Model { ends_at: visit.ends_at + odd, ..visit.clone() },
        entity::appointment::Model { blocks_until: visit.blocks_until + odd, ..visit.clone() },
    ] {
        assert_refused(insert::<entity::appointment::Entity>(&db, visit).await, "appointment_whole_seconds");
    }
    let time_off = rows::time_off();
    for time_off in [
        entity::time_off::Model { starts_at: time_off.starts_at + odd, ..time_off.clone() },
        entity::time_off::Model { ends_at: time_off.ends_at + odd, ..time_off.clone() },
    ] {
        assert_refused(insert::<entity::time_off::Entity>(&db, time_off).await, "time_off_whole_seconds");
    }
}

async fn kinds_of_visits_take_time_and_one_of_them_is_the_default(db: DatabaseConnection) {
    use entity::visit_type::{Entity, Model};
    clinic::open(&db).await;
    let kind = Model { id: 2, code: "second".into(), is_default: false, ..rows::visit_type() };
    let instant = Model { duration_minutes: 0, ..kind.clone() };
    assert_refused(insert::<Entity>(&db, instant).await, "visit_type_duration_positive");
    let hurried = Model { buffer_minutes: -1, ..kind.clone() };
    assert_refused(insert::<Entity>(&db, hurried).await, "visit_type_buffer_not_negative");
    let second_default = insert::<Entity>(&db, Model { is_default: true, ..kind.clone() }).await.unwrap_err();
    assert!(matches!(second_default.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))), "{second_default}");
    insert::<Entity>(&db, kind.clone()).await.unwrap();
    insert::<Entity>(&db, Model { id: 3, code: "third".into(), ..kind }).await.unwrap();
}

async fn fees_are_not_negative(db: DatabaseConnection) {
    clinic::open(&db).await;
    let visit = entity::appointment::Model { fee_minor: -1, ..rows::appointment(1, 1, 1) };
    assert_refused(insert::<entity::appointment::Entity>(&db, visit).await, "appointment_fee_not_negative");
    insert::<entity::user::Entity>(&db, rows::user(5)).await.unwrap();
    let doctor = entity::doctor::Model { fee_minor: -1, ..rows::doctor(3, 5) };
    assert_refused(insert::<entity::doctor::Entity>(&db, doctor.clone()).await, "doctor_fee_not_negative");
    insert::<entity::doctor::Entity>(&db, entity::doctor::Model { fee_minor: 0, ..doctor }).await.unwrap();
}

async fn words_that_nobody_knows_are_refused(db: DatabaseConnection) {
    clinic::open(&db).await;
    insert::<entity::appointment::Entity>(&db, rows::appointment(1, 1, 1)).await.unwrap();
    insert::<entity::appointment_event::Entity>(&db, rows::appointment_event()).await.unwrap();
    insert::<entity::session::Entity>(&db, rows::session()).await.unwrap();
    insert::<entity::medical_record::Entity>(&db, rows::medical_record()).await.unwrap();
    insert::<entity::audit_event::Entity>(&db, rows::audit_event()).await.unwrap();
    insert::<entity::factor::Entity>(&db, rows::factor()).await.unwrap();
    insert::<entity::one_time_token::Entity>(&db, rows::one_time_token()).await.unwrap();
    insert::<entity::guess_counter::Entity>(&db, rows::guess_counter()).await.unwrap();
    insert::<entity::registration::Entity>(&db, rows::registration()).await.unwrap();
    insert::<entity::mail_request::Entity>(&db, rows::mail_request()).await.unwrap();
    for (table, column, rule) in [
        ("mail_request", "kind", "mail_request_kind_known"),
        ("user", "role", "user_role_known"),
        ("patient", "gender", "patient_gender_known"),
        ("registration", "gender", "registration_gender_known"),
        ("appointment", "status", "appointment_status_known"),
        ("session", "kind", "session_kind_known"),
        ("medical_record", "record_type", "medical_record_type_known"),
        ("factor", "kind", "factor_kind_known"),
        ("one_time_token", "purpose", "one_time_token_purpose_known"),
        ("guess_counter", "scope", "guess_counter_scope_known"),
    ] {
        let change = format!("UPDATE \"{table}\" SET {column} = 'unheard_of'");
        assert_refused(db.execute_unprepared(&change).await, rule);
    }
    let event = entity::appointment_event::Model { id: 2, ..rows::appointment_event() };
    for (event, rule) in [
        (
            entity::appointment_event::Model { kind: "unheard_of".into(), ..event.clone() },
            "appointment_event_kind_known",
        ),
        (
            entity::appointment_event::Model { from_status: Some("unheard_of".into()), ..event.clone() },
            "appointment_event_from_status_known",
        ),
        (
            entity::appointment_event::Model { to_status: "unheard_of".into(), ..event.clone() },
            "appointment_event_to_status_known",
        ),
    ] {
        assert_refused(insert::<entity::appointment_event::Entity>(&db, event).await, rule);
    }
    let audit = entity::audit_event::Model { id: 2, outcome: "unheard_of".into(), ..rows::audit_event() };
    assert_refused(insert::<entity::audit_event::Entity>(&db, audit).await, "audit_event_outcome_known");
}

async fn names_that_differ_only_in_case_are_the_same(db: DatabaseConnection) {
    use entity::user::{Entity, Model};
    clinic::open(&db).await;
    let shouted = Model { username: "PERSON1".into(), ..rows::user(5) };
    assert_refused(insert::<Entity>(&db, shouted).await, "user_username_lower_case");
    let shouted = Model { email: "Person1@example.org".into(), ..rows::user(5) };
    assert_refused(insert::<Entity>(&db, shouted).await, "user_email_lower_case");
}

/// PostgreSQL names the index. SQLite names the columns instead, so whoever reads its error has to know both.
async fn what_is_taken_is_a_unique_violation(db: DatabaseConnection) {
    use entity::user::{Entity, Model};
    clinic::open(&db).await;
    for (user, index, columns) in [
        (Model { username: "person1".into(), ..rows::user(5) }, "user_username_taken", "user.username"),
        (Model { email: "person1@example.org".into(), ..rows::user(5) }, "user_email_taken", "user.email"),
    ] {
        let error = insert::<Entity>(&db, user).await.unwrap_err();
        let Some(SqlErr::UniqueConstraintViolation(told)) = error.sql_err() else { panic!("{error}") };
        assert!(told.contains(if is_sqlite(&db) { columns } else { index }), "{told}");
    }
    insert::<entity::idempotency_key::Entity>(&db, rows::idempotency_key()).await.unwrap();
    let again = entity::idempotency_key::Model { id: 2, ..rows::idempotency_key() };
    let error = insert::<entity::idempotency_key::Entity>(&db, again.clone()).await.unwrap_err();
    let Some(SqlErr::UniqueConstraintViolation(told)) = error.sql_err() else { panic!("{error}") };
    let columns = "idempotency_key.user_id, idempotency_key.route, idempotency_key.key";
    assert!(told.contains(if is_sqlite(&db) { columns } else { "idempotency_key_used" }), "{told}");
    let elsewhere = entity::idempotency_key::Model { route: "another".into(), ..again };
    insert::<entity::idempotency_key::Entity>(&db, elsewhere).await.unwrap();
}

async fn what_does_not_exist_cannot_be_pointed_to(db: DatabaseConnection) {
    clinic::open(&db).await;
    let error = insert::<entity::patient::Entity>(&db, rows::patient(3, 99)).await.unwrap_err();
    assert!(matches!(error.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_))), "{error}");
}

async fn what_is_pointed_to_cannot_be_removed(db: DatabaseConnection) {
    clinic::open(&db).await;
    let error = db.execute_unprepared("DELETE FROM specialty").await.unwrap_err();
    assert!(matches!(error.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_))), "{error}");
}

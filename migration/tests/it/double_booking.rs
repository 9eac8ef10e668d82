//! Two visits never take the same time of a doctor or of a patient, whatever the code above the database does.

use entity::appointment::{self, Entity};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    DatabaseConnection, DbErr, FromQueryResult,
};
use time::Duration;

use crate::{
    clinic,
    database::{ask, assert_refused, empty_sqlite},
    rows::{self, NOW},
};

on_both_engines!(
    two_visits_of_a_doctor_may_not_overlap,
    two_visits_of_a_patient_may_not_overlap,
    visits_may_follow_each_other_without_a_gap,
    the_buffer_keeps_the_doctor_but_not_the_patient,
    different_people_may_meet_at_the_same_time,
    the_doctor_is_named_first_when_both_are_busy,
    only_cancelled_and_missed_visits_free_their_time,
    a_visit_may_be_moved_within_its_own_time_but_not_onto_another,
    a_cancelled_visit_cannot_come_back_when_its_time_is_taken,
    a_visit_that_lasts_a_day_is_still_seen_in_its_last_second,
);

/// A visit from `start` to `end`, in minutes from NOW, without a buffer.
fn visit(id: i64, doctor: i64, patient: i64, start: i64, end: i64) -> appointment::Model {
    appointment::Model {
        starts_at: NOW + Duration::minutes(start),
        ends_at: NOW + Duration::minutes(end),
        blocks_until: NOW + Duration::minutes(end),
        ..rows::appointment(id, doctor, patient)
    }
}

async fn book(db: &DatabaseConnection, visit: appointment::Model) -> Result<(), DbErr> {
    rows::insert::<Entity>(db, visit).await
}

/// Every way of overlapping with the half hour from 0 to 30.
const OVERLAPS: [(i64, i64); 6] = [(0, 30), (10, 20), (-10, 10), (20, 40), (-10, 40), (29, 31)];

async fn two_visits_of_a_doctor_may_not_overlap(db: DatabaseConnection) {
    clinic::open(&db).await;
    book(&db, visit(1, 1, 1, 0, 30)).await.unwrap();
    for (start, end) in OVERLAPS {
        assert_refused(book(&db, visit(2, 1, 2, start, end)).await, "appointment_doctor_free");
    }
}

async fn two_visits_of_a_patient_may_not_overlap(db: DatabaseConnection) {
    clinic::open(&db).await;
    book(&db, visit(1, 1, 1, 0, 30)).await.unwrap();
    for (start, end) in OVERLAPS {
        assert_refused(book(&db, visit(2, 2, 1, start, end)).await, "appointment_patient_free");
    }
}

async fn visits_may_follow_each_other_without_a_gap(db: DatabaseConnection) {
    clinic::open(&db).await;
    book(&db, visit(1, 1, 1, 0, 30)).await.unwrap();
    book(&db, visit(2, 1, 1, 30, 60)).await.unwrap();
    book(&db, visit(3, 1, 1, -30, 0)).await.unwrap();
}

async fn the_buffer_keeps_the_doctor_but_not_the_patient(db: DatabaseConnection) {
    clinic::open(&db).await;
    let ten_more = NOW + Duration::minutes(40);
    book(&db, appointment::Model { blocks_until: ten_more, ..visit(1, 1, 1, 0, 30) }).await.unwrap();
    assert_refused(book(&db, visit(2, 1, 2, 30, 60)).await, "appointment_doctor_free");
    book(&db, visit(2, 1, 2, 40, 60)).await.unwrap();
    book(&db, visit(3, 2, 1, 30, 60)).await.unwrap();
}

async fn different_people_may_meet_at_the_same_time(db: DatabaseConnection) {
    clinic::open(&db).await;
    book(&db, visit(1, 1, 1, 0, 30)).await.unwrap();
    book(&db, visit(2, 2, 2, 0, 30)).await.unwrap();
}

async fn the_doctor_is_named_first_when_both_are_busy(db: DatabaseConnection) {
    clinic::open(&db).await;
    book(&db, visit(1, 1, 1, 0, 30)).await.unwrap();
    assert_refused(book(&db, visit(2, 1, 1, 0, 30)).await, "appointment_doctor_free");

    // The same when it is two visits that are in the way, the patient's the older one.
    book(&db, visit(2, 2, 1, 60, 90)).await.unwrap();
    book(&db, visit(3, 1, 2, 60, 90)).await.unwrap();
    assert_refused(book(&db, visit(4, 1, 1, 60, 90)).await, "appointment_doctor_free");
}

async fn only_cancelled_and_missed_visits_free_their_time(db: DatabaseConnection) {
    clinic::open(&db).await;
    book(&db, visit(1, 1, 1, 0, 30)).await.unwrap();
    for status in ["scheduled", "confirmed", "checked_in", "in_progress", "completed"] {
        set_status(&db, 1, status).await.unwrap();
        assert_refused(book(&db, visit(2, 1, 2, 0, 30)).await, "appointment_doctor_free");
        assert_refused(book(&db, visit(2, 2, 1, 0, 30)).await, "appointment_patient_free");
    }
    set_status(&db, 1, "cancelled").await.unwrap();
    book(&db, visit(2, 1, 1, 0, 30)).await.unwrap();
    set_status(&db, 2, "no_show").await.unwrap();
    book(&db, visit(3, 1, 1, 0, 30)).await.unwrap();
    // What no longer holds its time may also be written down beside what does.
    book(&db, appointment::Model { status: "cancelled".into(), ..visit(4, 1, 1, 0, 30) }).await.unwrap();
}

async fn a_visit_may_be_moved_within_its_own_time_but_not_onto_another(db: DatabaseConnection) {
    clinic::open(&db).await;
    book(&db, visit(1, 1, 1, 0, 30)).await.unwrap();
    book(&db, visit(2, 1, 2, 60, 90)).await.unwrap();
    book(&db, visit(3, 2, 1, 120, 150)).await.unwrap();
    move_to(&db, 1, 1, 15, 45).await.unwrap();
    move_to(&db, 1, 1, 30, 60).await.unwrap();
    assert_refused(move_to(&db, 1, 1, 31, 61).await, "appointment_doctor_free");
    assert_refused(move_to(&db, 1, 1, 100, 130).await, "appointment_patient_free");
    assert_refused(move_to(&db, 3, 1, 70, 80).await, "appointment_doctor_free");
}

async fn a_cancelled_visit_cannot_come_back_when_its_time_is_taken(db: DatabaseConnection) {
    clinic::open(&db).await;
    book(&db, visit(1, 1, 1, 0, 30)).await.unwrap();
    set_status(&db, 1, "cancelled").await.unwrap();
    book(&db, visit(2, 1, 2, 15, 45)).await.unwrap();
    assert_refused(set_status(&db, 1, "scheduled").await, "appointment_doctor_free");
}

async fn a_visit_that_lasts_a_day_is_still_seen_in_its_last_second(db: DatabaseConnection) {
    clinic::open(&db).await;
    let day = visit(1, 1, 1, 0, 24 * 60);
    let longer = appointment::Model { blocks_until: day.blocks_until + Duration::SECOND, ..day.clone() };
    assert_refused(book(&db, longer).await, "appointment_within_a_day");
    book(&db, day.clone()).await.unwrap();
    let last_second = |visit: appointment::Model| appointment::Model {
        starts_at: day.blocks_until - Duration::SECOND,
        ends_at: day.blocks_until + Duration::HOUR,
        blocks_until: day.blocks_until + Duration::HOUR,
        ..visit
    };
    assert_refused(book(&db, last_second(visit(2, 1, 2, 0, 1))).await, "appointment_doctor_free");
    assert_refused(book(&db, last_second(visit(2, 2, 1, 0, 1))).await, "appointment_patient_free");
    book(&db, visit(2, 1, 1, 24 * 60, 25 * 60)).await.unwrap();
}

async fn set_status(db: &DatabaseConnection, id: i64, status: &str) -> Result<(), DbErr> {
    let change = appointment::ActiveModel { id: Unchanged(id), status: Set(status.into()), ..Default::default() };
    change.update(db).await.map(drop)
}

async fn move_to(db: &DatabaseConnection, id: i64, doctor: i64, start: i64, end: i64) -> Result<(), DbErr> {
    let target = visit(id, doctor, 1, start, end);
    let change = appointment::ActiveModel {
        id: Unchanged(id),
        doctor_id: Set(doctor),
        starts_at: Set(target.starts_at),
        ends_at: Set(target.ends_at),
        blocks_until: Set(target.blocks_until),
        ..Default::default()
    };
    change.update(db).await.map(drop)
}

#[derive(FromQueryResult)]
struct Text {
    text: String,
}

#[derive(FromQueryResult)]
struct Plan {
    detail: String,
}

/// The triggers run on every booking, so each of their questions has to be answered by an index, bounded on both sides.
#[tokio::test]
async fn the_triggers_of_sqlite_look_at_a_day_of_visits_and_no_more() {
    let db = empty_sqlite().await;
    clinic::open(&db).await;
    let triggers = "SELECT sql AS text FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'appointment'";
    let mut plans = Vec::new();
    for trigger in ask::<Text>(&db, triggers, triggers).await {
        for question in trigger.text.split("EXISTS (").skip(1) {
            let (select, _) = question.split_once(");").unwrap();
            let explain =
                ["NEW.doctor_id", "NEW.patient_id", "NEW.starts_at", "NEW.ends_at", "NEW.blocks_until", "OLD.id"]
                    .iter()
                    .fold(format!("EXPLAIN QUERY PLAN {select}"), |sql, value| sql.replace(value, "?1"));
            plans.extend(ask::<Plan>(&db, &explain, &explain).await.into_iter().map(|plan| plan.detail));
        }
    }
    let by = |column: &str| {
        format!("SEARCH other USING INDEX appointment_by_{column} ({column}_id=? AND starts_at>? AND starts_at<?)")
    };
    assert_eq!(plans, [by("doctor"), by("patient"), by("doctor"), by("patient")]);
}

//! What accounts are made of: what may stand there once, how often, and for whom.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, IntoActiveModel, SqlErr};

use crate::{
    clinic,
    database::{assert_refused, is_sqlite},
    rows::{self, NOW, insert},
};

on_both_engines!(
    what_stands_once_stands_once,
    an_app_in_use_and_one_that_is_set_up_stand_beside_each_other_and_no_third,
    tries_and_failures_are_not_negative,
    every_known_word_is_taken,
    what_belongs_to_an_account_belongs_to_one_that_exists,
);

/// PostgreSQL names the index, SQLite the columns.
#[track_caller]
fn assert_taken(db: &DatabaseConnection, outcome: Result<(), DbErr>, index: &str, columns: &str) {
    let error = outcome.expect_err(index);
    let Some(SqlErr::UniqueConstraintViolation(told)) = error.sql_err() else { panic!("{index}: {error}") };
    assert!(told.contains(if is_sqlite(db) { columns } else { index }), "{index}: {told}");
}

async fn once<E>(db: &DatabaseConnection, first: E::Model, same: E::Model, other: E::Model, named: (&str, &str))
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: Send,
{
    insert::<E>(db, first).await.unwrap();
    assert_taken(db, insert::<E>(db, same).await, named.0, named.1);
    insert::<E>(db, other).await.unwrap();
}

async fn what_stands_once_stands_once(db: DatabaseConnection) {
    clinic::open(&db).await;
    let row = rows::registration();
    once::<entity::registration::Entity>(
        &db,
        row.clone(),
        entity::registration::Model { id: 2, username: "other".into(), ..row.clone() },
        // Several may wait under one user name and for one address.
        entity::registration::Model { id: 2, browser_hash: "other".into(), ..row },
        ("registration_browser_taken", "registration.browser_hash"),
    )
    .await;
    let row = rows::registration_mail();
    once::<entity::registration_mail::Entity>(
        &db,
        row.clone(),
        entity::registration_mail::Model { id: 2, registration_id: 2, ..row.clone() },
        entity::registration_mail::Model { id: 2, link_hash: "other".into(), ..row },
        ("registration_mail_link_taken", "registration_mail.link_hash"),
    )
    .await;

    let row = rows::recovery_code();
    once::<entity::recovery_code::Entity>(
        &db,
        row.clone(),
        entity::recovery_code::Model { id: 2, used_at: None, ..row.clone() },
        entity::recovery_code::Model { id: 2, user_id: 2, ..row },
        ("recovery_code_once", "recovery_code.user_id, recovery_code.code_hash"),
    )
    .await;

    let row = rows::one_time_token();
    once::<entity::one_time_token::Entity>(
        &db,
        row.clone(),
        // Not for another person or purpose either.
        entity::one_time_token::Model { id: 2, user_id: 2, purpose: "reset_password".into(), ..row.clone() },
        entity::one_time_token::Model { id: 2, token_hash: "other".into(), ..row },
        ("one_time_token_taken", "one_time_token.token_hash"),
    )
    .await;

    let row = rows::known_device();
    once::<entity::known_device::Entity>(
        &db,
        row.clone(),
        // Not for another person either.
        entity::known_device::Model { id: 2, user_id: 2, ..row.clone() },
        entity::known_device::Model { id: 2, token_hash: "other".into(), ..row },
        ("known_device_once", "known_device.token_hash"),
    )
    .await;

    let row = rows::guess_counter();
    once::<entity::guess_counter::Entity>(
        &db,
        row.clone(),
        entity::guess_counter::Model { id: 2, failures: 0, ..row.clone() },
        entity::guess_counter::Model { id: 2, scope: "code".into(), ..row },
        ("guess_counter_once", "guess_counter.scope, guess_counter.subject_hash"),
    )
    .await;

    let row = rows::signing_key();
    once::<entity::signing_key::Entity>(
        &db,
        row.clone(),
        entity::signing_key::Model { id: 2, retired_at: None, ..row.clone() },
        entity::signing_key::Model { id: 2, kid: "other".into(), ..row },
        ("signing_key_kid_taken", "signing_key.kid"),
    )
    .await;
}

async fn an_app_in_use_and_one_that_is_set_up_stand_beside_each_other_and_no_third(db: DatabaseConnection) {
    use entity::factor::{Entity, Model};
    clinic::open(&db).await;
    let pending = |id| Model { id, ..rows::factor() };
    let in_use = |id| Model { id, confirmed_at: Some(NOW), ..rows::factor() };
    let columns = "factor.user_id, factor.kind";
    insert::<Entity>(&db, pending(1)).await.unwrap();
    assert_taken(&db, insert::<Entity>(&db, pending(2)).await, "factor_pending_once", columns);
    insert::<Entity>(&db, in_use(2)).await.unwrap();
    assert_taken(&db, insert::<Entity>(&db, in_use(3)).await, "factor_confirmed_once", columns);
    insert::<Entity>(&db, Model { user_id: 2, ..pending(3) }).await.unwrap();
    insert::<Entity>(&db, Model { user_id: 2, ..in_use(4) }).await.unwrap();
    // Nor can one be confirmed while another is in use.
    let confirm = "UPDATE factor SET confirmed_at = (SELECT confirmed_at FROM factor WHERE id = 2) WHERE id = 1";
    assert_taken(&db, db.execute_unprepared(confirm).await.map(drop), "factor_confirmed_once", columns);
    db.execute_unprepared("DELETE FROM factor WHERE id = 2").await.unwrap();
    let confirm = "UPDATE factor SET confirmed_at = (SELECT confirmed_at FROM factor WHERE id = 4) WHERE id = 1";
    db.execute_unprepared(confirm).await.unwrap();
}

async fn tries_and_failures_are_not_negative(db: DatabaseConnection) {
    clinic::open(&db).await;
    insert::<entity::registration::Entity>(&db, rows::registration()).await.unwrap();
    insert::<entity::one_time_token::Entity>(&db, rows::one_time_token()).await.unwrap();
    insert::<entity::guess_counter::Entity>(&db, rows::guess_counter()).await.unwrap();
    for (table, column, rule) in [
        ("registration", "code_tries_left", "registration_tries_not_negative"),
        ("registration", "names_left", "registration_names_not_negative"),
        ("one_time_token", "tries_left", "one_time_token_tries_not_negative"),
        ("guess_counter", "failures", "guess_counter_failures_not_negative"),
    ] {
        db.execute_unprepared(&format!("UPDATE {table} SET {column} = 0")).await.unwrap();
        assert_refused(db.execute_unprepared(&format!("UPDATE {table} SET {column} = {column} - 1")).await, rule);
    }
}

async fn every_known_word_is_taken(db: DatabaseConnection) {
    clinic::open(&db).await;
    for (id, purpose) in (1..).zip(["sign_in_code", "sign_in_enrolment", "reset_password"]) {
        let purpose = purpose.to_owned();
        let token = entity::one_time_token::Model { id, purpose, token_hash: id.to_string(), ..rows::one_time_token() };
        insert::<entity::one_time_token::Entity>(&db, token).await.unwrap();
    }
    for (id, scope) in (1..).zip(["address", "password", "code"]) {
        let counter = entity::guess_counter::Model { id, scope: scope.into(), ..rows::guess_counter() };
        insert::<entity::guess_counter::Entity>(&db, counter).await.unwrap();
    }
    insert::<entity::registration::Entity>(&db, rows::registration()).await.unwrap();
    for gender in ["'female'", "'male'", "'other'", "'undisclosed'", "NULL"] {
        for table in ["patient", "registration"] {
            db.execute_unprepared(&format!("UPDATE {table} SET gender = {gender}")).await.unwrap();
        }
    }
}

async fn what_belongs_to_an_account_belongs_to_one_that_exists(db: DatabaseConnection) {
    clinic::open(&db).await;
    for outcome in [
        insert::<entity::factor::Entity>(&db, entity::factor::Model { user_id: 99, ..rows::factor() }).await,
        insert::<entity::recovery_code::Entity>(
            &db,
            entity::recovery_code::Model { user_id: 99, ..rows::recovery_code() },
        )
        .await,
        insert::<entity::one_time_token::Entity>(
            &db,
            entity::one_time_token::Model { user_id: 99, ..rows::one_time_token() },
        )
        .await,
        insert::<entity::known_device::Entity>(
            &db,
            entity::known_device::Model { user_id: 99, ..rows::known_device() },
        )
        .await,
        insert::<entity::registration_mail::Entity>(
            &db,
            entity::registration_mail::Model { registration_id: 99, ..rows::registration_mail() },
        )
        .await,
    ] {
        let error = outcome.unwrap_err();
        assert!(matches!(error.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_))), "{error}");
    }
}

//! Every change of what the clinic shares is counted, by whichever path it comes.

use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait};

use crate::{clinic, database::assert_refused, rows};

on_both_engines!(every_change_of_what_the_clinic_shares_is_counted, there_is_one_count);

async fn every_change_of_what_the_clinic_shares_is_counted(db: DatabaseConnection) {
    clinic::open(&db).await;
    rows::insert::<entity::setting::Entity>(&db, rows::setting()).await.unwrap();
    rows::insert::<entity::working_hours::Entity>(&db, rows::working_hours()).await.unwrap();
    let changes = [
        "UPDATE setting SET value = '{}'",
        "DELETE FROM setting",
        "UPDATE working_hours SET weekday = 2",
        "DELETE FROM working_hours",
        "UPDATE specialty SET name = 'Hearts'",
        "UPDATE visit_type SET duration_minutes = 20",
    ];
    for change in changes {
        let before = count(&db).await;
        db.execute_unprepared(change).await.unwrap();
        assert!(count(&db).await > before, "{change}");
    }
    let before = count(&db).await;
    rows::insert::<entity::setting::Entity>(&db, rows::setting()).await.unwrap();
    let after = count(&db).await;
    assert!(after > before, "a new setting");
    rows::insert::<entity::working_hours::Entity>(&db, rows::working_hours()).await.unwrap();
    assert!(count(&db).await > after, "new hours");
    let before = count(&db).await;
    db.execute_unprepared("UPDATE patient SET phone = '1'").await.unwrap();
    assert_eq!(count(&db).await, before, "what is not shared is not counted");
}

async fn there_is_one_count(db: DatabaseConnection) {
    clinic::open(&db).await;
    let before = count(&db).await;
    let second = entity::reference_version::Model { id: 2, version: 1 };
    let outcome = rows::insert::<entity::reference_version::Entity>(&db, second).await;
    assert_refused(outcome, "reference_version_is_one_row");
    assert_eq!(count(&db).await, before);
}

async fn count(db: &DatabaseConnection) -> i64 {
    entity::reference_version::Entity::find_by_id(1).one(db).await.unwrap().unwrap().version
}

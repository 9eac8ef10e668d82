//! A clinic with two doctors and two patients in which nothing has been booked yet.

use sea_orm::DatabaseConnection;

use crate::{database, rows};

/// Migrates and fills an empty database: users 1 to 4, doctors 1 and 2, patients 1 and 2, one kind of visit.
pub async fn open(db: &DatabaseConnection) {
    database::migrate(db).await;
    for id in 1..=4 {
        rows::insert::<entity::user::Entity>(db, rows::user(id)).await.unwrap();
    }
    rows::insert::<entity::specialty::Entity>(db, rows::specialty()).await.unwrap();
    for id in 1..=2 {
        rows::insert::<entity::patient::Entity>(db, rows::patient(id, id)).await.unwrap();
        rows::insert::<entity::doctor::Entity>(db, rows::doctor(id, id + 2)).await.unwrap();
    }
    rows::insert::<entity::visit_type::Entity>(db, rows::visit_type()).await.unwrap();
}

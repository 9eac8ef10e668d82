//! The history of a visit and the audit trail only grow.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DatabaseConnection, EntityTrait, IntoActiveModel};

use crate::{
    clinic,
    database::{assert_refused, is_sqlite},
    rows,
};

on_both_engines!(
    what_happened_to_a_visit_is_never_changed_or_removed,
    the_audit_trail_is_never_changed_or_removed,
    a_table_that_only_grows_is_not_emptied_either,
);

async fn what_happened_to_a_visit_is_never_changed_or_removed(db: DatabaseConnection) {
    use entity::appointment_event::Entity;
    open_with_history(&db).await;
    let mut event = rows::appointment_event().into_active_model();
    event.to_status = Set("completed".into());
    assert_refused(event.update(&db).await, "appointment_event_append_only");
    assert_refused(Entity::delete_by_id(1).exec(&db).await, "appointment_event_append_only");
    assert_eq!(Entity::find().all(&db).await.unwrap(), [rows::appointment_event()]);

    let next = entity::appointment_event::Model { id: 2, ..rows::appointment_event() };
    rows::insert::<Entity>(&db, next).await.unwrap();
}

async fn the_audit_trail_is_never_changed_or_removed(db: DatabaseConnection) {
    use entity::audit_event::Entity;
    open_with_history(&db).await;
    let mut event = rows::audit_event().into_active_model();
    event.outcome = Set("denied".into());
    assert_refused(event.update(&db).await, "audit_event_append_only");
    assert_refused(Entity::delete_by_id(1).exec(&db).await, "audit_event_append_only");
    assert_eq!(Entity::find().all(&db).await.unwrap(), [rows::audit_event()]);

    let next = entity::audit_event::Model { id: 2, ..rows::audit_event() };
    rows::insert::<Entity>(&db, next).await.unwrap();
}

/// The ways around UPDATE and DELETE: REPLACE on SQLite, TRUNCATE on PostgreSQL.
async fn a_table_that_only_grows_is_not_emptied_either(db: DatabaseConnection) {
    open_with_history(&db).await;
    for table in ["appointment_event", "audit_event"] {
        let sql = if is_sqlite(&db) {
            format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        } else {
            // Others point to it.
            format!("TRUNCATE {table} CASCADE")
        };
        assert_refused(db.execute_unprepared(&sql).await, &format!("{table}_append_only"));
    }
}

async fn open_with_history(db: &DatabaseConnection) {
    clinic::open(db).await;
    rows::insert::<entity::appointment::Entity>(db, rows::appointment(1, 1, 1)).await.unwrap();
    rows::insert::<entity::appointment_event::Entity>(db, rows::appointment_event()).await.unwrap();
    rows::insert::<entity::audit_event::Entity>(db, rows::audit_event()).await.unwrap();
}

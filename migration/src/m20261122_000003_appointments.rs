//! Kinds of visits, the visits themselves with the rules against double booking, and what happened to them.

use sea_orm_migration::prelude::*;

use crate::{
    constraints::{Kept, forget_refused_changes, refuse_changes, refuse_double_booking, whole_seconds, within_a_day},
    table_parts::{
        big_integer, boolean, bytes, drop_tables, id, index, instant, integer, one_of, points_to, text, unique,
    },
};

const STATUSES: [&str; 7] =
    ["scheduled", "confirmed", "checked_in", "in_progress", "completed", "cancelled", "no_show"];
/// What can happen to a visit: it is booked, moved, or given any status but the first.
const EVENTS: [&str; 8] =
    ["booked", "moved", "confirmed", "checked_in", "in_progress", "completed", "cancelled", "no_show"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_visit_type(manager).await?;
        create_appointment(manager).await?;
        refuse_double_booking(manager).await?;
        create_appointment_event(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, ["appointment_event", "appointment", "visit_type"]).await?;
        forget_refused_changes(manager, "appointment_event_append_only").await
    }
}

async fn create_visit_type(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("visit_type")
                .col(id())
                .col(text("code"))
                .col(text("name"))
                .col(integer("duration_minutes"))
                .col(integer("buffer_minutes"))
                .col(boolean("is_default"))
                .check(("visit_type_duration_positive", Expr::col("duration_minutes").gt(0)))
                .check(("visit_type_buffer_not_negative", Expr::col("buffer_minutes").gte(0)))
                .take(),
        )
        .await?;
    manager.create_index(unique("visit_type_code_taken", "visit_type", ["code"])).await?;
    let one_default =
        unique("visit_type_one_default", "visit_type", ["is_default"]).and_where(Expr::col("is_default")).take();
    manager.create_index(one_default).await?;
    Ok(())
}

async fn create_appointment(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("appointment")
                .col(id())
                .col(text("reference"))
                .col(big_integer("patient_id"))
                .col(big_integer("doctor_id"))
                .col(big_integer("visit_type_id"))
                .col(instant("starts_at"))
                .col(instant("ends_at"))
                .col(instant("blocks_until"))
                .col(text("status"))
                .col(bytes("sealed_reason"))
                .col(bytes("sealed_notes").null())
                .col(big_integer("fee_minor"))
                .col(text("currency"))
                .col(big_integer("created_by_user_id").null())
                .col(instant("created_at"))
                .col(instant("updated_at"))
                .col(instant("checked_in_at").null())
                .check(("appointment_status_known", one_of("status", STATUSES)))
                .check(("appointment_end_after_start", Expr::col("ends_at").gt(Expr::col("starts_at"))))
                .check(("appointment_blocks_to_its_end", Expr::col("blocks_until").gte(Expr::col("ends_at"))))
                .check(("appointment_whole_seconds", whole_seconds(manager, ["starts_at", "ends_at", "blocks_until"])))
                .check(("appointment_within_a_day", within_a_day(manager)))
                .check(("appointment_fee_not_negative", Expr::col("fee_minor").gte(0)))
                .foreign_key(&mut points_to("appointment_patient_exists", "patient_id", "patient"))
                .foreign_key(&mut points_to("appointment_doctor_exists", "doctor_id", "doctor"))
                .foreign_key(&mut points_to("appointment_visit_type_exists", "visit_type_id", "visit_type"))
                .foreign_key(&mut points_to("appointment_creator_exists", "created_by_user_id", "user"))
                .take(),
        )
        .await?;
    manager.create_index(unique("appointment_reference_taken", "appointment", ["reference"])).await?;
    manager.create_index(index("appointment_by_doctor", "appointment", ["doctor_id", "starts_at"])).await?;
    manager.create_index(index("appointment_by_patient", "appointment", ["patient_id", "starts_at"])).await?;
    manager.create_index(index("appointment_by_start", "appointment", ["starts_at", "id"])).await?;
    manager.create_index(index("appointment_by_creation", "appointment", ["created_at", "id"])).await?;
    manager.create_index(index("appointment_by_status", "appointment", ["status"])).await?;
    Ok(())
}

async fn create_appointment_event(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("appointment_event")
                .col(id())
                .col(big_integer("appointment_id"))
                .col(text("kind"))
                .col(text("from_status").null())
                .col(text("to_status"))
                .col(instant("from_starts_at").null())
                .col(instant("to_starts_at"))
                .col(big_integer("actor_user_id").null())
                .col(instant("at"))
                .check(("appointment_event_kind_known", one_of("kind", EVENTS)))
                .check(("appointment_event_from_status_known", one_of("from_status", STATUSES)))
                .check(("appointment_event_to_status_known", one_of("to_status", STATUSES)))
                .foreign_key(&mut points_to("appointment_event_appointment_exists", "appointment_id", "appointment"))
                .foreign_key(&mut points_to("appointment_event_actor_exists", "actor_user_id", "user"))
                .take(),
        )
        .await?;
    manager
        .create_index(index("appointment_event_by_appointment", "appointment_event", ["appointment_id", "id"]))
        .await?;
    refuse_changes(manager, Kept::append_only("appointment_event")).await?;
    Ok(())
}

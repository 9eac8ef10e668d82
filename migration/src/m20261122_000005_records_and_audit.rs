//! The medical record, and who looked at what.

use sea_orm_migration::prelude::*;

use crate::{
    constraints::{Kept, forget_refused_changes, refuse_changes},
    table_parts::{big_integer, civil_date, drop_tables, id, index, instant, one_of, points_to, text, unique},
};

const RECORD_TYPES: [&str; 6] = ["consultation", "lab_report", "prescription", "imaging", "surgery", "discharge"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_medical_record(manager).await?;
        create_audit_event(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, ["audit_event", "medical_record"]).await?;
        forget_refused_changes(manager, "audit_event_append_only").await
    }
}

/// Also makes it again when the next shape of it is taken back.
pub(crate) async fn create_medical_record(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("medical_record")
                .col(id())
                .col(text("reference"))
                .col(big_integer("patient_id"))
                .col(big_integer("doctor_id"))
                .col(big_integer("appointment_id").null())
                .col(text("record_type"))
                .col(civil_date("record_date"))
                .col(text("diagnosis"))
                .col(text("symptoms"))
                .col(text("treatment"))
                .col(text("notes"))
                .col(instant("created_at"))
                .check(("medical_record_type_known", one_of("record_type", RECORD_TYPES)))
                .foreign_key(&mut points_to("medical_record_patient_exists", "patient_id", "patient"))
                .foreign_key(&mut points_to("medical_record_doctor_exists", "doctor_id", "doctor"))
                .foreign_key(&mut points_to("medical_record_appointment_exists", "appointment_id", "appointment"))
                .take(),
        )
        .await?;
    manager.create_index(unique("medical_record_reference_taken", "medical_record", ["reference"])).await?;
    manager
        .create_index(index("medical_record_by_patient", "medical_record", ["patient_id", "record_date", "id"]))
        .await?;
    manager
        .create_index(index("medical_record_by_doctor", "medical_record", ["doctor_id", "record_date", "id"]))
        .await?;
    Ok(())
}

async fn create_audit_event(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("audit_event")
                .col(id())
                .col(instant("at"))
                .col(big_integer("actor_user_id").null())
                .col(text("actor_role"))
                .col(text("action"))
                .col(text("object_kind"))
                .col(text("object_ids"))
                .col(big_integer("patient_id").null())
                .col(text("outcome"))
                .col(text("reason").null())
                .col(text("request_id").null())
                .check(("audit_event_outcome_known", one_of("outcome", ["allowed", "denied"])))
                .foreign_key(&mut points_to("audit_event_actor_exists", "actor_user_id", "user"))
                .take(),
        )
        .await?;
    manager.create_index(index("audit_event_by_patient", "audit_event", ["patient_id", "id"])).await?;
    // What others did, which patients read first, is found without going through what they did themselves.
    let by_others = Expr::cust("actor_role <> 'patient' AND action <> 'auth.open_account'");
    let by_others = index("audit_event_by_others", "audit_event", ["patient_id", "id"]).and_where(by_others).take();
    manager.create_index(by_others).await?;
    manager.create_index(index("audit_event_by_time", "audit_event", ["at"])).await?;
    refuse_changes(manager, Kept::append_only("audit_event")).await?;
    Ok(())
}

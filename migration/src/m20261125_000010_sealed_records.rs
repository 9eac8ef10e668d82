//! The medical record, sealed under a key of each patient, with results of their own and entries that stay as they were
//! signed. Nothing had been released: the table is made anew and what stood in it is gone.

use sea_orm_migration::prelude::*;

use crate::{
    constraints::{Kept, forget_refused_changes, refuse_changes},
    m20261122_000005_records_and_audit::create_medical_record as create_plain_medical_record,
    table_parts::{
        big_integer, bytes, civil_date, drop_tables, id, index, instant, integer, one_of, points_to, text, unique,
    },
};

const KINDS: [&str; 14] = [
    "consultation",
    "lab_report",
    "prescription",
    "imaging",
    "surgery",
    "discharge",
    "vitals",
    "immunisation",
    "document",
    "problem",
    "allergy",
    "no_known_allergies",
    "medication",
    "cancellation",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, ["medical_record"]).await?;
        create_patient_key(manager).await?;
        create_medical_record(manager).await?;
        create_lab_result(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, ["lab_result", "medical_record", "patient_key"]).await?;
        forget_refused_changes(manager, "lab_result_final").await?;
        forget_refused_changes(manager, "medical_record_final").await?;
        create_plain_medical_record(manager).await
    }
}

async fn create_patient_key(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let is_gone = Expr::cust("(sealed_key IS NULL) = (erased_at IS NOT NULL)");
    manager
        .create_table(
            Table::create()
                .table("patient_key")
                .col(id())
                .col(big_integer("patient_id"))
                .col(bytes("sealed_key").null())
                .col(instant("created_at"))
                .col(instant("erased_at").null())
                .check(("patient_key_erased_or_there", is_gone))
                .foreign_key(&mut points_to("patient_key_patient_exists", "patient_id", "patient"))
                .take(),
        )
        .await?;
    manager.create_index(unique("patient_key_once", "patient_key", ["patient_id"])).await?;
    Ok(())
}

async fn create_medical_record(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let signed_when_final = Expr::col("signed_at").is_null().or(Expr::col("status").eq("final"));
    manager
        .create_table(
            Table::create()
                .table("medical_record")
                .col(id())
                .col(text("reference"))
                .col(big_integer("patient_id"))
                .col(big_integer("doctor_id").null())
                .col(big_integer("appointment_id").null())
                .col(big_integer("about_id").null())
                .col(text("record_type"))
                .col(text("status"))
                .col(civil_date("record_date"))
                .col(bytes("content"))
                .col(integer("version"))
                .col(instant("created_at"))
                .col(instant("updated_at"))
                .col(big_integer("created_by_user_id").null())
                .col(instant("signed_at").null())
                .col(big_integer("signed_by_user_id").null())
                .col(text("signature").null())
                .check(("medical_record_type_known", one_of("record_type", KINDS)))
                .check(("medical_record_status_known", one_of("status", ["draft", "final", "active", "ended"])))
                .check(("medical_record_version_counts", Expr::col("version").gte(1)))
                .check(("medical_record_signed_when_final", signed_when_final))
                .foreign_key(&mut points_to("medical_record_patient_exists", "patient_id", "patient"))
                .foreign_key(&mut points_to("medical_record_doctor_exists", "doctor_id", "doctor"))
                .foreign_key(&mut points_to("medical_record_appointment_exists", "appointment_id", "appointment"))
                .foreign_key(&mut points_to("medical_record_about_exists", "about_id", "medical_record"))
                .foreign_key(&mut points_to("medical_record_creator_exists", "created_by_user_id", "user"))
                .foreign_key(&mut points_to("medical_record_signer_exists", "signed_by_user_id", "user"))
                .take(),
        )
        .await?;
    manager.create_index(unique("medical_record_reference_taken", "medical_record", ["reference"])).await?;
    for found in [
        index("medical_record_by_patient", "medical_record", ["patient_id", "record_date", "id"]),
        index("medical_record_by_kind", "medical_record", ["patient_id", "record_type", "record_date", "id"]),
        index("medical_record_by_doctor", "medical_record", ["doctor_id", "record_date", "id"]),
        index("medical_record_by_about", "medical_record", ["about_id"]),
        index("medical_record_by_visit", "medical_record", ["appointment_id"]),
    ] {
        manager.create_index(found).await?;
    }
    let signed =
        Kept { table: "medical_record", rule: "final", when: "OLD.status = 'final'", unique: &[&["reference"]] };
    refuse_changes(manager, signed).await
}

async fn create_lab_result(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("lab_result")
                .col(id())
                .col(big_integer("record_id"))
                .col(big_integer("patient_id"))
                .col(integer("position"))
                .col(bytes("content"))
                .col(instant("created_at"))
                .check(("lab_result_position_counts", Expr::col("position").gte(1)))
                .foreign_key(&mut points_to("lab_result_record_exists", "record_id", "medical_record"))
                .foreign_key(&mut points_to("lab_result_patient_exists", "patient_id", "patient"))
                .take(),
        )
        .await?;
    manager.create_index(unique("lab_result_once", "lab_result", ["record_id", "position"])).await?;
    manager.create_index(index("lab_result_by_patient", "lab_result", ["patient_id", "id"])).await?;
    let released = Kept {
        table: "lab_result",
        rule: "final",
        when: "EXISTS (
            SELECT 1 FROM medical_record AS report WHERE report.id = OLD.record_id AND report.status = 'final'
        )",
        unique: &[&["record_id", "position"]],
    };
    refuse_changes(manager, released).await
}

//! What the work on charts needs: looks at several patients at once, access in an emergency, questions about looks,
//! results that were seen, and the bytes of documents.

use sea_orm_migration::prelude::*;

use crate::{
    constraints::{Kept, forget_refused_changes, refuse_changes},
    table_parts::{big_integer, bytes, drop_tables, id, index, instant, integer, one_of, points_to, text, unique},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_audit_event_patient(manager).await?;
        create_access_question(manager).await?;
        create_emergency_access(manager).await?;
        create_result_seen(manager).await?;
        create_document_chunk(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["document_chunk", "result_seen", "emergency_access", "access_question", "audit_event_patient"];
        drop_tables(manager, tables).await?;
        for rule in [
            "document_chunk_final",
            "emergency_access_reviewed",
            "access_question_answered",
            "audit_event_patient_append_only",
        ] {
            forget_refused_changes(manager, rule).await?;
        }
        Ok(())
    }
}

/// The patients of an event that was about several; that of one stands in the event itself.
async fn create_audit_event_patient(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("audit_event_patient")
                .col(id())
                .col(big_integer("event_id"))
                .col(big_integer("patient_id"))
                .foreign_key(&mut points_to("audit_event_patient_event_exists", "event_id", "audit_event"))
                .take(),
        )
        .await?;
    manager.create_index(unique("audit_event_patient_once", "audit_event_patient", ["patient_id", "event_id"])).await?;
    let kept = Kept { unique: &[&["patient_id", "event_id"]], ..Kept::append_only("audit_event_patient") };
    refuse_changes(manager, kept).await
}

async fn create_access_question(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let is_answered =
        Expr::cust("(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by_user_id IS NULL)");
    manager
        .create_table(
            Table::create()
                .table("access_question")
                .col(id())
                .col(big_integer("event_id"))
                .col(big_integer("patient_id"))
                .col(bytes("note"))
                .col(instant("asked_at"))
                .col(bytes("answer").null())
                .col(instant("answered_at").null())
                .col(big_integer("answered_by_user_id").null())
                .check(("access_question_answered_whole", is_answered))
                .foreign_key(&mut points_to("access_question_event_exists", "event_id", "audit_event"))
                .foreign_key(&mut points_to("access_question_patient_exists", "patient_id", "patient"))
                .foreign_key(&mut points_to("access_question_answerer_exists", "answered_by_user_id", "user"))
                .take(),
        )
        .await?;
    manager.create_index(unique("access_question_once", "access_question", ["patient_id", "event_id"])).await?;
    manager.create_index(index("access_question_by_answer", "access_question", ["answered_at", "id"])).await?;
    let answered = Kept {
        table: "access_question",
        rule: "answered",
        when: "OLD.answered_at IS NOT NULL",
        unique: &[&["patient_id", "event_id"]],
    };
    refuse_changes(manager, answered).await
}

async fn create_emergency_access(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let is_reviewed = Expr::cust(
        "(reviewed_at IS NULL) = (finding IS NULL) AND (reviewed_at IS NULL) = (reviewed_by_user_id IS NULL)",
    );
    manager
        .create_table(
            Table::create()
                .table("emergency_access")
                .col(id())
                .col(text("reference"))
                .col(big_integer("user_id"))
                .col(big_integer("patient_id"))
                .col(bytes("reason"))
                .col(instant("granted_at"))
                .col(instant("expires_at"))
                .col(instant("reviewed_at").null())
                .col(big_integer("reviewed_by_user_id").null())
                .col(text("finding").null())
                .col(bytes("remark").null())
                .check(("emergency_access_remark_of_a_review", Expr::cust("remark IS NULL OR reviewed_at IS NOT NULL")))
                .check(("emergency_access_ends", Expr::cust("expires_at > granted_at")))
                .check(("emergency_access_reviewed_whole", is_reviewed))
                .check(("emergency_access_by_another", Expr::cust("reviewed_by_user_id <> user_id")))
                .check(("emergency_access_finding_known", one_of("finding", ["justified", "unjustified"])))
                .foreign_key(&mut points_to("emergency_access_user_exists", "user_id", "user"))
                .foreign_key(&mut points_to("emergency_access_patient_exists", "patient_id", "patient"))
                .foreign_key(&mut points_to("emergency_access_reviewer_exists", "reviewed_by_user_id", "user"))
                .take(),
        )
        .await?;
    manager.create_index(unique("emergency_access_reference_taken", "emergency_access", ["reference"])).await?;
    for found in [
        index("emergency_access_by_user", "emergency_access", ["user_id", "expires_at"]),
        index("emergency_access_by_patient", "emergency_access", ["patient_id", "granted_at"]),
        index("emergency_access_by_review", "emergency_access", ["reviewed_at", "id"]),
    ] {
        manager.create_index(found).await?;
    }
    let reviewed = Kept {
        table: "emergency_access",
        rule: "reviewed",
        when: "OLD.reviewed_at IS NOT NULL",
        unique: &[&["reference"]],
    };
    refuse_changes(manager, reviewed).await
}

/// Which doctor has seen which released report.
async fn create_result_seen(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("result_seen")
                .col(id())
                .col(big_integer("record_id"))
                .col(big_integer("user_id"))
                .col(instant("seen_at"))
                .foreign_key(&mut points_to("result_seen_record_exists", "record_id", "medical_record"))
                .foreign_key(&mut points_to("result_seen_user_exists", "user_id", "user"))
                .take(),
        )
        .await?;
    manager.create_index(unique("result_seen_once", "result_seen", ["record_id", "user_id"])).await?;
    Ok(())
}

async fn create_document_chunk(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("document_chunk")
                .col(id())
                .col(big_integer("record_id"))
                .col(integer("position"))
                .col(bytes("content"))
                .check(("document_chunk_position_counts", Expr::col("position").gte(1)))
                .foreign_key(&mut points_to("document_chunk_record_exists", "record_id", "medical_record"))
                .take(),
        )
        .await?;
    manager.create_index(unique("document_chunk_once", "document_chunk", ["record_id", "position"])).await?;
    let kept = Kept {
        table: "document_chunk",
        rule: "final",
        when: "EXISTS (
            SELECT 1 FROM medical_record AS document WHERE document.id = OLD.record_id AND document.status = 'final'
        )",
        unique: &[&["record_id", "position"]],
    };
    refuse_changes(manager, kept).await
}

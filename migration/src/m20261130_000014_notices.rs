//! What doctors are told at once: critical values, and questions that patients ask about a result.

use sea_orm_migration::prelude::*;

use crate::table_parts::{big_integer, bytes, drop_tables, id, index, instant, one_of, points_to, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "doctor_notice";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let has_its_note = Expr::cust("(kind = 'question') = (note IS NOT NULL)");
        manager
            .create_table(
                Table::create()
                    .table(TABLE)
                    .col(id())
                    .col(big_integer("doctor_id"))
                    .col(big_integer("patient_id"))
                    .col(big_integer("record_id"))
                    .col(text("kind"))
                    .col(bytes("note").null())
                    .col(instant("created_at"))
                    .col(instant("seen_at").null())
                    .col(big_integer("answer_id").null())
                    .check(("doctor_notice_kind_known", one_of("kind", ["critical", "question"])))
                    .check(("doctor_notice_has_its_note", has_its_note))
                    .check(("doctor_notice_answers_questions", Expr::cust("answer_id IS NULL OR kind = 'question'")))
                    .foreign_key(&mut points_to("doctor_notice_doctor_exists", "doctor_id", "doctor"))
                    .foreign_key(&mut points_to("doctor_notice_patient_exists", "patient_id", "patient"))
                    .foreign_key(&mut points_to("doctor_notice_record_exists", "record_id", "medical_record"))
                    .foreign_key(&mut points_to("doctor_notice_answer_exists", "answer_id", "medical_record"))
                    .take(),
            )
            .await?;
        manager.create_index(index("doctor_notice_by_doctor", TABLE, ["doctor_id", "seen_at", "id"])).await?;
        manager.create_index(index("doctor_notice_by_record", TABLE, ["record_id", "kind"])).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, [TABLE]).await
    }
}

//! Indexes for what is read on every page about a patient: what holds at present, what somebody is writing, and the
//! laboratory reports of a doctor. Without them each looked through a whole record or a whole clinic.

use sea_orm_migration::prelude::*;

use crate::table_parts::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "medical_record";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_index(index("medical_record_by_status", TABLE, ["patient_id", "status", "record_date"])).await?;
        manager.create_index(index("medical_record_by_author", TABLE, ["created_by_user_id", "status"])).await?;
        let of_doctor = ["doctor_id", "record_type", "record_date", "id"];
        manager.create_index(index("medical_record_by_doctor_and_kind", TABLE, of_doctor)).await?;
        // Nothing asks for a doctor's entries of all kinds.
        drop_index(manager, "medical_record_by_doctor").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_index(index("medical_record_by_doctor", TABLE, ["doctor_id", "record_date", "id"])).await?;
        for name in ["medical_record_by_status", "medical_record_by_author", "medical_record_by_doctor_and_kind"] {
            drop_index(manager, name).await?;
        }
        Ok(())
    }
}

async fn drop_index(manager: &SchemaManager<'_>, name: &'static str) -> Result<(), DbErr> {
    manager.drop_index(Index::drop().name(name).table(TABLE).to_owned()).await
}

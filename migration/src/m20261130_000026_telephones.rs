//! Patients are found by the digits of their telephone number, which the rules write beside it
//! (`domain/src/people/telephone.rs`).

use sea_orm_migration::prelude::*;

use crate::table_parts::{index, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let digits = text("phone_digits").null().take();
        manager.alter_table(Table::alter().table("patient").add_column(digits).take()).await?;
        manager.create_index(index("patient_by_phone", "patient", ["phone_digits"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("patient_by_phone").table("patient").to_owned()).await?;
        manager.alter_table(Table::alter().table("patient").drop_column("phone_digits").take()).await
    }
}

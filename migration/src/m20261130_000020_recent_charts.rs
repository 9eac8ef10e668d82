//! An index for the charts that somebody opened last, which doctors come back to. Without it each doctor's list would go
//! through the whole audit trail.

use sea_orm_migration::prelude::*;

use crate::table_parts::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "audit_event";
const NAME: &str = "audit_event_charts";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let charts = Expr::cust("action = 'records.chart' AND outcome = 'allowed'");
        manager.create_index(index(NAME, TABLE, ["actor_user_id", "id"]).and_where(charts).take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(NAME).table(TABLE).to_owned()).await
    }
}

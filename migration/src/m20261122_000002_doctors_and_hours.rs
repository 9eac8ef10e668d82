//! Specialties, the doctors who practise them, and when those doctors work.

use sea_orm_migration::prelude::*;

use crate::{
    constraints::whole_seconds,
    table_parts::{big_integer, boolean, drop_tables, id, index, instant, integer, points_to, text, unique},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_specialty(manager).await?;
        create_doctor(manager).await?;
        create_working_hours(manager).await?;
        create_time_off(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, ["time_off", "working_hours", "doctor", "specialty"]).await
    }
}

async fn create_specialty(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("specialty")
                .col(id())
                .col(text("code"))
                .col(text("name"))
                .col(text("about"))
                .col(text("search_key"))
                .col(integer("position"))
                .take(),
        )
        .await?;
    manager.create_index(unique("specialty_code_taken", "specialty", ["code"])).await?;
    Ok(())
}

async fn create_doctor(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("doctor")
                .col(id())
                .col(big_integer("user_id"))
                .col(big_integer("specialty_id"))
                .col(text("department"))
                .col(text("hospital"))
                .col(text("bio"))
                .col(text("languages"))
                .col(big_integer("fee_minor"))
                .col(text("currency"))
                .col(integer("practising_since"))
                .col(boolean("accepts_bookings"))
                .col(text("search_key"))
                .col(instant("next_free_at").null())
                .check(("doctor_fee_not_negative", Expr::col("fee_minor").gte(0)))
                .foreign_key(&mut points_to("doctor_user_exists", "user_id", "user"))
                .foreign_key(&mut points_to("doctor_specialty_exists", "specialty_id", "specialty"))
                .take(),
        )
        .await?;
    manager.create_index(unique("doctor_user_taken", "doctor", ["user_id"])).await?;
    // The directory, with and without a specialty, is read from these in the order of the next free time.
    manager
        .create_index(index(
            "doctor_by_specialty_and_next_free",
            "doctor",
            ["accepts_bookings", "specialty_id", "next_free_at", "id"],
        ))
        .await?;
    manager.create_index(index("doctor_by_next_free", "doctor", ["accepts_bookings", "next_free_at", "id"])).await?;
    Ok(())
}

async fn create_working_hours(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("working_hours")
                .col(id())
                .col(big_integer("doctor_id"))
                .col(integer("weekday"))
                .col(integer("starts_minute"))
                .col(integer("ends_minute"))
                .check(("working_hours_weekday_known", Expr::col("weekday").between(1, 7)))
                .check((
                    "working_hours_within_the_day",
                    Expr::col("starts_minute").gte(0).and(Expr::col("ends_minute").lte(24 * 60)),
                ))
                .check(("working_hours_end_after_start", Expr::col("ends_minute").gt(Expr::col("starts_minute"))))
                .foreign_key(&mut points_to("working_hours_doctor_exists", "doctor_id", "doctor"))
                .take(),
        )
        .await?;
    manager.create_index(index("working_hours_by_doctor", "working_hours", ["doctor_id"])).await?;
    Ok(())
}

async fn create_time_off(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("time_off")
                .col(id())
                .col(big_integer("doctor_id"))
                .col(instant("starts_at"))
                .col(instant("ends_at"))
                .col(text("why"))
                .check(("time_off_whole_seconds", whole_seconds(manager, ["starts_at", "ends_at"])))
                .check(("time_off_end_after_start", Expr::col("ends_at").gt(Expr::col("starts_at"))))
                .foreign_key(&mut points_to("time_off_doctor_exists", "doctor_id", "doctor"))
                .take(),
        )
        .await?;
    manager.create_index(index("time_off_by_doctor", "time_off", ["doctor_id", "starts_at"])).await?;
    Ok(())
}

//! People who can sign in, and the patients among them.

use sea_orm_migration::prelude::*;

use crate::table_parts::{
    big_integer, boolean, civil_date, drop_tables, id, instant, integer, one_of, points_to, text, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_user(manager).await?;
        create_patient(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, ["patient", "user"]).await
    }
}

async fn create_user(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("user")
                .col(id())
                .col(text("username"))
                .col(text("email"))
                .col(text("password_hash").null())
                .col(text("role"))
                .col(text("first_name"))
                .col(text("last_name"))
                .col(text("search_key"))
                .col(boolean("is_active"))
                .col(instant("email_verified_at").null())
                .col(instant("created_at"))
                .col(instant("last_sign_in_at").null())
                .col(big_integer("accepted_policy_version").null())
                .col(integer("session_epoch"))
                .check(("user_role_known", one_of("role", ["patient", "doctor", "admin"])))
                .check(("user_username_lower_case", lower_case("username")))
                .check(("user_email_lower_case", lower_case("email")))
                .take(),
        )
        .await?;
    manager.create_index(unique("user_username_taken", "user", ["username"])).await?;
    manager.create_index(unique("user_email_taken", "user", ["email"])).await?;
    Ok(())
}

async fn create_patient(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("patient")
                .col(id())
                .col(big_integer("user_id"))
                .col(text("reference"))
                .col(civil_date("date_of_birth").null())
                .col(text("gender").null())
                .col(text("phone").null())
                .col(text("address").null())
                .col(text("emergency_contact_name").null())
                .col(text("emergency_contact_phone").null())
                .col(instant("created_at"))
                .check(("patient_gender_known", one_of("gender", ["female", "male", "other", "undisclosed"])))
                .foreign_key(&mut points_to("patient_user_exists", "user_id", "user"))
                .take(),
        )
        .await?;
    manager.create_index(unique("patient_user_taken", "patient", ["user_id"])).await?;
    manager.create_index(unique("patient_reference_taken", "patient", ["reference"])).await?;
    Ok(())
}

/// Names that differ only in case are the same name.
fn lower_case(column: &'static str) -> Expr {
    Expr::col(column).eq(Func::lower(Expr::col(column)))
}

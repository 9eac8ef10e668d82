//! What accounts are made of beyond a password: registrations that wait for their address to be confirmed with the
//! mails that were sent for them, mails that were asked for, second factors, recovery codes, one-time tokens, devices
//! that are known, guesses that are counted, and the keys that sign.

use sea_orm_migration::prelude::*;

use crate::table_parts::{
    big_integer, boolean, bytes, civil_date, drop_tables, id, index, instant, integer, one_of, points_to, text, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_registration(manager).await?;
        create_registration_mail(manager).await?;
        create_mail_request(manager).await?;
        create_factor(manager).await?;
        create_recovery_code(manager).await?;
        create_one_time_token(manager).await?;
        create_known_device(manager).await?;
        create_guess_counter(manager).await?;
        create_signing_key(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "signing_key",
            "guess_counter",
            "known_device",
            "one_time_token",
            "recovery_code",
            "factor",
            "mail_request",
            "registration_mail",
            "registration",
        ];
        drop_tables(manager, tables).await
    }
}

/// Several may wait under one user name and for one address: which of them becomes an account is decided by whoever
/// reads the mail.
async fn create_registration(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("registration")
                .col(id())
                .col(text("browser_hash"))
                .col(text("requester_hash"))
                .col(text("username"))
                .col(text("email"))
                .col(text("password_hash"))
                .col(text("first_name"))
                .col(text("last_name"))
                .col(civil_date("date_of_birth").null())
                .col(text("gender").null())
                .col(text("phone").null())
                .col(big_integer("accepted_policy_version"))
                .col(instant("accepted_policy_at"))
                .col(integer("code_tries_left"))
                .col(integer("names_left"))
                .col(instant("created_at"))
                .col(instant("expires_at"))
                .check(("registration_gender_known", one_of("gender", ["female", "male", "other", "undisclosed"])))
                .check(("registration_tries_not_negative", Expr::col("code_tries_left").gte(0)))
                .check(("registration_names_not_negative", Expr::col("names_left").gte(0)))
                .take(),
        )
        .await?;
    manager.create_index(unique("registration_browser_taken", "registration", ["browser_hash"])).await?;
    manager.create_index(index("registration_by_username", "registration", ["username"])).await?;
    manager.create_index(index("registration_by_email", "registration", ["email"])).await?;
    manager.create_index(index("registration_by_expiry", "registration", ["expires_at"])).await?;
    Ok(())
}

/// Each mail has a link and a code of its own: a later one does not end those before it.
async fn create_registration_mail(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("registration_mail")
                .col(id())
                .col(big_integer("registration_id"))
                .col(text("link_hash"))
                .col(text("code_hash"))
                .col(instant("code_expires_at"))
                .foreign_key(&mut points_to("registration_mail_registration_exists", "registration_id", "registration"))
                .take(),
        )
        .await?;
    manager.create_index(unique("registration_mail_link_taken", "registration_mail", ["link_hash"])).await?;
    manager.create_index(index("registration_mail_by_registration", "registration_mail", ["registration_id"])).await?;
    Ok(())
}

/// What a stranger can ask for is written down the same way for every address; a job finds out what it means.
async fn create_mail_request(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("mail_request")
                .col(id())
                .col(text("kind"))
                .col(text("email"))
                .col(text("requester_hash"))
                .col(text("device_hashes").null())
                .col(text("browser_hash").null())
                .col(instant("created_at"))
                .col(instant("answered_at").null())
                .col(boolean("is_mailed"))
                .check(("mail_request_kind_known", one_of("kind", ["confirm_address", "reset_password"])))
                .take(),
        )
        .await?;
    let open = index("mail_request_open", "mail_request", ["id"]).and_where(Expr::col("answered_at").is_null()).take();
    manager.create_index(open).await?;
    manager.create_index(index("mail_request_by_email", "mail_request", ["email", "kind", "created_at"])).await?;
    manager.create_index(index("mail_request_by_creation", "mail_request", ["created_at"])).await?;
    Ok(())
}

/// One that is not confirmed yet stands beside the one that it is to replace.
async fn create_factor(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("factor")
                .col(id())
                .col(big_integer("user_id"))
                .col(text("kind"))
                .col(bytes("sealed_secret"))
                .col(big_integer("last_step").null())
                .col(instant("created_at"))
                .col(instant("confirmed_at").null())
                .col(instant("last_used_at").null())
                .check(("factor_kind_known", one_of("kind", ["totp"])))
                .foreign_key(&mut points_to("factor_user_exists", "user_id", "user"))
                .take(),
        )
        .await?;
    let one_each = |name: &'static str, condition: SimpleExpr| {
        unique(name, "factor", ["user_id", "kind"]).and_where(condition).take()
    };
    manager.create_index(one_each("factor_confirmed_once", Expr::col("confirmed_at").is_not_null())).await?;
    manager.create_index(one_each("factor_pending_once", Expr::col("confirmed_at").is_null())).await?;
    Ok(())
}

async fn create_recovery_code(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("recovery_code")
                .col(id())
                .col(big_integer("user_id"))
                .col(text("code_hash"))
                .col(instant("created_at"))
                .col(instant("used_at").null())
                .foreign_key(&mut points_to("recovery_code_user_exists", "user_id", "user"))
                .take(),
        )
        .await?;
    manager.create_index(unique("recovery_code_once", "recovery_code", ["user_id", "code_hash"])).await?;
    Ok(())
}

async fn create_one_time_token(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("one_time_token")
                .col(id())
                .col(text("purpose"))
                .col(big_integer("user_id"))
                .col(text("token_hash"))
                .col(integer("tries_left"))
                .col(instant("created_at"))
                .col(instant("expires_at"))
                .col(instant("used_at").null())
                .check((
                    "one_time_token_purpose_known",
                    one_of("purpose", ["sign_in_code", "sign_in_enrolment", "reset_password"]),
                ))
                .check(("one_time_token_tries_not_negative", Expr::col("tries_left").gte(0)))
                .foreign_key(&mut points_to("one_time_token_user_exists", "user_id", "user"))
                .take(),
        )
        .await?;
    manager.create_index(unique("one_time_token_taken", "one_time_token", ["token_hash"])).await?;
    manager.create_index(index("one_time_token_by_user", "one_time_token", ["user_id", "purpose"])).await?;
    manager.create_index(index("one_time_token_by_expiry", "one_time_token", ["expires_at"])).await?;
    Ok(())
}

async fn create_known_device(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("known_device")
                .col(id())
                .col(big_integer("user_id"))
                .col(text("token_hash"))
                .col(instant("created_at"))
                .col(instant("last_seen_at"))
                .foreign_key(&mut points_to("known_device_user_exists", "user_id", "user"))
                .take(),
        )
        .await?;
    // A browser that several people of a household use has a token for each of them.
    manager.create_index(unique("known_device_once", "known_device", ["token_hash"])).await?;
    manager.create_index(index("known_device_by_user", "known_device", ["user_id"])).await?;
    Ok(())
}

async fn create_guess_counter(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("guess_counter")
                .col(id())
                .col(text("scope"))
                .col(text("subject_hash"))
                .col(integer("failures"))
                .col(instant("last_failure_at"))
                .col(instant("blocked_until").null())
                .col(civil_date("day"))
                .col(integer("day_count"))
                .check(("guess_counter_scope_known", one_of("scope", ["address", "password", "code"])))
                .check(("guess_counter_failures_not_negative", Expr::col("failures").gte(0)))
                .take(),
        )
        .await?;
    manager.create_index(unique("guess_counter_once", "guess_counter", ["scope", "subject_hash"])).await?;
    manager.create_index(index("guess_counter_by_last_failure", "guess_counter", ["last_failure_at"])).await?;
    Ok(())
}

async fn create_signing_key(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("signing_key")
                .col(id())
                .col(text("kid"))
                .col(bytes("public_key"))
                .col(bytes("sealed_seed"))
                .col(instant("created_at"))
                .col(instant("retired_at").null())
                .take(),
        )
        .await?;
    manager.create_index(unique("signing_key_kid_taken", "signing_key", ["kid"])).await?;
    Ok(())
}

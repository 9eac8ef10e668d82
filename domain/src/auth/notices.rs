//! Telling people what happened to their accounts.

use entity::user;

use crate::{
    db::Tx,
    error::Result,
    mail::{self, AccountMail, AccountNews, Recipient},
    services::Services,
    settings::Settings,
};

/// Writes a message to the owner of an account, in the transaction of what it tells.
pub(super) async fn tell(
    services: &Services,
    tx: &Tx,
    settings: &Settings,
    owner: &user::Model,
    news: AccountNews,
) -> Result<()> {
    write(services, tx, settings, (&owner.email, &owner.first_name, &owner.last_name), news).await
}

/// The same for an address that has no account yet.
pub(super) async fn write(
    services: &Services,
    tx: &Tx,
    settings: &Settings,
    (address, first_name, last_name): (&str, &str, &str),
    news: AccountNews,
) -> Result<()> {
    let (clinic, when) = (settings.clinic.view(), settings.labels(services.now()).when(services.now()));
    let letter =
        AccountMail { news, first_name, clinic: &clinic, when: &when, public_url: &services.options().public_url };
    let to = Recipient { address: address.to_owned(), name: format!("{first_name} {last_name}").trim().to_owned() };
    mail::queue(services, tx, to, &letter, None).await
}

//! Messages about a record, to its patient or to a doctor.

use crate::{
    db::Tx,
    error::Result,
    mail::{self, Recipient, RecordMail, RecordNews},
    services::Services,
    settings::Settings,
};

/// To whom a message goes.
pub(super) struct Addressee<'a> {
    pub first_name: &'a str,
    pub last_name: &'a str,
    pub email: &'a str,
}

/// Writes somebody what has just happened.
///
/// # Errors
/// When the database is away.
pub(super) async fn tell(
    services: &Services,
    tx: &Tx,
    settings: &Settings,
    to: Addressee<'_>,
    news: RecordNews,
) -> Result<()> {
    let letter = RecordMail {
        news,
        first_name: to.first_name,
        clinic: &settings.clinic.view(),
        when: &settings.labels(services.now()).when(services.now()),
        public_url: &services.options().public_url,
    };
    let to = Recipient { address: to.email.to_owned(), name: format!("{} {}", to.first_name, to.last_name) };
    mail::queue(services, tx, to, &letter, None).await
}

//! The outbox: messages that were written and are to be sent.

use std::collections::BTreeMap;

use domain_types::mail::MailView;
use entity::outbox_message;
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::ExprTrait,
};

use crate::{
    access::Actor,
    addresses,
    db::Tx,
    error::{Error, Result},
    secrets::random_token,
    services::Services,
    time::{from_db, to_db},
};

use super::{CalendarFile, links};

/// To whom a message goes.
#[derive(Clone, Debug)]
pub(crate) struct Recipient {
    pub address: String,
    pub name: String,
}

/// The words of a message.
pub(crate) trait Letter {
    /// The kind under which the outbox files it.
    fn kind(&self) -> &'static str;
    fn subject(&self) -> String;
    /// May hold `[[name]]` for each of the secret words.
    fn body(&self) -> String;

    /// Links and codes that work for whoever reads them: they are stored sealed.
    fn secret_words(&self) -> BTreeMap<&'static str, String> {
        BTreeMap::new()
    }
}

/// Writes a message in the transaction of what it tells.
pub(crate) async fn queue(
    services: &Services,
    tx: &Tx,
    to: Recipient,
    letter: &(dyn Letter + Sync),
    calendar: Option<CalendarFile>,
) -> Result<()> {
    let now = to_db(services.now());
    let message_id = format!("<{}@securemed>", random_token());
    let words = letter.secret_words();
    let sealed_words = match words.is_empty() {
        true => None,
        false => {
            let plain =
                serde_json::to_vec(&words).map_err(Error::caused("the words of a message could not be kept"))?;
            Some(services.seals().mail.seal(&message_id, &plain)?)
        }
    };
    let (calendar_name, calendar) = calendar.map(|file| (file.name, file.text)).unzip();
    outbox_message::ActiveModel {
        kind: Set(letter.kind().to_owned()),
        to_address: Set(to.address),
        to_name: Set(to.name),
        subject: Set(letter.subject()),
        body_text: Set(letter.body()),
        calendar_name: Set(calendar_name),
        calendar: Set(calendar),
        message_id: Set(message_id),
        created_at: Set(now),
        due_at: Set(now),
        attempts: Set(0),
        sealed_words: Set(sealed_words),
        ..Default::default()
    }
    .insert(tx)
    .await?;
    Ok(())
}

/// The whole text of a message, with its secret words in their places.
pub(super) fn text(services: &Services, message: &outbox_message::Model) -> Result<String> {
    let Some(sealed) = &message.sealed_words else { return Ok(message.body_text.clone()) };
    let unreadable = || Error::internal("the words of a message were sealed under another key");
    let plain = services.seals().mail.open(&message.message_id, sealed).ok_or_else(unreadable)?;
    let words: BTreeMap<String, String> =
        serde_json::from_slice(&plain).map_err(Error::caused("the words of a message cannot be read"))?;
    Ok(words.iter().fold(message.body_text.clone(), |text, (name, word)| text.replace(&format!("[[{name}]]"), word)))
}

/// How many messages of these kinds were written to an address since then.
pub(crate) async fn written_since(tx: &Tx, address: &str, kinds: &[&str], since: Timestamp) -> Result<u64> {
    let lately = outbox_message::Column::ToAddress
        .eq(address)
        .and(outbox_message::Column::Kind.is_in(kinds.iter().copied()))
        .and(outbox_message::Column::CreatedAt.gt(to_db(since)));
    Ok(outbox_message::Entity::find().filter(lately).count(tx).await?)
}

/// The demo clinic's mailbox, the newest message first.
///
/// # Errors
/// `NotFound` anywhere but in the demo clinic.
pub async fn demo_mailbox(services: &Services, _actor: &Actor) -> Result<Vec<MailView>> {
    if !services.options().demo {
        return Err(Error::NotFound);
    }
    let db = services.db().read();
    let labels = services.settings().await?.labels(services.now());
    let rows = outbox_message::Entity::find().order_by_desc(outbox_message::Column::Id).limit(50).all(db).await?;
    let view = |row: outbox_message::Model| {
        Ok(MailView {
            id: row.id,
            to: format!("{} <{}>", row.to_name, addresses::shown(&row.to_address)).trim().to_owned(),
            body: links::parts(&text(services, &row)?, &services.options().public_url),
            subject: row.subject,
            written: labels.when(from_db(row.created_at)),
            is_sent: row.sent_at.is_some(),
            calendar_name: row.calendar_name,
        })
    };
    rows.into_iter().map(view).collect()
}

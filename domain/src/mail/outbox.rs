//! The outbox: messages that were written and are to be sent.

use domain_types::mail::MailView;
use entity::outbox_message;
use sea_orm::{ActiveModelTrait, EntityTrait, QueryOrder, QuerySelect, Set};

use crate::{
    access::Actor,
    db::Tx,
    error::{Error, Result},
    secrets::random_token,
    services::Services,
    settings,
    time::{Labels, from_db, to_db},
};

use super::{CalendarFile, VisitMail, links};

/// To whom a message goes.
#[derive(Clone, Debug)]
pub(crate) struct Recipient {
    pub address: String,
    pub name: String,
}

/// Writes a message in the transaction of what it tells.
pub(crate) async fn queue(
    services: &Services,
    tx: &Tx,
    to: Recipient,
    mail: &VisitMail<'_>,
    calendar: CalendarFile,
) -> Result<()> {
    let now = to_db(services.now());
    outbox_message::ActiveModel {
        kind: Set(mail.kind().to_owned()),
        to_address: Set(to.address),
        to_name: Set(to.name),
        subject: Set(mail.subject()),
        body_text: Set(mail.body()),
        calendar_name: Set(Some(calendar.name)),
        calendar: Set(Some(calendar.text)),
        message_id: Set(format!("<{}@securemed>", random_token())),
        created_at: Set(now),
        due_at: Set(now),
        attempts: Set(0),
        ..Default::default()
    }
    .insert(&**tx)
    .await?;
    Ok(())
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
    let labels = Labels::new(settings::load(db).await?.zone, services.now());
    let rows = outbox_message::Entity::find().order_by_desc(outbox_message::Column::Id).limit(50).all(db).await?;
    let view = |row: outbox_message::Model| MailView {
        id: row.id,
        to: format!("{} <{}>", row.to_name, row.to_address),
        subject: row.subject,
        written: labels.moment(from_db(row.created_at)),
        body: links::parts(&row.body_text, &services.options().public_url),
        is_sent: row.sent_at.is_some(),
        calendar_name: row.calendar_name,
    };
    Ok(rows.into_iter().map(view).collect())
}

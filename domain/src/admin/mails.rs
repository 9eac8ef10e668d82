//! The messages that have not gone out.

use domain_types::{
    admin::{MailFilter, MailRow, MailState},
    page::Page,
};
use entity::outbox_message;
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    access::{Actor, Admin},
    addresses,
    error::Result,
    services::Services,
    time::from_db,
};

/// Messages that wait to be sent or were given up, the last written first. Their text stays between the clinic and the
/// patient.
///
/// # Errors
/// `OtherRole` for anybody but administrators.
pub async fn mails(services: &Services, actor: &Actor, filter: MailFilter) -> Result<Page<MailRow>> {
    Admin::try_from(actor)?;
    let db = services.db().read();
    let labels = services.settings().await?.labels(services.now());
    let query = outbox_message::Entity::find().filter(unsent(filter.state));
    let count = query.clone().count(db).await?;
    let rows = query
        .order_by_desc(outbox_message::Column::Id)
        .limit(u64::from(filter.page.size()))
        .offset(filter.page.offset())
        .all(db)
        .await?;
    let view = |row: outbox_message::Model| MailRow {
        state: if row.failed_at.is_some() { MailState::Failed } else { MailState::Waiting },
        written: labels.when(from_db(row.created_at)),
        next_try: row.failed_at.is_none().then(|| labels.when(from_db(row.due_at))),
        to_name: row.to_name,
        to_address: addresses::shown(&row.to_address),
        subject: row.subject,
        tries: u32::try_from(row.attempts).unwrap_or(0),
        last_error: row.last_error,
    };
    Ok(Page::new(filter.page, count, rows.into_iter().map(view).collect()))
}

/// What has not gone out: all of it, or that of one state.
pub(super) fn unsent(state: Option<MailState>) -> Condition {
    let given_up = outbox_message::Column::FailedAt;
    Condition::all().add(outbox_message::Column::SentAt.is_null()).add_option(state.map(|state| match state {
        MailState::Waiting => given_up.is_null(),
        MailState::Failed => given_up.is_not_null(),
    }))
}

//! The job that sends what is due.

use entity::outbox_message;
use jiff::SignedDuration;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::NotSet,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType},
};

use super::outbox;
use crate::{auth, db::Engine, error::Result, services::Services, time::to_db};

/// Messages taken at once.
const BATCH: u64 = 20;
/// For how long a server that took a message keeps the others away from it.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// Tries before a message is given up.
const MAX_ATTEMPTS: i32 = 10;

/// Writes what was asked for, sends what is due, and gives how many messages went out. Several servers may do this at once: a message is leased
/// before it is sent, so each is sent by one of them, and again only when that one died in between.
///
/// # Errors
/// When the database is away; a mail server that is away is noted with the message, which is tried again later.
pub async fn deliver_due(services: &Services) -> Result<usize> {
    auth::answer_requests(services).await?;
    let mut sent = 0;
    for message in lease(services).await? {
        let text = match outbox::text(services, &message) {
            Ok(text) => text,
            // It holds no other message up.
            Err(error) => {
                give_back(services, message, error.to_string()).await?;
                continue;
            }
        };
        match services.mailer().send(&message, text).await {
            Ok(()) => {
                note(
                    services,
                    outbox_message::ActiveModel {
                        id: Set(message.id),
                        attempts: Set(message.attempts + 1),
                        sent_at: Set(Some(to_db(services.now()))),
                        leased_until: Set(None),
                        last_error: Set(None),
                        // The demo's mailbox shows them; anywhere else nobody needs them once more.
                        sealed_words: match services.options().demo {
                            true => NotSet,
                            false => Set(None),
                        },
                        ..Default::default()
                    },
                )
                .await?;
                sent += 1;
            }
            Err(error) => give_back(services, message, error.to_string()).await?,
        }
    }
    Ok(sent)
}

async fn lease(services: &Services) -> Result<Vec<outbox_message::Model>> {
    let now = services.now();
    let due = outbox_message::Column::SentAt
        .is_null()
        .and(outbox_message::Column::FailedAt.is_null())
        .and(outbox_message::Column::DueAt.lte(to_db(now)))
        .and(outbox_message::Column::LeasedUntil.is_null().or(outbox_message::Column::LeasedUntil.lt(to_db(now))));
    let query = || outbox_message::Entity::find().filter(due.clone()).limit(BATCH);
    // Nothing due is the usual case, and asking for it must not take SQLite's writer.
    if query().one(services.db().read()).await?.is_none() {
        return Ok(Vec::new());
    }
    let tx = services.db().begin().await?;
    let mut ordered = query().order_by_asc(outbox_message::Column::Id);
    if services.db().engine() == Engine::Postgres {
        ordered = ordered.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let messages = ordered.all(&tx).await?;
    let ids: Vec<i64> = messages.iter().map(|message| message.id).collect();
    outbox_message::Entity::update_many()
        .col_expr(outbox_message::Column::LeasedUntil, Expr::value(to_db(now + LEASE)))
        .filter(outbox_message::Column::Id.is_in(ids))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(messages)
}

/// Tries again after 10 s, 20 s, 40 s … up to an hour; after the last try it is marked as failed.
async fn give_back(services: &Services, message: outbox_message::Model, error: String) -> Result<()> {
    let now = services.now();
    let attempts = message.attempts + 1;
    let wait = SignedDuration::from_secs(std::cmp::min(10 << i32::clamp(attempts - 1, 0, 12), 3_600));
    let given_up = attempts >= MAX_ATTEMPTS;
    if given_up {
        tracing::error!(message = message.id, attempts, error, "a message could not be sent and is given up");
    } else {
        tracing::warn!(message = message.id, attempts, error, "a message could not be sent yet");
    }
    note(
        services,
        outbox_message::ActiveModel {
            id: Set(message.id),
            attempts: Set(attempts),
            due_at: Set(to_db(now + wait)),
            leased_until: Set(None),
            failed_at: Set(given_up.then(|| to_db(now))),
            last_error: Set(Some(error)),
            ..Default::default()
        },
    )
    .await
}

async fn note(services: &Services, change: outbox_message::ActiveModel) -> Result<()> {
    let tx = services.db().begin().await?;
    change.update(&tx).await?;
    tx.commit().await
}

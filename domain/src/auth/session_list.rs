//! Where somebody is signed in, and ending it from elsewhere.

use domain_types::{
    SessionId,
    auth::SessionRow,
    page::{Page, PageRequest},
};
use entity::session;

use crate::{
    access::{Act, Actor, AuditEvent, record},
    auth::{
        device,
        repo::{
            sessions::{self, FoundSession},
            users,
        },
        sessions::is_over,
    },
    error::{Error, Result},
    services::Services,
    time::from_db,
};

/// The sessions of whoever asks: the present one, then the last used first.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in.
pub async fn sessions(services: &Services, actor: &Actor, page: PageRequest) -> Result<Page<SessionRow>> {
    let person = actor.person()?;
    let labels = services.settings().await?.labels(services.now());
    let mut alive = alive(services, actor).await?;
    alive.sort_by_key(|session| session.id != person.session().0);
    let count = alive.len() as u64;
    let skipped = usize::try_from(page.offset()).unwrap_or(usize::MAX);
    let size = usize::try_from(page.size()).unwrap_or(usize::MAX);
    let rows = alive.into_iter().skip(skipped).take(size).map(|session| SessionRow {
        id: SessionId(session.id),
        device: device::describe(&session.user_agent),
        address: session.address,
        created: labels.when(from_db(session.created_at)),
        last_used: labels.when(from_db(session.last_used_at)),
        is_current: session.id == person.session().0,
    });
    Ok(Page::new(page, count, rows.collect()))
}

/// Those that would still let somebody in.
async fn alive(services: &Services, actor: &Actor) -> Result<Vec<session::Model>> {
    let (db, now) = (services.db().read(), services.now());
    let user = users::load(db, actor.person()?.user().0).await?;
    let rows = sessions::alive(db, user.id, now).await?;
    let lives = |session: session::Model| {
        let found = FoundSession { session, user: user.clone(), patient_id: None, doctor_id: None };
        (!is_over(&found, now)).then_some(found.session)
    };
    Ok(rows.into_iter().filter_map(lives).collect())
}

/// Ends one session of whoever asks, the present one too.
///
/// # Errors
/// `NotFound` when it is unknown, somebody else's or over.
pub async fn end_session(services: &Services, actor: &Actor, id: SessionId) -> Result<()> {
    if !alive(services, actor).await?.iter().any(|session| session.id == id.0) {
        return Err(Error::NotFound);
    }
    let tx = services.db().begin().await?;
    if sessions::revoke(&tx, id.0, services.now(), "ended from the list of sessions").await? == 0 {
        return Err(Error::NotFound);
    }
    let event = AuditEvent { act: Act::EndSession, ids: &[id.0], patient: None };
    record(services, &tx, actor, event).await?;
    tx.commit().await
}

/// Ends all sessions of whoever asks but the present one, and gives how many.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in.
pub async fn end_other_sessions(services: &Services, actor: &Actor) -> Result<u64> {
    let person = actor.person()?;
    let (user, kept) = (person.user().0, person.session().0);
    let tx = services.db().begin().await?;
    let why = "ended from the list of sessions";
    let ended = sessions::revoke_all(&tx, user, Some(kept), services.now(), why).await?;
    let event = AuditEvent { act: Act::EndOtherSessions, ids: &[user], patient: None };
    record(services, &tx, actor, event).await?;
    tx.commit().await?;
    Ok(ended)
}

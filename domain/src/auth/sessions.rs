//! Sessions: one for each sign-in, with its family of refresh tokens.

use domain_types::{
    DoctorId, PatientId, SessionId, UserId,
    auth::{Role, SessionClock},
};
use entity::{session, user};
use jiff::{SignedDuration, Timestamp};
use sea_orm::Set;

use crate::{
    access::{Act, Actor, AuditEvent, PersonParts, record},
    auth::{
        login::may_sign_in,
        notices,
        repo::sessions::{self as repo, FoundSession},
        step_up::FRESH,
        tokens::{self, AccessClaims},
    },
    db::Tx,
    error::{Error, Result},
    mail::AccountNews,
    secrets::{random_token, token_hash},
    services::Services,
    settings::{IdentitySettings, Settings},
    time::{from_db, to_db},
};

/// A refresh token that comes again within this time is an answer that got lost, not a theft.
const GRACE: SignedDuration = SignedDuration::from_secs(10);
/// Uses that are closer together are noted once: a page with ten requests writes one row.
const NOTED_EVERY: SignedDuration = SignedDuration::from_secs(15);
/// Why a session ended whose person goes on in another one: nobody is signed out by it.
pub(super) const REPLACED: &str = "replaced";

/// Who holds the tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKind {
    /// The pages, in cookies. Ends some hours after the sign-in, and after a while without a request.
    Web,
    /// A program. Lives while it refreshes within some days, up to an absolute end that depends on the role.
    Rest,
}

impl SessionKind {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Rest => "rest",
        }
    }
}

/// From where somebody signs in, shown in their list of sessions.
#[derive(Clone, Debug)]
pub struct Device {
    pub kind: SessionKind,
    pub user_agent: String,
    pub address: String,
    /// The tokens by which a browser is known to those who signed in with it before.
    pub known: Option<String>,
}

/// Whether a request is something that its person did. What a page asks by itself is not, and keeps no session alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    Active,
    Passive,
}

/// What a session works with: the access token for ten minutes, the refresh token once.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    pub access: String,
    pub refresh: String,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tokens(…)")
    }
}

/// A session that was written and waits for its transaction to be committed.
#[must_use]
pub(super) struct Opened {
    user: UserId,
    session: SessionId,
    refresh: String,
}

impl Opened {
    /// The tokens; after the commit, for signing may ask the database for its key.
    pub(super) async fn tokens(self, services: &Services) -> Result<Tokens> {
        let claims = AccessClaims { user: self.user, session: self.session };
        Ok(Tokens { access: tokens::sign(services, claims).await?, refresh: self.refresh })
    }
}

fn hours(count: u32) -> SignedDuration {
    SignedDuration::from_hours(i64::from(count.max(1)))
}

/// When a session that began at `began` and is used at `now` ends at the latest.
///
/// A session of the pages ends some hours after its sign-in; a program's some days after each refresh, and at its
/// absolute end in any case (OWASP ASVS 5.0, 7.3.2; NIST SP 800-63B-4, 2.2.3).
fn expiry(settings: &IdentitySettings, kind: SessionKind, role: &str, began: Timestamp, now: Timestamp) -> Timestamp {
    match kind {
        SessionKind::Web => began + hours(settings.web_session_hours),
        SessionKind::Rest => {
            let in_all = match Role::parse(role) {
                Some(Role::Patient) => hours(settings.rest_patient_days.saturating_mul(24)),
                _ => hours(settings.rest_staff_hours),
            };
            (now + hours(settings.rest_session_days.saturating_mul(24))).min(began + in_all)
        }
    }
}

fn idle_seconds(settings: &IdentitySettings, kind: SessionKind, role: &str) -> Option<i32> {
    let minutes = match (kind, Role::parse(role)) {
        (SessionKind::Rest, _) => return None,
        (SessionKind::Web, Some(Role::Patient)) => settings.patient_idle_minutes,
        (SessionKind::Web, _) => settings.staff_idle_minutes,
    };
    i32::try_from(minutes.max(1).saturating_mul(60)).ok()
}

/// Opens a session of somebody who has just proved who they are.
pub(super) async fn open_session(
    services: &Services,
    tx: &Tx,
    settings: &Settings,
    user: &user::Model,
    device: &Device,
) -> Result<Opened> {
    let now = services.now();
    let expires = expiry(&settings.identity, device.kind, &user.role, now, now);
    let row = session::ActiveModel {
        user_id: Set(user.id),
        kind: Set(device.kind.as_str().to_owned()),
        user_agent: Set(device.user_agent.chars().take(300).collect()),
        address: Set(device.address.chars().take(64).collect()),
        created_at: Set(to_db(now)),
        last_used_at: Set(to_db(now)),
        expires_at: Set(to_db(expires)),
        verified_at: Set(Some(to_db(now))),
        idle_seconds: Set(idle_seconds(&settings.identity, device.kind, &user.role)),
        role: Set(Some(user.role.clone())),
        account_epoch: Set(user.session_epoch),
        ..Default::default()
    };
    open(tx, row, user.id, now, expires).await
}

/// Goes on with a session under a new id; the old one ends. For pages: a program is not handed new tokens.
pub(super) async fn replace_session(services: &Services, tx: &Tx, old: &session::Model) -> Result<Opened> {
    let now = services.now();
    repo::revoke(tx, old.id, now, REPLACED).await?;
    let row = session::ActiveModel {
        user_id: Set(old.user_id),
        kind: Set(old.kind.clone()),
        user_agent: Set(old.user_agent.clone()),
        address: Set(old.address.clone()),
        created_at: Set(old.created_at),
        last_used_at: Set(to_db(now)),
        expires_at: Set(old.expires_at),
        verified_at: Set(Some(to_db(now))),
        idle_seconds: Set(old.idle_seconds),
        role: Set(old.role.clone()),
        account_epoch: Set(old.account_epoch),
        ..Default::default()
    };
    open(tx, row, old.user_id, now, from_db(old.expires_at)).await
}

async fn open(tx: &Tx, row: session::ActiveModel, user: i64, now: Timestamp, expires: Timestamp) -> Result<Opened> {
    let session = repo::insert(tx, row).await?;
    let refresh = random_token();
    repo::insert_refresh_token(tx, session, &token_hash(&refresh), now, expires).await?;
    Ok(Opened { user: UserId(user), session: SessionId(session), refresh })
}

/// When the session ends if nothing more is done in it.
fn ends_at(session: &session::Model) -> Timestamp {
    let expires = from_db(session.expires_at);
    let idle = session.idle_seconds.map(|seconds| SignedDuration::from_secs(i64::from(seconds)));
    idle.map_or(expires, |idle| expires.min(from_db(session.last_used_at) + idle))
}

/// Whether it has ended: revoked, too old, rested too long, or its person may not be here any more.
pub(super) fn is_over(found: &FoundSession, now: Timestamp) -> bool {
    let FoundSession { session, user, .. } = found;
    session.revoked_at.is_some()
        || ends_at(session) <= now
        || session.role.as_ref().is_some_and(|role| *role != user.role)
        // Disabled and enabled again, or of another role for a while: what was signed in before stays out.
        || session.account_epoch != user.session_epoch
        || !may_sign_in(user)
}

/// What is told of a session that [`is_over`].
pub(super) fn over(found: &FoundSession) -> Error {
    if found.session.revoked_why.as_deref() == Some(REPLACED) { Error::SessionReplaced } else { Error::TokenNotValid }
}

/// Who holds this access token, read anew from the session and the account on every request.
///
/// # Errors
/// `TokenNotValid` when the token is forged, expired or of another kind, when its session has ended, and when the
/// account was disabled or its role changed; `SessionReplaced` when it went on under another id.
pub async fn authenticate(services: &Services, access: &str, activity: Activity) -> Result<Actor> {
    let now = services.now();
    let claims = tokens::verify(services, access).await?;
    let found = repo::find_session(services.db().read(), claims.session.0).await?.ok_or(Error::TokenNotValid)?;
    if found.session.user_id != claims.user.0 {
        return Err(Error::TokenNotValid);
    }
    if is_over(&found, now) {
        return Err(over(&found));
    }
    let mut session = found.session;
    if activity == Activity::Active && now.duration_since(from_db(session.last_used_at)) >= NOTED_EVERY {
        note_use(services, session.id, now).await;
        session.last_used_at = to_db(now);
    }
    Ok(Actor::person_of(PersonParts {
        user: claims.user,
        session: claims.session,
        role: Role::parse(&found.user.role).ok_or_else(|| Error::internal("a stored role is unknown"))?,
        name: format!("{} {}", found.user.first_name, found.user.last_name),
        first_name: found.user.first_name,
        patient: found.patient_id.map(PatientId),
        doctor: found.doctor_id.map(DoctorId),
        is_recently_verified: session.verified_at.is_some_and(|at| now.duration_since(from_db(at)) < FRESH),
        clock: session.idle_seconds.and_then(|_| clock(&session, now)),
    }))
}

fn clock(session: &session::Model, now: Timestamp) -> Option<SessionClock> {
    let left = ends_at(session).duration_since(now).as_secs();
    let at_most = from_db(session.expires_at).duration_since(now).as_secs();
    Some(SessionClock {
        seconds_left: u32::try_from(left).ok()?,
        // The idle limit is what ends it, and that begins anew with each request.
        may_extend: at_most > left,
    })
}

/// That it cannot be noted ends the session a little early and is no reason to refuse the request.
async fn note_use(services: &Services, session: i64, now: Timestamp) {
    let noted = async {
        let tx = services.db().begin().await?;
        repo::note_use(&tx, session, now).await?;
        tx.commit().await
    };
    if let Err(error) = noted.await {
        tracing::debug!(%error, "the use of a session could not be noted");
    }
}

/// Exchanges a refresh token for a new pair. Public: the token is the proof.
///
/// # Errors
/// `TokenNotValid` when it is unknown, expired or its session has ended. One that was used before, longer ago than
/// the grace, is taken for stolen and ends its session.
pub async fn refresh(services: &Services, actor: &Actor, refresh: &str, activity: Activity) -> Result<Tokens> {
    let opened = services.db().retrying(|| refresh_once(services, actor, refresh, activity)).await?;
    opened.tokens(services).await
}

async fn refresh_once(services: &Services, actor: &Actor, refresh: &str, activity: Activity) -> Result<Opened> {
    let now = services.now();
    let hash = token_hash(refresh);
    // A stranger's guess is refused without waiting for the writer.
    if repo::find_refresh_token(services.db().read(), &hash).await?.is_none() {
        return Err(Error::TokenNotValid);
    }
    let settings = services.settings().await?;
    let tx = services.db().begin().await?;
    let token = repo::lock_refresh_token(&tx, &hash).await?.ok_or(Error::TokenNotValid)?;
    let found = repo::find_session(&tx, token.session_id).await?.ok_or(Error::TokenNotValid)?;
    if is_over(&found, now) || from_db(token.expires_at) <= now {
        return Err(over(&found));
    }
    // Who sends the same token again within the grace gets the same successor: one token never becomes two.
    let next = services.seals().successors.token(refresh);
    let is_new = match token.used_at.map(from_db) {
        Some(used) if now > used + GRACE => {
            repo::revoke(&tx, token.session_id, now, "a used refresh token came again").await?;
            notices::tell(services, &tx, &settings, &found.user, AccountNews::SessionEndedAsStolen).await?;
            note_end(services, &tx, actor, Act::EndStolenSession, token.session_id).await?;
            tx.commit().await?;
            return Err(Error::TokenNotValid);
        }
        Some(_) => repo::find_refresh_token(&tx, &token_hash(&next)).await?.is_none(),
        None => {
            repo::use_refresh_token(&tx, token.id, now).await?;
            true
        }
    };
    let session = &found.session;
    let until = match session.kind == SessionKind::Rest.as_str() {
        true => expiry(&settings.identity, SessionKind::Rest, &found.user.role, from_db(session.created_at), now),
        false => from_db(session.expires_at),
    };
    if is_new {
        repo::insert_refresh_token(&tx, token.session_id, &token_hash(&next), now, until).await?;
    }
    if activity == Activity::Active {
        repo::touch(&tx, token.session_id, now, until).await?;
    }
    tx.commit().await?;
    Ok(Opened { user: UserId(found.user.id), session: SessionId(token.session_id), refresh: next })
}

/// Ends the session: its access token and all its refresh tokens are dead from now on.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in, `TokenNotValid` when the refresh token is not one of this session.
pub async fn sign_out(services: &Services, actor: &Actor, refresh: Option<&str>) -> Result<()> {
    let session = actor.person()?.session().0;
    if let Some(refresh) = refresh {
        let token = repo::find_refresh_token(services.db().read(), &token_hash(refresh)).await?;
        if token.is_none_or(|token| token.session_id != session) {
            return Err(Error::TokenNotValid);
        }
    }
    let tx = services.db().begin().await?;
    // Twice at once is once.
    if repo::revoke(&tx, session, services.now(), "signed out").await? > 0 {
        note_end(services, &tx, actor, Act::SignOut, session).await?;
    }
    tx.commit().await
}

/// Ends the session that a browser has when somebody signs in there anew: one browser is one person at a time.
pub(super) async fn end_earlier(services: &Services, tx: &Tx, actor: &Actor, device: &Device) -> Result<()> {
    let Some(earlier) = actor.person().ok().map(|person| person.session().0) else { return Ok(()) };
    if device.kind == SessionKind::Web
        && repo::revoke(tx, earlier, services.now(), "another sign-in in the same browser").await? > 0
    {
        note_end(services, tx, actor, Act::SignOut, earlier).await?;
    }
    Ok(())
}

async fn note_end(services: &Services, tx: &Tx, actor: &Actor, act: Act, session: i64) -> Result<()> {
    record(services, tx, actor, AuditEvent { act, ids: &[session], patient: None }).await
}

/// Opens a session without a password, for tests.
#[cfg(feature = "testing")]
pub(crate) async fn mint_session(services: &Services, user: UserId, device: Device) -> Result<Tokens> {
    let settings = services.settings().await?;
    let tx = services.db().begin().await?;
    let row = super::repo::users::load(&tx, user.0).await?;
    let opened = open_session(services, &tx, &settings, &row, &device).await?;
    tx.commit().await?;
    opened.tokens(services).await
}

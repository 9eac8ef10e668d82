//! Sessions: one for each sign-in, with its family of refresh tokens.

use domain_types::{DoctorId, PatientId, SessionId, UserId, auth::Role};
use jiff::SignedDuration;

use crate::{
    access::{Actor, PersonParts},
    auth::{
        login::may_sign_in,
        repo::{self, NewSession},
        tokens::AccessClaims,
    },
    db::Tx,
    error::{Error, Result},
    secrets::{random_token, token_hash},
    services::Services,
    time::from_db,
};

/// The longest that a session of the pages lasts, whatever happens in it.
pub const WEB_SESSION: SignedDuration = SignedDuration::from_hours(12);
/// How long a refresh token of a program works.
pub const REST_SESSION: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A refresh token that comes again within this time is an answer that got lost, not a theft.
const GRACE: SignedDuration = SignedDuration::from_secs(10);

/// Who holds the tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKind {
    /// The pages, in cookies. Ends twelve hours after the sign-in.
    Web,
    /// A program. Lives as long as it refreshes within seven days.
    Rest,
}

impl SessionKind {
    const fn as_str(self) -> &'static str {
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

pub(super) async fn open_session(services: &Services, tx: &Tx, user: UserId, device: Device) -> Result<Tokens> {
    let now = services.now();
    let lifetime = match device.kind {
        SessionKind::Web => WEB_SESSION,
        SessionKind::Rest => REST_SESSION,
    };
    let new = NewSession {
        user: user.0,
        kind: device.kind.as_str(),
        user_agent: device.user_agent.chars().take(300).collect(),
        address: device.address.chars().take(64).collect(),
        now,
        expires: now + lifetime,
    };
    let session = repo::insert_session(tx, new).await?;
    let refresh = random_token();
    repo::insert_refresh_token(tx, session, &token_hash(&refresh), now, now + lifetime).await?;
    let access = services.tokens().sign(AccessClaims { user, session: SessionId(session) }, now)?;
    Ok(Tokens { access, refresh })
}

/// Who holds this access token, read anew from the session and the account on every request.
///
/// # Errors
/// `TokenNotValid` when the token is forged, expired or of another kind, when its session has ended, and when the
/// account was disabled or its role changed.
pub async fn authenticate(services: &Services, access: &str) -> Result<Actor> {
    let now = services.now();
    let claims = services.tokens().verify(access, now)?;
    let Some(found) = repo::find_session(services.db().read(), claims.session.0).await? else {
        return Err(Error::TokenNotValid);
    };
    let alive = found.session.user_id == claims.user.0
        && found.session.revoked_at.is_none()
        && from_db(found.session.expires_at) > now
        && may_sign_in(&found.user);
    if !alive {
        return Err(Error::TokenNotValid);
    }
    Ok(Actor::person_of(PersonParts {
        user: claims.user,
        session: claims.session,
        role: Role::parse(&found.user.role).ok_or_else(|| Error::internal("a stored role is unknown"))?,
        name: format!("{} {}", found.user.first_name, found.user.last_name),
        patient: found.patient_id.map(PatientId),
        doctor: found.doctor_id.map(DoctorId),
    }))
}

/// Exchanges a refresh token for a new pair. Public: the token is the proof.
///
/// # Errors
/// `TokenNotValid` when it is unknown, expired or its session has ended. One that was used before, longer ago than
/// the grace, is taken for stolen and ends its session.
pub async fn refresh(services: &Services, _actor: &Actor, refresh: &str) -> Result<Tokens> {
    services.db().retrying(|| refresh_once(services, refresh)).await
}

async fn refresh_once(services: &Services, refresh: &str) -> Result<Tokens> {
    let now = services.now();
    let hash = token_hash(refresh);
    // A stranger's guess is refused without waiting for the writer.
    if repo::find_refresh_token(services.db().read(), &hash).await?.is_none() {
        return Err(Error::TokenNotValid);
    }
    let tx = services.db().begin().await?;
    let token = repo::lock_refresh_token(&tx, &hash).await?.ok_or(Error::TokenNotValid)?;
    let found = repo::find_session(&*tx, token.session_id).await?.ok_or(Error::TokenNotValid)?;
    let expires = from_db(found.session.expires_at);
    let alive = found.session.revoked_at.is_none()
        && expires > now
        && from_db(token.expires_at) > now
        && may_sign_in(&found.user);
    if !alive {
        return Err(Error::TokenNotValid);
    }
    match token.used_at.map(from_db) {
        Some(used) if now > used + GRACE => {
            repo::revoke_session(&tx, token.session_id, now, "a used refresh token came again").await?;
            tx.commit().await?;
            return Err(Error::TokenNotValid);
        }
        Some(_) => {}
        None => repo::use_refresh_token(&tx, token.id, now).await?,
    }
    // A program's session lives on with each refresh, a person's ends twelve hours after the sign-in.
    let until = if found.session.kind == SessionKind::Rest.as_str() { now + REST_SESSION } else { expires };
    let next = random_token();
    repo::insert_refresh_token(&tx, token.session_id, &token_hash(&next), now, until).await?;
    repo::touch_session(&tx, token.session_id, now, until).await?;
    tx.commit().await?;
    let claims = AccessClaims { user: UserId(found.user.id), session: SessionId(token.session_id) };
    Ok(Tokens { access: services.tokens().sign(claims, now)?, refresh: next })
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
    repo::revoke_session(&tx, session, services.now(), "signed out").await?;
    tx.commit().await
}

/// Opens a session without a password, for tests.
#[cfg(feature = "testing")]
pub(crate) async fn mint_session(services: &Services, user: UserId, device: Device) -> Result<Tokens> {
    let tx = services.db().begin().await?;
    let tokens = open_session(services, &tx, user, device).await?;
    tx.commit().await?;
    Ok(tokens)
}

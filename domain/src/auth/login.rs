//! Signing in with a name and a password.

use domain_types::{
    UserId,
    auth::{LoginName, Password, Role, SignIn, UserView},
};
use entity::user;

use crate::{
    access::{Actor, AuditEvent, record},
    auth::{
        repo,
        sessions::{Device, Tokens, open_session},
    },
    error::{Error, Result},
    services::Services,
};

/// The policy that people accept; shown at `/privacy`.
pub(crate) const POLICY_VERSION: i64 = 1;

/// A fresh session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub tokens: Tokens,
    pub user: UserView,
    pub requires_policy_acceptance: bool,
    pub latest_policy_version: i64,
}

/// Opens a session for whoever knows the password. Public.
///
/// # Errors
/// `InvalidCredentials` for every reason that lies with the name, the password or the account, `Busy` when too many
/// people sign in at once.
pub async fn sign_in(services: &Services, actor: &Actor, command: SignIn, device: Device) -> Result<SignedIn> {
    let name = LoginName::parse(&command.username);
    let user = match &name {
        Some(name) => repo::find_by_login(services.db().read(), name).await?,
        None => None,
    };
    let stored = user.as_ref().and_then(|user| user.password_hash.clone());
    let fits = match Password::parse(command.password) {
        Some(password) => services.passwords().verify(password, stored).await?,
        None => return Err(Error::InvalidCredentials),
    };
    let user = user.filter(|user| fits && may_sign_in(user)).ok_or(Error::InvalidCredentials)?;

    let tx = services.db().begin().await?;
    let tokens = open_session(services, &tx, UserId(user.id), device).await?;
    repo::note_sign_in(&tx, user.id, services.now()).await?;
    let event = AuditEvent { action: "auth.sign_in", object: "user", ids: &[user.id], patient: None };
    record(services, &tx, actor, event).await?;
    tx.commit().await?;

    Ok(SignedIn {
        tokens,
        requires_policy_acceptance: user.accepted_policy_version.is_none_or(|version| version < POLICY_VERSION),
        latest_policy_version: POLICY_VERSION,
        user: view(user)?,
    })
}

/// The account of whoever asks.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in.
pub async fn me(services: &Services, actor: &Actor) -> Result<UserView> {
    let person = actor.person()?;
    view(repo::load(services.db().read(), person.user().0).await?)
}

/// Whether the account is in a state to sign in, and to stay signed in.
pub(super) const fn may_sign_in(user: &user::Model) -> bool {
    user.is_active && user.email_verified_at.is_some()
}

fn view(user: user::Model) -> Result<UserView> {
    Ok(UserView {
        id: UserId(user.id),
        role: Role::parse(&user.role).ok_or_else(|| Error::internal("a stored role is unknown"))?,
        username: user.username,
        email: user.email,
        mfa_enabled: false,
    })
}

/// A person's own row, for other features.
pub(crate) async fn me_row(services: &Services, user: UserId) -> Result<user::Model> {
    repo::load(services.db().read(), user.0).await
}

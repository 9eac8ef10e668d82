//! A fresh proof of who is asking, for what must not happen by a browser that was left open.

use domain_types::auth::Proof;
use jiff::{SignedDuration, Timestamp};

use crate::{
    access::{Act, Actor, AuditEvent, record},
    auth::{
        factors::{app_step, check_password, needs_code},
        guessing::{self, Claimed, Secret},
        repo::{factors, sessions, users},
        sessions::{SessionKind, Tokens, is_over, over, replace_session},
    },
    error::{Error, Result},
    services::Services,
};

/// How long a proof is fresh.
pub const FRESH: SignedDuration = SignedDuration::from_mins(5);

/// A fresh proof.
#[derive(Clone, Debug)]
pub struct SteppedUp {
    pub verified_until: Timestamp,
    /// For the pages: the session goes on under another id.
    pub tokens: Option<Tokens>,
}

/// Takes a fresh proof: a code of the app from those who have one, the password from everybody else. A session of the
/// pages goes on under another id, for which there are new tokens.
///
/// # Errors
/// `Invalid` for a wrong code or password, `TooManyGuesses`, `TokenNotValid` or `SessionReplaced` when the session ended
/// meanwhile.
pub async fn step_up(services: &Services, actor: &Actor, proof: Proof) -> Result<SteppedUp> {
    take(services, actor, proof, true).await
}

/// The same for whoever cannot be handed new tokens: the session keeps its id.
///
/// # Errors
/// Those of [`step_up`].
pub async fn step_up_in_place(services: &Services, actor: &Actor, proof: Proof) -> Result<SteppedUp> {
    take(services, actor, proof, false).await
}

async fn take(services: &Services, actor: &Actor, proof: Proof, may_renew: bool) -> Result<SteppedUp> {
    let person = actor.person()?;
    let has_app = factors::confirmed(services.db().read(), person.user().0).await?.is_some();
    let code = match (proof, has_app) {
        (Proof::Otp(code), true) => Some(code),
        (Proof::Password(password), false) => {
            check_password(services, actor, "password", password).await?;
            None
        }
        (Proof::Password(_), true) => {
            return Err(Error::field("otp", "Enter the code from your app."));
        }
        (Proof::Otp(_), false) => {
            return Err(Error::field("password", "Enter your password."));
        }
    };
    match code {
        None => prove(services, actor, None, may_renew).await,
        Some(code) => {
            needs_code(&code)?;
            let guess = guessing::count(services, Secret::Code, Claimed::Account(person.user()), None).await?;
            prove(services, actor, Some((code, guess)), may_renew).await
        }
    }
}

async fn prove(
    services: &Services,
    actor: &Actor,
    code: Option<(String, guessing::Guess)>,
    may_renew: bool,
) -> Result<SteppedUp> {
    let person = actor.person()?;
    let now = services.now();
    let tx = services.db().begin().await?;
    let user = users::lock(&tx, person.user().0).await?;
    if let Some((code, guess)) = code {
        if !app_step(services, &tx, &user, &code).await? {
            return Err(Error::field(
                "otp",
                "That code is not correct, or it was already used. Wait for the next one.",
            ));
        }
        guess.was_right(&tx).await?;
    }
    let found = sessions::find_session(&tx, person.session().0).await?.ok_or(Error::Unauthenticated)?;
    // It may have ended since the request began, and must not go on under another id.
    if is_over(&found, now) {
        return Err(over(&found));
    }
    let opened = if may_renew && found.session.kind == SessionKind::Web.as_str() {
        Some(replace_session(services, &tx, &found.session).await?)
    } else {
        sessions::note_proof(&tx, found.session.id, now).await?;
        None
    };
    let event = AuditEvent { act: Act::StepUp, ids: &[user.id], patient: None };
    record(services, &tx, actor, event).await?;
    tx.commit().await?;
    let tokens = match opened {
        Some(opened) => Some(opened.tokens(services).await?),
        None => None,
    };
    Ok(SteppedUp { verified_until: now + FRESH, tokens })
}

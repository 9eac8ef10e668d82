//! The authenticator app of an account: set up, confirmed, replaced, turned off.

use domain_types::{
    UserId,
    auth::{NewFactor, SecurityView},
};
use entity::{factor, user};
use zeroize::Zeroizing;

use crate::{
    access::{Act, Actor, AuditEvent, RecentlyVerified, record},
    addresses,
    auth::{
        guessing::{self, Claimed, Guess, Secret},
        notices,
        passwords::typed,
        recovery_codes,
        repo::{
            factors,
            one_time::{self, Purpose},
            sessions, users,
        },
        totp,
    },
    db::Tx,
    error::{Error, Result},
    mail::AccountNews,
    services::Services,
    time::from_db,
};

fn context(user: i64) -> String {
    format!("factor.sealed_secret user {user}")
}

fn secret(services: &Services, factor: &factor::Model) -> Result<Zeroizing<Vec<u8>>> {
    let open = services.seals().factors.open(&context(factor.user_id), &factor.sealed_secret);
    open.ok_or_else(|| Error::internal("a second factor was sealed under another SECUREMED_SECRET_KEY"))
}

/// Puts a new app beside the one in use; it counts once a code of it was typed.
pub(super) async fn put_pending(services: &Services, tx: &Tx, user: i64) -> Result<()> {
    let sealed = services.seals().factors.seal(&context(user), totp::new_secret().as_slice())?;
    factors::replace_pending(tx, user, sealed, services.now()).await
}

/// What the app that is being set up is told.
pub(super) async fn pending(services: &Services, user: i64) -> Result<Option<NewFactor>> {
    let db = services.db().read();
    let Some(factor) = factors::pending(db, user).await? else { return Ok(None) };
    let account = users::load(db, user).await?.username;
    Ok(Some(totp::set_up(&secret(services, &factor)?, &account)?))
}

/// Whether this is a code of the app in use, and takes its time step: it works once.
pub(super) async fn app_step(services: &Services, tx: &Tx, user: &user::Model, otp: &str) -> Result<bool> {
    let now = services.now();
    let Some(factor) = factors::confirmed(tx, user.id).await? else { return Ok(false) };
    let Some(step) = totp::matched_step(&secret(services, &factor)?, otp, now)? else { return Ok(false) };
    factors::take_step(tx, factor.id, step, now).await
}

/// Takes the app that is being set up into use, when the code is one of it, and gives its recovery codes.
pub(super) async fn take_into_use(services: &Services, tx: &Tx, user: &user::Model, otp: &str) -> Result<Vec<String>> {
    let now = services.now();
    let wrong =
        || Error::field("otp", "That code is not correct. Check that the clock on your phone is right and try again.");
    let factor = factors::pending(tx, user.id)
        .await?
        .ok_or_else(|| Error::field("otp", "No app is being set up. Start again."))?;
    let step = totp::matched_step(&secret(services, &factor)?, otp, now)?.ok_or_else(wrong)?;
    let news = match factors::remove_confirmed(tx, user.id).await? {
        0 => AccountNews::AppTurnedOn,
        _ => AccountNews::AppReplaced,
    };
    if !factors::confirm(tx, factor.id, step, now).await? {
        return Err(wrong());
    }
    // Whoever came half way into setting up another one begins anew, with a code of this one.
    one_time::withdraw(tx, Purpose::SignInEnrolment, user.id).await?;
    let codes = new_codes(services, tx, user.id).await?;
    let settings = services.settings().await?;
    notices::tell(services, tx, &settings, user, news).await?;
    Ok(codes)
}

async fn new_codes(services: &Services, tx: &Tx, user: i64) -> Result<Vec<String>> {
    let codes = recovery_codes::draw();
    let hashes = codes.iter().map(|code| recovery_codes::hash(UserId(user), code)).collect();
    factors::replace_codes(tx, user, hashes, services.now()).await?;
    Ok(codes)
}

/// How the account of whoever asks is protected.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in.
pub async fn security(services: &Services, actor: &Actor) -> Result<SecurityView> {
    let person = actor.person()?;
    let db = services.db().read();
    let user = users::load(db, person.user().0).await?;
    let settings = services.settings().await?;
    let labels = settings.labels(services.now());
    let app = factors::confirmed(db, user.id).await?.and_then(|factor| factor.confirmed_at);
    Ok(SecurityView {
        app_since: app.map(|at| labels.when(from_db(at))),
        recovery_codes_left: u32::try_from(factors::codes_left(db, user.id).await?).unwrap_or(u32::MAX),
        is_app_required: person.role().is_staff() && services.staff_need_second_factor(&settings),
        username: user.username,
        email: addresses::shown(&user.email),
    })
}

/// Begins to set up an app. One in use goes on until the new one is confirmed.
///
/// # Errors
/// `StepUpRequired` without a fresh proof.
pub async fn begin_factor(services: &Services, actor: &Actor) -> Result<NewFactor> {
    let user = RecentlyVerified::try_from(actor)?.person.user().0;
    let tx = services.db().begin().await?;
    put_pending(services, &tx, user).await?;
    let event = AuditEvent { act: Act::BeginFactor, ids: &[user], patient: None };
    record(services, &tx, actor, event).await?;
    tx.commit().await?;
    pending(services, user).await?.ok_or_else(|| Error::internal("a second factor vanished"))
}

/// The app that whoever asks is setting up.
///
/// # Errors
/// `StepUpRequired` without a fresh proof.
pub async fn pending_factor(services: &Services, actor: &Actor) -> Result<Option<NewFactor>> {
    let user = RecentlyVerified::try_from(actor)?.person.user().0;
    pending(services, user).await
}

/// Takes the app into use and gives the recovery codes, which are shown only now. Other sessions end.
///
/// # Errors
/// `StepUpRequired`, `Invalid` for a wrong code, `TooManyGuesses`.
pub async fn confirm_factor(services: &Services, actor: &Actor, otp: &str) -> Result<Vec<String>> {
    let person = RecentlyVerified::try_from(actor)?.person;
    needs_code(otp)?;
    let guess = guessing::count(services, Secret::Code, Claimed::Account(person.user()), None).await?;
    services.db().retrying(|| confirm_once(services, actor, otp, &guess)).await
}

async fn confirm_once(services: &Services, actor: &Actor, otp: &str, guess: &Guess) -> Result<Vec<String>> {
    let person = actor.person()?;
    let tx = services.db().begin().await?;
    let user = users::lock(&tx, person.user().0).await?;
    let codes = take_into_use(services, &tx, &user, otp).await?;
    guess.was_right(&tx).await?;
    let (kept, why) = (Some(person.session().0), "second factor changed");
    sessions::revoke_all(&tx, user.id, kept, services.now(), why).await?;
    let event = AuditEvent { act: Act::ConfirmFactor, ids: &[user.id], patient: None };
    record(services, &tx, actor, event).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Turns the app off, for whoever has the password and a code of it. Other sessions end.
///
/// # Errors
/// `SecondFactorRequired` for people who may not be without one, `Invalid` for a wrong password or code,
/// `TooManyGuesses`.
pub async fn remove_factor(services: &Services, actor: &Actor, password: String, otp: &str) -> Result<()> {
    let person = actor.person()?;
    let settings = services.settings().await?;
    if person.role().is_staff() && services.staff_need_second_factor(&settings) {
        return Err(Error::SecondFactorRequired);
    }
    let no_code = needs_code(otp);
    match check_password(services, actor, "password", password).await {
        // What was not typed is told with what is wrong.
        Err(Error::Invalid(mut fields)) => {
            if let Err(Error::Invalid(code)) = no_code {
                fields.extend(code);
            }
            return Err(Error::Invalid(fields));
        }
        checked => checked?,
    }
    no_code?;
    let guess = guessing::count(services, Secret::Code, Claimed::Account(person.user()), None).await?;
    let tx = services.db().begin().await?;
    let user = users::lock(&tx, person.user().0).await?;
    if !app_step(services, &tx, &user, otp).await? {
        return Err(Error::field("otp", "That code is not correct, or it was already used."));
    }
    guess.was_right(&tx).await?;
    factors::remove_confirmed(&tx, user.id).await?;
    factors::remove_codes(&tx, user.id).await?;
    let (kept, why) = (Some(person.session().0), "second factor changed");
    sessions::revoke_all(&tx, user.id, kept, services.now(), why).await?;
    notices::tell(services, &tx, &settings, &user, AccountNews::AppTurnedOff).await?;
    let event = AuditEvent { act: Act::RemoveFactor, ids: &[user.id], patient: None };
    record(services, &tx, actor, event).await?;
    tx.commit().await
}

/// Makes new recovery codes, shown only now; the earlier ones no longer work. They stand in for the app, so the password
/// alone does not make any.
///
/// # Errors
/// `StepUpRequired` without a fresh proof, `Invalid` for a wrong password, or when there is no app to stand in for,
/// `TooManyGuesses`.
pub async fn renew_recovery_codes(services: &Services, actor: &Actor, password: String) -> Result<Vec<String>> {
    let person = RecentlyVerified::try_from(actor)?.person;
    check_password(services, actor, "password", password).await?;
    let settings = services.settings().await?;
    let tx = services.db().begin().await?;
    let user = users::lock(&tx, person.user().0).await?;
    if factors::confirmed(&tx, user.id).await?.is_none() {
        return Err(Error::field(
            "password",
            "Set up the authenticator app first. Then you can create recovery codes.",
        ));
    }
    let codes = new_codes(services, &tx, user.id).await?;
    notices::tell(services, &tx, &settings, &user, AccountNews::RecoveryCodesRenewed).await?;
    let event = AuditEvent { act: Act::RenewRecoveryCodes, ids: &[user.id], patient: None };
    record(services, &tx, actor, event).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Whether whoever is signed in knows their password; `field` is where they typed it.
pub(super) async fn check_password(
    services: &Services,
    actor: &Actor,
    field: &'static str,
    password: String,
) -> Result<()> {
    let person = actor.person()?;
    if password.is_empty() {
        return Err(Error::field(field, "Enter your password."));
    }
    let wrong = || Error::field(field, "That password is not correct.");
    let Some(password) = typed(password) else { return Err(wrong()) };
    let guess = guessing::count(services, Secret::Password, Claimed::Account(person.user()), None).await?;
    let stored = users::load(services.db().read(), person.user().0).await?.password_hash;
    let fits = match services.passwords().verify(password, stored).await {
        Ok(fits) => fits,
        Err(error) => {
            guessing::take_back(services, &guess).await?;
            return Err(error);
        }
    };
    if !fits {
        return Err(wrong());
    }
    let tx = services.db().begin().await?;
    guess.was_right(&tx).await?;
    tx.commit().await
}

/// Whether a code of the app was typed at all; what was not typed is no guess.
///
/// # Errors
/// A sentence for the field.
pub(super) fn needs_code(otp: &str) -> Result<()> {
    if otp.trim().is_empty() { Err(Error::field("otp", "Enter the code from your app.")) } else { Ok(()) }
}

/// Seals all secrets anew that were sealed under an earlier master key. Gives how many.
pub(super) async fn reseal(services: &Services) -> Result<u64> {
    let sealer = &services.seals().factors;
    let (mut resealed, mut last) = (0, 0);
    loop {
        let tx = services.db().begin().await?;
        let batch = factors::all_after(&tx, last).await?;
        let Some(newest) = batch.last().map(|factor| factor.id) else { return Ok(resealed) };
        for factor in batch.iter().filter(|factor| sealer.is_outdated(&factor.sealed_secret)) {
            let sealed = sealer.seal(&context(factor.user_id), &secret(services, factor)?)?;
            factors::reseal(&tx, factor.id, sealed).await?;
            resealed += 1;
        }
        tx.commit().await?;
        last = newest;
    }
}

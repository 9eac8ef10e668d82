//! Another password, by whoever is signed in and knows the present one.

use domain_types::auth::ChangePassword;

use crate::{
    access::{Actor, AuditEvent, record},
    auth::{
        factors::check_password,
        notices,
        password_rules::{Known, accept},
        passwords::normalised,
        repo::{devices, one_time, one_time::Purpose, sessions, users},
    },
    error::{Error, Result},
    mail::AccountNews,
    services::Services,
    settings,
};

/// Changes the password. All other sessions end, and every browser is a stranger at its next sign-in.
///
/// # Errors
/// `Invalid` with a sentence for each field that is wrong, `TooManyGuesses`, `Busy`.
pub async fn change_password(services: &Services, actor: &Actor, command: ChangePassword) -> Result<()> {
    let person = actor.person()?;
    let user = users::load(services.db().read(), person.user().0).await?;
    let known = Known::of(&[&user.username, &user.email, &user.first_name, &user.last_name]);
    let ChangePassword { current_password, password, password_confirm } = command;
    if normalised(current_password.clone()) == normalised(password.clone()) {
        return Err(Error::field("password", "This is your current password. Please choose another."));
    }
    let password = accept(services, "password", password, password_confirm, known).await?.map_err(Error::Invalid)?;
    check_password(services, actor, "current_password", current_password).await?;
    let hash = services.passwords().hash(password).await?;
    let settings = settings::load(services.db().read()).await?;
    let tx = services.db().begin().await?;
    let user = users::lock(&tx, user.id).await?;
    users::set_password(&tx, user.id, hash).await?;
    sessions::revoke_all(&tx, user.id, Some(person.session().0), services.now(), "password changed").await?;
    devices::forget_all(&tx, user.id).await?;
    one_time::withdraw(&tx, Purpose::ResetPassword, user.id).await?;
    one_time::withdraw(&tx, Purpose::SignInCode, user.id).await?;
    one_time::withdraw(&tx, Purpose::SignInEnrolment, user.id).await?;
    notices::tell(services, &tx, &settings, &user, AccountNews::PasswordChanged).await?;
    let event = AuditEvent { action: "auth.change_password", object: "user", ids: &[user.id], patient: None };
    record(services, &tx, actor, event).await?;
    tx.commit().await
}

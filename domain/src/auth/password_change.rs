//! Another password, by whoever is signed in and knows the present one.

use domain_types::{FieldErrors, auth::ChangePassword};

use crate::{
    access::{Act, Actor, AuditEvent, record},
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
};

const THE_SAME: &str = "This is your current password. Choose another.";

/// Changes the password. All other sessions end, and every browser is a stranger at its next sign-in. What is wrong with
/// the present and with the new password is told together.
///
/// # Errors
/// `Invalid` with a sentence for each field that is wrong, `TooManyGuesses`, `Busy`.
pub async fn change_password(services: &Services, actor: &Actor, command: ChangePassword) -> Result<()> {
    let person = actor.person()?;
    let user = users::load(services.db().read(), person.user().0).await?;
    let known = Known::of(&[&user.username, &user.email, &user.first_name, &user.last_name]);
    let ChangePassword { current_password, password, password_confirm } = command;
    let is_the_same = normalised(current_password.clone()) == normalised(password.clone());
    let accepted = accept(services, "password", password, password_confirm, known).await?;
    let mut wrong = match check_password(services, actor, "current_password", current_password).await {
        Ok(()) if is_the_same => FieldErrors::from([("password".to_owned(), vec![THE_SAME.to_owned()])]),
        Ok(()) => FieldErrors::new(),
        Err(Error::Invalid(fields)) => fields,
        Err(other) => return Err(other),
    };
    let password = match accepted {
        Ok(password) if wrong.is_empty() => password,
        accepted => {
            for (field, sentences) in accepted.err().unwrap_or_default() {
                wrong.entry(field).or_insert(sentences);
            }
            return Err(Error::Invalid(wrong));
        }
    };
    let hash = services.passwords().hash(password).await?;
    let settings = services.settings().await?;
    let tx = services.db().begin().await?;
    let user = users::lock(&tx, user.id).await?;
    users::set_password(&tx, user.id, hash).await?;
    sessions::revoke_all(&tx, user.id, Some(person.session().0), services.now(), "password changed").await?;
    devices::forget_all(&tx, user.id).await?;
    one_time::withdraw(&tx, Purpose::ResetPassword, user.id).await?;
    one_time::withdraw(&tx, Purpose::SignInCode, user.id).await?;
    one_time::withdraw(&tx, Purpose::SignInEnrolment, user.id).await?;
    notices::tell(services, &tx, &settings, &user, AccountNews::PasswordChanged).await?;
    let event = AuditEvent { act: Act::ChangePassword, ids: &[user.id], patient: None };
    record(services, &tx, actor, event).await?;
    tx.commit().await
}

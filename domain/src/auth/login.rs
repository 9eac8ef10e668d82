//! Signing in with a name and a password: the first step, and for many the only one.

use domain_types::{
    FieldErrors, UserId,
    auth::{LoginName, NextSignInStep, Role, SignIn, UserView},
};
use entity::{registration, user};

use crate::{
    access::{Act, Actor, AuditEvent, record},
    addresses,
    auth::{
        device, enrolment,
        guessing::{self, Claimed, Guess, Secret},
        notices,
        passwords::typed,
        repo::{
            devices, factors,
            one_time::{self, NewToken, Purpose},
            registrations, sessions, users,
        },
        sessions::{Device, SessionKind, Tokens, end_earlier, open_session},
        verification,
    },
    db::Tx,
    error::{Error, Result},
    mail::AccountNews,
    secrets::{random_token, token_hash},
    services::Services,
    settings::Settings,
    time::from_db,
};
use jiff::SignedDuration;

/// The policy that people accept; shown at `/privacy`.
pub(crate) const POLICY_VERSION: i64 = 1;
/// How long the second step may take.
const CODE_TIME: SignedDuration = SignedDuration::from_mins(5);
/// The same when an app has to be installed first.
const ENROLMENT_TIME: SignedDuration = SignedDuration::from_mins(20);
/// Tries of the second step before the first has to be repeated.
const TRIES: i32 = 5;

/// A fresh session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub tokens: Tokens,
    pub user: UserView,
    pub requires_policy_acceptance: bool,
    pub latest_policy_version: i64,
    /// By which this browser is known from now on, when it was not.
    pub device_token: Option<String>,
}

/// How far a right password leads.
#[derive(Clone, Debug)]
pub enum SignInOutcome {
    SignedIn(Box<SignedIn>),
    /// `ticket` stands for the first step. It works for some minutes and five tries.
    Unfinished {
        step: NextSignInStep,
        ticket: Ticket,
    },
}

/// The proof of a first step.
#[derive(Clone, PartialEq, Eq)]
pub struct Ticket(pub String);

impl std::fmt::Debug for Ticket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ticket(…)")
    }
}

/// Whom a name could mean.
enum Candidate {
    Account(user::Model),
    /// Registered, and not confirmed yet.
    Waiting(registration::Model),
    Nobody,
}

/// Takes the first step for whoever knows the password. Public.
///
/// # Errors
/// `Invalid` when nothing was typed, `InvalidCredentials` for every other reason that lies with the name, the password or
/// the account, `TooManyGuesses` while whoever guesses has to wait, `Busy` when too many people sign in at once.
pub async fn sign_in(services: &Services, actor: &Actor, command: SignIn, device: Device) -> Result<SignInOutcome> {
    let missing = missing(&command);
    if !missing.is_empty() {
        return Err(Error::Invalid(missing));
    }
    let name = addresses::login_name(&command.username);
    let candidate = find(services, name.as_ref()).await?;
    let Some(password) = typed(command.password) else { return Err(Error::InvalidCredentials) };
    let account = match &candidate {
        Candidate::Account(user) => Some(UserId(user.id)),
        Candidate::Waiting(_) | Candidate::Nobody => None,
    };
    let claimed = Claimed::Name(name.as_ref().map(LoginName::as_str).unwrap_or_default(), account);
    let guess = guessing::count(services, Secret::Password, claimed, Some(&device)).await?;
    let stored = match &candidate {
        _ if !guess.may_judge() => None,
        Candidate::Account(user) => user.password_hash.clone(),
        Candidate::Waiting(registration) => Some(registration.password_hash.clone()),
        Candidate::Nobody => None,
    };
    let fits = match services.passwords().verify(password.clone(), stored).await {
        Ok(fits) => fits,
        Err(error) => {
            // Nobody looked at the password: it was no wrong one.
            guessing::take_back(services, &guess).await?;
            return Err(error);
        }
    };
    match candidate {
        Candidate::Account(user) if fits && may_sign_in(&user) => {
            let step = services.db().retrying(|| after_password(services, actor, &user, &guess, &device)).await?;
            services.passwords().renew_if_weak(services, &user, password).await;
            step.finish(services).await
        }
        Candidate::Waiting(registration) if fits => {
            verification::remind(services, registration, &device).await?;
            Err(guess.refusal())
        }
        _ => Err(guess.refusal()),
    }
}

/// What was not typed at all: no guess.
fn missing(command: &SignIn) -> FieldErrors {
    let name = command.username.trim().is_empty().then_some(("username", "Enter your user name."));
    let password = command.password.is_empty().then_some(("password", "Enter your password."));
    let told = |(field, sentence): (&str, &str)| (field.to_owned(), vec![sentence.to_owned()]);
    name.into_iter().chain(password).map(told).collect()
}

async fn find(services: &Services, name: Option<&LoginName>) -> Result<Candidate> {
    let Some(name) = name else { return Ok(Candidate::Nobody) };
    let db = services.db().read();
    Ok(match registrations::find_by_login(db, name, services.now()).await? {
        (Some(user), _) => Candidate::Account(user),
        (None, Some(registration)) => Candidate::Waiting(registration),
        (None, None) => Candidate::Nobody,
    })
}

/// What the first step led to, before the tokens are signed.
enum Step {
    Done(Box<Pending>),
    Next { step: NextSignInStep, ticket: String },
}

impl Step {
    async fn finish(self, services: &Services) -> Result<SignInOutcome> {
        Ok(match self {
            Self::Done(pending) => SignInOutcome::SignedIn(Box::new(pending.finish(services).await?)),
            Self::Next { step, ticket } => SignInOutcome::Unfinished { step, ticket: Ticket(ticket) },
        })
    }
}

async fn after_password(
    services: &Services,
    actor: &Actor,
    judged: &user::Model,
    guess: &Guess,
    device: &Device,
) -> Result<Step> {
    let settings = services.settings().await?;
    let tx = services.db().begin().await?;
    let user = &users::lock(&tx, judged.id).await?;
    // While it was judged it may have been changed, to shut out just this one.
    if user.password_hash != judged.password_hash || !may_sign_in(user) {
        return Err(Error::InvalidCredentials);
    }
    guess.was_right(&tx).await?;
    let is_staff = Role::parse(&user.role).is_some_and(Role::is_staff);
    let outcome = if factors::confirmed(&tx, user.id).await?.is_some() {
        let ticket = issue(services, &tx, user.id, Purpose::SignInCode, CODE_TIME).await?;
        Step::Next { step: NextSignInStep::Code, ticket }
    } else if is_staff && services.staff_need_second_factor(&settings) {
        enrolment::prepare(services, &tx, user.id).await?;
        let ticket = issue(services, &tx, user.id, Purpose::SignInEnrolment, ENROLMENT_TIME).await?;
        Step::Next { step: NextSignInStep::Enrolment, ticket }
    } else {
        let arrival = Arrival { actor, settings: &settings, device, has_factor: false };
        Step::Done(Box::new(complete(services, &tx, &arrival, user).await?))
    };
    tx.commit().await?;
    Ok(outcome)
}

async fn issue(services: &Services, tx: &Tx, user: i64, purpose: Purpose, time: SignedDuration) -> Result<String> {
    let (ticket, now) = (random_token(), services.now());
    let new = NewToken { purpose, user, hash: token_hash(&ticket), tries: TRIES, expires: now + time };
    one_time::insert(tx, new, now).await?;
    Ok(ticket)
}

/// A sign-in that waits for its transaction to be committed.
pub(super) struct Pending {
    opened: super::sessions::Opened,
    user: UserView,
    requires_policy_acceptance: bool,
    device_token: Option<String>,
}

impl Pending {
    /// After the commit.
    pub(super) async fn finish(self, services: &Services) -> Result<SignedIn> {
        Ok(SignedIn {
            tokens: self.opened.tokens(services).await?,
            user: self.user,
            requires_policy_acceptance: self.requires_policy_acceptance,
            latest_policy_version: POLICY_VERSION,
            device_token: self.device_token,
        })
    }
}

/// Who comes in, in which browser or program.
pub(super) struct Arrival<'a> {
    /// Whoever was signed in there until now.
    pub actor: &'a Actor,
    pub settings: &'a Settings,
    pub device: &'a Device,
    /// Whether the account has a second factor.
    pub has_factor: bool,
}

/// The last step of every sign-in: the session, what is known of the device, the word to the owner, the trail.
pub(super) async fn complete(
    services: &Services,
    tx: &Tx,
    arrival: &Arrival<'_>,
    user: &user::Model,
) -> Result<Pending> {
    let Arrival { actor, settings, device, has_factor } = *arrival;
    let now = services.now();
    let (is_known, device_token) = recognise(services, tx, user, device).await?;
    if !is_known && user.last_sign_in_at.is_some() {
        let news =
            AccountNews::NewDevice { device: device::describe(&device.user_agent), address: device.address.clone() };
        notices::tell(services, tx, settings, user, news).await?;
    }
    end_earlier(services, tx, actor, device).await?;
    let opened = open_session(services, tx, settings, user, device).await?;
    users::note_sign_in(tx, user.id, now).await?;
    let event = AuditEvent { act: Act::SignIn, ids: &[user.id], patient: None };
    record(services, tx, actor, event).await?;
    Ok(Pending { opened, user: view(user, has_factor)?, requires_policy_acceptance: needs_policy(user), device_token })
}

/// Whether the owner was here before with this browser, or from this address; and the tokens of a browser that is new.
async fn recognise(
    services: &Services,
    tx: &Tx,
    user: &user::Model,
    device: &Device,
) -> Result<(bool, Option<String>)> {
    let now = services.now();
    if device.kind == SessionKind::Rest {
        let since = from_db(user.created_at);
        return Ok((sessions::knows_address(tx, user.id, &device.address, since).await?, None));
    }
    let since = now - guessing::KNOWN_DEVICE;
    if let Some(row) = devices::find(tx, user.id, &device::hashes(device.known.as_deref()), since).await? {
        devices::note_seen(tx, row.id, now).await?;
        return Ok((true, None));
    }
    let token = random_token();
    devices::insert(tx, user.id, token_hash(&token), now).await?;
    Ok((false, Some(device::with_token(&token, device.known.as_deref()))))
}

/// The account of whoever asks.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in.
pub async fn me(services: &Services, actor: &Actor) -> Result<UserView> {
    let (db, user) = (services.db().read(), actor.person()?.user().0);
    view(&users::load(db, user).await?, factors::confirmed(db, user).await?.is_some())
}

/// Whether the account is in a state to sign in, and to stay signed in.
pub(super) const fn may_sign_in(user: &user::Model) -> bool {
    user.is_active && user.email_verified_at.is_some()
}

pub(super) fn needs_policy(user: &user::Model) -> bool {
    user.accepted_policy_version.is_none_or(|version| version < POLICY_VERSION)
}

fn view(user: &user::Model, mfa_enabled: bool) -> Result<UserView> {
    Ok(UserView {
        id: UserId(user.id),
        role: Role::parse(&user.role).ok_or_else(|| Error::internal("a stored role is unknown"))?,
        username: user.username.clone(),
        email: addresses::shown(&user.email),
        mfa_enabled,
    })
}

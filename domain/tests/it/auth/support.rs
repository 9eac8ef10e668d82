//! What the tests of accounts say again and again.

use domain::{
    Error, Services,
    access::Actor,
    auth::{
        Activity, Device, SessionKind, SignInOutcome, SignedIn, Ticket, Tokens, authenticate, finish_sign_in, register,
        sign_in,
    },
    mail::SentMail,
    testing::{PASSWORD, TestPerson, TestWorld},
    types::auth::{NextSignInStep, Register, SecondProof, SignIn},
};
use jiff::SignedDuration;
use sea_orm::{ConnectionTrait, EntityTrait, Statement};

pub const SECOND: SignedDuration = SignedDuration::from_secs(1);
pub const MINUTE: SignedDuration = SignedDuration::from_mins(1);
pub const HOUR: SignedDuration = SignedDuration::from_hours(1);
pub const DAY: SignedDuration = SignedDuration::from_hours(24);

/// A password that is good enough for anybody.
pub const STRONG: &str = "violet harbour lamp seven";
/// Another one.
pub const STRONGER: &str = "copper meadow ladder nine";

pub fn anybody() -> Actor {
    Actor::anonymous()
}

/// Somebody who wants to open an account.
pub fn ana() -> Register {
    Register {
        username: "Ana.Duarte".into(),
        email: "Ana@Example.org".into(),
        password: STRONG.into(),
        password_confirm: Some(STRONG.into()),
        first_name: "Ana".into(),
        last_name: "Duarte".into(),
        date_of_birth: "1986-03-14".into(),
        gender: "female".into(),
        phone: "+353 20 910 0100".into(),
        accepts_policy: true,
        browser: String::new(),
    }
}

/// The same in a browser that keeps what it is known by.
pub fn in_browser(token: &str) -> Register {
    Register { browser: token.into(), ..ana() }
}

/// What a browser is known by, from one letter.
pub fn browser_token(letter: char) -> String {
    letter.to_string().repeat(43)
}

/// Registers and gives the message that came.
pub async fn registered(world: &TestWorld, command: Register) -> SentMail {
    let address = command.email.to_lowercase();
    register(&world.services, &anybody(), command, &somewhere()).await.unwrap();
    world.mail_to(&address).await.expect("a message")
}

/// The token in a mailed link.
pub fn token_in(mail: &SentMail) -> String {
    let (_, rest) = mail.body.split_once("?token=").expect("a link");
    rest.split_whitespace().next().expect("a token").to_owned()
}

/// The six digits in a mail.
pub fn code_in(mail: &SentMail) -> String {
    let (_, rest) = mail.body.split_once("within ten minutes: ").expect("a code");
    rest.split_whitespace().next().expect("a code").to_owned()
}

/// Digits of the same form that are not these.
pub fn other_digits(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().expect("digits") + 1) % 1_000_000)
}

/// A program at an address.
pub fn at(address: &str) -> Device {
    Device { kind: SessionKind::Rest, user_agent: "curl/8.5.0".into(), address: address.into(), known: None }
}

/// Where somebody is of whom nothing is known.
pub fn somewhere() -> Device {
    at("203.0.113.200")
}

/// A browser that nobody has seen yet.
pub fn browser(address: &str) -> Device {
    Device {
        kind: SessionKind::Web,
        user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".into(),
        address: address.into(),
        known: None,
    }
}

pub async fn try_sign_in(
    services: &Services,
    name: &str,
    password: &str,
    device: Device,
) -> Result<SignInOutcome, Error> {
    let command = SignIn { username: name.into(), password: password.into() };
    sign_in(services, &anybody(), command, device).await
}

/// Signs somebody in whose password is enough.
#[track_caller]
pub fn done(outcome: Result<SignInOutcome, Error>) -> SignedIn {
    match outcome {
        Ok(SignInOutcome::SignedIn(signed_in)) => *signed_in,
        other => panic!("not signed in: {other:?}"),
    }
}

/// The ticket of somebody whose password is not enough.
#[track_caller]
pub fn unfinished(outcome: Result<SignInOutcome, Error>, needed: NextSignInStep) -> Ticket {
    match outcome {
        Ok(SignInOutcome::Unfinished { step, ticket }) if step == needed => ticket,
        other => panic!("not {needed:?}: {other:?}"),
    }
}

/// The first step of somebody with an app.
pub async fn ticket(world: &TestWorld, person: &TestPerson) -> Ticket {
    let device = world.device(SessionKind::Rest);
    unfinished(try_sign_in(&world.services, &person.username, PASSWORD, device).await, NextSignInStep::Code)
}

/// The second step, with a code of the app.
pub async fn finish(world: &TestWorld, ticket: &Ticket, otp: &str) -> Result<SignedIn, Error> {
    let proof = SecondProof::Otp(otp.into());
    finish_sign_in(&world.services, &anybody(), ticket, proof, world.device(SessionKind::Rest)).await
}

/// The second step, with a code from the paper.
pub async fn recover(world: &TestWorld, ticket: &Ticket, code: &str) -> Result<SignedIn, Error> {
    let proof = SecondProof::Recovery(code.into());
    finish_sign_in(&world.services, &anybody(), ticket, proof, world.device(SessionKind::Rest)).await
}

pub async fn actor_of(world: &TestWorld, tokens: &Tokens) -> Actor {
    authenticate(&world.services, &tokens.access, Activity::Active).await.expect("the token works")
}

/// Whether somebody is let in with these tokens, as a page that asks by itself.
pub async fn lives(world: &TestWorld, tokens: &Tokens) -> bool {
    match authenticate(&world.services, &tokens.access, Activity::Passive).await {
        Ok(_) => true,
        Err(Error::TokenNotValid | Error::SessionReplaced) => false,
        Err(other) => panic!("{other:?}"),
    }
}

/// All rows of a table.
pub async fn all<E: EntityTrait>(world: &TestWorld) -> Vec<E::Model>
where
    E::Model: Sync,
{
    E::find().all(world.raw()).await.unwrap()
}

/// How many rows a query counts as `n`.
pub async fn count(world: &TestWorld, query: &str) -> i64 {
    let statement = Statement::from_string(world.raw().get_database_backend(), query);
    world.raw().query_one_raw(statement).await.unwrap().unwrap().try_get("", "n").unwrap()
}

pub async fn run(world: &TestWorld, sql: &str) {
    world.raw().execute_unprepared(sql).await.unwrap();
}

/// What happened so far, by its name in the audit trail.
pub async fn trail(world: &TestWorld) -> Vec<String> {
    let mut events = all::<entity::audit_event::Entity>(world).await;
    events.sort_by_key(|event| event.id);
    events.into_iter().map(|event| event.action).collect()
}

/// The subjects of everything that was sent to an address.
pub async fn subjects(world: &TestWorld, address: &str) -> Vec<String> {
    domain::mail::deliver_due(&world.services).await.unwrap();
    world.mailer.sent().into_iter().filter(|mail| mail.to == address).map(|mail| mail.subject).collect()
}

/// The names of the fields that are wrong, with their sentences.
#[track_caller]
pub fn wrong_fields<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Vec<(String, String)> {
    match outcome {
        Err(Error::Invalid(fields)) => {
            fields.into_iter().map(|(field, sentences)| (field, sentences.join(" "))).collect()
        }
        other => panic!("not told by field: {other:?}"),
    }
}

/// The one field that is wrong.
#[track_caller]
pub fn wrong_field<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    let fields = wrong_fields(outcome);
    match &fields[..] {
        [(field, _)] => field.clone(),
        _ => panic!("not one field: {fields:?}"),
    }
}

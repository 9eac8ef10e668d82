//! Guesses are counted before they are judged.
//!
//! A wrong guess that is counted only afterwards lets a hundred parallel ones through. So each try is counted in
//! advance, and whoever was right has theirs taken back. From the fifth wrong try in a row at one account, and from the
//! thirtieth from one address, the next has to wait, longer each time; nobody gets more than a hundred at one account in
//! a day. Names that nobody has are counted like those that somebody has.
//!
//! Strangers share one counter for an account. A browser that its owner used before, or an address that they came from
//! lately, has one of its own, so that a stranger's guesses never shut the owner out.

use domain_types::UserId;
use entity::guess_counter;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use sea_orm::Set;

use crate::{
    auth::{
        device,
        repo::{devices, guesses, sessions},
        sessions::Device,
    },
    db::Tx,
    error::{Error, Result},
    services::Services,
    time::{date_to_db, from_db, to_db},
};

/// Wrong tries in a row at one account from which the next has to wait.
const ACCOUNT_PATIENCE: i32 = 5;
/// The same from one address, whatever it guesses at.
const ADDRESS_PATIENCE: i32 = 30;
/// The first wait; each further one is twice as long.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(30);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(15);
/// Tries at one account within a UTC day.
const DAILY: i32 = 100;
/// After this without a wrong try they are no longer in a row.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(24);
/// An address that the owner used within this time is a known one.
const KNOWN_ADDRESS: SignedDuration = SignedDuration::from_hours(30 * 24);
/// A browser that was not seen for so long is a stranger again.
pub(super) const KNOWN_DEVICE: SignedDuration = SignedDuration::from_hours(365 * 24);

/// What is guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Secret {
    Password,
    /// Of the authenticator app, or a recovery code.
    Code,
}

impl Secret {
    const fn scope(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "code",
        }
    }
}

/// A try that was counted as wrong in advance.
#[must_use]
pub(super) struct Guess {
    scope: &'static str,
    account: String,
    address: Option<String>,
}

/// Whom somebody claims to be: an account, or a name that nobody has.
pub(super) enum Claimed<'a> {
    Account(UserId),
    Nobody(&'a str),
}

/// Counts a try. With `device` it came from outside a session and counts for its address as well.
///
/// # Errors
/// `TooManyGuesses` while whoever guesses has to wait; nothing is counted then.
pub(super) async fn count(
    services: &Services,
    secret: Secret,
    claimed: Claimed<'_>,
    device: Option<&Device>,
) -> Result<Guess> {
    let (whom, origin, is_known_device) = match claimed {
        Claimed::Account(user) => {
            let (origin, is_known) = origin(services, user, device).await?;
            (format!("user {user}"), origin, is_known)
        }
        Claimed::Nobody(name) => (format!("name {name}"), "strangers".to_owned(), false),
    };
    let hash = &services.seals().guesses;
    let guess = Guess {
        scope: secret.scope(),
        account: hash.of(&format!("{whom} from {origin}")),
        // What others do from the same address does not shut out a browser that its owner used before.
        address: device
            .filter(|device| !is_known_device && !device.address.is_empty())
            .map(|device| hash.of(&device.address)),
    };
    services.db().retrying(|| count_once(services, &guess)).await?;
    Ok(guess)
}

/// From where an account is tried: each origin has a counter of its own.
async fn origin(services: &Services, user: UserId, device: Option<&Device>) -> Result<(String, bool)> {
    let Some(device) = device else { return Ok(("a session".into(), true)) };
    let (db, now) = (services.db().read(), services.now());
    let tokens = device::hashes(device.known.as_deref());
    if let Some(row) = devices::find(db, user.0, &tokens, now - KNOWN_DEVICE).await? {
        return Ok((format!("device {}", row.id), true));
    }
    if sessions::knows_address(db, user.0, &device.address, now - KNOWN_ADDRESS).await? {
        return Ok((format!("address {}", device.address), false));
    }
    Ok(("strangers".into(), false))
}

async fn count_once(services: &Services, guess: &Guess) -> Result<()> {
    let now = services.now();
    let tx = services.db().begin().await?;
    // Always in this order, so that two tries never wait for each other.
    if let Some(address) = &guess.address {
        step(&tx, ("address", address), ADDRESS_PATIENCE, None, now).await?;
    }
    step(&tx, (guess.scope, &guess.account), ACCOUNT_PATIENCE, Some(DAILY), now).await?;
    tx.commit().await
}

async fn step(
    tx: &Tx,
    (scope, subject): (&str, &str),
    patience: i32,
    daily: Option<i32>,
    now: Timestamp,
) -> Result<()> {
    let row = guesses::lock(tx, scope, subject, now).await?;
    let today = now.to_zoned(TimeZone::UTC).date();
    let is_today = row.day == date_to_db(today)?;
    let day_count = if is_today { row.day_count } else { 0 };
    if let Some(until) = row.blocked_until.map(from_db).filter(|until| *until > now) {
        return Err(wait(until.duration_since(now)));
    }
    if daily.is_some_and(|daily| day_count >= daily) {
        let midnight = today.tomorrow()?.to_zoned(TimeZone::UTC)?.timestamp();
        return Err(wait(midnight.duration_since(now)));
    }
    let in_a_row = if now.duration_since(from_db(row.last_failure_at)) > FORGOTTEN { 0 } else { row.failures };
    let failures = in_a_row.saturating_add(1);
    let change = guess_counter::ActiveModel {
        id: Set(row.id),
        failures: Set(failures),
        last_failure_at: Set(to_db(now)),
        blocked_until: Set((failures >= patience).then(|| to_db(now + pause(failures - patience)))),
        day: Set(date_to_db(today)?),
        day_count: Set(day_count + 1),
        ..Default::default()
    };
    guesses::update(tx, change).await
}

/// The wait after the `beyond`-th wrong try too many.
fn pause(beyond: i32) -> SignedDuration {
    (FIRST_WAIT * (1 << beyond.clamp(0, 10))).min(LONGEST_WAIT)
}

fn wait(left: SignedDuration) -> Error {
    Error::TooManyGuesses { retry_after: u32::try_from(left.as_secs()).unwrap_or(u32::MAX).max(1) }
}

impl Guess {
    /// It was right: what was counted in advance is taken back, and nothing is left in a row at this account.
    pub(super) async fn was_right(&self, tx: &Tx) -> Result<()> {
        if let Some(address) = &self.address {
            guesses::take_back(tx, "address", address).await?;
        }
        guesses::clear(tx, self.scope, &self.account).await
    }
}

/// Takes a try back at which nobody looked. It says nothing about those before it: they still count.
pub(super) async fn take_back(services: &Services, guess: &Guess) -> Result<()> {
    let tx = services.db().begin().await?;
    if let Some(address) = &guess.address {
        guesses::take_back(&tx, "address", address).await?;
    }
    guesses::take_back(&tx, guess.scope, &guess.account).await?;
    tx.commit().await
}

pub(super) async fn forget_old(services: &Services) -> Result<u64> {
    let tx = services.db().begin().await?;
    let gone = guesses::forget(&tx, services.now() - FORGOTTEN * 2).await?;
    tx.commit().await?;
    Ok(gone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wait_is_twice_the_one_before_up_to_a_quarter_of_an_hour() {
        let seconds: Vec<_> = (0..8).map(|beyond| pause(beyond).as_secs()).collect();
        assert_eq!(seconds, [30, 60, 120, 240, 480, 900, 900, 900]);
        assert_eq!(pause(i32::MAX), LONGEST_WAIT);
    }
}

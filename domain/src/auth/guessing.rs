//! Guesses are counted before they are judged.
//!
//! A wrong guess that is counted only afterwards lets a hundred parallel ones through. So each try is counted in
//! advance, and whoever was right has theirs taken back. From the fifth wrong try in a row at one name, and from the
//! thirtieth from one network, the next has to wait, longer each time; nobody gets more than fifty at one name in a day.
//!
//! Whether a name belongs to somebody must not show. So counters are kept by what was typed, user name and address
//! apart, and in the same way for names that nobody has.
//!
//! Strangers never shut the owner out. A browser that the owner used before has a counter of its own and no other. From
//! a network that the owner used lately a right password is let in even while everybody has to wait, so long as nobody
//! there guessed fifty times at the name that day; a wrong one gets the answer of everybody, after the same work, so that
//! nobody learns which networks these are.

use domain_types::UserId;
use entity::guess_counter;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use crate::{
    auth::{
        device,
        repo::{devices, guesses, sessions},
        sessions::Device,
    },
    db::Tx,
    error::{Error, Result},
    network::network_of,
    services::Services,
    time::{date_to_db, from_db, to_db},
};

/// Wrong tries in a row at one name from which the next has to wait.
const NAME_PATIENCE: i32 = 5;
/// The same from one network, whatever it guesses at.
const NETWORK_PATIENCE: i32 = 30;
/// The first wait; each further one is twice as long.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(30);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(15);
/// Tries at one name within a UTC day. An account has two: its user name and its address.
const DAILY: i32 = 50;
/// After this without a wrong try they are no longer in a row.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(24);
/// A network that the owner used within this time is a known one.
const KNOWN_NETWORK: SignedDuration = SignedDuration::from_hours(30 * 24);
/// A browser that was not seen for so long is a stranger again.
pub(super) const KNOWN_DEVICE: SignedDuration = SignedDuration::from_hours(365 * 24);

/// What is guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Secret {
    Password,
    /// Of the authenticator app, a recovery code, or one that was mailed.
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

/// At what somebody guesses.
#[derive(Clone, Copy)]
pub(super) enum Claimed<'a> {
    /// What was typed to sign in, and the account that has this name.
    Name(&'a str, Option<UserId>),
    /// An account whose password they know, or in whose session they are.
    Account(UserId),
    /// The codes that were mailed to an address.
    Mailbox(&'a str),
}

/// One counter, and its rule.
struct Counter {
    scope: &'static str,
    subject: String,
    /// Wrong tries in a row from which the next has to wait; `None` where no row is too long.
    patience: Option<i32>,
    /// Tries within a UTC day.
    daily: Option<i32>,
}

/// A try that was counted as wrong in advance.
#[must_use]
pub(super) struct Guess {
    counted: Vec<(&'static str, String)>,
    /// For how long everybody but the owner has to wait.
    waits: Option<u32>,
    may_judge: bool,
}

/// Counts a try. With `device` it came from outside a session and counts for its network as well.
///
/// # Errors
/// `TooManyGuesses` while whoever guesses has to wait; nothing is counted then. Not for a [`Claimed::Name`]: whoever
/// takes one asks [`Guess::may_judge`].
pub(super) async fn count(
    services: &Services,
    secret: Secret,
    claimed: Claimed<'_>,
    device: Option<&Device>,
) -> Result<Guess> {
    let plan = plan(services, secret, claimed, device).await?;
    let guess = services.db().retrying(|| count_once(services, &plan)).await?;
    match guess.waits {
        Some(retry_after) if !guess.may_judge && !matches!(claimed, Claimed::Name(..)) => {
            Err(Error::TooManyGuesses { retry_after })
        }
        _ => Ok(guess),
    }
}

/// Which counters a try counts for.
struct Plan {
    /// Those that make everybody wait.
    of_all: Vec<Counter>,
    /// Of the browser, or of the name at one network: there it has no short waits, which those of all do for it.
    own: Counter,
    /// Whether `own` alone decides whether the try is looked at.
    is_trusted: bool,
}

async fn plan(services: &Services, secret: Secret, claimed: Claimed<'_>, device: Option<&Device>) -> Result<Plan> {
    let counter = |scope, subject: String, patience, daily| Counter {
        scope,
        subject: services.seals().guesses.of(&subject),
        patience,
        daily,
    };
    let name = |subject| counter(secret.scope(), subject, Some(NAME_PATIENCE), Some(DAILY));
    let (whom, account) = match claimed {
        Claimed::Name(name, account) => (format!("name {name}"), account),
        Claimed::Account(user) => (format!("user {user}"), Some(user)),
        Claimed::Mailbox(address) => (format!("mailbox {address}"), None),
    };
    let Some(device) = device else {
        return Ok(Plan { of_all: Vec::new(), own: name(format!("{whom} from one place")), is_trusted: true });
    };
    // Asked for names that nobody has as well: nothing takes longer for the others.
    let user = account.map_or(0, |account| account.0);
    let (db, now) = (services.db().read(), services.now());
    let tokens = device::hashes(device.known.as_deref());
    // A browser that brings no token is known to nobody.
    let known = match tokens.is_empty() {
        true => None,
        false => devices::find(db, user, &tokens, now - KNOWN_DEVICE).await?,
    };
    let network = network_of(&device.address);
    let is_trusted =
        sessions::addresses(db, user, now - KNOWN_NETWORK).await?.iter().any(|address| network_of(address) == network);
    if let Some(row) = known {
        let own = name(format!("user {user} in device {}", row.id));
        return Ok(Plan { of_all: Vec::new(), own, is_trusted: true });
    }
    let of_network = || counter("address", network.clone(), Some(NETWORK_PATIENCE), None);
    Ok(Plan {
        of_all: (!network.is_empty()).then(of_network).into_iter().chain([name(whom.clone())]).collect(),
        own: Counter { patience: None, ..name(format!("{whom} at {network}")) },
        is_trusted,
    })
}

async fn count_once(services: &Services, plan: &Plan) -> Result<Guess> {
    let now = services.now();
    let tx = services.db().begin().await?;
    // Always in this order, so that two tries never wait for each other.
    let counters: Vec<&Counter> = plan.of_all.iter().chain([&plan.own]).collect();
    let subjects: Vec<_> = counters.iter().map(|counter| (counter.scope, &*counter.subject)).collect();
    let locked = guesses::lock(&tx, &subjects, now).await?;
    let rows: Vec<_> = counters.into_iter().zip(locked).collect();
    let mut waits = Vec::new();
    for (counter, row) in &rows {
        waits.push(wait(counter, row, now)?);
    }
    let own_wait = waits.pop().flatten();
    let all_wait = waits.into_iter().flatten().max();
    let may_judge = own_wait.is_none() && (all_wait.is_none() || plan.is_trusted);
    let (mut counted, mut stored) = (Vec::new(), Vec::new());
    if own_wait.is_none() {
        // What makes everybody wait is not counted further meanwhile. The own one is, whether the try is looked at or
        // not: else its end would tell which networks are trusted.
        let those = rows.into_iter().skip(if all_wait.is_some() { plan.of_all.len() } else { 0 });
        for (counter, row) in those {
            stored.push(one_more(counter, row, now)?);
            counted.push((counter.scope, counter.subject.clone()));
        }
    }
    guesses::store(&tx, stored).await?;
    tx.commit().await?;
    Ok(Guess { counted, waits: all_wait.max(own_wait), may_judge })
}

/// How many seconds the next try at a counter has to wait.
fn wait(counter: &Counter, row: &guess_counter::Model, now: Timestamp) -> Result<Option<u32>> {
    let seconds = |left: SignedDuration| u32::try_from(left.as_secs()).unwrap_or(u32::MAX).max(1);
    if let Some(until) = row.blocked_until.map(from_db).filter(|until| *until > now) {
        return Ok(Some(seconds(until.duration_since(now))));
    }
    let today = now.to_zoned(TimeZone::UTC).date();
    if row.day == date_to_db(today)? && counter.daily.is_some_and(|daily| row.day_count >= daily) {
        let midnight = today.tomorrow()?.to_zoned(TimeZone::UTC)?.timestamp();
        return Ok(Some(seconds(midnight.duration_since(now))));
    }
    Ok(None)
}

/// The counter after one more wrong try.
fn one_more(counter: &Counter, row: guess_counter::Model, now: Timestamp) -> Result<guess_counter::Model> {
    let today = date_to_db(now.to_zoned(TimeZone::UTC).date())?;
    let day_count = if row.day == today { row.day_count } else { 0 };
    let in_a_row = if now.duration_since(from_db(row.last_failure_at)) > FORGOTTEN { 0 } else { row.failures };
    let failures = in_a_row.saturating_add(1);
    let beyond = counter.patience.map(|patience| failures - patience).filter(|beyond| *beyond >= 0);
    Ok(guess_counter::Model {
        failures,
        last_failure_at: to_db(now),
        blocked_until: beyond.map(|beyond| to_db(now + pause(beyond))),
        day: today,
        day_count: day_count + 1,
        ..row
    })
}

/// The wait after the `beyond`-th wrong try too many.
fn pause(beyond: i32) -> SignedDuration {
    (FIRST_WAIT * (1 << beyond.clamp(0, 10))).min(LONGEST_WAIT)
}

impl Guess {
    /// Whether what was typed is looked at. Otherwise as much is computed for nothing.
    pub(super) const fn may_judge(&self) -> bool {
        self.may_judge
    }

    /// The answer to a wrong guess at a name.
    pub(super) fn refusal(&self) -> Error {
        self.waits.map_or(Error::InvalidCredentials, |retry_after| Error::TooManyGuesses { retry_after })
    }

    /// It was right: what was counted in advance is taken back, and nothing is left in a row at this name.
    pub(super) async fn was_right(&self, tx: &Tx) -> Result<()> {
        let names = [Secret::Password.scope(), Secret::Code.scope()];
        guesses::take_back(tx, &self.subjects(), &names).await
    }

    fn subjects(&self) -> Vec<guesses::Subject<'_>> {
        self.counted.iter().map(|(scope, subject)| (*scope, &**subject)).collect()
    }
}

/// Takes a try back at which nobody looked. It says nothing about those before it: they still count.
pub(super) async fn take_back(services: &Services, guess: &Guess) -> Result<()> {
    let tx = services.db().begin().await?;
    guesses::take_back(&tx, &guess.subjects(), &[]).await?;
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

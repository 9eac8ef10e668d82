//! The time of day is injected, so that tests hold it still.

use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};

/// Tells the time in whole UTC seconds, which is also how instants are stored.
pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> Timestamp;
}

/// Whole seconds: the fraction is cut off, towards the past.
fn whole_seconds(instant: Timestamp) -> Timestamp {
    Timestamp::from_second(instant.as_second()).unwrap_or(instant)
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
    fn now(&self) -> Timestamp {
        whole_seconds(Timestamp::now())
    }
}

/// A clock that was set to another moment when it was made, and runs from there: for a demo on a certain day.
#[derive(Clone, Copy, Debug)]
pub struct ShiftedClock {
    shift: SignedDuration,
}

impl ShiftedClock {
    /// A clock that shows `instant` now.
    #[must_use]
    pub fn starting_at(instant: Timestamp) -> Self {
        Self { shift: instant.duration_since(SystemClock.now()) }
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        SystemClock.now().saturating_add(self.shift).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// A clock that moves only when it is told to.
#[derive(Debug)]
pub struct FixedClock(Mutex<Timestamp>);

impl FixedClock {
    #[must_use]
    pub fn at(instant: Timestamp) -> Self {
        Self(Mutex::new(whole_seconds(instant)))
    }

    /// Moves the hands to `instant`.
    pub fn set(&self, instant: Timestamp) {
        *self.hands() = whole_seconds(instant);
    }

    /// Lets `duration` pass.
    pub fn advance(&self, duration: SignedDuration) {
        let mut hands = self.hands();
        if let Ok(later) = hands.checked_add(duration) {
            *hands = whole_seconds(later);
        }
    }

    fn hands(&self) -> std::sync::MutexGuard<'_, Timestamp> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        *self.hands()
    }
}

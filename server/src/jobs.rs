//! What happens without a request: mail leaves, next free times are kept fresh, what expired is forgotten.

use std::{fmt::Display, future::Future, time::Duration};

use domain::Services;
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

/// The running jobs. Dropped, they end where they are; [`Jobs::stop`] lets them finish what they do.
#[derive(Debug)]
pub struct Jobs {
    running: JoinSet<()>,
    stop: watch::Sender<bool>,
}

impl Jobs {
    /// Starts all jobs.
    #[must_use]
    pub fn start(services: &Services) -> Self {
        let (stop, stopped) = watch::channel(false);
        let mut running = JoinSet::new();
        let mut every = |name, seconds, act: Act| {
            running.spawn(repeat(name, Duration::from_secs(seconds), stopped.clone(), services.clone(), act));
        };
        every("deliver mail", 1, |services| {
            Box::pin(async move { domain::mail::deliver_due(&services).await.map(drop) })
        });
        every("refresh next free times", 30, |services| {
            Box::pin(async move { domain::appointments::refresh_next_free(&services).await.map(drop) })
        });
        every("forget refused forms", 60, |services| {
            Box::pin(async move { domain::forms::forget_expired(&services).await.map(drop) })
        });
        every("forget idempotency keys", 600, |services| {
            Box::pin(async move { domain::idempotency::forget_expired(&services).await.map(drop) })
        });
        every("forget what expired of accounts", 600, |services| {
            Box::pin(async move { domain::auth::forget_expired(&services).await.map(drop) })
        });
        every("change aged signing keys", 3_600, |services| {
            Box::pin(async move { domain::auth::rotate_aged_keys(&services).await.map(drop) })
        });
        Self { running, stop }
    }

    /// Lets each job finish its present round, for at most `patience`.
    pub async fn stop(mut self, patience: Duration) {
        let _ = self.stop.send(true);
        let all_done = async { while self.running.join_next().await.is_some() {} };
        if tokio::time::timeout(patience, all_done).await.is_err() {
            tracing::warn!("a job did not finish in time");
        }
    }
}

type Round = std::pin::Pin<Box<dyn Future<Output = domain::Result<()>> + Send>>;
type Act = fn(Services) -> Round;

async fn repeat(name: &'static str, period: Duration, mut stop: watch::Receiver<bool>, services: Services, act: Act) {
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut outcome = Outcome::new(name);
    loop {
        tokio::select! {
            _ = ticks.tick() => outcome.note(&act(services.clone()).await),
            _ = stop.changed() => return,
        }
    }
}

/// Logs a failure when it begins and when it ends, not on every round in between.
struct Outcome {
    name: &'static str,
    is_failing: bool,
}

impl Outcome {
    const fn new(name: &'static str) -> Self {
        Self { name, is_failing: false }
    }

    fn note<E: Display>(&mut self, round: &Result<(), E>) {
        match round {
            Err(error) if !self.is_failing => tracing::error!(job = self.name, %error, "a job fails"),
            Ok(()) if self.is_failing => tracing::info!(job = self.name, "a job works again"),
            _ => {}
        }
        self.is_failing = round.is_err();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_job_is_told_apart_from_a_working_one() {
        let mut outcome = Outcome::new("test");
        outcome.note(&Err("away"));
        assert!(outcome.is_failing);
        outcome.note::<&str>(&Ok(()));
        assert!(!outcome.is_failing);
    }
}

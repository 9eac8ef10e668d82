//! How many requests one caller may send.
//!
//! Where passwords, codes and addresses are typed, an address gets few a minute, whoever it claims to be: beside the
//! counters of guesses in the database this keeps the password hasher and the mail free. Everything else is generous, by
//! session, so that people behind one address of a hospital do not get in each other's way.

use std::{fmt, num::NonZeroU32, sync::Arc};

use app::server_ctx::PeerAddress;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{access::Actor, network::network_of};
use domain_types::{Problem, ProblemCode, SessionId};
use governor::{DefaultKeyedRateLimiter, Quota, clock::Clock, clock::DefaultClock};
use http::Method;

use crate::{refusal::Refusal, state::Limits};

/// Where somebody can guess, or cause a mail, or keep the hasher busy.
const GUARDED: [&str; 26] = [
    "/api/auth/login",
    "/api/auth/mfa/deactivate",
    "/api/auth/mfa/login",
    "/api/auth/mfa/recovery-codes/regenerate",
    "/api/auth/mfa/setup",
    "/api/auth/mfa/verify",
    "/api/auth/password-reset",
    "/api/auth/password-reset/confirm",
    "/api/auth/password/change",
    "/api/auth/register",
    "/api/auth/step-up",
    "/api/auth/verify-email",
    "/api/auth/verify-email/resend",
    "/fn/auth/change_password",
    "/fn/auth/confirm_enrolment",
    "/fn/auth/confirm_factor",
    "/fn/auth/finish_sign_in",
    "/fn/auth/register",
    "/fn/auth/remove_factor",
    "/fn/auth/renew_recovery_codes",
    "/fn/auth/request_reset",
    "/fn/auth/resend_verification",
    "/fn/auth/reset_password",
    "/fn/auth/sign_in",
    "/fn/auth/step_up",
    "/fn/auth/verify_email",
];

/// Who sends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Sender {
    Session(SessionId),
    /// An address, or the network of 2⁶⁴ addresses that one customer of IPv6 has.
    Address(String),
}

/// The counters of this process, in memory: they bound the work of one server, and forget within a minute.
#[derive(Clone)]
pub struct Rates {
    guarded: Option<Arc<DefaultKeyedRateLimiter<Sender>>>,
    general: Option<Arc<DefaultKeyedRateLimiter<Sender>>>,
}

impl fmt::Debug for Rates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rates(…)")
    }
}

impl Rates {
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        let limiter = |per_minute| {
            NonZeroU32::new(per_minute).map(|count| Arc::new(DefaultKeyedRateLimiter::keyed(Quota::per_minute(count))))
        };
        Self { guarded: limiter(limits.guesses_per_minute), general: limiter(limits.requests_per_minute) }
    }

    /// Forgets senders who have not been heard of within a minute.
    pub fn forget_quiet(&self) {
        for limiter in [&self.guarded, &self.general].into_iter().flatten() {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

/// Counts requests to what is guarded, by address and before anything looks at them.
pub async fn guard(State(rates): State<Rates>, request: Request, next: Next) -> Response {
    let is_guarded = request.method() == Method::POST && GUARDED.contains(&request.uri().path());
    match is_guarded.then(|| over(rates.guarded.as_deref(), sender(&request, None))).flatten() {
        Some(refusal) => refusal.into_response(),
        None => next.run(request).await,
    }
}

/// Counts all requests, by session where there is one.
pub async fn bound(State(rates): State<Rates>, request: Request, next: Next) -> Response {
    let session = request.extensions().get::<Actor>().and_then(Actor::session_id);
    match over(rates.general.as_deref(), sender(&request, session)) {
        Some(refusal) => refusal.into_response(),
        None => next.run(request).await,
    }
}

/// Counts a request that came as far as the proof of who sent it, and no further.
pub fn over_by_address(rates: &Rates, request: &Request) -> Option<Refusal> {
    over(rates.general.as_deref(), sender(request, None))
}

fn sender(request: &Request, session: Option<SessionId>) -> Sender {
    let address = || request.extensions().get::<PeerAddress>().map(|PeerAddress(text)| network_of(text));
    session.map_or_else(|| Sender::Address(address().unwrap_or_default()), Sender::Session)
}

fn over(limiter: Option<&DefaultKeyedRateLimiter<Sender>>, sender: Sender) -> Option<Refusal> {
    let wait = limiter?.check_key(&sender).err()?.wait_time_from(DefaultClock::default().now());
    let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1);
    let detail = format!("Too many requests. Please wait {seconds} seconds and try again.");
    Some(Refusal(Problem { retry_after: Some(seconds), ..Problem::new(ProblemCode::TooManyRequests, detail) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_who_sends_too_much_is_told_when_to_come_back() {
        let rates = Rates::new(Limits { guesses_per_minute: 2, ..Limits::default() });
        let try_from = |address: &str| over(rates.guarded.as_deref(), Sender::Address(address.into()));
        assert!(try_from("a").is_none() && try_from("a").is_none());
        let Refusal(problem) = try_from("a").unwrap();
        assert_eq!(problem.code, ProblemCode::TooManyRequests);
        assert!((1..=31).contains(&problem.retry_after.unwrap()), "{problem:?}");
        assert!(try_from("b").is_none(), "nobody else is in their way");
    }

    #[test]
    fn no_limit_is_no_limit() {
        let rates = Rates::new(Limits { guesses_per_minute: 0, requests_per_minute: 0, ..Limits::default() });
        assert!((0..1_000).all(|_| over(rates.general.as_deref(), Sender::Address("a".into())).is_none()));
    }
}

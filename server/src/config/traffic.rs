//! How much one caller may send, and whose word on the caller's address is believed.

use crate::{config::Env, middleware::client_address::TrustedProxies, state::Limits};

/// Limits by address and session, and the proxies in front.
#[derive(Clone, Debug)]
pub struct TrafficConfig {
    pub limits: Limits,
    pub proxies: TrustedProxies,
}

impl TrafficConfig {
    pub(super) fn from_env(env: &Env, problems: &mut Vec<String>) -> Self {
        let mut limits = Limits::default();
        for (name, limit) in [
            ("SECUREMED_GUESSES_PER_MINUTE", &mut limits.guesses_per_minute),
            ("SECUREMED_REQUESTS_PER_MINUTE", &mut limits.requests_per_minute),
        ] {
            match env.get(name).map(|text| text.parse()) {
                None => {}
                Some(Ok(count)) => *limit = count,
                Some(Err(_)) => problems.push(format!("{name} must be a whole number; 0 is no limit")),
            }
        }
        let listed = env.get("SECUREMED_TRUSTED_PROXIES").unwrap_or_default();
        let proxies = TrustedProxies::parse(&listed).unwrap_or_else(|why| {
            problems.push(format!("SECUREMED_TRUSTED_PROXIES {why}"));
            TrustedProxies::default()
        });
        Self { limits, proxies }
    }
}

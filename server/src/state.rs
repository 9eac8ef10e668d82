//! What every handler can reach.

use std::{sync::Arc, time::Duration};

use app::cookies::SessionCookies;
use axum::extract::FromRef;
use domain::Services;
use leptos::config::LeptosOptions;
use url::Url;

use crate::{
    middleware::{client_address::TrustedProxies, rate_limit::Rates},
    uploads::Places,
};

/// Shared by all requests; cheap to clone.
#[derive(Clone, Debug, FromRef)]
pub struct AppState {
    pub services: Services,
    pub public: PublicAddress,
    pub limits: Limits,
    pub rates: Rates,
    pub proxies: TrustedProxies,
    /// Uploads that are in memory at once.
    pub uploads: Places,
    /// The renderer asks for it; our own shell names the files.
    pub leptos: LeptosOptions,
}

impl AppState {
    #[must_use]
    pub fn new(services: Services, limits: Limits) -> Self {
        let public = PublicAddress::new(&services.options().public_url);
        let leptos = LeptosOptions::builder().output_name("securemed").build();
        let rates = Rates::new(limits);
        let uploads = Places::new(limits.uploads);
        Self { services, public, limits, rates, proxies: TrustedProxies::default(), uploads, leptos }
    }

    /// Behind proxies whose word on the caller's address is believed.
    #[must_use]
    pub fn behind(mut self, proxies: TrustedProxies) -> Self {
        self.proxies = proxies;
        self
    }

    #[must_use]
    pub fn cookies(&self) -> SessionCookies {
        self.public.cookies
    }
}

/// How people reach this installation.
#[derive(Clone, Debug)]
pub struct PublicAddress {
    /// Without a trailing slash.
    url: Arc<str>,
    /// Scheme, host and port as browsers send them in `Origin`.
    origin: Arc<str>,
    pub cookies: SessionCookies,
    pub is_https: bool,
}

impl PublicAddress {
    #[must_use]
    pub fn new(url: &str) -> Self {
        let url = url.trim_end_matches('/');
        let origin = Url::parse(url).map(|url| url.origin().ascii_serialization()).unwrap_or_default();
        Self {
            url: url.into(),
            cookies: SessionCookies::for_public_url(url),
            is_https: origin.starts_with("https://"),
            origin: origin.into(),
        }
    }

    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

/// So many bytes in each stretch of so much time.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    pub bytes: u64,
    pub time: Duration,
}

/// How much one request may cost. Injected, so that tests set their own.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Largest body in bytes.
    pub body_bytes: usize,
    /// Longest time for the body to arrive.
    pub body_time: Duration,
    /// Largest body in bytes where documents are sent, everything around the file included.
    pub upload_bytes: usize,
    /// Longest time for such a body to arrive.
    pub upload_time: Duration,
    /// How fast such a body has to come.
    pub upload_pace: Pace,
    /// Documents that are taken in at once, one of each person.
    pub uploads: usize,
    /// Longest time until the answer, once the request is here.
    pub answer_time: Duration,
    /// Requests a minute from one address to what takes passwords and codes or sends mail; 0 is no limit.
    pub guesses_per_minute: u32,
    /// Other requests a minute of one session, or of one address without a session; 0 is no limit.
    pub requests_per_minute: u32,
}

impl Limits {
    pub const DEFAULT: Self = Self {
        body_bytes: 1024 * 1024,
        body_time: Duration::from_secs(20),
        upload_bytes: domain::records::upload::MAX_BYTES + 64 * 1024,
        upload_time: Duration::from_secs(120),
        upload_pace: Pace { bytes: 40 * 1024, time: Duration::from_secs(10) },
        uploads: 4,
        // Above what the database may take for one statement, and still within ten seconds.
        answer_time: Duration::from_secs(9),
        guesses_per_minute: 60,
        requests_per_minute: 1_200,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

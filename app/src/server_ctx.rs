//! What a server function works with: the services, who is asking, and the facts of the request.
//!
//! Apart from the bodies of server functions this is the only place in `app` that names `domain`.

use std::collections::BTreeMap;

use domain::{
    Services,
    access::Actor,
    auth::{Device, SessionKind, SignedIn, Ticket, Tokens},
};
use domain_types::{Problem, ProblemCode, auth::Viewer};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::{
    address::address,
    cookies::{self, SessionCookies},
    error::AppError,
    features::auth::ACCEPT_POLICY,
    forms::local_path,
};

/// Where the connection came from: put into the request's extensions by the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerAddress(pub String);

/// Where requests to server functions go.
const CALLS: &str = "/fn/";

/// The request being answered, and its response.
#[derive(Clone)]
pub struct RequestFacts {
    /// Path and query.
    pub address: String,
    /// A request to a server function, not to a page.
    pub is_call: bool,
    /// A browser that shows the answer as a page: a plain form post, a navigation.
    pub accepts_html: bool,
    pub headers: HeaderMap,
    pub peer: String,
    pub response: ResponseOptions,
}

impl RequestFacts {
    /// `None` outside a request.
    #[must_use]
    pub fn current() -> Option<Self> {
        let parts = use_context::<Parts>()?;
        let response = use_context::<ResponseOptions>()?;
        let accepts = parts.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
        Some(Self {
            address: parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            is_call: parts.uri.path().starts_with(CALLS),
            accepts_html: accepts.is_some_and(|types| types.contains("text/html")),
            peer: parts.extensions.get::<PeerAddress>().map(|peer| peer.0.clone()).unwrap_or_default(),
            headers: parts.headers,
            response,
        })
    }

    /// Sets where the answer leads. A path that no header can carry leads to the start page.
    pub fn set_location(&self, path: &str) {
        let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
        self.response.insert_header(header::LOCATION, location);
    }

    /// Leads on from a server function: by a redirect for a form post, by a header for a script.
    pub fn lead_to(&self, path: &str) {
        self.set_location(path);
        if self.accepts_html {
            self.response.set_status(StatusCode::FOUND);
        } else {
            let led = HeaderName::from_static(leptos::server_fn::redirect::REDIRECT_HEADER);
            self.response.insert_header(led, HeaderValue::from_static(""));
        }
    }

    fn set_cookies(&self, values: Vec<HeaderValue>) {
        for value in values {
            self.response.append_header(header::SET_COOKIE, value);
        }
    }
}

/// What a kept form brings back: what was wrong with it, if anything, and its fields.
pub type KeptForm = (Option<Problem>, BTreeMap<String, String>);

/// Services, actor and request of this server function.
#[derive(Clone)]
pub struct ServerCtx {
    pub services: Services,
    pub actor: Actor,
    pub request: RequestFacts,
}

/// What this request works with. Without an actor from the authenticate layer, nobody is asking.
///
/// # Errors
/// `INTERNAL` when the server did not provide its services.
pub fn ctx() -> Result<ServerCtx, AppError> {
    let unwired = || Problem::new(ProblemCode::Internal, "Something went wrong on our side. Nothing was changed.");
    let services = use_context::<Services>().ok_or_else(unwired)?;
    let request = RequestFacts::current().ok_or_else(unwired)?;
    if request.is_call && request.accepts_html {
        // The framework sends a browser on to the raw Referer unless there is a Location already: it gets ours.
        request.set_location("/");
    }
    Ok(ServerCtx { services, actor: current_actor(), request })
}

fn current_actor() -> Actor {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<Actor>().cloned()).unwrap_or_else(Actor::anonymous)
}

impl From<domain::Error> for AppError {
    fn from(error: domain::Error) -> Self {
        let problem = error.to_problem();
        let request_id = current_actor().request_id().map(str::to_owned);
        Problem { request_id, ..problem }.into()
    }
}

/// Whoever is signed in.
#[must_use]
pub fn viewer() -> Option<Viewer> {
    current_actor().viewer()
}

/// Whether this is the demo clinic.
#[must_use]
pub fn is_demo() -> bool {
    use_context::<Services>().is_some_and(|services| services.options().demo)
}

/// Names one drawing of a form, so that a form sent twice is one act.
#[must_use]
pub fn form_key() -> String {
    domain::secrets::random_token()
}

impl ServerCtx {
    /// For a route of the server's own that takes a form of somebody who is signed in. It answers by itself.
    #[must_use]
    pub fn of(services: Services, actor: Actor) -> Self {
        let request = RequestFacts {
            address: "/".to_owned(),
            is_call: false,
            accepts_html: true,
            headers: HeaderMap::new(),
            peer: String::new(),
            response: ResponseOptions::default(),
        };
        Self { services, actor, request }
    }

    fn cookies(&self) -> SessionCookies {
        SessionCookies::for_public_url(&self.services.options().public_url)
    }

    /// From where somebody signs in, for their list of sessions.
    #[must_use]
    pub fn device(&self) -> Device {
        let user_agent = self.request.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Device {
            kind: SessionKind::Web,
            user_agent: user_agent.unwrap_or_default().to_owned(),
            address: self.request.peer.clone(),
            known: self.cookies().device(&self.request.headers).map(str::to_owned),
        }
    }

    /// Hands the browser its session.
    pub fn give_session(&self, tokens: &Tokens) {
        self.request.set_cookies(self.cookies().pair(&tokens.access, &tokens.refresh));
    }

    /// Hands the browser the session of a finished sign-in, and what it is known by from now on.
    pub fn finish_sign_in(&self, signed_in: &SignedIn) {
        self.give_session(&signed_in.tokens);
        let device = signed_in.device_token.as_deref().and_then(|token| self.cookies().device_cookie(token));
        let ticket = self.ticket().and_then(|_| self.cookies().ticket_cleared());
        self.request.set_cookies(device.into_iter().chain(ticket).collect());
    }

    /// Where a finished sign-in leads: to `next`, or to where the role arrives; by way of the privacy policy, when
    /// there is one to agree to.
    #[must_use]
    pub fn arrival(&self, signed_in: &SignedIn, next: Option<&str>) -> String {
        let place = next.unwrap_or(signed_in.user.role.home());
        if signed_in.requires_policy_acceptance { address(ACCEPT_POLICY, &[("next", place)]) } else { place.to_owned() }
    }

    /// Takes the proof of a first step that no longer works from the browser.
    pub fn forget_ticket(&self) {
        self.request.set_cookies(self.cookies().ticket_cleared().into_iter().collect());
    }

    /// Hands the browser the proof of a first step: it stands in no address.
    pub fn give_ticket(&self, ticket: &Ticket) {
        self.request.set_cookies(self.cookies().ticket_cookie(&ticket.0).into_iter().collect());
    }

    /// The proof of the first step of a sign-in in this browser.
    #[must_use]
    pub fn ticket(&self) -> Option<Ticket> {
        self.cookies().ticket(&self.request.headers).map(|ticket| Ticket(ticket.to_owned()))
    }

    /// Hands the browser what it is known by until its registration is confirmed.
    pub fn give_registration(&self, token: &str) {
        self.request.set_cookies(self.cookies().registration_cookie(token).into_iter().collect());
    }

    /// By which a browser that registered is known.
    #[must_use]
    pub fn registration(&self) -> Option<String> {
        self.cookies().registration(&self.request.headers).map(str::to_owned)
    }

    /// Takes it from the browser.
    pub fn forget_registration(&self) {
        let cleared = self.registration().and_then(|_| self.cookies().registration_cleared());
        self.request.set_cookies(cleared.into_iter().collect());
    }

    /// Remembers in the browser where somebody was going when they opened an account, or forgets it.
    pub fn remember_next(&self, next: Option<&str>) {
        self.request.set_cookies(self.cookies().next_cookie(next).into_iter().collect());
    }

    /// Where somebody was going when they opened an account in this browser.
    #[must_use]
    pub fn remembered_next(&self) -> Option<String> {
        let next = self.cookies().next(&self.request.headers)?;
        local_path(&next).map(str::to_owned)
    }

    /// Takes the session from the browser, and what it stored of it.
    pub fn end_session(&self) {
        self.request.set_cookies(self.cookies().cleared());
        let clear = HeaderName::from_static("clear-site-data");
        self.request.response.insert_header(clear, HeaderValue::from_static(cookies::CLEAR_SITE_DATA));
    }

    /// Keeps a refused form for whoever sent it and gives the token that brings it back.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn keep_form(
        &self,
        problem: Option<&Problem>,
        fields: &BTreeMap<String, String>,
    ) -> Result<String, AppError> {
        // Whoever has to sign in first, or to prove once more who they are, comes back with another session: theirs is
        // bound to the browser instead.
        let changes_session = problem.is_some_and(|problem| problem.code == ProblemCode::StepUpRequired);
        let session = self.session_owner().filter(|_| !changes_session);
        let owner = session.unwrap_or_else(|| self.browser_owner());
        Ok(domain::forms::keep(&self.services, &owner, problem, fields).await?)
    }

    /// Gives a kept form back, once, to whoever sent it.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn take_form(&self, token: &str) -> Result<Option<KeptForm>, AppError> {
        for owner in [self.session_owner(), self.browser_owner_known()].into_iter().flatten() {
            let taken = domain::forms::take(&self.services, &owner, token).await?;
            if taken.is_some() {
                return Ok(taken);
            }
        }
        Ok(None)
    }

    fn session_owner(&self) -> Option<String> {
        self.actor.session_id().map(|session| format!("session {session}"))
    }

    fn browser_owner_known(&self) -> Option<String> {
        self.cookies().form(&self.request.headers).map(|value| format!("browser {value}"))
    }

    /// The browser by its form cookie, which is set when there is none.
    fn browser_owner(&self) -> String {
        self.browser_owner_known().unwrap_or_else(|| {
            let value = domain::secrets::random_token();
            self.request.set_cookies(self.cookies().form_cookie(&value).into_iter().collect());
            format!("browser {value}")
        })
    }
}

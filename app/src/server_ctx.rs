//! What a server function works with: the services, who is asking, and the facts of the request.
//!
//! Apart from the bodies of server functions this is the only place in `app` that names `domain`.

mod audiences;
mod kept;

use std::sync::Arc;

use domain::{
    Services,
    access::Actor,
    auth::{Device, SessionKind, SignedIn, Ticket, Tokens},
    forms::PostedForm,
};
use domain_types::{Problem, ProblemCode, auth::Viewer};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

pub use audiences::audience;
pub use kept::{other_person, sent_by_another};

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

/// The form that came with a request: put into the request's extensions by the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted(pub Arc<PostedForm>);

impl Posted {
    /// The last value of a field.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.0.fields.iter().rev().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

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
    pub posted: Option<Posted>,
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
            posted: parts.extensions.get::<Posted>().cloned(),
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

    /// Answers with the status of a problem and with when to come back.
    pub fn refuse(&self, problem: &Problem) {
        self.response.set_status(StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
        if let Some(seconds) = problem.retry_after {
            self.response.insert_header(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
    }

    fn set_cookies(&self, values: Vec<HeaderValue>) {
        for value in values {
            self.response.append_header(header::SET_COOKIE, value);
        }
    }
}

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

/// What whoever asks is told of what they sent: where it cannot be used or names nothing, and their role may never do this,
/// that instead.
#[must_use]
pub fn role_first(problem: Problem) -> Problem {
    let is_about_input = {
        use ProblemCode::{BadRequest, NotFound, ValidationError};
        matches!(problem.code, BadRequest | ValidationError | NotFound)
    };
    let Some(call) = RequestFacts::current().filter(|request| request.is_call && is_about_input) else {
        return problem;
    };
    let path = call.address.split('?').next().unwrap_or_default();
    let refused = audience(path).and_then(|whom| whom.admits(&current_actor()).err());
    match refused {
        Some(error) => Problem { request_id: problem.request_id, ..error.to_problem() },
        None => problem,
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

/// Names whoever asks, for the forms that are drawn for them.
#[must_use]
pub fn drawn_for() -> String {
    use_context::<Services>()
        .map(|services| domain::forms::drawn_for(&services, current_actor().user_id()))
        .unwrap_or_default()
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
            posted: None,
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
}

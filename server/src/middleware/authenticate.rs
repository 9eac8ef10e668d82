//! Who is asking: resolved once for each request, from the session's cookies or from a bearer token.
//!
//! - A bearer token counts under `/api` only, and before any cookie. One that is not valid is refused on every route,
//!   public ones too, so that a program learns of it; only the routes that give out tokens do not look at it, for that
//!   is where a program with an expired one goes.
//! - A page whose access token has expired is given a new pair for its refresh token, within the same answer. Parallel
//!   requests of one page may all do so: the service takes the same refresh token again for ten seconds.
//! - `/api` never sets a cookie, so there an expired cookie is nobody.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{
    Error,
    access::Actor,
    auth::{Activity, Tokens},
};
use domain_types::ProblemCode;
use http::{HeaderMap, HeaderValue, header};

use crate::{
    middleware::{
        paths::{WHOSE_SESSION, is_api},
        request_id::RequestId,
    },
    refusal::Refusal,
    state::AppState,
};

/// What the browser's cookies turned out to be.
enum Session {
    /// No cookies, or under `/api` expired ones.
    None,
    Alive(Actor),
    /// Expired and renewed: the browser gets a new pair.
    Renewed(Actor, Tokens),
    /// Ended: the browser's cookies are taken away.
    Over,
}

/// Puts the [`Actor`] into the request and keeps the browser's cookies fresh.
pub async fn resolve(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let found = match bearer(&request) {
        Some(token) => domain::auth::authenticate(&state.services, &token, Activity::Active).await.map(Session::Alive),
        None => session(&state, Offered::by(&state, request.headers()), request.uri().path()).await,
    };
    let session = match found {
        Ok(session) => session,
        Err(error) => return Refusal::from(error).into_response(),
    };
    let (actor, cookies) = match session {
        Session::None => (Actor::anonymous(), Vec::new()),
        Session::Alive(actor) => (actor, Vec::new()),
        Session::Renewed(actor, tokens) => (actor, state.cookies().pair(&tokens.access, &tokens.refresh)),
        Session::Over => (Actor::anonymous(), session_cleared(&state)),
    };
    let actor = match request.extensions().get::<RequestId>() {
        Some(RequestId(id)) => actor.with_request_id(id.clone()),
        None => actor,
    };
    request.extensions_mut().insert(actor);
    let mut response = next.run(request).await;
    give(&state, cookies, response.headers_mut());
    response
}

/// Where a program with an expired token goes to get another, or to prove anew who it is.
const TOKENS_GIVEN: [&str; 3] = ["/api/auth/login", "/api/auth/mfa/login", "/api/auth/token/refresh"];

/// The bearer token, where one counts. A header of another kind is none.
fn bearer(request: &Request) -> Option<String> {
    let path = request.uri().path();
    if !is_api(path) || TOKENS_GIVEN.contains(&path) {
        return None;
    }
    let value = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

/// The tokens in the browser's cookies.
struct Offered {
    access: Option<String>,
    refresh: Option<String>,
}

impl Offered {
    fn by(state: &AppState, headers: &HeaderMap) -> Self {
        let cookies = state.cookies();
        Self {
            access: cookies.access(headers).map(str::to_owned),
            refresh: cookies.refresh(headers).map(str::to_owned),
        }
    }
}

async fn session(state: &AppState, offered: Offered, path: &str) -> domain::Result<Session> {
    let activity = activity(path);
    if let Some(access) = &offered.access {
        match domain::auth::authenticate(&state.services, access, activity).await {
            Ok(actor) => return Ok(Session::Alive(actor)),
            // Another answer of this browser brings the new cookies: these must not take them away.
            Err(Error::SessionReplaced) => return Ok(Session::None),
            Err(Error::TokenNotValid) => {}
            Err(error) => return Err(error),
        }
    }
    if is_api(path) {
        return Ok(Session::None);
    }
    let Some(refresh) = offered.refresh else {
        return Ok(if offered.access.is_some() { Session::Over } else { Session::None });
    };
    let tokens = match domain::auth::refresh(&state.services, &Actor::anonymous(), &refresh, activity).await {
        Ok(tokens) => tokens,
        Err(Error::SessionReplaced) => return Ok(Session::None),
        Err(Error::TokenNotValid) => return Ok(Session::Over),
        Err(error) => return Err(error),
    };
    match domain::auth::authenticate(&state.services, &tokens.access, activity).await {
        Ok(actor) => Ok(Session::Renewed(actor, tokens)),
        Err(Error::TokenNotValid | Error::SessionReplaced) => Ok(Session::Over),
        Err(error) => Err(error),
    }
}

/// The page that warns of the end of a session is shown by a timer, and a page that comes to the front asks by itself whose
/// session it is: nobody did anything.
fn activity(path: &str) -> Activity {
    if [app::features::auth::SESSION_ENDING, WHOSE_SESSION].contains(&path) {
        Activity::Passive
    } else {
        Activity::Active
    }
}

/// Takes the session's cookies away. The form cookie stays: it brings back what was typed when the session ended.
fn session_cleared(state: &AppState) -> Vec<HeaderValue> {
    let form = format!("{}=", state.cookies().form_name());
    let mut values = state.cookies().cleared();
    values.retain(|value| !value.as_bytes().starts_with(form.as_bytes()));
    values
}

/// Sets the cookies, unless the handler gave or took a session itself.
fn give(state: &AppState, cookies: Vec<HeaderValue>, headers: &mut HeaderMap) {
    let name = state.cookies().access_name();
    let is_decided = headers
        .get_all(header::SET_COOKIE)
        .iter()
        .any(|value| value.to_str().is_ok_and(|text| text.split('=').next() == Some(name)));
    if !is_decided {
        for cookie in cookies {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
}

/// The challenge that goes with a 401 under `/api`.
#[must_use]
pub fn challenge(code: ProblemCode) -> HeaderValue {
    match code {
        ProblemCode::TokenNotValid => HeaderValue::from_static("Bearer realm=\"SecureMed\", error=\"invalid_token\""),
        _ => HeaderValue::from_static("Bearer realm=\"SecureMed\""),
    }
}

//! What every response tells the browser to refuse.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use leptos::nonce::Nonce;

use crate::{middleware::paths::is_docs, pages::CspNonce, state::AppState};

/// The readable page of REST brings its own script and styles.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

const FIXED: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Not `no-referrer`: with it Chromium sends `Origin: null` for forms of the same origin.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), \
         payment=(), usb=()",
    ),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// Two years, as browsers' lists of such sites ask for.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
/// A page without a person in it, for as long as its free times stay believable.
const PUBLIC_PAGE: HeaderValue = HeaderValue::from_static("private, max-age=30");

/// Draws the nonce, hands it to the page, and sets the headers of the response.
pub async fn set(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let nonce: Arc<str> = Arc::clone(Nonce::new().as_inner());
    request.extensions_mut().insert(CspNonce(Arc::clone(&nonce)));
    let policy = if is_docs(request.uri().path()) { DOCS_POLICY.to_owned() } else { policy(&nonce) };
    let may_be_kept =
        is_public_page(request.method(), request.uri().path()) && !state.cookies().has_session(request.headers());

    let mut response = next.run(request).await;
    let is_plain = response.status() == StatusCode::OK && !response.headers().contains_key(header::SET_COOKIE);
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::try_from(policy) {
        // Documents that somebody brought have a stricter one.
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if state.public.is_https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    if may_be_kept && is_plain {
        headers.insert(header::CACHE_CONTROL, PUBLIC_PAGE);
        // Signing in and choosing a theme change cookies, and with them these pages.
        headers.append(header::VARY, HeaderValue::from_static("cookie"));
    } else {
        // Files of the site say themselves how long they last.
        headers.entry(header::CACHE_CONTROL).or_insert(NO_STORE);
    }
    response
}

fn policy(nonce: &str) -> String {
    format!(
        "default-src 'self'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    )
}

/// Pages that look the same to everybody who is not signed in. The sign-in page is not one of them.
fn is_public_page(method: &Method, path: &str) -> bool {
    let is_read = matches!(*method, Method::GET | Method::HEAD);
    is_read && (matches!(path, "/" | "/doctors" | "/privacy" | "/terms") || path.starts_with("/doctors/"))
}

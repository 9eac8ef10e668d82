//! No writes from other sites.
//!
//! Nothing in the framework checks this. The rule covers every request that carries a session cookie and every form
//! and `/fn` route; a request under `/api` without a cookie brings its own proof or none and passes.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain_types::ProblemCode;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use url::Url;

use crate::{
    middleware::paths::is_api,
    refusal::Refusal,
    state::{AppState, PublicAddress},
};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses writes that did not come from a page of this site, and calls of server functions from other sites.
pub async fn require(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    if !may_pass(&state.public, &request) {
        return Refusal::new(ProblemCode::CrossSite, "This request did not come from a page of SecureMed.")
            .into_response();
    }
    if is_call(request.uri().path()) {
        keep_local_referer(&state.public, request.headers_mut());
    }
    next.run(request).await
}

fn may_pass(public: &PublicAddress, request: &Request) -> bool {
    let headers = request.headers();
    let path = request.uri().path();
    if only_reads(request.method()) {
        // Reading is what other sites may link to; server functions are nobody's link.
        return !is_call(path) || !is_from_another_site(headers);
    }
    let has_session = public.cookies.has_session(headers);
    if is_api(path) && !has_session {
        return true;
    }
    is_same_origin(public, headers)
}

fn only_reads(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether a path belongs to a server function.
#[must_use]
pub fn is_call(path: &str) -> bool {
    path.starts_with("/fn/")
}

/// What the browser says of the page that made the request; where it does not say, the page's origin must be ours.
fn is_same_origin(public: &PublicAddress, headers: &HeaderMap) -> bool {
    match headers.get(SEC_FETCH_SITE) {
        Some(site) => site == "same-origin",
        None => headers.get(header::ORIGIN).is_some_and(|origin| origin.as_bytes() == public.origin().as_bytes()),
    }
}

/// Whether the browser says that a page of another site made the request.
pub fn is_from_another_site(headers: &HeaderMap) -> bool {
    headers.get(SEC_FETCH_SITE).is_some_and(|site| site == "cross-site" || site == "same-site")
}

/// The framework redirects a plain form post to its Referer as it came: only a path of this site is left of it.
fn keep_local_referer(public: &PublicAddress, headers: &mut HeaderMap) {
    let Some(referer) = headers.remove(header::REFERER) else { return };
    let path = referer.to_str().ok().and_then(|text| local_part(public, headers, text));
    if let Some(value) = path.and_then(|path| HeaderValue::try_from(path).ok()) {
        headers.insert(header::REFERER, value);
    }
}

fn local_part(public: &PublicAddress, headers: &HeaderMap, referer: &str) -> Option<String> {
    let url = Url::parse(referer).ok()?;
    let origin = url.origin().ascii_serialization();
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let is_ours = origin == public.origin() || origin.split_once("://").is_some_and(|(_, ours)| ours == host);
    let path = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    (is_ours && app::forms::local_path(&path).is_some()).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("https://clinic.example/doctors?page=2", Some("/doctors?page=2"))]
    #[case("https://evil.example/doctors", None)]
    #[case("https://clinic.example//evil.example/", None)]
    #[case("https://clinic.example.evil.example/", None)]
    #[case("javascript:alert(1)", None)]
    #[case("/doctors", None)]
    fn only_a_path_of_this_site_is_left_of_a_referer(#[case] referer: &str, #[case] left: Option<&str>) {
        let public = PublicAddress::new("https://clinic.example");
        let mut headers = HeaderMap::from_iter([
            (header::HOST, HeaderValue::from_static("clinic.example")),
            (header::REFERER, HeaderValue::try_from(referer).unwrap()),
        ]);
        keep_local_referer(&public, &mut headers);
        assert_eq!(headers.get(header::REFERER).map(|value| value.to_str().unwrap()), left);
    }
}

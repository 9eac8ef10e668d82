//! One form for each `/api` address.
//!
//! `/api/v1/…` and `/api/…`, `medical_records` and `medical-records`, `auth/refresh` and `auth/token/refresh`, with and
//! without the last slash: all lead to one route, so that a rule that holds on one form holds on all of them.

use axum::{extract::Request, middleware::Next, response::Response};
use http::{Method, Uri, uri::PathAndQuery};

/// The path as it was asked for, from which the links of a list are made.
#[derive(Clone, Debug)]
pub struct RequestedPath(pub String);

/// Rewrites the address of the request before it is routed.
pub async fn normalise(mut request: Request, next: Next) -> Response {
    let requested = request.uri().path().to_owned();
    if let Some(uri) = normal_path(&requested).and_then(|path| with_path(request.uri(), &path)) {
        *request.uri_mut() = uri;
    }
    request.extensions_mut().insert(RequestedPath(requested));
    next.run(request).await
}

fn with_path(uri: &Uri, path: &str) -> Option<Uri> {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(format!("{path}{query}")).ok()?);
    Uri::from_parts(parts).ok()
}

/// `None` when the path is outside `/api` or in its normal form already.
fn normal_path(path: &str) -> Option<String> {
    let rest = path.strip_prefix("/api")?;
    if !rest.is_empty() && !rest.starts_with('/') {
        return None;
    }
    let rest = match rest.strip_prefix("/v1") {
        Some(unversioned) if unversioned.is_empty() || unversioned.starts_with('/') => unversioned,
        _ => rest,
    };
    // The readable page redirects to its own slash.
    let is_docs = rest == "/docs" || rest.starts_with("/docs/");
    let rest = if is_docs { rest } else { rest.strip_suffix('/').unwrap_or(rest) };
    let normal = match rest.strip_prefix("/medical_records") {
        Some(below) if below.is_empty() || below.starts_with('/') => format!("/api/medical-records{below}"),
        _ if rest == "/auth/refresh" => "/api/auth/token/refresh".to_owned(),
        _ => format!("/api{rest}"),
    };
    (normal != path).then_some(normal)
}

/// Where an open page asks whose session it is.
pub const WHOSE_SESSION: &str = "/drawn-for";

/// Whether a (normal) path belongs to REST.
#[must_use]
pub fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// Whether a request brings a document: its body is not read before it is known who sends it, and then within bounds of
/// its own ([`crate::uploads`]).
#[must_use]
pub fn is_upload(method: &Method, path: &str) -> bool {
    method == Method::POST && ["/records/documents", "/api/medical-records/documents"].contains(&path)
}

/// Whether a (normal) path belongs to the readable page of REST.
#[must_use]
pub fn is_docs(path: &str) -> bool {
    path == "/api/docs" || path.starts_with("/api/docs/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("/api/v1/appointments/doctors/", "/api/appointments/doctors")]
    #[case("/api/appointments/doctors/", "/api/appointments/doctors")]
    #[case("/api/appointments/doctors", "/api/appointments/doctors")]
    #[case("/api/v1/medical_records/records/", "/api/medical-records/records")]
    #[case("/api/medical_recordsx/", "/api/medical_recordsx")]
    #[case("/api/auth/refresh/", "/api/auth/token/refresh")]
    #[case("/api/v1", "/api")]
    #[case("/api/v1/", "/api")]
    #[case("/api/v1x/", "/api/v1x")]
    #[case("/api/v1/v1/auth/user", "/api/v1/auth/user")]
    #[case("/api/v1/docs/", "/api/docs/")]
    #[case("/api/docs/index.css", "/api/docs/index.css")]
    #[case("/apian/", "/apian/")]
    #[case("/doctors/", "/doctors/")]
    fn every_form_of_an_address_has_one_normal_form(#[case] requested: &str, #[case] normal: &str) {
        assert_eq!(normal_path(requested).as_deref().unwrap_or(requested), normal);
    }

    #[test]
    fn the_query_stays_as_it_is() {
        let uri: Uri = "/api/v1/appointments/doctors/?search=a%2Fb".parse().unwrap();
        let path = normal_path(uri.path()).unwrap();
        assert_eq!(with_path(&uri, &path).unwrap(), "/api/appointments/doctors?search=a%2Fb");
    }
}

//! HTTP/1.1 with exactly one Host (RFC 9112, section 3.2): a request with none or several means another site to each
//! program on its way, and is refused.

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain_types::ProblemCode;
use http::{HeaderMap, Version, header, uri::Authority};

use crate::refusal::Refusal;

/// Refuses a request that does not say exactly once whom it is for.
pub async fn require(request: Request, next: Next) -> Response {
    if is_clear(request.version(), request.headers()) {
        next.run(request).await
    } else {
        Refusal::new(ProblemCode::BadRequest, "The request must have exactly one Host header.").into_response()
    }
}

fn is_clear(version: Version, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        // Programs from before HTTP/1.1 may leave it out.
        (None, _) => version < Version::HTTP_11,
        (Some(host), None) => {
            // A name or an address, perhaps with a port; nobody signs in by their address.
            let host = host.to_str().ok().and_then(|text| text.parse::<Authority>().ok());
            host.is_some_and(|host| !host.host().is_empty() && !host.as_str().contains('@'))
        }
        (Some(_), Some(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;
    use rstest::rstest;

    #[rstest]
    #[case::one(Version::HTTP_11, &["clinic.example"], true)]
    #[case::with_a_port(Version::HTTP_11, &["127.0.0.1:3000"], true)]
    #[case::ipv6(Version::HTTP_11, &["[::1]:3000"], true)]
    #[case::none(Version::HTTP_11, &[], false)]
    #[case::none_of_old(Version::HTTP_10, &[], true)]
    #[case::two(Version::HTTP_11, &["clinic.example", "clinic.example"], false)]
    #[case::two_of_old(Version::HTTP_10, &["clinic.example", "evil.example"], false)]
    #[case::empty(Version::HTTP_11, &[""], false)]
    #[case::with_a_path(Version::HTTP_11, &["clinic.example/evil"], false)]
    #[case::with_a_name(Version::HTTP_11, &["user@clinic.example"], false)]
    #[case::a_list(Version::HTTP_11, &["clinic.example, evil.example"], false)]
    fn a_request_says_exactly_once_whom_it_is_for(
        #[case] version: Version,
        #[case] hosts: &[&'static str],
        #[case] is_clear: bool,
    ) {
        let headers = hosts.iter().map(|host| (header::HOST, HeaderValue::from_static(host))).collect();
        assert_eq!(super::is_clear(version, &headers), is_clear);
    }
}

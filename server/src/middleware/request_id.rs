//! A name for each request, and its line in the log.
//!
//! The line has the route's template and never the address: that may hold a name, a reference or a token.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use http::{HeaderName, HeaderValue};
use tracing::Instrument;

/// Names a request in the log, in the audit trail and in its own response.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Tells the caller the name of its request.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The template of the route that answered: `/api/appointments/doctors/{id}`.
#[derive(Clone, Debug)]
struct Route(MatchedPath);

/// Names the request and logs how it ended. The name is drawn here: one that a stranger sends could forge the log.
pub async fn name(mut request: Request, next: Next) -> Response {
    let id = format!("{:032x}", rand::random::<u128>());
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = request.method().clone();
    let began = Instant::now();
    let span = tracing::info_span!("request", id);
    async move {
        let mut response = next.run(request).await;
        let route = response.extensions().get::<Route>().map_or("-", |Route(path)| path.as_str());
        let status = response.status().as_u16();
        let ms = began.elapsed().as_secs_f64() * 1000.0;
        tracing::info!(%method, route, status, ms = (ms * 10.0).round() / 10.0, "answered");
        if let Ok(value) = HeaderValue::try_from(id) {
            response.headers_mut().insert(HEADER, value);
        }
        response
    }
    .instrument(span)
    .await
}

/// Notes which route answered, for the log.
pub async fn note_route(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    if let Some(route) = route {
        response.extensions_mut().insert(Route(route));
    }
    response
}

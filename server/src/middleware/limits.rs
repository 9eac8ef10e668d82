//! How much one request may cost: the size of its body, the time until the body is here and until the answer is.

use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain_types::{Problem, ProblemCode};
use http::{HeaderMap, HeaderValue, header};
use http_body_util::BodyExt;

use crate::{
    middleware::{
        drain::{self, Lent},
        paths::is_upload,
    },
    refusal::Refusal,
    state::{AppState, Limits},
};

/// Reads the whole body before anything looks at it, so that no handler, streaming ones included, can be made to read
/// more than its bound. Documents alone are read later, by [`crate::uploads`].
pub async fn bound_body(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let limits = state.limits;
    if is_upload(request.method(), request.uri().path()) {
        return with_upload(limits, request, next).await;
    }
    let (parts, mut body) = request.into_parts();
    if announced(&parts.headers).is_some_and(|bytes| bytes > limits.body_bytes as u64) {
        drain::beside(&parts.headers, body, drain::TIME);
        return closing(too_large());
    }
    let refusal = match tokio::time::timeout(limits.body_time, read(&mut body, limits)).await {
        Ok(Ok(bytes)) => return next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(refusal)) => refusal,
        Err(_) => too_slow("The request took too long to arrive."),
    };
    drain::beside(&parts.headers, body, drain::TIME);
    closing(refusal)
}

/// Whoever refuses a document does so unread, and need not care about the rest of it.
async fn with_upload(limits: Limits, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let (headers, lent) = (parts.headers.clone(), Lent::new(body));
    let response = next.run(Request::from_parts(parts, lent.body())).await;
    if let Some(rest) = lent.rest() {
        drain::beside(&headers, rest, limits.upload_time);
    }
    response
}

async fn read(body: &mut Body, limits: Limits) -> Result<Bytes, Refusal> {
    let mut whole = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Refusal::new(ProblemCode::BadRequest, "The request broke off."))?;
        if let Ok(data) = frame.into_data() {
            if whole.len() + data.len() > limits.body_bytes {
                return Err(too_large());
            }
            whole.extend_from_slice(&data);
        }
    }
    Ok(whole.into())
}

/// Ends the connection with this answer: what is still on its way belongs to no other request.
#[must_use]
pub fn closing(refusal: impl IntoResponse) -> Response {
    let mut response = refusal.into_response();
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

/// Who sends too slowly is told so, and not that what they sent was wrong.
#[must_use]
pub fn too_slow(detail: &str) -> Refusal {
    Refusal::new(ProblemCode::RequestTimeout, detail)
}

/// How many bytes a request says that it brings.
#[must_use]
pub fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn too_large() -> Refusal {
    Refusal::new(ProblemCode::PayloadTooLarge, "More was sent than can be taken at once.")
}

/// Gives up on an answer that takes too long after its request has arrived. Documents arrive within it.
pub async fn bound_time(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let Limits { answer_time, upload_time, .. } = state.limits;
    let is_upload = is_upload(request.method(), request.uri().path());
    let time = if is_upload { upload_time + answer_time } else { answer_time };
    tokio::time::timeout(time, next.run(request)).await.unwrap_or_else(|_| {
        tracing::error!("an answer took too long");
        let mut problem = Problem::new(ProblemCode::Unavailable, "This took too long. Please try again in a moment.");
        problem.retry_after = Some(5);
        Refusal(problem).into_response()
    })
}

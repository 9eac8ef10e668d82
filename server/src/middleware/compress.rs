//! Pages and documents travel compressed; files of the site were compressed when it was built.
//!
//! Compression can give away what a page holds: whoever can send somebody's browser to an address with words of their
//! own in it, and can see how long the encrypted answers are, learns whether those words stand in the page too (the
//! attack called BREACH). The words come from another site, and browsers say so: such an answer is not compressed
//! when it belongs to a session.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{Extensions, HeaderMap, StatusCode, Version, header};
use tower_http::{
    CompressionLevel,
    compression::{CompressionLayer, DefaultPredicate, Predicate},
};

use crate::{middleware::same_origin::is_from_another_site, state::AppState};

/// Brotli's fourth level: a page of 60 kB in about a millisecond, within a tenth of what the slowest level reaches.
const LEVEL: i32 = 4;

/// Compresses what the caller accepts compressed, and says with `Vary` that the answer depends on it. Files to be kept
/// travel as they are, with their length: whoever gets only a part of one sees it.
#[must_use]
pub fn layer() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new()
        .quality(CompressionLevel::Precise(LEVEL))
        .compress_when(DefaultPredicate::new().and(is_no_file))
}

fn is_no_file(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(header::CONTENT_DISPOSITION)
}

/// Hides from [`layer`] that the browser would accept compression, where another site led it into a session.
pub async fn not_for_other_sites(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let headers = request.headers_mut();
    if state.cookies().has_session(headers) && is_from_another_site(headers) {
        headers.remove(header::ACCEPT_ENCODING);
    }
    next.run(request).await
}

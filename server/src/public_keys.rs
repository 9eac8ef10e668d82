//! `/.well-known/jwks.json`: the public halves of the keys that sign access tokens (RFC 7517), for whoever verifies them
//! without asking us.

use axum::{
    Json, Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{Services, access::Actor};
use http::header;
use serde_json::json;

use crate::{api::error::ApiError, state::AppState};

/// A new key signs at once; whoever meets an id that they do not know asks again.
const CACHE: &str = "public, max-age=60";

pub fn routes() -> Router<AppState> {
    Router::new().route("/.well-known/jwks.json", get(list))
}

async fn list(State(services): State<Services>) -> Result<Response, ApiError> {
    let keys = domain::auth::public_keys(&services, &Actor::anonymous()).await?;
    Ok(([(header::CACHE_CONTROL, CACHE)], Json(json!({ "keys": keys }))).into_response())
}

//! `/api/auth`: accounts. One file for each group of routes.

mod account;
mod factors;
mod passwords;
mod registration;
mod sessions;
mod sign_in;

use app::server_ctx::PeerAddress;
use axum::Extension;
use domain::auth::{Device, SessionKind};
use http::{HeaderMap, header};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::state::AppState;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(registration::routes())
        .merge(sign_in::routes())
        .merge(sessions::routes())
        .merge(factors::routes())
        .merge(passwords::routes())
        .merge(account::routes())
}

/// What was done, in a sentence.
#[derive(Serialize, ToSchema)]
struct Message {
    message: &'static str,
}

/// The program that calls, for its owner's list of sessions.
fn device(headers: &HeaderMap, peer: Option<Extension<PeerAddress>>) -> Device {
    let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Device {
        kind: SessionKind::Rest,
        user_agent: user_agent.to_owned(),
        address: peer.map(|Extension(PeerAddress(address))| address).unwrap_or_default(),
        known: None,
    }
}

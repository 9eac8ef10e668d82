//! All routes, and the layers in front of them.
//!
//! A request passes from the outside to the inside:
//!
//! 1. [`paths`]: one form for each `/api` address, so that a rule that holds on one form holds on all;
//! 2. [`request_id`]: a name for the request, and its line in the log;
//! 3. [`security_headers`]: on every response, errors and files too;
//! 4. [`tell`]: gives refusals their body, in the form that whoever asked can read;
//! 5. [`host`]: a request says exactly once whom it is for;
//! 6. panics become a refusal;
//! 7. for files of the site nothing more; for everything else
//! 8. [`compress`]: what travels back is compressed, unless that could give it away;
//! 9. [`limits`]: the body, read whole within its bounds; documents alone are read after all other layers ([`uploads`](crate::uploads));
//! 10. [`limits`]: an answer that takes too long after that becomes a refusal;
//! 11. [`same_origin`]: no writes from other sites;
//! 12. [`client_address`]: from where it really comes, and [`rate_limit`]: not too many guesses from there;
//! 13. [`authenticate`]: who is asking, once;
//! 14. [`rate_limit`]: not too many requests of theirs.

use axum::{Router, extract::Request, middleware::from_fn, middleware::from_fn_with_state, response::IntoResponse};
use domain_types::ProblemCode;
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    api,
    assets::Site,
    health,
    middleware::{
        authenticate, client_address, compress, host, limits, paths, rate_limit, request_id, same_origin,
        security_headers, tell,
    },
    pages, public_keys,
    refusal::Refusal,
    state::AppState,
};

/// The whole application, as `main` serves it and as tests call it.
pub fn build_app(state: AppState) -> Router {
    let site = Site::get();
    let dynamic = pages::routes(&state, site.names())
        .merge(api::routes())
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(state.rates.clone(), rate_limit::bound))
        .layer(from_fn_with_state(state.clone(), authenticate::resolve))
        .layer(from_fn_with_state(state.rates.clone(), rate_limit::guard))
        .layer(from_fn_with_state(state.proxies.clone(), client_address::resolve))
        .layer(from_fn_with_state(state.clone(), same_origin::require))
        .layer(from_fn_with_state(state.clone(), limits::bound_time))
        .layer(from_fn_with_state(state.clone(), limits::bound_body))
        .layer(compress::layer())
        .layer(from_fn_with_state(state.clone(), compress::not_for_other_sites));
    let for_machines =
        health::routes().merge(public_keys::routes()).layer(from_fn_with_state(state.clone(), limits::bound_time));
    let inside = dynamic
        .merge(for_machines)
        .with_state(state.clone())
        .merge(site.routes())
        .layer(from_fn(request_id::note_route))
        .layer(CatchPanicLayer::custom(panicked));
    // These layers must see a request before it is routed, for `paths` rewrites its address.
    Router::new()
        .fallback_service(inside)
        .layer(from_fn(host::require))
        .layer(from_fn_with_state(site.names(), tell::write))
        .layer(from_fn_with_state(state, security_headers::set))
        .layer(from_fn(request_id::name))
        .layer(from_fn(paths::normalise))
}

async fn method_not_allowed(request: Request) -> Refusal {
    let detail = format!("{} is not possible here.", request.method());
    Refusal::new(ProblemCode::MethodNotAllowed, &detail)
}

/// What was being handled when a handler panicked is not logged: it may be about a person. The panic's place is, by
/// the standard library.
fn panicked(_cause: Box<dyn std::any::Any + Send>) -> axum::response::Response {
    tracing::error!("a handler panicked");
    Refusal::new(ProblemCode::Internal, "Something went wrong on our side. Please try again.").into_response()
}

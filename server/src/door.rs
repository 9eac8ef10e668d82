//! All routes, and the layers in front of them.
//!
//! A request passes from the outside to the inside:
//!
//! 1. [`paths`]: one form for each `/api` address, so that a rule that holds on one form holds on all;
//! 2. [`request_id`]: a name for the request, and its line in the log;
//! 3. [`security_headers`]: on every response, errors and files too;
//! 4. [`tell`]: gives refusals their body, in the form that whoever asked can read;
//! 5. panics become a refusal, and so does an answer that takes too long ([`limits`]);
//! 6. for files of the site nothing more; for everything else
//! 7. [`compress`]: what travels back is compressed, unless that could give it away;
//! 8. [`limits`]: the body, read whole within its bounds; documents alone are read after all other layers ([`uploads`](crate::uploads));
//! 9. [`same_origin`]: no writes from other sites;
//! 10. [`client_address`]: from where it really comes, and [`rate_limit`]: not too many guesses from there;
//! 11. [`authenticate`]: who is asking, once;
//! 12. [`rate_limit`]: not too many requests of theirs;
//! 13. [`drawn_for`]: no form of one person under the session of another;
//! 14. [`leads_away`]: no page that leads to another one by markup.

use axum::{Router, extract::Request, middleware::from_fn, middleware::from_fn_with_state, response::IntoResponse};
use domain_types::ProblemCode;
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    api,
    assets::Site,
    health,
    middleware::{
        authenticate, client_address, compress, drawn_for, leads_away, limits, paths, rate_limit, request_id,
        same_origin, security_headers, tell,
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
        .layer(from_fn(leads_away::refuse))
        .layer(from_fn_with_state(state.clone(), drawn_for::require))
        .layer(from_fn_with_state(state.rates.clone(), rate_limit::bound))
        .layer(from_fn_with_state(state.clone(), authenticate::resolve))
        .layer(from_fn_with_state(state.rates.clone(), rate_limit::guard))
        .layer(from_fn_with_state(state.proxies.clone(), client_address::resolve))
        .layer(from_fn_with_state(state.clone(), same_origin::require))
        .layer(from_fn_with_state(state.clone(), limits::bound_body))
        .layer(compress::layer())
        .layer(from_fn_with_state(state.clone(), compress::not_for_other_sites));
    let inside = dynamic
        .merge(health::routes())
        .merge(public_keys::routes())
        .with_state(state.clone())
        .merge(site.routes())
        .layer(from_fn(request_id::note_route))
        .layer(from_fn_with_state(state.clone(), limits::bound_time))
        .layer(CatchPanicLayer::custom(panicked));
    // These layers must see a request before it is routed, for `paths` rewrites its address.
    Router::new()
        .fallback_service(inside)
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

//! The rendered pages, the server functions behind them, the calendar file of a visit and entries of the record as PDF.

use std::sync::Arc;

use app::{
    app::App,
    shell::{Assets, shell},
};
use axum::{
    Router,
    extract::{FromRequestParts, Path, Request, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{Services, access::Actor, records::Which};
use http::{StatusCode, request::Parts};
use leptos::{
    nonce::Nonce,
    prelude::{provide_context, use_context},
};
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    extract::Caller,
    files::{as_pdf, attachment},
    middleware::paths::is_api,
    refusal::Refusal,
    state::AppState,
};

/// The nonce of one response's content security policy.
#[derive(Clone, Debug)]
pub struct CspNonce(pub Arc<str>);

/// All pages, all server functions, and the answer to every address that is nobody's.
pub fn routes(state: &AppState, assets: Assets) -> Router<AppState> {
    let context = context(state.services.clone(), assets);
    let not_found = render_app_async_with_context(context.clone(), shell);
    Router::new()
        .route("/appointments/{reference}/calendar.ics", get(calendar_file))
        .route("/records/{reference}/pdf", get(record_as_pdf))
        .leptos_routes_with_context(state, generate_route_list(App), context, shell)
        .fallback(|request: Request| async move {
            if is_api(request.uri().path()) {
                return Refusal::not_found().into_response();
            }
            let mut response = not_found(request).await;
            if response.status() == StatusCode::OK {
                *response.status_mut() = StatusCode::NOT_FOUND;
            }
            response
        })
}

/// What pages and server functions find in their context.
fn context(services: Services, assets: Assets) -> impl Fn() + Clone + Send + Sync + 'static {
    move || {
        provide_context(services.clone());
        provide_context(assets.clone());
        let nonce = use_context::<Parts>().and_then(|parts| parts.extensions.get::<CspNonce>().cloned());
        if let Some(CspNonce(nonce)) = nonce {
            provide_context(Nonce::from_value(nonce));
        }
    }
}

/// The visit as a file for a calendar, for the people of that visit.
async fn calendar_file(
    State(services): State<Services>,
    Visitor(actor): Visitor,
    Path(reference): Path<String>,
) -> Result<Response, Refusal> {
    let file = domain::appointments::calendar_file(&services, &actor, &reference).await?.into_inner();
    Ok(attachment("text/calendar; charset=utf-8", &file.name, file.text))
}

/// An entry of the record as a PDF, for whoever may read it.
async fn record_as_pdf(
    State(services): State<Services>,
    Visitor(actor): Visitor,
    Path(reference): Path<String>,
) -> Result<Response, Refusal> {
    Ok(as_pdf(domain::records::printed(&services, &actor, &Which::Reference(reference)).await?))
}

/// Who asks for a file as a page is asked for: whoever is not signed in is sent to sign in, and comes back.
struct Visitor(Actor);

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Redirect;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Redirect> {
        let Ok(Caller(actor)) = Caller::from_request_parts(parts, state).await;
        if actor.is_signed_in() {
            return Ok(Self(actor));
        }
        let next = utf8_percent_encode(parts.uri.path(), NON_ALPHANUMERIC);
        Err(Redirect::to(&format!("/login?next={next}")))
    }
}

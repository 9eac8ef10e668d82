//! The rendered pages, the server functions behind them, the calendar file of a visit and entries of the record as PDF.

use std::sync::Arc;

use app::{
    app::App,
    shell::{Assets, shell},
};
use axum::{
    Router,
    extract::{Path, Request, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{Services, records::Which};
use http::{StatusCode, Uri, header, request::Parts};
use leptos::{
    nonce::Nonce,
    prelude::{provide_context, use_context},
};
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{extract::Caller, files::as_pdf, middleware::paths::is_api, refusal::Refusal, state::AppState};

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

/// The visit as a file for a calendar, for the people of that visit. Whoever is not signed in is sent to sign in.
async fn calendar_file(
    State(services): State<Services>,
    Caller(actor): Caller,
    Path(reference): Path<String>,
    uri: Uri,
) -> Result<Response, Refusal> {
    if !actor.is_signed_in() {
        return Ok(sign_in_first(&uri));
    }
    let file = domain::appointments::calendar_file(&services, &actor, &reference).await?;
    // Its name is made of the stored reference: nothing in it could break out of the header.
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)),
    ];
    Ok((headers, file.text).into_response())
}

/// An entry of the record as a PDF, for whoever may read it. Whoever is not signed in is sent to sign in.
async fn record_as_pdf(
    State(services): State<Services>,
    Caller(actor): Caller,
    Path(reference): Path<String>,
    uri: Uri,
) -> Result<Response, Refusal> {
    if !actor.is_signed_in() {
        return Ok(sign_in_first(&uri));
    }
    Ok(as_pdf(domain::records::printed(&services, &actor, &Which::Reference(reference)).await?))
}

fn sign_in_first(uri: &Uri) -> Response {
    let next = utf8_percent_encode(uri.path(), NON_ALPHANUMERIC);
    Redirect::to(&format!("/login?next={next}")).into_response()
}

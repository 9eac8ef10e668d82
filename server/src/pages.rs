//! The rendered pages, the server functions behind them, and files: the calendar file of a visit, entries of the record
//! as PDF, the record as a whole, and documents, in and out.

use std::sync::Arc;

use app::{
    address::address,
    app::App,
    features::records::{CONFIRMED, new_document_address},
    forms::{FormPage, STEP_UP, local_path},
    server_ctx::{ServerCtx, sent_by_another},
    shell::{Assets, shell},
};
use axum::{
    Router,
    extract::{FromRequestParts, Path, Request, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{
    Services,
    access::Actor,
    forms::{PostedForm, drawn_for},
    records::Which,
};
use domain_types::records::PatientRef;
use http::{Method, StatusCode, request::Parts};
use leptos::{
    nonce::Nonce,
    prelude::{provide_context, use_context},
};
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    extract::Caller,
    files::{as_document, as_pdf, attachment},
    middleware::{
        drawn_for::may_send,
        paths::{WHOSE_SESSION, is_api},
    },
    refusal::Refusal,
    state::AppState,
    uploads::{self, Upload},
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
        .route("/records/{reference}/file", get(document))
        .route("/records/summary.pdf", get(summary))
        .route(WHOSE_SESSION, get(whose_session))
        .route("/records/documents", get(documents).post(add_document))
        .leptos_routes_with_context(state, generate_route_list(App), context, shell)
        .fallback(|request: Request| async move {
            if is_api(request.uri().path()) {
                return Refusal::not_found().into_response();
            }
            if let Some(page) = without_slash(&request) {
                return Redirect::permanent(&page).into_response();
            }
            let mut response = not_found(request).await;
            if response.status() == StatusCode::OK {
                *response.status_mut() = StatusCode::NOT_FOUND;
            }
            response
        })
}

/// The address of the page that somebody means who writes a slash behind it. Nothing that leaves this site is led to.
fn without_slash(request: &Request) -> Option<String> {
    let path = request.uri().path().strip_suffix('/').filter(|path| !path.is_empty())?;
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let page = format!("{path}{query}");
    (request.method() == Method::GET && local_path(&page).is_some()).then_some(page)
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

/// Whose session it is, as forms name them; nothing when it is nobody's.
async fn whose_session(State(services): State<Services>, Caller(actor): Caller) -> String {
    if actor.is_signed_in() { drawn_for(&services, actor.user_id()) } else { String::new() }
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

/// A document as it was brought, for whoever may read its entry.
async fn document(
    State(services): State<Services>,
    Visitor(actor): Visitor,
    Path(reference): Path<String>,
) -> Result<Response, Refusal> {
    let stream = domain::records::document(&services, &actor, &Which::Reference(reference)).await?;
    Ok(as_document(stream.into_inner()))
}

/// The whole record as one PDF. Whoever has to prove first who they are comes back to the page with the button: a file
/// would leave them on the page of the proof.
async fn summary(State(services): State<Services>, Visitor(actor): Visitor) -> Result<Response, Refusal> {
    match domain::records::summary(&services, &actor).await {
        Err(domain::Error::StepUpRequired) => {
            Ok(Redirect::to(&address(STEP_UP, &[("next", CONFIRMED)])).into_response())
        }
        printed => Ok(as_pdf(printed?)),
    }
}

/// The documents of one's own record.
async fn documents() -> Redirect {
    Redirect::to("/records?show=documents")
}

/// Takes in a document. A refused one leads back to its form, without the file: that has to be chosen again.
async fn add_document(
    State(state): State<AppState>,
    Caller(actor): Caller,
    request: Request,
) -> Result<Redirect, Refusal> {
    if !actor.is_signed_in() {
        uploads::discard(state.limits, request).await;
        return Ok(Redirect::to(&address("/login", &[("next", &new_document_address(""))])));
    }
    let Upload { document, patient, drawn_for, place: _place } = uploads::receive(&state, request).await?;
    if !may_send(&state.services, &actor, "", drawn_for.as_deref()) {
        let fields = vec![("note".to_owned(), document.note)];
        let typed = PostedForm { path: String::new(), fields };
        let page = new_document_address(&patient);
        return Ok(Redirect::to(&sent_by_another(&state.services, drawn_for.as_deref(), &page, &typed).await));
    }
    let form = FormPage::at(new_document_address(&patient)).typed("note", &document.note);
    let whose = (!patient.is_empty()).then(|| PatientRef::parse(&patient));
    match domain::records::add_document(&state.services, &actor, whose.as_ref(), document).await {
        Ok(added) => Ok(Redirect::to(&format!("/records/{}?done=added", added.into_inner().reference))),
        Err(error) => Ok(Redirect::to(&form.back(&ServerCtx::of(state.services, actor), &error.to_problem()).await)),
    }
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

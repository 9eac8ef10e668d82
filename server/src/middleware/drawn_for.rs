//! No form is sent under another person's session.
//!
//! A page stays open in one tab while somebody else signs in in another: what is typed in the first must not be stored for
//! the second. So every form names the person for whom it was drawn ([`domain::forms::drawn_for`]), and here, before any
//! server function runs, that name is compared with whoever sends it. Documents are compared where their form is read, by
//! `pages`. Whose session is over goes on: the server function tells them to sign in.

use app::{
    features::auth::PROVE_THEMSELVES,
    forms::DRAWN_FOR,
    server_ctx::{Posted, other_person, sent_by_another},
};
use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use domain::{Services, access::Actor, forms::PostedForm};
use domain_types::ProblemCode;
use http::{Method, header};
use http_body_util::BodyExt;

use crate::{
    middleware::{same_origin::is_call, tell::accepts_html},
    refusal::Refusal,
};

/// Reads the form of a server function, whose body is here already, and refuses one that was drawn for somebody else.
pub async fn require(State(services): State<Services>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST || !is_call(request.uri().path()) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let Ok(body) = body.collect().await.map(http_body_util::Collected::to_bytes) else {
        return Refusal::new(ProblemCode::BadRequest, "The request broke off.").into_response();
    };
    let fields = url::form_urlencoded::parse(&body).into_owned().collect();
    let form = Posted(PostedForm { path: parts.uri.path().to_owned(), fields }.into());
    let actor = parts.extensions.get::<Actor>().cloned().unwrap_or_else(Actor::anonymous);
    if !may_send(&services, &actor, &form.0.path, form.value(DRAWN_FOR)) {
        if !accepts_html(&parts.headers) {
            return Refusal(other_person()).into_response();
        }
        let page = parts.headers.get(header::REFERER).and_then(|page| page.to_str().ok()).unwrap_or("/");
        return Redirect::to(&sent_by_another(&services, form.value(DRAWN_FOR), page, &form.0).await).into_response();
    }
    parts.extensions.insert(form);
    next.run(Request::from_parts(parts, Body::from(body))).await
}

/// Whether a form that was drawn for that person may be sent by this one.
#[must_use]
pub fn may_send(services: &Services, actor: &Actor, path: &str, drawn_for: Option<&str>) -> bool {
    let is_for = |account| drawn_for == Some(domain::forms::drawn_for(services, account).as_str());
    // Signing in, for example, says by itself whom it is about.
    !actor.is_signed_in() || is_for(actor.user_id()) || (PROVE_THEMSELVES.contains(&path) && is_for(None))
}

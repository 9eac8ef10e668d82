//! Gives refusals their body: a problem document for programs, a server function's error for scripts, a page for
//! people.

use app::shell::Assets;
use axum::{
    Json,
    extract::{Request, State},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use domain_types::{Problem, ProblemCode};
use html_escape::encode_double_quoted_attribute as escape;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;

use crate::{
    api::error::problem_document,
    middleware::{authenticate::challenge, paths::is_api, request_id::RequestId},
    refusal::{Refusal, status_of},
};

/// Writes the body of a refusal; any other response passes as it is.
pub async fn write(State(assets): State<Assets>, request: Request, next: Next) -> Response {
    let request_id = request.extensions().get::<RequestId>().map(|id| id.0.clone());
    let path = request.uri().path().to_owned();
    let wants_page = accepts_html(request.headers());
    let response = next.run(request).await;
    let refusal = response.extensions().get::<Refusal>().cloned();
    let Some(Refusal(problem)) = refusal.or_else(|| form_that_waits(&response, &path, wants_page)) else {
        return response;
    };
    let problem = Problem { request_id: problem.request_id.clone().or(request_id), ..problem };
    let body = if is_api(&path) {
        problem_document(&problem)
    } else if wants_page {
        (status_of(&problem), page(&problem, &assets)).into_response()
    } else {
        as_call_error(&path, &problem)
    };
    with_headers_of(response, body, &problem, is_api(&path))
}

/// A plain form whose act could not be tried now: its server function set the status, and the page is written here.
fn form_that_waits(response: &Response, path: &str, wants_page: bool) -> Option<Refusal> {
    let waits = wants_page && path.starts_with("/fn/") && response.status() == StatusCode::SERVICE_UNAVAILABLE;
    let seconds = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    let detail =
        "Nothing was saved. Go back in your browser, where what you typed still is, and send it again in a moment.";
    let problem = Problem { retry_after: seconds.or(Some(5)), ..Problem::new(ProblemCode::Unavailable, detail) };
    waits.then_some(Refusal(problem))
}

/// Whether a browser will show the answer as a page.
#[must_use]
pub fn accepts_html(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|types| types.contains("text/html"))
}

/// The new body with the headers that the refusal had already, such as `Allow` and `Set-Cookie`.
fn with_headers_of(refusal: Response, mut told: Response, problem: &Problem, is_api: bool) -> Response {
    let (mut parts, _) = refusal.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_TYPE);
    // The body that was compressed is gone: a browser that unpacked the new one would show nothing of it.
    parts.headers.remove(header::CONTENT_ENCODING);
    if told.status().is_server_error() {
        // A form would have led there.
        parts.headers.remove(header::LOCATION);
    }
    let headers = told.headers_mut();
    for (name, value) in &parts.headers {
        headers.append(name, value.clone());
    }
    if let Some(seconds) = problem.retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if is_api && told.status() == StatusCode::UNAUTHORIZED {
        told.headers_mut().insert(header::WWW_AUTHENTICATE, challenge(problem.code));
    }
    told.extensions_mut().extend(parts.extensions);
    told
}

/// What the caller of a server function decodes.
fn as_call_error(path: &str, problem: &Problem) -> Response {
    let mut response = (status_of(problem), Json(problem)).into_response();
    if path.starts_with("/fn/")
        && let Ok(path) = HeaderValue::from_str(path)
    {
        response.headers_mut().insert(SERVER_FN_ERROR_HEADER, path);
    }
    response
}

/// A page of its own, which needs neither the database nor the renderer: both may be what failed.
fn page(problem: &Problem, assets: &Assets) -> Html<String> {
    let style = assets.url("/pkg/securemed.css");
    let style = escape(&style);
    let (title, detail) = (escape(problem.title()), escape(&problem.detail));
    let id = problem.request_id.as_deref().map(|id| escape(id).into_owned()).unwrap_or_default();
    let way_on = match problem.code {
        ProblemCode::Unauthenticated | ProblemCode::TokenNotValid => r#"<a href="/login">Sign in</a>"#,
        _ => r#"<a href="/">Go to the start page</a>"#,
    };
    Html(format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} · SecureMed</title><link rel=\"stylesheet\" href=\"{style}\"></head>\
         <body><main class=\"page\"><h1>{title}</h1><p>{detail}</p><p>{way_on}</p>\
         <p><small>If you call us about this, quote this number: {id}</small></p></main></body></html>\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_problem_becomes_markup() {
        let problem = Problem::new(ProblemCode::BadRequest, "<script>\"&");
        let assets = Assets(std::sync::Arc::new(str::to_owned));
        let Html(page) = page(&problem, &assets);
        assert!(page.contains("&lt;script&gt;&quot;&amp;") && !page.contains("<script>"));
    }
}

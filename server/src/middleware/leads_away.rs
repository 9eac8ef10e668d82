//! No page leads its reader away by markup.
//!
//! The content security policy forbids scripts, frames, base addresses and forms of other sites, but it has no word for
//! `<meta http-equiv="refresh">`: that navigates under any policy. No page of ours uses it (where it is needed, the
//! server sends a `Refresh` header), and what people typed is escaped. Should that ever fail, the page is not sent.

use axum::{
    body::Body,
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain_types::ProblemCode;
use http::{HeaderMap, header};
use http_body_util::BodyExt;

use crate::refusal::Refusal;

/// Looks at a page, which was drawn whole, before it is sent.
pub async fn refuse(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if !is_page(response.headers()) {
        return response;
    }
    let (parts, body) = response.into_parts();
    match body.collect().await.map(http_body_util::Collected::to_bytes) {
        Ok(page) if leads_away(&String::from_utf8_lossy(&page)) => {
            tracing::error!("a page held markup that leads away and was not sent");
            Refusal::new(ProblemCode::Internal, "This page could not be shown safely.").into_response()
        }
        Ok(page) => Response::from_parts(parts, Body::from(page)),
        Err(_) => Refusal::new(ProblemCode::Internal, "The page broke off. Please try again.").into_response(),
    }
}

fn is_page(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// Whether there is a `meta` that is not written as ours are, or that is more than a name and its content.
fn leads_away(page: &str) -> bool {
    let is_meta = |rest: &str| {
        let begins = rest.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("meta"));
        // Not `meter`.
        begins && !rest[4..].starts_with(|letter: char| letter.is_ascii_alphanumeric())
    };
    page.split('<').skip(1).filter(|rest| is_meta(rest)).any(|rest| !is_plain(&rest[4..]))
}

/// Attributes as the renderer writes them, and no `http-equiv` among them.
fn is_plain(mut rest: &str) -> bool {
    while let Some(attribute) = rest.strip_prefix(' ').filter(|rest| !rest.starts_with('/')) {
        let Some((name, value)) = attribute.split_once("=\"") else { return false };
        let Some((_, after)) = value.split_once('"') else { return false };
        if !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') || name == "http-equiv" {
            return false;
        }
        rest = after;
    }
    matches!(rest.trim_start_matches([' ', '/']).chars().next(), Some('>'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />")]
    #[case("<p>&lt;meta http-equiv=refresh&gt; http-equiv</p>")]
    #[case("<meter value=\"1\"></meter>")]
    fn pages_of_ours_are_sent(#[case] page: &str) {
        assert!(!leads_away(page));
    }

    #[rstest]
    #[case("<meta http-equiv=refresh content=\"0;url=https://evil.example/\">")]
    #[case("<META HTTP-EQUIV=\"refresh\" content=\"0\">")]
    #[case("<meta/http-equiv=refresh>")]
    #[case("<meta\nhttp-equiv=\"refresh\">")]
    #[case("<meta name=\"viewport\" http-equiv=\"refresh\">")]
    #[case("<meta name=\">\" http-equiv=\"refresh\">")]
    #[case("<meta name='<' http-equiv='refresh'>")]
    #[case("<meta name=\"viewport\"  http-equiv=\"refresh\">")]
    fn a_refresh_by_markup_is_found_however_it_is_written(#[case] page: &str) {
        assert!(leads_away(page));
    }
}

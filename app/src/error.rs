//! The one error of server functions, and how it becomes the status of a response.

use std::fmt;

use domain_types::{Problem, ProblemCode, auth::Viewer};
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// A [`Problem`] on its way from a server function to whoever called it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AppError(pub Problem);

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for AppError {}

impl From<Problem> for AppError {
    fn from(problem: Problem) -> Self {
        #[cfg(feature = "ssr")]
        let problem = crate::server_ctx::role_first(problem);
        #[cfg(feature = "ssr")]
        answer_call(&problem);
        Self(problem)
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        use ServerFnErrorErr as Failure;
        match error {
            Failure::Args(_) | Failure::MissingArg(_) => {
                let problem = Problem::new(ProblemCode::BadRequest, "We could not read what was sent.");
                #[cfg(feature = "ssr")]
                let problem = crate::server_ctx::role_first(problem);
                #[cfg(feature = "ssr")]
                answer_unreadable(&problem);
                Self(problem)
            }
            Failure::Request(_) | Failure::UnsupportedRequestMethod(_) => Self(Problem::new(
                ProblemCode::Unavailable,
                "SecureMed could not be reached. Check your connection and try again.",
            )),
            _ => Problem::new(ProblemCode::Internal, "Something went wrong on our side. Please try again.").into(),
        }
    }
}

/// Gives a page the status of its problem; whoever is not signed in, or has to prove once more who they are, is sent to
/// do so and comes back afterwards.
/// In the browser there is no response to change.
pub fn answer_page(problem: &Problem) {
    #[cfg(feature = "ssr")]
    page::answer(problem);
    #[cfg(not(feature = "ssr"))]
    let _ = problem;
}

/// Answers a page with a redirect to a path of this site.
pub fn redirect_page(path: &str) {
    #[cfg(feature = "ssr")]
    page::redirect(path);
    #[cfg(not(feature = "ssr"))]
    let _ = path;
}

/// Leads away from a page after so many seconds, where no script does: by a header, so that no page ever needs markup that
/// leads its reader away.
pub fn leave_page_after(seconds: u32, path: &str) {
    #[cfg(feature = "ssr")]
    page::leave_after(seconds, path);
    #[cfg(not(feature = "ssr"))]
    let _ = (seconds, path);
}

/// The address that was asked for, path and query: where a sign-in comes back to.
#[must_use]
pub fn this_address() -> String {
    #[cfg(feature = "ssr")]
    let address = page::address();
    #[cfg(not(feature = "ssr"))]
    let address = String::new();
    address
}

/// Whoever asked for this page, when they are signed in.
#[must_use]
pub fn this_viewer() -> Option<Viewer> {
    #[cfg(feature = "ssr")]
    let viewer = crate::server_ctx::viewer();
    #[cfg(not(feature = "ssr"))]
    let viewer = None;
    viewer
}

/// Gives the answer of a server function the status of its problem.
///
/// Only for programs and scripts: a status that is set overwrites the redirect that a plain form post needs. And only
/// for requests to server functions: during the drawing of a page the page decides what a problem means.
#[cfg(feature = "ssr")]
fn answer_call(problem: &Problem) {
    use crate::server_ctx::RequestFacts;
    if let Some(request) = RequestFacts::current().filter(|request| request.is_call && !request.accepts_html) {
        request.refuse(problem);
    }
}

/// Arguments that no form of ours sends, for example a letter where an id belongs. There is no form to go back to, and
/// the framework would go to the raw Referer: the status is set for browsers too, so that its redirect is not followed.
#[cfg(feature = "ssr")]
fn answer_unreadable(problem: &Problem) {
    use crate::server_ctx::RequestFacts;
    if let Some(request) = RequestFacts::current().filter(|request| request.is_call) {
        request.refuse(problem);
        if request.accepts_html {
            request.set_location("/");
        }
    }
}

#[cfg(feature = "ssr")]
mod page {
    use domain_types::{Problem, ProblemCode};
    use http::{HeaderValue, StatusCode, header};

    use crate::{address::address as with_values, cookies, forms::STEP_UP, server_ctx::RequestFacts};

    pub(super) fn answer(problem: &Problem) {
        match problem.code {
            ProblemCode::Unauthenticated | ProblemCode::TokenNotValid => {
                redirect(&with_values("/login", &[("next", &address())]));
            }
            ProblemCode::StepUpRequired => redirect(&with_values(STEP_UP, &[("next", &address())])),
            _ => {
                if let Some(request) = RequestFacts::current().filter(|request| !request.is_call) {
                    request.refuse(problem);
                }
            }
        }
    }

    pub(super) fn redirect(path: &str) {
        if let Some(request) = RequestFacts::current().filter(|request| !request.is_call) {
            request.set_location(path);
            request.response.set_status(StatusCode::FOUND);
        }
    }

    pub(super) fn leave_after(seconds: u32, path: &str) {
        let request = RequestFacts::current().filter(|request| !request.is_call);
        let Some(request) = request.filter(|request| cookies::read(&request.headers, cookies::SCRIPTS).is_none())
        else {
            return;
        };
        if let Ok(refresh) = HeaderValue::try_from(format!("{seconds};url={path}")) {
            request.response.insert_header(header::REFRESH, refresh);
        }
    }

    pub(super) fn address() -> String {
        RequestFacts::current().map(|request| request.address).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos::server_fn::{Decodes, Encodes};

    #[test]
    fn an_error_arrives_as_it_left() {
        let error = AppError(Problem::field("reason", "Enter what the appointment is for."));
        let sent = JsonEncoding::encode(&error).unwrap();
        assert_eq!(<JsonEncoding as Decodes<AppError>>::decode(sent).unwrap(), error);
    }

    #[test]
    fn arguments_that_cannot_be_read_are_the_callers_fault() {
        let error = AppError::from_server_fn_error(ServerFnErrorErr::Args("invalid digit".into()));
        assert_eq!(error.0.status(), 400);
        assert!(!error.0.detail.contains("digit"), "what was sent is not repeated");
    }
}

//! A request that is refused before or beside its handler.

use axum::response::{IntoResponse, Response};
use domain_types::{Problem, ProblemCode};
use http::StatusCode;

/// Answers with a [`Problem`]. It has no body yet: [`crate::middleware::tell`] writes it in the form that whoever asked
/// can read, with the id of the request.
#[derive(Clone, Debug)]
pub struct Refusal(pub Problem);

impl Refusal {
    #[must_use]
    pub fn new(code: ProblemCode, detail: &str) -> Self {
        Self(Problem::new(code, detail))
    }

    #[must_use]
    pub fn not_found() -> Self {
        Self(domain::Error::NotFound.to_problem())
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<domain::Error> for Refusal {
    fn from(error: domain::Error) -> Self {
        Self(error.to_problem())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = status_of(&self.0).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The status that goes with a problem.
#[must_use]
pub fn status_of(problem: &Problem) -> StatusCode {
    StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

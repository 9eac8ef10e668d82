//! Whether the process lives (`/livez`) and whether it can serve (`/readyz`).

use axum::{Router, extract::State, response::IntoResponse, routing::get};
use domain::Services;
use domain_types::{Problem, ProblemCode};

use crate::{refusal::Refusal, state::AppState};

/// The two routes, for supervisors and load balancers.
pub fn routes() -> Router<AppState> {
    Router::new().route("/livez", get(|| async { "ok\n" })).route("/readyz", get(ready))
}

/// Ready when the database answers. That its schema is this binary's was made sure of at start.
async fn ready(State(services): State<Services>) -> Result<impl IntoResponse, Refusal> {
    domain::health::check(&services).await.map_err(|_| {
        let mut problem = Problem::new(ProblemCode::Unavailable, "The database does not answer.");
        problem.retry_after = Some(5);
        Refusal(problem)
    })?;
    Ok("ready\n")
}

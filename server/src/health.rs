//! Whether the process lives (`/livez`) and whether it can serve (`/readyz`).

use axum::{Router, extract::State, response::IntoResponse, routing::get};
use domain::Services;
use migration::{Migrator, MigratorTrait};

use crate::{refusal::Refusal, state::AppState};

/// The two routes, for supervisors and load balancers.
pub fn routes() -> Router<AppState> {
    Router::new().route("/livez", get(|| async { "ok\n" })).route("/readyz", get(ready))
}

/// Ready when the database answers and its schema is this binary's.
async fn ready(State(services): State<Services>) -> Result<impl IntoResponse, Refusal> {
    domain::health::check(&services).await.map_err(|_| not_ready("The database does not answer."))?;
    let pending = Migrator::get_pending_migrations(services.db().for_migrations()).await;
    match pending {
        Ok(pending) if pending.is_empty() => Ok("ready\n"),
        Ok(_) => Err(not_ready("The database waits for its migrations.")),
        Err(_) => Err(not_ready("The database does not answer.")),
    }
}

fn not_ready(sentence: &str) -> Refusal {
    let mut problem = domain_types::Problem::new(domain_types::ProblemCode::Unavailable, sentence);
    problem.retry_after = Some(5);
    Refusal(problem)
}

//! `securemed migrate`: the schema of this version.

use migration::{Migrator, MigratorTrait};

use crate::{
    cli::{Outcome, start},
    config::{Config, Env, Mode},
};

pub(super) async fn run(env: &Env, status_only: bool) -> Outcome {
    let config = Config::from_env(env, Mode::Tool)?;
    let db = start::open_database(&config).await?;
    if status_only {
        for migration in Migrator::get_migration_with_status(db.for_migrations()).await? {
            println!("{:8} {}", migration.status().to_string().to_lowercase(), migration.name());
        }
        return Ok(());
    }
    let pending = Migrator::get_pending_migrations(db.for_migrations()).await?.len();
    Migrator::up(db.for_migrations(), None).await?;
    let services = start::services(config, db, Mode::Tool).await?;
    domain::seed::essentials(&services).await?;
    println!("{pending} migrations applied.");
    Ok(services.db().clone().close().await?)
}

//! `securemed serve`: a real clinic.

use migration::{Migrator, MigratorTrait};

use crate::{
    cli::{Outcome, start},
    config::{Config, Env, Mode},
};

pub(super) async fn run(env: &Env) -> Outcome {
    let config = Config::from_env(env, Mode::Production)?;
    let listener = start::bind(&config).await?;
    let db = start::open_database(&config).await?;
    let pending = Migrator::get_pending_migrations(db.for_migrations()).await?;
    if !pending.is_empty() {
        return Err("The database waits for its migrations. Make a backup, then run: securemed migrate".into());
    }
    let door = start::Door::of(&config);
    let services = start::services(config, db, Mode::Production).await?;
    if domain::seed::demo_accounts_present(&services).await? {
        return Err("The database holds demo accounts, whose names are known: it cannot serve real patients.".into());
    }
    start::serve(listener, services, door, || {}).await
}

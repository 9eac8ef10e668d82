//! `securemed demo`: the demo clinic, on this machine alone.

use domain::{Services, seed::SeedOptions};
use migration::{Migrator, MigratorTrait};

use crate::{
    cli::{
        Outcome,
        banner::{self, Password},
        seed, start,
    },
    config::{Config, Env, Mode},
};

pub(super) async fn run(env: &Env) -> Outcome {
    let mut config = Config::from_env(env, Mode::Demo)?;
    let listener = start::bind(&config).await?;
    config.public.reached_at(listener.local_addr()?);
    let url = config.public.url.clone();
    let (folder, chosen) = (config.data.folder.clone(), config.demo.password.clone());
    let door = start::Door::of(&config);
    let db = start::open_database(&config).await?;
    Migrator::up(db.for_migrations(), None).await?;
    let services = start::services(config, db, Mode::Demo).await?;
    let password = prepare(&services, chosen).await?;
    start::serve(listener, services, door, || banner::print(&url, &folder, &password)).await
}

/// Fills an empty database; gives the demo accounts of a filled one the password that was chosen.
async fn prepare(
    services: &Services,
    chosen: Option<String>,
) -> Result<Password, Box<dyn std::error::Error + Send + Sync>> {
    if domain::seed::is_empty(services).await? {
        let is_chosen = chosen.is_some();
        let report = seed::fill(services, SeedOptions { demo_password: chosen, ..SeedOptions::default() }).await?;
        return Ok(match report.demo_password {
            Some(random) if !is_chosen => Password::New(random),
            _ => Password::Chosen,
        });
    }
    if !domain::seed::demo_accounts_present(services).await? {
        return Err("This database holds people and no demo accounts: the demo does not touch it.".into());
    }
    match chosen {
        Some(password) => {
            domain::seed::set_demo_password(services, &password).await?;
            Ok(Password::Chosen)
        }
        None => Ok(Password::Earlier),
    }
}

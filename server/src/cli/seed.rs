//! `securemed seed`: a synthetic clinic in an empty database.

use domain::{
    Services,
    seed::{Progress, SeedOptions, SeedReport},
};
use indicatif::{ProgressBar, ProgressStyle};
use migration::{Migrator, MigratorTrait};

use crate::{
    cli::{Outcome, SeedArgs, start},
    config::{Config, Env, Mode},
};

pub(super) async fn run(env: &Env, args: SeedArgs) -> Outcome {
    let config = Config::from_env(env, Mode::Tool)?;
    let demo_password = config.demo.password.clone();
    let db = start::open_database(&config).await?;
    Migrator::up(db.for_migrations(), None).await?;
    let services = start::services(config, db, Mode::Tool).await?;
    if !domain::seed::is_empty(&services).await? {
        return Err("There are people in this database already; a synthetic clinic needs an empty one.".into());
    }
    let SeedArgs { doctors, patients, days, seed, readings } = args;
    let report = fill(&services, SeedOptions { doctors, patients, days, seed, readings, demo_password }).await?;
    println!(
        "{} doctors, {} patients, {} appointments, {} records.",
        report.doctors, report.patients, report.visits, report.records
    );
    match report.demo_password {
        Some(password) => println!("The demo accounts have this password, shown only now: {password}"),
        None => println!("The demo accounts have the password of SECUREMED_DEMO_PASSWORD."),
    }
    Ok(services.db().clone().close().await?)
}

/// Fills the database and shows how far it is, on a terminal.
pub(super) async fn fill(services: &Services, options: SeedOptions) -> domain::Result<SeedReport> {
    let bar = ProgressBar::new(1);
    if let Ok(style) = ProgressStyle::with_template("{msg:18} {bar:40} {pos:>9}/{len}") {
        bar.set_style(style);
    }
    let report = domain::seed::run(services, options, &mut |progress: Progress| {
        bar.set_message(progress.stage);
        bar.set_length(progress.total);
        bar.set_position(progress.done);
    })
    .await;
    bar.finish_and_clear();
    report
}

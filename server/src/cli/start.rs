//! The steps that commands share: the database, the services, serving.

use std::sync::Arc;

use domain::{
    Options, Services, ServicesConfig,
    auth::PasswordCost,
    clock::{Clock, SystemClock},
    db::Db,
};
use tokio::net::TcpListener;

use crate::{
    AppState, build_app,
    cli::Outcome,
    config::{Config, Mode, TrafficConfig},
    jobs::Jobs,
    listen::{self, ConnectionLimits},
};

/// How long the jobs may take to finish their round at the end.
const JOBS_TIME: std::time::Duration = std::time::Duration::from_secs(10);

/// Opens the database; on SQLite the file is made when it is missing.
pub(super) async fn open_database(config: &Config) -> Result<Db, Box<dyn std::error::Error + Send + Sync>> {
    config.data.make().map_err(|error| format!("The data folder cannot be made: {error}"))?;
    // The address may hold a password; what the driver says of it does not.
    Db::connect(&config.database.target).await.map_err(|error| format!("The database cannot be opened: {error}").into())
}

/// Wires what the rules work with, for a database that has its schema. A key under which nothing opens ends here.
pub(super) async fn services(
    config: Config,
    db: Db,
    mode: Mode,
) -> Result<Services, Box<dyn std::error::Error + Send + Sync>> {
    let master_keys =
        config.secret.keys(&config.data).map_err(|error| format!("The secret key cannot be read or made: {error}"))?;
    let mailer = config.mail.mailer(&config.data).map_err(|why| format!("Mail cannot be written into files: {why}"))?;
    let options = Options {
        public_url: config.public.url,
        demo: mode == Mode::Demo,
        password_cost: PasswordCost::default(),
        staff_second_factor: mode != Mode::Demo,
        font: config.paper.font,
        ..Options::default()
    };
    let clock: Arc<dyn Clock> = match config.demo.clock {
        Some(shifted) => Arc::new(shifted),
        None => Arc::new(SystemClock),
    };
    let services = Services::new(ServicesConfig { db, clock, mailer, master_keys, options })?;
    if !domain::key_check::fits(&services).await? {
        return Err("The database was sealed under another secret key. Start with that one, or name it in \
            SECUREMED_PREVIOUS_SECRET_KEYS beside the new one."
            .into());
    }
    Ok(services)
}

/// Binds the address, before anything takes its time: a port in use is told at once.
pub(super) async fn bind(config: &Config) -> Result<TcpListener, Box<dyn std::error::Error + Send + Sync>> {
    let address = config.listen.address;
    let bound = TcpListener::bind(address).await;
    bound.map_err(|error| format!("SECUREMED_LISTEN={address} cannot be used: {error}").into())
}

/// What the configuration says of the door.
pub(super) struct Door {
    traffic: TrafficConfig,
    connections: ConnectionLimits,
}

impl Door {
    pub(super) fn of(config: &Config) -> Self {
        let traffic = config.traffic.clone();
        let connections = ConnectionLimits {
            all: config.listen.connections,
            per_address: config.listen.connections_per_address,
            proxies: traffic.proxies.clone(),
            ..ConnectionLimits::default()
        };
        Self { traffic, connections }
    }
}

/// Serves until the process is told to stop; `ready` says so to whoever started it.
pub(super) async fn serve(listener: TcpListener, services: Services, door: Door, ready: impl FnOnce()) -> Outcome {
    let jobs = Jobs::start(&services);
    let Door { traffic, connections } = door;
    let state = AppState::new(services.clone(), traffic.limits).behind(traffic.proxies);
    let rates = state.rates.clone();
    let quiet = tokio::spawn(async move {
        let mut minutes = tokio::time::interval(std::time::Duration::from_secs(60));
        loop {
            minutes.tick().await;
            rates.forget_quiet();
        }
    });
    let app = build_app(state);
    tracing::info!(address = %listener.local_addr()?, "listening");
    ready();
    listen::serve(listener, app, connections, listen::stop_signal()).await;
    tracing::info!("stopping");
    quiet.abort();
    jobs.stop(JOBS_TIME).await;
    services.db().clone().close().await?;
    Ok(())
}

//! `securemed erase`: the end of what is said about a patient.

use domain::access::Actor;

use crate::{
    cli::{Outcome, start},
    config::{Config, Env, Mode},
};

pub(super) async fn run(env: &Env, patient: &str, for_ever: bool) -> Outcome {
    if !for_ever {
        return Err(format!("Nothing was erased. To erase the record of {patient} for ever, add --for-ever.").into());
    }
    let config = Config::from_env(env, Mode::Tool)?;
    let db = start::open_database(&config).await?;
    let services = start::services(config, db, Mode::Tool).await?;
    let outcome = domain::records::erase(&services, &Actor::system("securemed erase"), patient).await;
    services.db().clone().close().await?;
    outcome.map_err(|error| match error {
        domain::Error::NotFound => format!("There is no patient {patient} whose record could be erased.").into(),
        error => Box::<dyn std::error::Error + Send + Sync>::from(error),
    })?;
    println!("The record of {patient} can be read by nobody any more.");
    Ok(())
}

//! `securemed keys`: the keys that sign access tokens, and the master key that seals what is secret.

use clap::Subcommand;
use domain::access::Actor;

use crate::{
    cli::{Outcome, start},
    config::{Config, Env, Mode},
};

#[derive(Clone, Copy, Debug, Subcommand)]
pub(super) enum KeysCommand {
    /// Makes a new key that signs access tokens from now on.
    Rotate {
        /// Ends the earlier keys at once, after one of them was stolen. People stay signed in: their next request gets
        /// them a new token.
        #[arg(long)]
        revoke: bool,
    },
    /// Seals everything anew under SECUREMED_SECRET_KEY that was sealed under SECUREMED_PREVIOUS_SECRET_KEYS.
    Reseal,
}

pub(super) async fn run(env: &Env, command: KeysCommand) -> Outcome {
    let config = Config::from_env(env, Mode::Tool)?;
    let db = start::open_database(&config).await?;
    let services = start::services(config, db, Mode::Tool).await?;
    let actor = Actor::system("securemed keys");
    match command {
        KeysCommand::Rotate { revoke } => {
            let kid = domain::auth::rotate_keys(&services, &actor, revoke).await?;
            println!("The key {kid} signs from now on.");
        }
        KeysCommand::Reseal => {
            let count = domain::auth::reseal(&services, &actor).await?;
            println!("{count} secrets were sealed anew. SECUREMED_PREVIOUS_SECRET_KEYS can go.");
        }
    }
    Ok(services.db().clone().close().await?)
}

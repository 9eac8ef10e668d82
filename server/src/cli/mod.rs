//! The commands of `securemed`.

mod banner;
mod demo;
mod erase;
mod keys;
mod migrate;
mod seed;
mod serve;
mod start;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::{
    config::{Env, LogFormat},
    log, private_files,
};

/// What a command fails with: a sentence for whoever typed it.
type Outcome = Result<(), Box<dyn std::error::Error + Send + Sync>>;

#[derive(Debug, Parser)]
#[command(name = "securemed", version, about = "SecureMed: a clinic's appointments and records", long_about = None)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Opens the demo clinic on this machine: made and filled on first start, ready in seconds.
    Demo,
    /// Serves a real clinic. Refuses to start without a secret key, with a plain-HTTP public address, with demo
    /// accounts, or with a database that waits for its migrations.
    Serve,
    /// Brings the database to this version's schema.
    Migrate {
        /// Only says what is applied and what waits.
        #[arg(long)]
        status: bool,
    },
    /// Fills an empty database with a synthetic clinic.
    Seed(SeedArgs),
    /// Erases what is said about a patient's health, for ever: the key under which it is sealed.
    Erase {
        /// The patient's number, such as PT-7K3M9Q2X.
        patient: String,
        /// Says that you mean it: nothing brings it back but a backup that was made before.
        #[arg(long)]
        for_ever: bool,
    },
    /// Changes the keys that sign and seal.
    #[command(subcommand)]
    Keys(keys::KeysCommand),
}

/// How large the synthetic clinic is.
#[derive(Clone, Copy, Debug, Args)]
struct SeedArgs {
    #[arg(long, default_value_t = 40)]
    doctors: u32,
    #[arg(long, default_value_t = 500)]
    patients: u32,
    /// Days of visits, past and to come.
    #[arg(long, default_value_t = 60)]
    days: u32,
    /// Another number makes another clinic.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Readings that the first demo patient took at home, one a day: a long record to measure with.
    #[arg(long, default_value_t = 0)]
    readings: u32,
}

/// Runs the command that was typed.
pub async fn run() -> ExitCode {
    let cli = Cli::parse();
    private_files::make_only_private_ones();
    let env = Env::process();
    let outcome = match LogFormat::from_env(&env) {
        Ok(format) => {
            log::start(format);
            match cli.command {
                Command::Demo => demo::run(&env).await,
                Command::Serve => serve::run(&env).await,
                Command::Migrate { status } => migrate::run(&env, status).await,
                Command::Seed(args) => seed::run(&env, args).await,
                Command::Erase { patient, for_ever } => erase::run(&env, &patient, for_ever).await,
                Command::Keys(command) => keys::run(&env, command).await,
            }
        }
        Err(problems) => Err(problems.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", error.to_string().trim_end());
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_clinic_has_the_documented_size_unless_told_otherwise() {
        let cli = Cli::try_parse_from(["securemed", "seed", "--doctors", "3"]).unwrap();
        let Command::Seed(args) = cli.command else { panic!("seed") };
        assert_eq!((args.doctors, args.patients, args.days, args.seed), (3, 500, 60, 7));
    }
}

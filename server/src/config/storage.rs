//! Where the data lives, and the key to it.

use std::{fmt, path::PathBuf};

use domain::{
    db::DatabaseTarget,
    secrets::{MasterKey, MasterKeys},
};

use crate::config::{Env, Mode};

/// Where files live.
#[derive(Clone, Debug)]
pub struct DataConfig {
    pub folder: PathBuf,
}

impl DataConfig {
    pub(super) fn from_env(env: &Env) -> Self {
        Self { folder: env.get("SECUREMED_DATA_DIR").unwrap_or_else(|| "./data".into()).into() }
    }

    /// Makes the folder, readable by its owner alone; one that is there becomes so.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn make(&self) -> std::io::Result<()> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.folder)?;
        crate::private_files::tighten(&self.folder);
        Ok(())
    }
}

/// Which database.
#[derive(Clone)]
pub struct DatabaseConfig {
    pub target: DatabaseTarget,
}

impl fmt::Debug for DatabaseConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseConfig(…)")
    }
}

impl DatabaseConfig {
    pub(super) fn from_env(env: &Env, data: &DataConfig, problems: &mut Vec<String>) -> Self {
        let file = DatabaseTarget::Sqlite(data.folder.join("securemed.sqlite"));
        let target = match env.get("DATABASE_URL") {
            None => file,
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                DatabaseTarget::Postgres { url, schema: None }
            }
            Some(_) => {
                problems.push(
                    "DATABASE_URL must begin with postgres:// (leave it out for SQLite in the data folder)".into(),
                );
                file
            }
        };
        Self { target }
    }
}

/// The master key, when the environment has one, and those before it.
#[derive(Clone, Debug)]
pub struct SecretConfig {
    key: Option<MasterKey>,
    previous: Vec<MasterKey>,
}

impl SecretConfig {
    pub(super) fn from_env(env: &Env, mode: Mode, problems: &mut Vec<String>) -> Self {
        let key = match env.get("SECUREMED_SECRET_KEY").map(|text| MasterKey::from_text(&text)) {
            Some(Ok(key)) => Some(key),
            Some(Err(why)) => {
                problems.push(format!("SECUREMED_SECRET_KEY {why}"));
                None
            }
            None if mode == Mode::Production => {
                problems.push("SECUREMED_SECRET_KEY is missing; make one with: openssl rand -hex 32".into());
                None
            }
            None => None,
        };
        let mut previous = Vec::new();
        for text in env.get("SECUREMED_PREVIOUS_SECRET_KEYS").unwrap_or_default().split(',').map(str::trim) {
            match MasterKey::from_text(text) {
                _ if text.is_empty() => {}
                Ok(key) => previous.push(key),
                Err(why) => problems.push(format!("SECUREMED_PREVIOUS_SECRET_KEYS: each {why}")),
            }
        }
        Self { key, previous }
    }

    /// The key of the environment, or the one in the data folder, which is made on first start; and those before it.
    ///
    /// # Errors
    /// When the file cannot be read or made.
    pub fn keys(&self, data: &DataConfig) -> std::io::Result<MasterKeys> {
        let current = match &self.key {
            Some(key) => key.clone(),
            None => MasterKey::load_or_create(&data.folder.join("secret.key"))?,
        };
        Ok(MasterKeys { current, previous: self.previous.clone() })
    }
}

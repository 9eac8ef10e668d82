//! What the environment chooses: one struct per concern, and all problems told at once. See `.env.example`.

mod mail;
mod network;
mod paper;
mod storage;
mod traffic;

use std::fmt;

use domain::clock::ShiftedClock;

pub use mail::MailConfig;
pub use network::{ListenConfig, PublicConfig};
pub use paper::PaperConfig;
pub use storage::{DataConfig, DatabaseConfig, SecretConfig};
pub use traffic::TrafficConfig;

/// How the process runs, which decides what it insists on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The demo clinic on this machine alone.
    Demo,
    /// Real patients: no default that a stranger could know.
    Production,
    /// A command on the database, without a door.
    Tool,
}

/// Everything that the environment chooses.
#[derive(Debug)]
pub struct Config {
    pub listen: ListenConfig,
    pub data: DataConfig,
    pub database: DatabaseConfig,
    pub secret: SecretConfig,
    pub public: PublicConfig,
    pub mail: MailConfig,
    pub traffic: TrafficConfig,
    pub paper: PaperConfig,
    pub demo: DemoConfig,
}

impl Config {
    /// Reads all concerns.
    ///
    /// # Errors
    /// Every problem of every concern, each named by its variable.
    pub fn from_env(env: &Env, mode: Mode) -> Result<Self, ConfigProblems> {
        let mut problems = Vec::new();
        let listen = ListenConfig::from_env(env, mode, &mut problems);
        let data = DataConfig::from_env(env);
        let config = Self {
            database: DatabaseConfig::from_env(env, &data, &mut problems),
            secret: SecretConfig::from_env(env, mode, &mut problems),
            public: PublicConfig::from_env(env, mode, &listen, &mut problems),
            mail: MailConfig::from_env(env, &mut problems),
            traffic: TrafficConfig::from_env(env, &mut problems),
            paper: PaperConfig::from_env(env, &mut problems),
            demo: DemoConfig::from_env(env, mode, &mut problems),
            listen,
            data,
        };
        if problems.is_empty() { Ok(config) } else { Err(ConfigProblems(problems)) }
    }
}

/// The environment, or a test's.
pub struct Env(Box<Lookup>);

type Lookup = dyn Fn(&str) -> Option<String> + Send + Sync;

impl fmt::Debug for Env {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Env(…)")
    }
}

impl Env {
    /// The environment of this process.
    #[must_use]
    pub fn process() -> Self {
        Self(Box::new(|name| std::env::var(name).ok()))
    }

    /// Given variables and nothing else.
    #[must_use]
    pub fn of(variables: &[(&str, &str)]) -> Self {
        let variables: Vec<_> = variables.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        Self(Box::new(move |name| variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())))
    }

    /// An empty variable counts as absent: that is what an unfilled `.env` line gives.
    fn get(&self, name: &str) -> Option<String> {
        (self.0)(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }
}

/// All that keeps SecureMed from starting. Never holds a value that may be secret.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigProblems(Vec<String>);

impl fmt::Display for ConfigProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "SecureMed cannot start like this:")?;
        self.0.iter().try_for_each(|problem| writeln!(f, "  - {problem}"))
    }
}

impl std::error::Error for ConfigProblems {}

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    #[default]
    Text,
    Json,
}

impl LogFormat {
    /// Read before everything else, so that everything else can be logged.
    ///
    /// # Errors
    /// When the word is neither `text` nor `json`.
    pub fn from_env(env: &Env) -> Result<Self, ConfigProblems> {
        match env.get("SECUREMED_LOG").as_deref() {
            None | Some("text") => Ok(Self::Text),
            Some("json") => Ok(Self::Json),
            Some(_) => Err(ConfigProblems(vec!["SECUREMED_LOG must be text or json".into()])),
        }
    }
}

/// What the demo's owner chose.
#[derive(Clone)]
pub struct DemoConfig {
    pub password: Option<String>,
    /// The demo's clock, when it is to show another moment than the present.
    pub clock: Option<ShiftedClock>,
}

impl fmt::Debug for DemoConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DemoConfig(…)")
    }
}

impl DemoConfig {
    fn from_env(env: &Env, mode: Mode, problems: &mut Vec<String>) -> Self {
        // A real clinic's clock is nobody's to set.
        let wanted = env.get("SECUREMED_DEMO_START").filter(|_| mode == Mode::Demo);
        // It runs from here, and not from when the database was opened, which takes as long as it takes.
        let clock = wanted.and_then(|text| match text.parse() {
            Ok(instant) => Some(ShiftedClock::starting_at(instant)),
            Err(_) => {
                problems.push("SECUREMED_DEMO_START is not an instant such as 2026-11-23T08:00:00Z.".to_owned());
                None
            }
        });
        Self { password: env.get("SECUREMED_DEMO_PASSWORD"), clock }
    }
}

#[cfg(test)]
mod tests {
    use domain::clock::Clock as _;

    use super::*;
    use domain::db::DatabaseTarget;
    use rstest::rstest;

    const KEY: (&str, &str) =
        ("SECUREMED_SECRET_KEY", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    fn problems(mode: Mode, variables: &[(&str, &str)]) -> Vec<String> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let _inside = runtime.enter();
        Config::from_env(&Env::of(variables), mode).err().map_or_else(Vec::new, |problems| problems.0)
    }

    #[tokio::test]
    async fn a_demo_needs_no_configuration() {
        let config = Config::from_env(&Env::of(&[]), Mode::Demo).unwrap();
        assert_eq!(config.public.url, "http://127.0.0.1:3000");
        assert_eq!(config.database.target, DatabaseTarget::Sqlite("./data/securemed.sqlite".into()));
    }

    #[test]
    fn production_names_everything_that_is_missing_at_once() {
        let found = problems(Mode::Production, &[("SECUREMED_LISTEN", "3000"), ("DATABASE_URL", "mysql://db")]);
        for name in ["SECUREMED_LISTEN", "DATABASE_URL", "SECUREMED_SECRET_KEY", "SECUREMED_PUBLIC_URL"] {
            assert!(found.iter().any(|problem| problem.starts_with(name)), "{name} in {found:?}");
        }
    }

    #[test]
    fn an_empty_variable_is_an_absent_one() {
        assert_eq!(problems(Mode::Demo, &[("DATABASE_URL", ""), ("SECUREMED_SECRET_KEY", " ")]), Vec::<String>::new());
    }

    #[rstest]
    #[case(Mode::Production, "https://clinic.example", true)]
    #[case(Mode::Production, "https://clinic.example/", true)]
    #[case(Mode::Production, "http://clinic.example", false)]
    #[case(Mode::Production, "http://127.0.0.1:3000", false)]
    #[case(Mode::Production, "https://clinic.example/app", false)]
    #[case(Mode::Production, "https://user@clinic.example", false)]
    #[case(Mode::Production, "clinic.example", false)]
    #[case(Mode::Demo, "http://localhost:8080", true)]
    #[case(Mode::Demo, "http://[::1]:8080", true)]
    #[case(Mode::Demo, "http://localhost.example", false)]
    #[case(Mode::Demo, "http://192.168.1.5:3000", false)]
    #[case(Mode::Demo, "https://demo.example", true)]
    fn plain_http_is_for_loopback_only(#[case] mode: Mode, #[case] url: &str, #[case] is_fine: bool) {
        let found = problems(mode, &[KEY, ("SECUREMED_PUBLIC_URL", url)]);
        assert_eq!(found.is_empty(), is_fine, "{url}: {found:?}");
    }

    #[rstest]
    #[case("127.0.0.1:0", true)]
    #[case("[::1]:3000", true)]
    #[case("0.0.0.0:3000", false)]
    fn the_demo_stays_on_this_machine(#[case] listen: &str, #[case] is_fine: bool) {
        assert_eq!(problems(Mode::Demo, &[("SECUREMED_LISTEN", listen)]).is_empty(), is_fine);
    }

    #[test]
    fn only_the_demo_lets_its_clock_be_set() {
        let start = |mode, text| {
            let found = Config::from_env(
                &Env::of(&[KEY, ("SECUREMED_PUBLIC_URL", "https://clinic.example"), ("SECUREMED_DEMO_START", text)]),
                mode,
            );
            found.map(|config| config.demo.clock.map(|clock| clock.now().to_string()))
        };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let _inside = runtime.enter();
        let shown = start(Mode::Demo, "2026-11-23T08:00:00Z").unwrap().expect("a clock");
        assert!(shown.starts_with("2026-11-23T08:00:"), "{shown}");
        assert!(start(Mode::Demo, "yesterday").is_err());
        assert_eq!(start(Mode::Production, "2026-11-23T08:00:00Z").unwrap(), None);
    }

    #[test]
    fn limits_and_proxies_are_numbers_and_networks() {
        let set = |variables: &[(&str, &str)]| problems(Mode::Demo, variables);
        assert!(
            set(&[("SECUREMED_GUESSES_PER_MINUTE", "0"), ("SECUREMED_TRUSTED_PROXIES", "10.0.0.0/8, ::1")]).is_empty()
        );
        assert_eq!(set(&[("SECUREMED_REQUESTS_PER_MINUTE", "many"), ("SECUREMED_TRUSTED_PROXIES", "proxy")]).len(), 2);
    }

    #[test]
    fn no_problem_repeats_a_secret() {
        let found = problems(
            Mode::Production,
            &[
                ("SECUREMED_SECRET_KEY", "hunter2"),
                ("SECUREMED_PREVIOUS_SECRET_KEYS", "hunter2,hunter2"),
                ("SMTP_URL", "hunter2"),
                ("DATABASE_URL", "mysql://u:hunter2@h"),
            ],
        );
        assert!(found.len() >= 5 && !found.concat().contains("hunter2"), "{found:?}");
    }
}

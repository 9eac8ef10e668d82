//! A server that is killed in the middle of its work: whoever got an answer is in the audit trail.

use std::{
    collections::HashSet,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use rstest::rstest;
use sea_orm::{ConnectionTrait, Database};
use serde_json::{Value, json};

use crate::support::Engine;

const PASSWORD: &str = "a password for the test";
/// Readers at once.
const READERS: usize = 8;
/// Answers after which the server is killed.
const ENOUGH: usize = 400;

/// A clinic of its own, in a folder or in a database of the test server.
struct Clinic {
    home: tempfile::TempDir,
    /// Where the database is, as the server and as this test name it.
    url: Option<String>,
}

impl Clinic {
    async fn new(engine: Engine) -> Self {
        let home = tempfile::tempdir().unwrap();
        let url = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => {
                let server = std::env::var("TEST_DATABASE_URL").expect("TEST_DATABASE_URL names a server");
                let name = format!("killed_{}", std::process::id());
                let connection = Database::connect(&server).await.unwrap();
                connection.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
                let (host, _) = server.rsplit_once('/').unwrap();
                Some(format!("{host}/{name}"))
            }
        };
        Self { home, url }
    }

    fn securemed(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_securemed"));
        command.env_clear().env("SECUREMED_DATA_DIR", self.home.path()).env("SECUREMED_LISTEN", "127.0.0.1:0");
        command.env("SECUREMED_DEMO_PASSWORD", PASSWORD).env("SECUREMED_REQUESTS_PER_MINUTE", "0");
        if let Some(url) = &self.url {
            command.env("DATABASE_URL", url);
        }
        command.args(arguments).stderr(Stdio::null());
        command
    }

    /// Starts the server and waits until it is ready; gives its address.
    fn start(&self) -> (Child, String) {
        let mut server = self.securemed(&["demo"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
        let address = lines.find_map(|line| line.unwrap().split("http://").nth(1).map(str::to_owned)).unwrap();
        // Nobody reads what it says afterwards, and it must not stop for that.
        std::thread::spawn(move || lines.for_each(drop));
        (server, address.trim().to_owned())
    }

    /// The requests of which there is an event.
    async fn noted(&self) -> HashSet<String> {
        let file = |folder: &Path| format!("sqlite://{}", folder.join("securemed.sqlite").display());
        let url = self.url.clone().unwrap_or_else(|| file(self.home.path()));
        let connection = Database::connect(url).await.unwrap();
        let rows = "SELECT request_id FROM audit_event WHERE request_id IS NOT NULL";
        let rows = connection
            .query_all_raw(sea_orm::Statement::from_string(connection.get_database_backend(), rows))
            .await
            .unwrap();
        rows.iter().map(|row| row.try_get("", "request_id").unwrap()).collect()
    }
}

/// One connection that is kept.
struct Connection(BufReader<TcpStream>, String);

impl Connection {
    fn to(address: &str) -> Self {
        Self(BufReader::new(TcpStream::connect(address).unwrap()), address.to_owned())
    }

    fn post(&mut self, path: &str, body: &str) -> Option<(String, Vec<u8>)> {
        let length = body.len();
        self.ask(&format!("POST {path}"), &format!("Content-Type: application/json\r\nContent-Length: {length}"), body)
    }

    fn get(&mut self, path: &str, token: &str) -> Option<(String, Vec<u8>)> {
        self.ask(&format!("GET {path}"), &format!("Authorization: Bearer {token}"), "")
    }

    /// The name of the request and the body of its whole answer; nothing when the connection broke before its end.
    fn ask(&mut self, what: &str, header: &str, body: &str) -> Option<(String, Vec<u8>)> {
        let request = format!("{what} HTTP/1.1\r\nHost: {}\r\n{header}\r\n\r\n{body}", self.1);
        self.0.get_mut().write_all(request.as_bytes()).ok()?;
        let (mut id, mut length, mut line) = (None, None, String::new());
        self.0.read_line(&mut line).ok().filter(|read| *read > 0)?;
        assert!(line.starts_with("HTTP/1.1 200"), "{line}");
        loop {
            line.clear();
            self.0.read_line(&mut line).ok().filter(|read| *read > 0)?;
            let Some((name, value)) = line.trim().split_once(": ") else { break };
            match name {
                "x-request-id" => id = Some(value.to_owned()),
                "content-length" => length = value.parse().ok(),
                _ => {}
            }
        }
        let mut body = vec![0; length.expect("the answer says how long it is")];
        self.0.read_exact(&mut body).ok()?;
        Some((id.expect("the answer names its request"), body))
    }
}

#[rstest]
#[tokio::test]
async fn whoever_got_an_answer_before_the_server_was_killed_is_in_the_trail(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let clinic = Clinic::new(engine).await;
    let seeded = clinic.securemed(&["seed", "--doctors", "2", "--patients", "3", "--days", "3"]).output().unwrap();
    assert!(seeded.status.success(), "{seeded:?}");
    let (mut server, address) = clinic.start();
    let sign_in = json!({"username": "patient", "password": PASSWORD}).to_string();
    let (_, body) = Connection::to(&address).post("/api/auth/login/", &sign_in).unwrap();
    let token = serde_json::from_slice::<Value>(&body).unwrap()["access"].as_str().unwrap().to_owned();

    let (answered, count) = (Mutex::new(HashSet::new()), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for reader in 0..READERS {
            let (answered, count, address, token) = (&answered, &count, &address, &token);
            scope.spawn(move || {
                let what = if reader % 2 == 0 { "appointments/appointments" } else { "medical-records/records" };
                let path = format!("/api/{what}/?page_size=1");
                let mut connection = Connection::to(address);
                while let Some((id, _)) = connection.get(&path, token) {
                    answered.lock().unwrap().insert(id);
                    count.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        while count.load(Ordering::Relaxed) < ENOUGH {
            std::thread::yield_now();
        }
        server.kill().unwrap();
    });
    server.wait().unwrap();

    let (answered, noted) = (answered.into_inner().unwrap(), clinic.noted().await);
    let missing: Vec<_> = answered.difference(&noted).collect();
    assert!(missing.is_empty(), "{} of {} answers have no event", missing.len(), answered.len());
}

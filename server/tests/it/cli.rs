//! The binary itself: what it insists on, and that the demo starts and stops.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Command, Output, Stdio},
};

const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

/// The binary with nothing but a data folder in its environment.
fn securemed(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_securemed"));
    command.env_clear().env("SECUREMED_DATA_DIR", folder).env("SECUREMED_LISTEN", "127.0.0.1:0").args(arguments);
    command
}

fn production(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = securemed(folder, arguments);
    command.env("SECUREMED_SECRET_KEY", KEY).env("SECUREMED_PUBLIC_URL", "https://clinic.example");
    command.output().unwrap()
}

fn complaint(output: &Output) -> String {
    assert!(!output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn production_refuses_to_start_without_a_key_and_an_address() {
    let folder = tempfile::tempdir().unwrap();
    let told = complaint(&securemed(folder.path(), &["serve"]).output().unwrap());
    assert!(told.contains("SECUREMED_SECRET_KEY") && told.contains("SECUREMED_PUBLIC_URL"), "{told}");
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "and leaves nothing behind");
}

#[test]
fn production_refuses_a_database_without_its_schema_and_one_with_demo_accounts() {
    let folder = tempfile::tempdir().unwrap();
    let told = complaint(&production(folder.path(), &["serve"]));
    assert!(told.contains("securemed migrate"), "{told}");

    let seeded = production(folder.path(), &["seed", "--doctors", "2", "--patients", "3", "--days", "3"]);
    assert!(seeded.status.success(), "{seeded:?}");
    assert!(String::from_utf8_lossy(&seeded.stdout).contains("shown only now"), "{seeded:?}");
    let told = complaint(&production(folder.path(), &["serve"]));
    assert!(told.contains("demo accounts"), "{told}");
    let told = complaint(&production(folder.path(), &["seed"]));
    assert!(told.contains("empty"), "{told}");
}

#[test]
fn migrating_twice_is_migrating_once() {
    let folder = tempfile::tempdir().unwrap();
    let first = production(folder.path(), &["migrate"]);
    assert!(first.status.success() && !first.stdout.starts_with(b"0 "), "{first:?}");
    assert_eq!(production(folder.path(), &["migrate"]).stdout, b"0 migrations applied.\n");
    let status = production(folder.path(), &["migrate", "--status"]);
    let lines = String::from_utf8(status.stdout).unwrap();
    assert!(lines.lines().count() > 3 && lines.lines().all(|line| line.starts_with("applied")), "{lines}");
}

#[test]
fn a_key_under_which_the_database_was_not_sealed_is_refused_at_start() {
    let folder = tempfile::tempdir().unwrap();
    assert!(production(folder.path(), &["migrate"]).status.success());
    let with = |key: &str, previous: &str| {
        let mut command = securemed(folder.path(), &["keys", "rotate"]);
        command.env("SECUREMED_SECRET_KEY", key).env("SECUREMED_PREVIOUS_SECRET_KEYS", previous);
        command.env("SECUREMED_PUBLIC_URL", "https://clinic.example").output().unwrap()
    };
    let other = KEY.replace('0', "a");
    let told = complaint(&with(&other, ""));
    assert!(told.contains("sealed under another secret key") && !told.contains(&other), "{told}");
    let mut serving = securemed(folder.path(), &["serve"]);
    serving.env("SECUREMED_SECRET_KEY", &other).env("SECUREMED_PUBLIC_URL", "https://clinic.example");
    let told = complaint(&serving.output().unwrap());
    assert!(told.contains("sealed under another secret key") && !told.contains(&other), "{told}");
    assert!(with(KEY, "").status.success());
    assert!(with(&other, KEY).status.success(), "beside the old one it is the new one");
}

#[cfg(unix)]
#[test]
fn what_is_made_is_its_owners_alone_and_what_was_open_is_closed() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("data");
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let names = || std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let migrate = || assert!(securemed(&folder, &["migrate"]).output().unwrap().status.success());
    let closed = || {
        assert_eq!(mode(&folder), 0o700);
        for path in names() {
            let wanted = if path.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode(&path), wanted, "{}", path.display());
        }
    };
    migrate();
    assert!(names().len() >= 3, "the database, the key, the folder of mail: {:?}", names());
    closed();
    for path in names() {
        let open = if path.is_dir() { 0o755 } else { 0o644 };
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(open)).unwrap();
    }
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    migrate();
    closed();
}

#[cfg(unix)]
#[test]
fn the_demo_fills_itself_serves_and_stops_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut demo = securemed(folder.path(), &["demo"])
        .env("SECUREMED_DEMO_PASSWORD", "a password for the test")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(demo.stdout.take().unwrap()).lines();
    let ready = lines.find_map(|line| line.unwrap().split("http://").nth(1).map(str::to_owned)).unwrap();

    let mut connection = TcpStream::connect(ready.trim()).unwrap();
    write!(connection, "GET /readyz HTTP/1.1\r\nHost: {ready}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("ready\n"), "{answer}");

    {
        use std::os::unix::fs::PermissionsExt;
        let private = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o077 == 0;
        for name in ["securemed.sqlite", "securemed.sqlite-wal", "securemed.sqlite-shm", "secret.key", "mail"] {
            assert!(private(&folder.path().join(name)), "{name} is its owner's alone while it runs, too");
        }
    }
    let asked = Command::new("kill").args(["-TERM", &demo.id().to_string()]).status().unwrap();
    assert!(asked.success());
    assert!(demo.wait().unwrap().success(), "it ends in order");
}

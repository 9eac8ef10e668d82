//! A small clinic for tests: a fresh database with the real schema, a clock that stands still, a mailbox in memory and
//! a handful of people.
//!
//! It is Monday 23 November 2026, 08:00 in Dublin. Doctors work Monday to Friday, 09:00–12:00 and 13:00–17:00.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use domain_types::{
    AppointmentId, DoctorId, PatientId, UserId,
    appointments::{AppointmentView, BookAppointment, Reason},
    auth::{Password, Role},
    records::{Content, Flag, LabValue, RecordType, Report},
};
use entity::{lab_result, medical_record, setting};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time, date},
};
use migration::MigratorTrait;
use sea_orm::{ActiveModelTrait, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, EntityTrait, Set};

use crate::{
    access::Actor,
    appointments,
    auth::{
        Activity, Device, PasswordCost, SessionKind, Tokens, authenticate, begin_factor, confirm_factor, mint_session,
        sign_anything,
    },
    clock::{Clock, FixedClock},
    db::{DatabaseTarget, Db},
    error::Result,
    mail::{Mailer, SentMail, deliver_due},
    patient_keys,
    records::{Signed, content_of, result_of, result_row, sealed},
    secrets::{MasterKey, MasterKeys},
    seed,
    services::{Options, Services, ServicesConfig},
    time::{date_to_db, from_db, to_db},
};

mod people;

use people::People;

pub use crate::db::Engine;

/// What every test person's password is.
pub const PASSWORD: &str = "a plain test password";
/// Where test clinics say they are reached.
pub const PUBLIC_URL: &str = "http://127.0.0.1:3000";

/// Somebody of the test clinic.
#[derive(Clone, Debug)]
pub struct TestPerson {
    pub user: UserId,
    pub username: String,
    pub email: String,
    pub role: Role,
    pub patient: Option<PatientId>,
    pub doctor: Option<DoctorId>,
}

/// A test clinic. Its database goes with it.
pub struct TestWorld {
    pub services: Services,
    pub clock: Arc<FixedClock>,
    pub mailer: Mailer,
    pub maya: TestPerson,
    pub jonas: TestPerson,
    /// Cardiology.
    pub rivera: TestPerson,
    /// Dermatology.
    pub brandt: TestPerson,
    pub admin: TestPerson,
    raw: DatabaseConnection,
    target: DatabaseTarget,
    key: MasterKey,
    _home: Option<tempfile::TempDir>,
}

struct SharedClock(Arc<FixedClock>);

impl Clock for SharedClock {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test harness may stop a test")]
impl TestWorld {
    /// A fresh clinic on a fresh database.
    pub async fn new(engine: Engine) -> Self {
        let (target, home) = fresh_database(engine).await;
        let db = Db::connect(&target).await.expect("the test database opens");
        migration::Migrator::up(db.for_migrations(), None).await.expect("the migrations run");
        let clock = Arc::new(FixedClock::at("2026-11-23T08:00:00Z".parse().unwrap()));
        let mailer = Mailer::memory().unwrap();
        let key = MasterKey::generate();
        let services = wire(db.clone(), &clock, &mailer, key.clone().into(), false, PasswordCost::Cheap);
        let raw = db.for_migrations().clone();
        seed::essentials(&services).await.expect("the essentials fit the schema");
        let hash = services.passwords().hash(password()).await.unwrap();
        let people = People { db: &raw, hash, now: clock.now() };
        Self {
            maya: people.patient("maya", "Maya", "Okafor").await,
            jonas: people.patient("jonas", "Jonas", "Lindqvist").await,
            rivera: people.doctor("rivera", "Elena", "Rivera", "cardiology").await,
            brandt: people.doctor("brandt", "Tomas", "Brandt", "dermatology").await,
            admin: people.user("admin", "Ada", "Nolan", Role::Admin).await,
            services,
            clock,
            mailer,
            raw,
            target,
            key,
            _home: home,
        }
    }

    /// A second server of the same installation: the same database, keys and clock.
    pub async fn second_server(&self) -> Services {
        let db = Db::connect(&self.target).await.expect("the test database opens again");
        self.wire(db, self.key.clone().into(), false, PasswordCost::Cheap)
    }

    /// The same installation as a demo clinic.
    pub fn as_demo(&self) -> Services {
        self.wire(self.services.db().clone(), self.key.clone().into(), true, PasswordCost::Cheap)
    }

    /// The same installation, started with these master keys.
    pub fn under(&self, keys: MasterKeys) -> Services {
        self.wire(self.services.db().clone(), keys, false, PasswordCost::Cheap)
    }

    /// The same installation with passwords that are as hard to compute as in real life.
    pub fn with_real_passwords(&self) -> Services {
        self.wire(self.services.db().clone(), self.key.clone().into(), false, PasswordCost::Production)
    }

    fn wire(&self, db: Db, keys: MasterKeys, demo: bool, cost: PasswordCost) -> Services {
        wire(db, &self.clock, &self.mailer, keys, demo, cost)
    }

    /// The master key under which this clinic was opened.
    pub fn master_key(&self) -> MasterKey {
        self.key.clone()
    }

    /// Signs a header and claims of a test's choice with the key that signs access tokens now.
    pub async fn forge(&self, header: &serde_json::Value, claims: &serde_json::Value) -> String {
        sign_anything(&self.services, header, claims).await.expect("there is a key")
    }

    /// Puts a group of settings, as an administrator would.
    pub async fn set(&self, group: &str, json: &str) {
        let row = setting::ActiveModel {
            key: Set(group.into()),
            value: Set(json.into()),
            updated_at: Set(to_db(self.clock.now())),
            ..Default::default()
        };
        setting::Entity::delete_by_id(group).exec(&self.raw).await.unwrap();
        row.insert(&self.raw).await.unwrap();
    }

    /// The bare database, for looking at rows and for breaking things.
    pub fn raw(&self) -> &DatabaseConnection {
        &self.raw
    }

    /// Signs somebody in without their password.
    pub async fn tokens(&self, person: &TestPerson, kind: SessionKind) -> Tokens {
        let device = Device { kind, user_agent: "test".into(), address: "127.0.0.1".into(), known: None };
        mint_session(&self.services, person.user, device).await.expect("a session can be opened")
    }

    /// Somebody who is signed in.
    pub async fn actor(&self, person: &TestPerson) -> Actor {
        let tokens = self.tokens(person, SessionKind::Rest).await;
        authenticate(&self.services, &tokens.access, Activity::Active).await.expect("a fresh token works")
    }

    /// A browser or program from elsewhere, which nobody has seen before.
    pub fn device(&self, kind: SessionKind) -> Device {
        Device { kind, user_agent: "Firefox/140.0 Linux".into(), address: "198.51.100.7".into(), known: None }
    }

    /// The six digits that an authenticator app with this secret shows now.
    pub fn app_code(&self, secret: &str) -> String {
        crate::auth::app_code(secret, self.clock.now())
    }

    /// Gives somebody an authenticator app, and gives its secret and the recovery codes. The clock moves on to the next
    /// code.
    pub async fn set_up_app(&self, person: &TestPerson) -> (String, Vec<String>) {
        let actor = self.actor(person).await;
        let secret = begin_factor(&self.services, &actor).await.expect("an app can be set up").secret;
        let codes = confirm_factor(&self.services, &actor, &self.app_code(&secret)).await.expect("its code is right");
        self.wait(SignedDuration::from_secs(30));
        (secret, codes)
    }

    /// The newest message to an address, after all that is due was sent.
    pub async fn mail_to(&self, address: &str) -> Option<SentMail> {
        deliver_due(&self.services).await.expect("mail leaves");
        self.mailer.sent().into_iter().rfind(|mail| mail.to == address)
    }

    /// Books a half hour with a doctor.
    ///
    /// # Errors
    /// The rules' own.
    pub async fn book(&self, who: &TestPerson, doctor: &TestPerson, at: DateTime) -> Result<AppointmentView> {
        let actor = self.actor(who).await;
        appointments::book(&self.services, &actor, booking(doctor, at.date(), at.time()), None).await
    }

    /// Another patient.
    pub async fn new_patient(&self, username: &str) -> TestPerson {
        let hash = self.services.passwords().hash(password()).await.unwrap();
        People { db: &self.raw, hash, now: self.clock.now() }.patient(username, username, "Patient").await
    }

    /// Writes a signed entry into a patient's record.
    pub async fn write_record(&self, patient: &TestPerson, doctor: &TestPerson, diagnosis: &str) -> i64 {
        let content = Content::Report(Report {
            assessment: diagnosis.into(),
            subjective: "as told".into(),
            plan: "as agreed".into(),
            ..Report::default()
        });
        self.write_entry(patient, doctor, RecordType::Consultation, date(2026, 11, 20), content, &[]).await.0
    }

    /// Writes a released laboratory report with one result that has no range.
    pub async fn write_lab_report(
        &self,
        patient: &TestPerson,
        doctor: &TestPerson,
        test: &str,
        value: &str,
        unit: &str,
    ) -> (i64, String) {
        let content = Content::Report(Report { assessment: format!("{test} measured"), ..Report::default() });
        let result = LabValue {
            test: test.into(),
            code: String::new(),
            value: value.into(),
            unit: unit.into(),
            low: None,
            high: None,
            flag: Flag::Unknown,
            note: String::new(),
        };
        self.write_entry(patient, doctor, RecordType::LabReport, date(2026, 11, 20), content, &[result]).await
    }

    /// Writes a signed entry of any kind, of any day, and gives its id and reference.
    pub async fn write_entry(
        &self,
        patient: &TestPerson,
        doctor: &TestPerson,
        kind: RecordType,
        day: Date,
        content: Content,
        results: &[LabValue],
    ) -> (i64, String) {
        let reference = domain_types::ReferenceKind::Record.encode(crate::secrets::random_bits());
        let patient = patient.patient.expect("a patient");
        let now = to_db(self.clock.now());
        let tx = self.services.db().begin().await.unwrap();
        let key = patient_keys::for_writing(&self.services, &tx, patient).await.unwrap();
        let (date, values) = (day.to_string(), results.iter().collect::<Vec<_>>());
        let signed = Signed { reference: &reference, kind, date: &date, content: &content, results: &values };
        let row = medical_record::ActiveModel {
            reference: Set(reference.clone()),
            patient_id: Set(patient.0),
            doctor_id: Set(Some(doctor.doctor.expect("a doctor").0)),
            record_type: Set(kind.as_str().into()),
            status: Set("final".into()),
            record_date: Set(date_to_db(day).unwrap()),
            content: Set(sealed(&key, content_of(&reference), &content).unwrap()),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            created_by_user_id: Set(Some(doctor.user.0)),
            signed_at: Set(Some(now)),
            signed_by_user_id: Set(Some(doctor.user.0)),
            signature: Set(Some(signed.hash(&key).unwrap())),
            ..Default::default()
        };
        let id = row.insert(&*tx).await.unwrap().id;
        for (position, value) in (1..).zip(results) {
            let place = result_row(&reference, position);
            let row = lab_result::ActiveModel {
                record_id: Set(id),
                patient_id: Set(patient.0),
                position: Set(position),
                content: Set(sealed(&key, result_of(&place), value).unwrap()),
                created_at: Set(now),
                ..Default::default()
            };
            row.insert(&*tx).await.unwrap();
        }
        tx.commit().await.unwrap();
        (id, reference)
    }

    /// All that is stored, byte for byte: the files of SQLite with its write-ahead log, on PostgreSQL every row of every
    /// table as a dump would write it.
    pub async fn everything_stored(&self) -> Vec<u8> {
        let mut stored = Vec::new();
        match &self.target {
            DatabaseTarget::Sqlite(path) => {
                for file in std::fs::read_dir(path.parent().unwrap()).unwrap() {
                    stored.extend(std::fs::read(file.unwrap().path()).unwrap());
                }
            }
            DatabaseTarget::Postgres { .. } => {
                let tables = self.texts("SELECT table_name::text AS line FROM information_schema.tables WHERE table_schema = current_schema()").await;
                for table in tables {
                    for line in self.texts(&format!("SELECT row_to_json(t)::text AS line FROM \"{table}\" AS t")).await
                    {
                        // A dump writes bytes as digits: they are looked through as what they are.
                        let bytes = line.split("\\\\x").skip(1).filter_map(|rest| rest.split('"').next());
                        stored.extend(
                            bytes.flat_map(|digits| data_encoding::HEXLOWER.decode(digits.as_bytes()).unwrap()),
                        );
                        stored.extend(line.into_bytes());
                    }
                }
            }
        }
        stored
    }

    async fn texts(&self, sql: &str) -> Vec<String> {
        let rows = self.raw.query_all_raw(sea_orm::Statement::from_string(sea_orm::DbBackend::Postgres, sql)).await;
        rows.unwrap().iter().map(|row| row.try_get("", "line").unwrap()).collect()
    }

    /// A stored visit's status and start, read past all rules.
    pub async fn stored_visit(&self, id: AppointmentId) -> (String, Timestamp) {
        let row = entity::appointment::Entity::find_by_id(id.0).one(&self.raw).await.unwrap().expect("a visit");
        (row.status, from_db(row.starts_at))
    }

    /// Lets time pass.
    pub fn wait(&self, duration: SignedDuration) {
        self.clock.advance(duration);
    }

    /// Moves the clock to an instant.
    pub fn at(&self, instant: &str) {
        self.clock.set(instant.parse().unwrap());
    }
}

/// A booking of the default visit.
#[allow(clippy::unwrap_used, clippy::expect_used, reason = "a test harness may stop a test")]
pub fn booking(doctor: &TestPerson, date: Date, time: Time) -> BookAppointment {
    BookAppointment {
        doctor: doctor.doctor.expect("a doctor"),
        patient: None,
        date,
        time,
        reason: Reason::parse("Palpitations after climbing stairs").unwrap(),
        visit_type: None,
    }
}

#[allow(clippy::unwrap_used, reason = "a test harness may stop a test")]
fn password() -> Password {
    Password::parse(PASSWORD.into()).unwrap()
}

#[allow(clippy::unwrap_used, reason = "a test harness may stop a test")]
fn wire(
    db: Db,
    clock: &Arc<FixedClock>,
    mailer: &Mailer,
    master_keys: MasterKeys,
    demo: bool,
    password_cost: PasswordCost,
) -> Services {
    Services::new(ServicesConfig {
        db,
        clock: Arc::new(SharedClock(Arc::clone(clock))),
        mailer: mailer.clone(),
        master_keys,
        options: Options { public_url: PUBLIC_URL.into(), demo, password_cost, staff_second_factor: !demo },
    })
    .unwrap()
}

/// A database of one's own: a file in a temporary folder, or a schema on the server that `TEST_DATABASE_URL` names.
#[allow(clippy::unwrap_used, clippy::expect_used, reason = "a test harness may stop a test")]
async fn fresh_database(engine: Engine) -> (DatabaseTarget, Option<tempfile::TempDir>) {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    match engine {
        Engine::Sqlite => {
            let home = tempfile::tempdir().unwrap();
            let path: PathBuf = home.path().join("securemed.sqlite");
            (DatabaseTarget::Sqlite(path), Some(home))
        }
        Engine::Postgres => {
            let url = std::env::var("TEST_DATABASE_URL")
                .expect("TEST_DATABASE_URL names no server: run `make test`, or `scripts/with-postgres cargo test`");
            let number = COUNTER.fetch_add(1, Ordering::Relaxed);
            let schema = format!("test_{}_{number}_{}", std::process::id(), crate::secrets::random_bits());
            let mut options = ConnectOptions::new(&url);
            options.sqlx_logging(false).max_connections(1);
            let server = Database::connect(options).await.expect("the test server answers");
            server.execute_unprepared(&format!("CREATE SCHEMA {schema}")).await.unwrap();
            server.close().await.unwrap();
            (DatabaseTarget::Postgres { url, schema: Some(schema) }, None)
        }
    }
}

//! A small clinic for tests: a fresh database with the real schema, a clock that stands still, a mailbox in memory and
//! a handful of people.
//!
//! It is Monday 23 November 2026, 08:00 in Dublin. Doctors work Monday to Friday, 09:00–12:00 and 13:00–17:00.

use std::{sync::Arc, time::Duration};

use domain_types::{
    AppointmentId, DoctorId, PatientId, UserId,
    appointments::{AppointmentView, BookAppointment, Reason},
    auth::{Password, Role},
};
use entity::setting;
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, PaginatorTrait, QueryFilter, Set,
};

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
    secrets::{MasterKey, MasterKeys},
    seed,
    services::{Options, Services, ServicesConfig},
    time::{from_db, to_db},
};

mod databases;
mod people;
mod postgres;
mod records;

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
    _home: databases::Home,
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
        let (db, target, home) = databases::fresh(engine).await;
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

    /// Takes everybody away, for a clinic that is filled otherwise.
    pub async fn emptied(&self) {
        for table in ["user_word", "patient", "working_hours", "doctor", "\"user\""] {
            self.raw.execute_unprepared(&format!("DELETE FROM {table}")).await.unwrap();
        }
    }

    /// Where this clinic's database is.
    pub fn target(&self) -> &DatabaseTarget {
        &self.target
    }

    /// A second server of the same installation, whose way to the database is another.
    pub fn server_on(&self, db: Db) -> Services {
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

    /// The same installation, which keeps settings, kinds of visit and hours in memory as a server does.
    pub fn with_memory(&self) -> Services {
        let options = Options { reference_lasts: Duration::from_hours(1), ..options(false, PasswordCost::Cheap) };
        wire_with(self.services.db().clone(), &self.clock, &self.mailer, self.key.clone().into(), options)
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

    /// Another patient with a name of their own.
    pub async fn new_patient_called(&self, username: &str, first: &str, last: &str) -> TestPerson {
        let hash = self.services.passwords().hash(password()).await.unwrap();
        People { db: &self.raw, hash, now: self.clock.now() }.patient(username, first, last).await
    }

    /// Another doctor of the skin with a name of their own.
    pub async fn new_doctor_called(&self, username: &str, first: &str, last: &str) -> TestPerson {
        let hash = self.services.passwords().hash(password()).await.unwrap();
        People { db: &self.raw, hash, now: self.clock.now() }.doctor(username, first, last, "dermatology").await
    }

    /// Another doctor.
    pub async fn new_doctor(&self, username: &str) -> TestPerson {
        let hash = self.services.passwords().hash(password()).await.unwrap();
        let people = People { db: &self.raw, hash, now: self.clock.now() };
        people.doctor(username, username, "Doctor", "neurology").await
    }

    /// Another administrator.
    pub async fn new_admin(&self, username: &str) -> TestPerson {
        let hash = self.services.passwords().hash(password()).await.unwrap();
        People { db: &self.raw, hash, now: self.clock.now() }.user(username, username, "Admin", Role::Admin).await
    }

    /// How many events of the audit trail have this name.
    pub async fn noted(&self, action: &str) -> u64 {
        let those = entity::audit_event::Column::Action.eq(action);
        entity::audit_event::Entity::find().filter(those).count(&self.raw).await.unwrap()
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

fn wire(
    db: Db,
    clock: &Arc<FixedClock>,
    mailer: &Mailer,
    master_keys: MasterKeys,
    demo: bool,
    password_cost: PasswordCost,
) -> Services {
    wire_with(db, clock, mailer, master_keys, options(demo, password_cost))
}

fn options(demo: bool, password_cost: PasswordCost) -> Options {
    Options {
        public_url: PUBLIC_URL.into(),
        demo,
        password_cost,
        staff_second_factor: !demo,
        font: None,
        // What a test sets holds at once.
        reference_lasts: Duration::ZERO,
    }
}

#[allow(clippy::unwrap_used, reason = "a test harness may stop a test")]
fn wire_with(db: Db, clock: &Arc<FixedClock>, mailer: &Mailer, master_keys: MasterKeys, options: Options) -> Services {
    let clock = Arc::new(SharedClock(Arc::clone(clock)));
    Services::new(ServicesConfig { db, clock, mailer: mailer.clone(), master_keys, options }).unwrap()
}

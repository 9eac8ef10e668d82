//! The synthetic clinic: the same every time, on both engines, and nothing in it that the rules would refuse.

mod calendar;
mod demo_accounts;
mod people;
mod runs;

use domain::{
    seed::{self, SeedOptions, SeedReport},
    testing::{Engine, TestWorld},
};
use entity::{appointment, appointment_event, doctor, medical_record, patient, time_off, user, working_hours};
use jiff::tz::TimeZone;
use sea_orm::{EntityTrait, QueryOrder};

const DEMO_PASSWORD: &str = "lighthouse on a hill";

/// Every row that the seed writes, in the order of its id.
#[derive(Debug, PartialEq)]
struct Rows {
    users: Vec<user::Model>,
    doctors: Vec<doctor::Model>,
    hours: Vec<working_hours::Model>,
    off: Vec<time_off::Model>,
    patients: Vec<patient::Model>,
    visits: Vec<appointment::Model>,
    events: Vec<appointment_event::Model>,
    records: Vec<medical_record::Model>,
}

impl Rows {
    async fn read(world: &TestWorld) -> Self {
        let db = world.raw();
        Self {
            users: user::Entity::find().order_by_asc(user::Column::Id).all(db).await.unwrap(),
            doctors: doctor::Entity::find().order_by_asc(doctor::Column::Id).all(db).await.unwrap(),
            hours: working_hours::Entity::find().order_by_asc(working_hours::Column::Id).all(db).await.unwrap(),
            off: time_off::Entity::find().order_by_asc(time_off::Column::Id).all(db).await.unwrap(),
            patients: patient::Entity::find().order_by_asc(patient::Column::Id).all(db).await.unwrap(),
            visits: appointment::Entity::find().order_by_asc(appointment::Column::Id).all(db).await.unwrap(),
            events: appointment_event::Entity::find()
                .order_by_asc(appointment_event::Column::Id)
                .all(db)
                .await
                .unwrap(),
            records: medical_record::Entity::find().order_by_asc(medical_record::Column::Id).all(db).await.unwrap(),
        }
    }

    /// Salts and the keys of patients are random, and with them what is sealed; everything else is not.
    fn without_hashes(mut self) -> Self {
        for record in &mut self.records {
            record.content.clear();
            record.signature = record.signature.take().map(|_| String::new());
        }
        for visit in &mut self.visits {
            // The length of what is said stays, and so does whether there are notes.
            visit.sealed_reason.fill(0);
            visit.sealed_notes.iter_mut().for_each(|notes| notes.fill(0));
        }
        for user in &mut self.users {
            user.password_hash = user.password_hash.take().map(|_| String::new());
        }
        self
    }

    fn user(&self, username: &str) -> &user::Model {
        self.users.iter().find(|user| user.username == username).unwrap()
    }

    fn patient(&self, username: &str) -> &patient::Model {
        let user = self.user(username);
        self.patients.iter().find(|patient| patient.user_id == user.id).unwrap()
    }
}

/// A clinic with its schema and its essentials, and nobody in it.
async fn empty_world(engine: Engine) -> TestWorld {
    let world = TestWorld::new(engine).await;
    world.emptied().await;
    world
}

fn small() -> SeedOptions {
    SeedOptions { doctors: 9, patients: 80, days: 30, seed: 7, readings: 0, demo_password: Some(DEMO_PASSWORD.into()) }
}

async fn fill(world: &TestWorld, options: SeedOptions) -> SeedReport {
    seed::run(&world.services, options, &mut |_| ()).await.unwrap()
}

fn dublin() -> TimeZone {
    TimeZone::get("Europe/Dublin").unwrap()
}

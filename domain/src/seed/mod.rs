//! A synthetic clinic: believable, invented, and the same again for the same options and moment.
//!
//! Rules:
//! - It goes into an empty database, in one transaction: after an interruption nothing is there.
//! - The demo accounts (`admin`, `dr.rivera`, `patient`, `patient2`) have a password, nobody else has one.
//! - Every visit lies on a slot of its doctor's working hours, no two of a doctor or of a patient overlap, and every
//!   history follows the status machine.
//! - Nobody can be reached by accident: e-mail addresses end in example.org, .com or .net, telephone numbers come from
//!   the range that the Irish regulator keeps for fiction.
//!
//! Only the command line calls it; there is nobody to authorize and nothing to audit.

mod background_entries;
mod backgrounds;
mod cases;
mod demo;
mod dice;
mod doctors;
mod essentials;
mod histories;
mod insert;
mod life;
mod names;
mod people;
mod records;
mod rows;
mod scene;
mod visits;

use entity::user;
use names::Usernames;
use scene::Scene;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr};

use crate::{
    db::Tx,
    error::{Error, Result},
    people as folding,
    services::Services,
    settings,
};

/// Visits that are stored between two reports of progress.
const BATCH: usize = 1_000;
/// The longest calendar: ten years.
const MOST_DAYS: u32 = 3_650;

/// How large the clinic is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedOptions {
    /// With the demo doctor; at least one.
    pub doctors: u32,
    /// With the two demo patients; at least two.
    pub patients: u32,
    /// How far the calendar reaches back, and ahead as far as visits can be booked.
    pub days: u32,
    /// Another number makes another clinic.
    pub seed: u64,
    /// Readings that the first demo patient took at home, one a day: for measuring how long records behave.
    pub readings: u32,
    /// For the demo accounts; a random one when absent.
    pub demo_password: Option<String>,
}

impl Default for SeedOptions {
    fn default() -> Self {
        Self { doctors: 40, patients: 500, days: 60, seed: 7, readings: 0, demo_password: None }
    }
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// A word for the screen.
    pub stage: &'static str,
    pub done: u64,
    pub total: u64,
}

/// What was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedReport {
    pub doctors: u64,
    pub patients: u64,
    pub visits: u64,
    pub records: u64,
    /// The random password of the demo accounts, when none was given.
    pub demo_password: Option<String>,
}

/// Stores the specialties and the kinds of visits that no clinic can do without, where they are missing, and brings the
/// words by which specialties and people are found up to date.
///
/// # Errors
/// When the database is away.
pub async fn essentials(services: &Services) -> Result<()> {
    let tx = services.db().begin().await?;
    essentials::ensure(&tx).await?;
    folding::fold_missing(&tx).await?;
    tx.commit().await
}

/// Whether nobody has an account yet.
///
/// # Errors
/// When the database is away.
pub async fn is_empty(services: &Services) -> Result<bool> {
    nobody(services.db().read()).await
}

async fn nobody(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(user::Entity::find().count(db).await? == 0)
}

/// Whether any of the demo accounts exists.
///
/// # Errors
/// When the database is away.
pub async fn demo_accounts_present(services: &Services) -> Result<bool> {
    let found = user::Entity::find().filter(user::Column::Email.is_in(demo::emails()));
    Ok(found.count(services.db().read()).await? > 0)
}

/// Gives the demo accounts that exist a new password.
///
/// # Errors
/// `Invalid` for a password that nobody could type, `Busy` when the hasher is.
pub async fn set_demo_password(services: &Services, password: &str) -> Result<()> {
    let hashes = hashes(services, password).await?;
    let tx = services.db().begin().await?;
    for (email, hash) in demo::emails().zip(hashes) {
        user::Entity::update_many()
            .col_expr(user::Column::PasswordHash, Expr::value(hash))
            .filter(user::Column::Email.eq(email))
            .exec(&tx)
            .await?;
    }
    tx.commit().await
}

/// One hash for each demo account, each with its own salt.
async fn hashes(services: &Services, password: &str) -> Result<Vec<String>> {
    let mut hashes = Vec::new();
    for _ in demo::emails() {
        let password = crate::auth::typed_password(password.to_owned())
            .ok_or_else(|| Error::field("demo_password", "The demo password needs 1 to 128 characters."))?;
        hashes.push(services.passwords().hash(password).await?);
    }
    Ok(hashes)
}

/// Fills an empty database.
///
/// # Errors
/// `Invalid` when there are people already or the calendar would be too long; what the database reports otherwise.
pub async fn run(
    services: &Services,
    options: SeedOptions,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<SeedReport> {
    if options.days > MOST_DAYS {
        return Err(Error::field("days", format!("At most {MOST_DAYS} days.")));
    }
    let random = options.demo_password.is_none().then(demo::random_password);
    let password = options.demo_password.as_deref().or(random.as_deref()).unwrap_or_default();
    let hashes = hashes(services, password).await?;

    let engine = services.db().engine();
    let tx = services.db().begin().await?;
    if !nobody(&tx).await? {
        return Err(Error::field(
            "database",
            "There are people in this database. The synthetic clinic needs an empty one.",
        ));
    }
    insert::begin(&tx, engine).await?;
    let essentials = essentials::ensure(&tx).await?;
    let scene = Scene::new(&options, services.now(), settings::load(&tx).await?, essentials);
    let report = store(services, &scene, &tx, hashes, progress).await?;
    insert::settle(&tx, engine).await?;
    insert::end(&tx, engine).await?;
    tx.commit().await?;

    progress(Progress { stage: "Free times", done: 0, total: report.doctors });
    crate::appointments::refresh_all_next_free(services).await?;
    progress(Progress { stage: "Free times", done: report.doctors, total: report.doctors });
    Ok(SeedReport { demo_password: random, ..report })
}

async fn store(
    services: &Services,
    scene: &Scene,
    tx: &Tx,
    hashes: Vec<String>,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<SeedReport> {
    let mut usernames = Usernames::default();
    for (username, _) in demo::ACCOUNTS {
        usernames.take(username);
    }
    usernames.take(demo::DESK);
    let doctors = doctors::draw(scene, &mut usernames)?;
    let patients = people::draw(scene, &doctors, &mut usernames)?;
    let mut accounts = vec![demo::admin(scene)];
    accounts.extend(doctors.iter().map(|doctor| doctor.user.clone()));
    accounts.extend(patients.iter().map(|patient| patient.user.clone()));
    accounts.push(demo::desk(scene));
    for (place, hash) in demo::places(scene).into_iter().zip(hashes) {
        if let Some(account) = accounts.get_mut(place) {
            account.password_hash = Some(hash);
        }
    }
    let people = accounts.len() as u64;
    progress(Progress { stage: "People", done: 0, total: people });
    let words: Vec<_> = accounts
        .iter()
        .flat_map(|user| folding::words(user.id, &user.first_name, &user.last_name, &user.username))
        .collect();
    insert::rows(tx, accounts).await?;
    insert::rows(tx, words).await?;
    insert::rows(tx, doctors.iter().map(|doctor| doctor.row.clone())).await?;
    insert::rows(tx, doctors::working_hours(&doctors)).await?;
    insert::rows(tx, doctors::time_off(&doctors)).await?;
    insert::rows(tx, patients.iter().map(|patient| patient.row.clone())).await?;
    progress(Progress { stage: "People", done: people, total: people });

    let visits = visits::draw(scene, &doctors, &patients)?;
    let records = calendar(services, scene, tx, &doctors, &patients, &visits, progress).await?;
    Ok(SeedReport {
        doctors: doctors.len() as u64,
        patients: patients.len() as u64,
        visits: visits.len() as u64,
        records,
        demo_password: None,
    })
}

/// Stores the visits with their histories and records, and says how many records there are.
#[allow(clippy::too_many_arguments, reason = "the whole clinic, once")]
async fn calendar(
    services: &Services,
    scene: &Scene,
    tx: &Tx,
    doctors: &[doctors::Doctor],
    patients: &[people::Patient],
    visits: &[visits::Visit],
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<u64> {
    let total = visits.len() as u64;
    let (mut records, keys) = records::Records::new(services, scene, patients)?;
    insert::rows(tx, keys).await?;
    for (batch, some) in patients.chunks(BATCH).enumerate() {
        let mut papers = records::Papers::default();
        for (place, patient) in (batch * BATCH..).zip(some) {
            background_entries::write(scene, &mut records, doctors, (place, patient), &mut papers)?;
        }
        insert::rows(tx, papers.records).await?;
    }
    let mut papers = records::Papers::default();
    background_entries::write_readings(scene, &mut records, patients, &mut papers)?;
    insert::rows(tx, papers.records).await?;
    let mut events_before = 0;
    for (batch, visits) in visits.chunks(BATCH).enumerate() {
        progress(Progress { stage: "Appointments", done: (batch * BATCH) as u64, total });
        let (mut appointments, mut events) = (Vec::new(), Vec::new());
        let mut papers = records::Papers::default();
        for (place, visit) in (batch * BATCH..).zip(visits) {
            let mut dice = scene.dice("visit", place);
            let people = (&doctors[visit.doctor], &patients[visit.patient]);
            let rows = rows::of(scene, place, visit, people, records.key(visit.patient)?, events_before, &mut dice)?;
            events_before += rows.events.len() as i64;
            if let Some(at) = rows.completed_at {
                records.of(visit, people, rows.appointment.id, at, &mut dice, &mut papers)?;
            }
            events.extend(rows.events);
            appointments.push(rows.appointment);
        }
        insert::rows(tx, appointments).await?;
        insert::rows(tx, events).await?;
        insert::rows(tx, papers.records).await?;
        insert::rows(tx, papers.results).await?;
    }
    progress(Progress { stage: "Appointments", done: total, total });
    let written = records.written();
    insert::rows(tx, records.seen()).await?;
    Ok(written)
}

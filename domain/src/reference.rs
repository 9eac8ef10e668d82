//! What the whole clinic shares and what changes rarely: settings, fields of medicine, kinds of visit, working hours.
//!
//! Each process keeps it in memory. The database counts every change of it (`reference_version`), and the count is asked
//! for once a second at most: a change holds everywhere within that time, and no act sees half of one, because it works
//! with the one [`Reference`] that it began with.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

use domain_types::DoctorId;
use entity::{reference_version, specialty, visit_type, working_hours};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use tokio::sync::Mutex;

use crate::{
    db::Db,
    error::{Error, Result},
    settings::{self, Settings},
};

/// All of it, as it stood at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    pub settings: Arc<Settings>,
    /// In the order in which they are shown.
    pub specialties: Vec<specialty::Model>,
    visit_types: Vec<visit_type::Model>,
    /// Of each doctor, by day and time.
    hours: HashMap<i64, Vec<working_hours::Model>>,
}

impl Reference {
    pub(crate) async fn read(db: &impl ConnectionTrait) -> Result<Self> {
        let mut hours: HashMap<i64, Vec<_>> = HashMap::new();
        let in_order = working_hours::Entity::find()
            .order_by_asc(working_hours::Column::Weekday)
            .order_by_asc(working_hours::Column::StartsMinute);
        for row in in_order.all(db).await? {
            hours.entry(row.doctor_id).or_default().push(row);
        }
        Ok(Self {
            settings: Arc::new(settings::load(db).await?),
            specialties: specialty::Entity::find().order_by_asc(specialty::Column::Position).all(db).await?,
            visit_types: visit_type::Entity::find().order_by_asc(visit_type::Column::Id).all(db).await?,
            hours,
        })
    }

    /// The kind of a stored visit.
    ///
    /// # Errors
    /// When there is none, which its foreign key excludes.
    pub(crate) fn visit_type(&self, id: i64) -> Result<&visit_type::Model> {
        self.find_visit_type(id).ok_or_else(|| Error::internal("a visit has no kind"))
    }

    pub(crate) fn find_visit_type(&self, id: i64) -> Option<&visit_type::Model> {
        self.visit_types.iter().find(|kind| kind.id == id)
    }

    /// The kind of visit for whoever did not choose one.
    ///
    /// # Errors
    /// When the clinic has none, which its first start makes.
    pub(crate) fn default_visit_type(&self) -> Result<&visit_type::Model> {
        let kind = self.visit_types.iter().find(|kind| kind.is_default);
        kind.ok_or_else(|| Error::internal("there is no default visit type"))
    }

    /// A doctor's week, by day and time; empty for one without hours.
    pub(crate) fn hours(&self, doctor: DoctorId) -> &[working_hours::Model] {
        self.hours.get(&doctor.0).map_or(&[], Vec::as_slice)
    }
}

/// What this process holds of it.
pub(crate) struct Held {
    newest: RwLock<Option<Checked>>,
    /// One at a time looks whether there is something newer.
    looking: Mutex<()>,
    /// How long it may be used before its version is asked for again.
    lasts: Duration,
}

#[derive(Clone)]
struct Checked {
    at: Instant,
    version: i64,
    reference: Arc<Reference>,
}

impl Held {
    pub(crate) fn new(lasts: Duration) -> Self {
        Self { newest: RwLock::default(), looking: Mutex::default(), lasts }
    }

    /// The newest; from memory, unless it is time to ask.
    pub(crate) async fn get(&self, db: &Db) -> Result<Arc<Reference>> {
        if let Some(fresh) = self.fresh() {
            return Ok(fresh);
        }
        let _only = self.looking.lock().await;
        // Whoever looked before us has it.
        if let Some(fresh) = self.fresh() {
            return Ok(fresh);
        }
        // From before the question: what changes while it is on its way is asked for next time.
        let at = Instant::now();
        let held = self.held();
        let version = version(db.read()).await?;
        let checked = match held {
            Some(held) if held.version == version => Checked { at, ..held },
            _ => {
                let tx = db.snapshot().await?;
                let version = self::version(&tx).await?;
                let reference = Arc::new(Reference::read(&tx).await?);
                tx.roll_back().await?;
                Checked { at, version, reference }
            }
        };
        let reference = Arc::clone(&checked.reference);
        *self.newest.write().unwrap_or_else(PoisonError::into_inner) = Some(checked);
        Ok(reference)
    }

    fn held(&self) -> Option<Checked> {
        self.newest.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn fresh(&self) -> Option<Arc<Reference>> {
        let held = self.newest.read().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().filter(|held| held.at.elapsed() < self.lasts).map(|held| Arc::clone(&held.reference))
    }
}

async fn version(db: &impl ConnectionTrait) -> Result<i64> {
    let row = reference_version::Entity::find().one(db).await?;
    Ok(row.ok_or_else(|| Error::internal("the count of changes is missing"))?.version)
}

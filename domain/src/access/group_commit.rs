//! Events of acts that only read, committed together.
//!
//! A reading holds no writer and no transaction of its own for its event: it hands it over here and waits. While one
//! group is being committed the next one gathers, so that a disk that syncs a hundred times a second serves thousands of
//! readings. The answer leaves when its event is committed, and fails when it cannot be
//! ([ADR 25](../../../docs/adr/0025-group-commit.md)).

use std::sync::{Mutex, PoisonError};

use domain_types::PatientId;
use entity::{audit_event, audit_event_patient};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use tokio::sync::{mpsc, oneshot};

use crate::{
    db::{Db, Tx},
    error::{Error, Result},
};

/// Events that may wait; whoever comes with the next one is told to come back.
const WAITING: usize = 4_096;
/// Events of one group.
const TOGETHER: usize = 256;

/// An event, and whose records it is about when they are several.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub row: audit_event::ActiveModel,
    pub patients: Vec<PatientId>,
}

/// Writes events in a transaction.
pub(super) async fn insert(tx: &Tx, events: impl IntoIterator<Item = Event>) -> Result<()> {
    let (mut plain, mut of_several) = (Vec::new(), Vec::new());
    for Event { row, patients } in events {
        if patients.len() < 2 {
            plain.push(row);
            continue;
        }
        let event_id = row.insert(tx).await?.id;
        of_several.extend(patients.into_iter().map(|patient| audit_event_patient::ActiveModel {
            event_id: Set(event_id),
            patient_id: Set(patient.0),
            ..Default::default()
        }));
    }
    if !plain.is_empty() {
        audit_event::Entity::insert_many(plain).exec_without_returning(tx).await?;
    }
    if !of_several.is_empty() {
        audit_event_patient::Entity::insert_many(of_several).exec_without_returning(tx).await?;
    }
    Ok(())
}

struct Waiting {
    event: Event,
    told: oneshot::Sender<Result<()>>,
}

/// Where events are handed over. What writes them starts with the first one and ends with the last owner.
#[derive(Default)]
pub(crate) struct GroupCommit(Mutex<Option<mpsc::Sender<Waiting>>>);

impl GroupCommit {
    /// Gives when the event is committed.
    ///
    /// # Errors
    /// `Busy` when too many wait, and whatever keeps the event from being committed: nobody may have seen anything then.
    pub(super) async fn write(&self, db: &Db, event: Event) -> Result<()> {
        let (told, answer) = oneshot::channel();
        self.queue(db).try_send(Waiting { event, told }).map_err(|_| Error::Busy { retry_after: 1 })?;
        answer.await.map_err(|_| Error::Away("nothing writes the audit trail any more"))?
    }

    fn queue(&self, db: &Db) -> mpsc::Sender<Waiting> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(queue) = held.as_ref().filter(|queue| !queue.is_closed()) {
            return queue.clone();
        }
        let (queue, waiting) = mpsc::channel(WAITING);
        tokio::spawn(write_groups(db.clone(), waiting));
        held.insert(queue).clone()
    }
}

async fn write_groups(db: Db, mut waiting: mpsc::Receiver<Waiting>) {
    let mut group = Vec::new();
    while waiting.recv_many(&mut group, TOGETHER).await > 0 {
        let (events, told): (Vec<_>, Vec<_>) = group.drain(..).map(|one| (one.event, one.told)).unzip();
        match commit(&db, &events).await {
            Ok(()) => told.into_iter().for_each(|told| tell(told, Ok(()))),
            Err(error @ (Error::Away(_) | Error::Busy { .. } | Error::Contention(_))) => {
                tracing::warn!(%error, events = events.len(), "events of readings could not be written");
                told.into_iter().for_each(|told| tell(told, Err(Error::Away("the audit trail could not be written"))));
            }
            // One that the database refuses keeps no other from being written.
            Err(_) => {
                for (event, told) in events.into_iter().zip(told) {
                    tell(told, commit(&db, &[event]).await);
                }
            }
        }
    }
}

async fn commit(db: &Db, events: &[Event]) -> Result<()> {
    let once = || async {
        let tx = db.begin().await?;
        insert(&tx, events.iter().cloned()).await?;
        tx.commit().await
    };
    db.retrying(once).await
}

/// Whoever went away meanwhile does not hear it.
fn tell(told: oneshot::Sender<Result<()>>, outcome: Result<()>) {
    let _gone = told.send(outcome);
}

//! Entries that somebody acts on: found through the policy, made once for each key of a client, shown as the answer.

use std::future::Future;

use domain_types::{
    RecordId,
    page::{Page, PageRequest},
    records::{LabResultView, RecordType, RecordView},
};
use jiff::civil::Date;
use sea_orm::{ConnectionTrait, sea_query::SelectStatement};

use super::{
    Which,
    opening::{self, Opened},
    policy,
    rows::{self, Row},
};
use crate::{
    access::{Found, Person},
    db::Tx,
    error::{Error, Result},
    idempotency::{self, Claim, IdempotencyKey},
    keyset,
    services::Services,
    settings::Settings,
    time::date_from_db,
};

/// An entry that somebody may see: as it is stored, as it is shown, and its results.
pub(super) struct Entry {
    pub row: Row,
    pub record: RecordView,
    /// Of a laboratory report.
    pub results: Vec<LabResultView>,
}

impl Entry {
    /// This entry, when it is of a kind that is wanted.
    ///
    /// # Errors
    /// `NotFound` otherwise.
    pub(super) fn when(self, is_wanted: impl FnOnce(RecordType) -> bool) -> Result<Self> {
        if is_wanted(self.record.kind) { Ok(self) } else { Err(Error::NotFound) }
    }

    /// The day that the entry is about.
    pub(super) fn day(&self) -> Result<Date> {
        date_from_db(self.row.record_date)
    }

    /// The entry as an answer, and as what the audit trail names.
    pub(super) fn found(self) -> Found<RecordView> {
        let Self { record, .. } = self;
        Found::of(record.patient, vec![record.id.0], record)
    }
}

/// An entry that the person may see.
///
/// # Errors
/// `NotFound` when it is unknown or not theirs to see.
pub(super) async fn entry(
    services: &Services,
    db: &impl ConnectionTrait,
    person: &Person,
    settings: &Settings,
    which: &Which,
) -> Result<Entry> {
    let mut query = rows::records();
    policy::visible_to(person, settings, services.now(), &mut query)?;
    which.narrow(&mut query)?;
    let Opened { rows, records, results } = opening::read(services, db, settings, &query).await?;
    let (row, record) = rows.into_iter().zip(records).next().ok_or(Error::NotFound)?;
    Ok(Entry { row, record, results })
}

/// An entry as the answer to an act on it.
pub(super) async fn shown(
    services: &Services,
    tx: &Tx,
    person: &Person,
    settings: &Settings,
    id: RecordId,
) -> Result<Found<RecordView>> {
    Ok(entry(services, tx, person, settings, &Which::Id(id)).await?.found())
}

/// Does something once for each key of a client, and gives the number of what it made then. `act` runs only the first
/// time.
pub(super) async fn once(
    services: &Services,
    tx: &Tx,
    person: &Person,
    key: Option<&IdempotencyKey>,
    act: impl Future<Output = Result<i64>> + Send,
) -> Result<i64> {
    let Some(key) = key else { return act.await };
    match idempotency::claim(services, tx, person.user().0, key).await? {
        Claim::Done(object) => Ok(object),
        Claim::New(claim) => {
            let object = act.await?;
            idempotency::fulfil(tx, claim, object).await?;
            Ok(object)
        }
    }
}

/// Acts on an entry [`once`], and shows it as it stands now.
pub(super) async fn shown_once(
    services: &Services,
    tx: &Tx,
    person: &Person,
    key: Option<&IdempotencyKey>,
    act: impl Future<Output = Result<i64>> + Send,
) -> Result<Found<RecordView>> {
    let id = once(services, tx, person, key, act).await?;
    shown(services, tx, person, &*services.settings().await?, RecordId(id)).await
}

/// A page of the entries that a narrowed query finds among those that the person may see, the newest first.
pub(super) async fn page_of(
    services: &Services,
    tx: &Tx,
    person: &Person,
    page: PageRequest,
    narrow: impl FnOnce(&mut SelectStatement) + Send,
) -> Result<Found<Page<RecordView>>> {
    let settings = services.settings().await?;
    let mut query = rows::records();
    policy::visible_to(person, &settings, services.now(), &mut query)?;
    narrow(&mut query);
    let count = keyset::count(tx, &query, ("r", "id"), page).await?;
    if let Some(after) = page.after() {
        query.cond_where(rows::after(after)?);
    }
    rows::newest_first(&mut query);
    query.limit(u64::from(page.size())).offset(page.offset());
    let Opened { rows, records, .. } = opening::read(services, tx, &settings, &query).await?;
    let last = rows.last().map(rows::place_of);
    let ids = records.iter().map(|record| record.id.0).collect();
    let patients: Vec<_> = records.iter().map(|record| record.patient).chain(person.patient()).collect();
    Ok(Found::of_all(patients, ids, Page::new(page, count, records).ending_at(last)))
}

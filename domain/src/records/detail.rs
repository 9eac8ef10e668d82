//! One entry with everything around it.

use domain_types::{
    LabResultId, RecordId,
    appointments::NotedVisit,
    records::{AfterNote, RecordDetail, RecordStatus, RecordType, RecordView},
};
use entity::lab_result;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};

use super::{
    asking,
    dangers::dangers,
    opening::{self, Opened},
    policy,
    rows::{self, R, col},
    twins,
};
use crate::{
    access::{Act, Actor, Audited, Doctor, Found},
    appointments::{VisitFacts, is_visible, own_visit},
    db::Tx,
    error::{Error, Result},
    services::Services,
    time::Labels,
};

/// By what an entry is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// `REC-…`
    Reference(String),
    Id(RecordId),
    /// The report in which this result stands.
    WithResult(LabResultId),
}

impl From<&str> for Which {
    fn from(reference: &str) -> Self {
        Self::Reference(reference.to_owned())
    }
}

impl From<&String> for Which {
    fn from(reference: &String) -> Self {
        Self::Reference(reference.clone())
    }
}

impl Which {
    pub(super) fn words(&self) -> String {
        match self {
            Self::Reference(reference) => reference.clone(),
            Self::Id(id) => id.to_string(),
            Self::WithResult(id) => id.to_string(),
        }
    }

    pub(super) fn narrow(&self, query: &mut SelectStatement) -> Result<()> {
        match self {
            Self::Reference(reference) => {
                let reference = reference.trim();
                if !reference.bytes().all(|b| b.is_ascii_graphic()) {
                    return Err(Error::NotFound);
                }
                query.and_where(col(R::Reference).eq(reference.to_uppercase()));
            }
            Self::Id(id) => {
                query.and_where(col(R::Id).eq(id.0));
            }
            Self::WithResult(id) => {
                let mut report = Query::select();
                report.column(lab_result::Column::RecordId).from(lab_result::Entity);
                report.and_where(Expr::col(lab_result::Column::Id).eq(id.0));
                query.and_where(col(R::Id).in_subquery(report));
            }
        }
        Ok(())
    }
}

/// An entry with what was added to it.
///
/// # Errors
/// `NotFound` when it is unknown or not the actor's to see.
pub async fn detail(services: &Services, actor: &Actor, which: &Which) -> Result<Audited<RecordDetail>> {
    let act = Act::ReadEntry;
    read(services, actor, act, which).await
}

/// The same under another name of the act.
pub(super) async fn read(services: &Services, actor: &Actor, act: Act, which: &Which) -> Result<Audited<RecordDetail>> {
    actor.person()?;
    let tx = services.db().snapshot().await?;
    let outcome = find(services, &tx, actor, which).await;
    Audited::settle(services, tx, actor, act, &which.words(), outcome).await
}

/// The entry with everything around it, for an act that is noted elsewhere.
pub(super) async fn find(services: &Services, tx: &Tx, actor: &Actor, which: &Which) -> Result<Found<RecordDetail>> {
    let person = actor.person()?;
    let settings = services.settings().await?;
    let mut query = rows::records();
    policy::visible_to(person, &settings, services.now(), &mut query)?;
    which.narrow(&mut query)?;
    let Opened { records, results, .. } = opening::read(services, tx, &settings, &query).await?;
    let mut record = records.into_iter().next().ok_or(Error::NotFound)?;
    let mut seen_then = None;
    if let Some(visit) = &record.visit {
        let is_theirs = match Doctor::try_from(actor) {
            Ok(doctor) => {
                seen_then = own_visit(tx, doctor.id, visit).await?;
                seen_then.is_some()
            }
            Err(_) => is_visible(tx, actor, visit).await?,
        };
        if !is_theirs {
            // A doctor cares for the patient, but was not the one who saw them then.
            record.visit = None;
        }
    }

    let mut around = rows::records();
    policy::visible_to(person, &settings, services.now(), &mut around)?;
    let added = col(R::AboutId).eq(record.id.0).and(col(R::Status).eq(RecordStatus::Final.as_str()));
    around.and_where(match record.about {
        Some(parent) => col(R::Id).eq(parent.0).or(added),
        None => added,
    });
    around.order_by(("r", R::CreatedAt), Order::Asc).order_by(("r", R::Id), Order::Asc);
    let around = opening::read(services, tx, &settings, &around).await?.records;
    let ids = std::iter::once(record.id.0).chain(around.iter().map(|other| other.id.0)).collect();
    let adds = |other: &&RecordView| other.about == Some(record.id);
    let may_write = match Doctor::try_from(actor) {
        Ok(doctor) => policy::reach(tx, doctor.person, record.patient, &settings, services.now()).await?.is_some(),
        Err(_) => false,
    };
    let may_end = may_write && policy::can_be_ended(&record);
    if may_end {
        let twins = twins::of(services, tx, &settings, &record).await?;
        record.stands_for =
            twins.iter().filter(|(_, twin)| twin.id != record.id).map(|(_, twin)| twins::told(twin)).collect();
    }
    let questions = asking::of_entry(services, tx, &settings, &record).await?;
    let value = RecordDetail {
        questions,
        dangers: dangers(&record),
        may_act: record.is_unacted && Doctor::try_from(actor).is_ok(),
        addenda: around.iter().filter(adds).filter(|other| other.is_addendum).cloned().collect(),
        parent: around.iter().find(|other| Some(other.id) == record.about).cloned(),
        cancellation: around.iter().filter(adds).find(|other| other.kind == RecordType::Cancellation).cloned(),
        results,
        is_own: person.patient() == Some(record.patient),
        may_add: may_write && record.takes_additions(),
        may_end,
        next: person.doctor().filter(|_| may_write && policy::leads_on(&record)).map(|doctor| {
            let labels = settings.labels(services.now());
            AfterNote { visit: seen_then.map(|visit| noted(visit, &labels)), doctor }
        }),
        record,
    };
    let patient = value.record.patient;
    Ok(Found::of(patient, ids, value))
}

fn noted(visit: VisitFacts, labels: &Labels) -> NotedVisit {
    NotedVisit { when: labels.when(visit.starts), status: visit.status, reference: visit.reference }
}

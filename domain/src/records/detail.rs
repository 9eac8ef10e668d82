//! One entry with everything around it.

use domain_types::{
    LabResultId, RecordId,
    records::{RecordDetail, RecordStatus, RecordType, RecordView},
};
use entity::lab_result;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};

use super::{
    opening::Reader,
    policy,
    rows::{self, R, Row, col},
};
use crate::{
    access::{Act, Actor, Audited, Found},
    db::Tx,
    error::{Error, Result},
    services::Services,
    settings,
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

impl Which {
    fn words(&self) -> String {
        match self {
            Self::Reference(reference) => reference.clone(),
            Self::Id(id) => id.to_string(),
            Self::WithResult(id) => id.to_string(),
        }
    }

    fn narrow(&self, query: &mut SelectStatement) -> Result<()> {
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
    let act = Act { action: "records.read", object: "record" };
    read(services, actor, act, which).await
}

/// The same under another name of the act.
pub(super) async fn read(services: &Services, actor: &Actor, act: Act, which: &Which) -> Result<Audited<RecordDetail>> {
    actor.person()?;
    let tx = services.db().begin().await?;
    let outcome = find(services, &tx, actor, which).await;
    Audited::settle(services, tx, actor, act, &which.words(), outcome).await
}

async fn find(services: &Services, tx: &Tx, actor: &Actor, which: &Which) -> Result<Found<RecordDetail>> {
    let person = actor.person()?;
    let settings = settings::load(&**tx).await?;
    let mut query = rows::records();
    policy::visible_to(person, &settings, services.now(), &mut query)?;
    which.narrow(&mut query)?;
    let row = rows::all(&**tx, &query).await?.pop().ok_or(Error::NotFound)?;
    let reader = Reader::new(services, &**tx, &settings, [row.patient_id]).await?;
    let record = one(reader.views(&**tx, std::slice::from_ref(&row)).await?)?;

    let mut around = rows::records();
    policy::visible_to(person, &settings, services.now(), &mut around)?;
    let parent = row.about_id.map(|about| col(R::Id).eq(about));
    let added = col(R::AboutId).eq(row.id).and(col(R::Status).eq(RecordStatus::Final.as_str()));
    around.and_where(parent.map_or_else(|| added.clone(), |parent| parent.or(added.clone())));
    around.order_by(("r", R::CreatedAt), Order::Asc).order_by(("r", R::Id), Order::Asc);
    let around = rows::all(&**tx, &around).await?;
    let around = reader.views(&**tx, &around).await?;
    let results = reader.results(&**tx, std::slice::from_ref(&record)).await?;
    reader.verify(&record, &results)?;
    let ids = std::iter::once(record.id.0).chain(around.iter().map(|other| other.id.0)).collect();
    let value = RecordDetail {
        addenda: around.iter().filter(|other| other.is_addendum && other.about == Some(record.id)).cloned().collect(),
        parent: around.iter().find(|other| Some(other.id) == record.about).cloned(),
        cancellation: cancellation(&around, &row),
        results,
        visit: row.visit_reference.clone(),
        is_own: person.patient() == Some(record.patient),
        record,
    };
    let patient = value.record.patient;
    Ok(Found { value, ids, patient: Some(patient) })
}

fn one(mut views: Vec<RecordView>) -> Result<RecordView> {
    views.pop().ok_or(Error::NotFound)
}

fn cancellation(around: &[RecordView], row: &Row) -> Option<RecordView> {
    around
        .iter()
        .find(|other| other.kind == RecordType::Cancellation && other.about.is_some_and(|about| about.0 == row.id))
        .cloned()
}

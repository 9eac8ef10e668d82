//! Reviewing an access in an emergency: what was opened because of it, what another administrator finds, and why.

use domain_types::{
    EmergencyId, PatientId,
    records::{EmergencyDetail, EmergencyReview, EmergencyView},
};
use entity::emergency_access::{self, Column as C};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{
    emergency::{closes, views},
    looks::opened_in,
    opening::{emergency_remark_of, sealed},
};
use crate::{
    access::{Act, Actor, Admin, Audited, Found},
    db::Tx,
    error::{Error, Result},
    patient_keys,
    services::Services,
    time::{from_db, to_db},
};

/// One access in an emergency with what was opened because of it, for administrators: which entries and pages and when,
/// never what they say.
///
/// # Errors
/// `OtherRole` for everybody else, `NotFound`.
pub async fn emergency(services: &Services, actor: &Actor, id: EmergencyId) -> Result<Audited<EmergencyDetail>> {
    actor.person()?;
    let act = Act::ReadEmergency;
    let tx = services.db().snapshot().await?;
    let outcome = read(services, &tx, actor, id).await;
    Audited::settle(services, tx, actor, act, &id.to_string(), outcome).await
}

async fn read(services: &Services, tx: &Tx, actor: &Actor, id: EmergencyId) -> Result<Found<EmergencyDetail>> {
    Admin::try_from(actor)?;
    let settings = services.settings().await?;
    let row = load(tx, id).await?;
    let patient = PatientId(row.patient_id);
    let span = from_db(row.granted_at)..closes(&row);
    let (opened, has_more) = opened_in(services, tx, &settings, patient, row.user_id, span).await?;
    let access = view(services, tx, actor, row).await?;
    Ok(Found::of(patient, vec![id.0], EmergencyDetail { access, opened, has_more }))
}

async fn load(tx: &Tx, id: EmergencyId) -> Result<emergency_access::Model> {
    emergency_access::Entity::find_by_id(id.0).one(tx).await?.ok_or(Error::NotFound)
}

async fn view(services: &Services, tx: &Tx, actor: &Actor, row: emergency_access::Model) -> Result<EmergencyView> {
    let settings = services.settings().await?;
    views(services, tx, actor.person()?, &settings, vec![row]).await?.pop().ok_or(Error::NotFound)
}

/// Notes what a review found. Nobody reviews what they opened themselves.
///
/// # Errors
/// `OtherRole` for everybody but administrators, `NotFound`, `Invalid` for one's own and for what was reviewed before.
pub async fn review_emergency(
    services: &Services,
    actor: &Actor,
    id: EmergencyId,
    review: EmergencyReview,
) -> Result<Audited<EmergencyView>> {
    actor.person()?;
    let act = Act::ReviewEmergency;
    let tx = services.db().begin().await?;
    let outcome = note(services, &tx, actor, id, review).await;
    Audited::settle(services, tx, actor, act, &id.to_string(), outcome).await
}

async fn note(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    id: EmergencyId,
    review: EmergencyReview,
) -> Result<Found<EmergencyView>> {
    Admin::try_from(actor)?;
    let reviewer = actor.person()?.user();
    let row = load(tx, id).await?;
    if row.user_id == reviewer.0 {
        return Err(Error::field("finding", "You opened this record yourself, so someone else must review it."));
    }
    let remark = remark(services, tx, &row, &review.remark).await?;
    let noted = emergency_access::Entity::update_many()
        .col_expr(C::ReviewedAt, Expr::value(to_db(services.now())))
        .col_expr(C::ReviewedByUserId, Expr::value(reviewer.0))
        .col_expr(C::Finding, Expr::value(review.finding.as_str()))
        .col_expr(C::Remark, Expr::value(remark))
        .filter(C::Id.eq(id.0))
        .filter(C::ReviewedAt.is_null())
        .exec(tx)
        .await?;
    if noted.rows_affected != 1 {
        return Err(Error::field("finding", "This was already reviewed. Reviews cannot be changed."));
    }
    let patient = PatientId(row.patient_id);
    let row = load(tx, id).await?;
    Ok(Found::of(patient, vec![id.0], view(services, tx, actor, row).await?))
}

/// The remark as it is stored. Of an erased record nothing more is kept in words, and its accesses are reviewed still.
async fn remark(services: &Services, tx: &Tx, row: &emergency_access::Model, remark: &str) -> Result<Option<Vec<u8>>> {
    if remark.is_empty() {
        return Ok(None);
    }
    let keys = patient_keys::find(services, tx, [row.patient_id]).await?;
    let place = emergency_remark_of(&row.reference);
    keys.get(&row.patient_id).map(|key| sealed(key, place, &remark)).transpose()
}

//! What somebody is writing.

use domain_types::{
    PatientId, RecordId,
    records::{RecordStatus, RecordType},
};
use entity::medical_record;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::SelectStatement};

use super::rows::{self, R, col};
use crate::{access::Person, error::Result};
use sea_orm::sea_query::ExprTrait;

/// The note that somebody wrote or began for a visit: a visit has one, and it is completed by additions.
pub(super) async fn of_visit(db: &impl ConnectionTrait, person: &Person, visit: i64) -> Result<Option<RecordId>> {
    let row = medical_record::Entity::find()
        .filter(R::AppointmentId.eq(visit))
        .filter(R::AboutId.is_null())
        .filter(R::RecordType.eq(RecordType::Consultation.as_str()))
        .filter(R::CreatedByUserId.eq(person.user().0))
        .order_by_asc(R::Id)
        .one(db)
        .await?;
    Ok(row.map(|row| RecordId(row.id)))
}

/// A query over the drafts of somebody, about one patient or about all.
pub(super) fn of(person: &Person, patient: Option<PatientId>) -> SelectStatement {
    let mut query = rows::records();
    query.and_where(col(R::Status).eq(RecordStatus::Draft.as_str()));
    query.and_where(col(R::CreatedByUserId).eq(person.user().0));
    if let Some(patient) = patient {
        query.and_where(col(R::PatientId).eq(patient.0));
    }
    query
}

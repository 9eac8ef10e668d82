//! What somebody is writing.

use std::collections::HashMap;

use domain_types::{
    PatientId, RecordId,
    appointments::VisitNote,
    records::{RecordStatus, RecordType},
};
use entity::medical_record;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::SelectStatement,
};

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

/// The notes that somebody wrote or began for these visits, by the number of the visit.
pub(super) async fn of_visits(
    db: &impl ConnectionTrait,
    person: &Person,
    visits: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, VisitNote>> {
    let rows: Vec<(Option<i64>, String, String)> = medical_record::Entity::find()
        .select_only()
        .columns([R::AppointmentId, R::Reference, R::Status])
        .filter(R::AppointmentId.is_in(visits))
        .filter(R::AboutId.is_null())
        .filter(R::RecordType.eq(RecordType::Consultation.as_str()))
        .filter(R::CreatedByUserId.eq(person.user().0))
        // The first one is what [`of_visit`] leads to.
        .order_by_desc(R::Id)
        .into_tuple()
        .all(db)
        .await?;
    let note = |(visit, reference, status): (Option<i64>, String, String)| {
        Some((visit?, VisitNote { reference, is_signed: status == RecordStatus::Final.as_str() }))
    };
    Ok(rows.into_iter().filter_map(note).collect())
}

/// Keeps only what is signed and what somebody wrote or began themselves.
pub(super) fn signed_or_own(person: &Person, query: &mut SelectStatement) {
    let is_signed = col(R::Status).eq(RecordStatus::Final.as_str());
    query.and_where(is_signed.or(col(R::CreatedByUserId).eq(person.user().0)));
}

/// Whether an entry is somebody's own note: of a visit, the first one is what [`of_visit`] leads to.
pub(super) fn is_note_of(person: &Person, row: &rows::Row) -> bool {
    row.created_by_user_id == Some(person.user().0)
        && row.record_type == RecordType::Consultation.as_str()
        && row.about_id.is_none()
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

//! Rows of the record with the names around them. Queries only; the rules are elsewhere.

use domain_types::{
    RecordId,
    records::{RecordStatus, RecordType},
};
use entity::{doctor, lab_result, medical_record, patient, user};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    prelude::{TimeDate, TimeDateTimeWithTimeZone},
    sea_query::{Expr, ExprTrait, JoinType, Order, Query, SelectStatement},
};

use crate::{db::Tx, error::Result};

pub(super) use medical_record::Column as R;

/// An entry as it is stored, with the names of its people.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Row {
    pub id: i64,
    pub reference: String,
    pub patient_id: i64,
    pub doctor_id: Option<i64>,
    pub appointment_id: Option<i64>,
    pub about_id: Option<i64>,
    pub record_type: String,
    pub status: String,
    pub record_date: TimeDate,
    pub content: Vec<u8>,
    pub version: i32,
    pub created_at: TimeDateTimeWithTimeZone,
    pub updated_at: TimeDateTimeWithTimeZone,
    pub created_by_user_id: Option<i64>,
    pub signed_at: Option<TimeDateTimeWithTimeZone>,
    pub signature: Option<String>,
    pub doctor_first_name: Option<String>,
    pub doctor_last_name: Option<String>,
    pub patient_first_name: String,
    pub patient_last_name: String,
    pub patient_reference: String,
    pub about_type: Option<String>,
    pub visit_reference: Option<String>,
    pub signer_first_name: Option<String>,
    pub signer_last_name: Option<String>,
}

/// All entries (as `r`) with the names around them.
pub(super) fn records() -> SelectStatement {
    let equal = |left: (&'static str, &'static str), right: (&'static str, &'static str)| Expr::col(left).equals(right);
    let mut query = Query::select();
    query
        .from_as(medical_record::Entity, "r")
        .join_as(JoinType::InnerJoin, patient::Entity, "p", equal(("p", "id"), ("r", "patient_id")))
        .join_as(JoinType::InnerJoin, user::Entity, "pu", equal(("pu", "id"), ("p", "user_id")))
        .join_as(JoinType::LeftJoin, doctor::Entity, "d", equal(("d", "id"), ("r", "doctor_id")))
        .join_as(JoinType::LeftJoin, user::Entity, "du", equal(("du", "id"), ("d", "user_id")))
        .join_as(JoinType::LeftJoin, user::Entity, "su", equal(("su", "id"), ("r", "signed_by_user_id")))
        .join_as(JoinType::LeftJoin, medical_record::Entity, "o", equal(("o", "id"), ("r", "about_id")))
        .join_as(JoinType::LeftJoin, entity::appointment::Entity, "a", equal(("a", "id"), ("r", "appointment_id")));
    for column in [
        R::Id,
        R::Reference,
        R::PatientId,
        R::DoctorId,
        R::AppointmentId,
        R::AboutId,
        R::RecordType,
        R::Status,
        R::RecordDate,
        R::Content,
        R::Version,
        R::CreatedAt,
        R::UpdatedAt,
        R::CreatedByUserId,
        R::SignedAt,
        R::Signature,
    ] {
        query.column(("r", column));
    }
    for (table, column, name) in [
        ("du", "first_name", "doctor_first_name"),
        ("du", "last_name", "doctor_last_name"),
        ("pu", "first_name", "patient_first_name"),
        ("pu", "last_name", "patient_last_name"),
        ("p", "reference", "patient_reference"),
        ("o", "record_type", "about_type"),
        ("a", "reference", "visit_reference"),
        ("su", "first_name", "signer_first_name"),
        ("su", "last_name", "signer_last_name"),
    ] {
        query.expr_as(Expr::col((table, column)), name);
    }
    query
}

/// A column of the entry.
pub(super) fn col(column: medical_record::Column) -> Expr {
    Expr::col(("r", column))
}

/// The entry with this number.
pub(super) fn is(id: RecordId) -> Expr {
    col(R::Id).eq(id.0)
}

/// Locks an entry until the transaction ends.
pub(super) async fn lock(tx: &Tx, id: i64) -> Result<()> {
    medical_record::Entity::find_by_id(id).lock_exclusive().one(&**tx).await?;
    Ok(())
}

/// Keeps only what was signed, released or entered for good.
pub(super) fn final_only(query: &mut SelectStatement) {
    query.and_where(col(R::Status).eq(RecordStatus::Final.as_str()));
}

/// Keeps only entries of these kinds.
pub(super) fn of_kinds(query: &mut SelectStatement, kinds: &[RecordType]) {
    query.and_where(col(R::RecordType).is_in(kinds.iter().map(|kind| kind.as_str())));
}

/// Leaves out what stands elsewhere: additions stand with what they complete.
pub(super) fn without_addenda(query: &mut SelectStatement) {
    let reports = RecordType::REPORTS.map(RecordType::as_str);
    query.and_where(col(R::AboutId).is_null().or(col(R::RecordType).is_not_in(reports)));
}

/// The newest day first.
pub(super) fn newest_first(query: &mut SelectStatement) {
    query.order_by(("r", R::RecordDate), Order::Desc).order_by(("r", R::Id), Order::Desc);
}

/// The results of some reports, report by report in their order.
pub(super) async fn results_of(db: &impl ConnectionTrait, reports: &[i64]) -> Result<Vec<lab_result::Model>> {
    if reports.is_empty() {
        return Ok(Vec::new());
    }
    Ok(lab_result::Entity::find()
        .filter(lab_result::Column::RecordId.is_in(reports.iter().copied()))
        .order_by_asc(lab_result::Column::RecordId)
        .order_by_asc(lab_result::Column::Position)
        .all(db)
        .await?)
}

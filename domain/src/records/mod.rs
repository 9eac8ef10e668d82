//! The medical record.
//!
//! Rules:
//! - Patients see their own record, doctors those of patients in their care, administrators none.
//! - The page of one's own record is for patients alone.
//! - Every look is in the audit trail, written in the transaction that read: a list can only be had [`Audited`].

mod policy;

use domain_types::{
    RecordId,
    page::Page,
    records::{RecordFilter, RecordType, RecordView},
};
use entity::{doctor, medical_record, patient, user};
use sea_orm::{
    ConnectionTrait, FromQueryResult,
    prelude::{TimeDate, TimeDateTimeWithTimeZone},
    sea_query::{Expr, ExprTrait, Func, JoinType, Order, Query, SelectStatement},
};

use crate::{
    access::{Actor, AuditEvent, Audited, Patient},
    error::{Error, Result},
    services::Services,
    settings,
    time::{Labels, date_from_db, from_db},
};

#[derive(Debug, FromQueryResult)]
struct Row {
    id: i64,
    reference: String,
    record_type: String,
    record_date: TimeDate,
    diagnosis: String,
    symptoms: String,
    treatment: String,
    notes: String,
    created_at: TimeDateTimeWithTimeZone,
    doctor_first_name: String,
    doctor_last_name: String,
    patient_first_name: String,
    patient_last_name: String,
}

/// A patient's own record, the newest entry first. Staff read charts elsewhere: this page is not theirs.
///
/// # Errors
/// `OtherRole` for anybody but patients.
pub async fn own(services: &Services, actor: &Actor, filter: RecordFilter) -> Result<Audited<Page<RecordView>>> {
    Patient::try_from(actor)?;
    list(services, actor, filter).await
}

/// The entries that the actor may see, the newest first.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in.
pub async fn list(services: &Services, actor: &Actor, filter: RecordFilter) -> Result<Audited<Page<RecordView>>> {
    let person = actor.person()?;
    let tx = services.db().begin().await?;
    let settings = settings::load(&*tx).await?;
    let labels = Labels::new(settings.zone.clone(), services.now());
    let mut query = records();
    policy::visible_to(person, &settings, services.now(), &mut query)?;
    if let Some(kind) = filter.kind {
        query.and_where(Expr::col(("r", medical_record::Column::RecordType)).eq(kind.as_str()));
    }
    let mut counting = query.clone();
    counting.clear_selects().expr_as(Func::count(Expr::col(("r", medical_record::Column::Id))), "n");
    let count = tx.query_one(&counting).await?.map_or(Ok(0), |row| row.try_get::<i64>("", "n"))?;
    query
        .order_by(("r", medical_record::Column::RecordDate), Order::Desc)
        .order_by(("r", medical_record::Column::Id), Order::Desc)
        .limit(u64::from(filter.page.size()))
        .offset(filter.page.offset());
    let rows = tx.query_all(&query).await?;
    let views = rows
        .iter()
        .map(|row| Row::from_query_result(row, "").map_err(Error::from).and_then(|row| view(row, &labels)))
        .collect::<Result<Vec<_>>>()?;
    let ids: Vec<i64> = views.iter().map(|view| view.id.0).collect();
    let event = AuditEvent { action: "records.list", object: "record", ids: &ids, patient: person.patient() };
    let page = Page::new(filter.page, u64::try_from(count).unwrap_or(0), views);
    Audited::release(services, tx, actor, event, page).await
}

/// All entries (as `r`) with the names around them.
fn records() -> SelectStatement {
    use medical_record::Column as R;
    let equal = |left: (&'static str, &'static str), right: (&'static str, &'static str)| Expr::col(left).equals(right);
    let mut query = Query::select();
    query
        .from_as(medical_record::Entity, "r")
        .join_as(JoinType::InnerJoin, patient::Entity, "p", equal(("p", "id"), ("r", "patient_id")))
        .join_as(JoinType::InnerJoin, user::Entity, "pu", equal(("pu", "id"), ("p", "user_id")))
        .join_as(JoinType::InnerJoin, doctor::Entity, "d", equal(("d", "id"), ("r", "doctor_id")))
        .join_as(JoinType::InnerJoin, user::Entity, "du", equal(("du", "id"), ("d", "user_id")));
    for column in [
        R::Id,
        R::Reference,
        R::RecordType,
        R::RecordDate,
        R::Diagnosis,
        R::Symptoms,
        R::Treatment,
        R::Notes,
        R::CreatedAt,
    ] {
        query.column(("r", column));
    }
    for (table, column, name) in [
        ("du", "first_name", "doctor_first_name"),
        ("du", "last_name", "doctor_last_name"),
        ("pu", "first_name", "patient_first_name"),
        ("pu", "last_name", "patient_last_name"),
    ] {
        query.expr_as(Expr::col((table, column)), name);
    }
    query
}

fn view(row: Row, labels: &Labels) -> Result<RecordView> {
    let date = date_from_db(row.record_date)?;
    Ok(RecordView {
        id: RecordId(row.id),
        reference: row.reference,
        kind: RecordType::parse(&row.record_type).ok_or_else(|| Error::internal("a stored record type is unknown"))?,
        date: date.to_string(),
        date_label: labels.full_date(date),
        doctor_name: crate::appointments::doctor_name(&row.doctor_first_name, &row.doctor_last_name),
        patient_name: format!("{} {}", row.patient_first_name, row.patient_last_name),
        diagnosis: row.diagnosis,
        symptoms: row.symptoms,
        treatment: row.treatment,
        notes: row.notes,
        created_at: from_db(row.created_at).to_string(),
    })
}

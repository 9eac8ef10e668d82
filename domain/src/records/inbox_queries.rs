//! What waits for a doctor, as queries: the inbox reads what they find, the navigation counts it.

use domain_types::records::RecordType;
use entity::medical_record;
use jiff::ToSpan;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement, UnionType},
};

use super::{
    drafts, notices, policy, reporting,
    rows::{self, R, col},
};
use crate::{
    access::{Actor, Doctor},
    appointments::{self, VisitFacts},
    db,
    error::Result,
    services::Services,
    settings::Settings,
};

/// Most of a kind that are shown at once: whoever has more waiting begins with the oldest.
pub(super) const SHOWN: u64 = 50;
/// The same of results, among which those that are out of their range must not be cut off.
const RESULTS: u64 = 500;
/// Days after which a visit without a note is no longer asked about.
const ASKED_ABOUT_DAYS: i64 = 30;

/// Drafts that are not signed, the oldest first.
pub(super) fn begun(services: &Services, doctor: Doctor<'_>, settings: &Settings) -> Result<SelectStatement> {
    let mut begun = drafts::of(doctor.person, None);
    policy::visible_to(doctor.person, settings, services.now(), &mut begun)?;
    begun.order_by(("r", R::CreatedAt), Order::Asc).order_by(("r", R::Id), Order::Asc).limit(SHOWN);
    Ok(begun)
}

/// Released reports that were not seen, the oldest first.
pub(super) fn unseen(services: &Services, doctor: Doctor<'_>, settings: &Settings) -> Result<SelectStatement> {
    let mut released = rows::records();
    policy::visible_to(doctor.person, settings, services.now(), &mut released)?;
    rows::final_only(&mut released);
    rows::of_kinds(&mut released, &[RecordType::LabReport]);
    rows::without_addenda(&mut released);
    released.and_where(col(R::DoctorId).eq(doctor.id.0));
    released.and_where(col(R::Id).not_in_subquery(reporting::seen_by(doctor.person.user().0)));
    released.order_by(("r", R::RecordDate), Order::Asc).order_by(("r", R::Id), Order::Asc).limit(RESULTS);
    Ok(released)
}

/// Completed visits without a note, the oldest first, as a query for [`appointments::found_visits`].
fn unnoted(services: &Services, doctor: Doctor<'_>, settings: &Settings) -> Result<SelectStatement> {
    let labels = settings.labels(services.now());
    let since = labels.local(services.now()).checked_sub(ASKED_ABOUT_DAYS.days())?.timestamp();
    let noted = medical_record::Entity::find()
        .select_only()
        .column(R::AppointmentId)
        .filter(R::AppointmentId.is_not_null())
        .filter(R::DoctorId.eq(doctor.id.0))
        .filter(R::RecordType.is_in(RecordType::REPORTS.map(RecordType::as_str)));
    Ok(appointments::completed_since(doctor.id, since, noted.into_query(), SHOWN))
}

/// Completed visits without a note, the oldest first.
pub(super) async fn without_note(
    services: &Services,
    db: &impl ConnectionTrait,
    doctor: Doctor<'_>,
    settings: &Settings,
) -> Result<Vec<VisitFacts>> {
    appointments::found_visits(db, &unnoted(services, doctor, settings)?).await
}

/// How much waits for a doctor. A number names nobody, and so is no look at a record.
///
/// # Errors
/// `OtherRole` for everybody but doctors.
pub async fn inbox_count(services: &Services, actor: &Actor) -> Result<u64> {
    let doctor = Doctor::try_from(actor)?;
    let read = services.db().read();
    let settings = services.settings().await?;
    let mut results = unseen(services, doctor, &settings)?;
    results.and_where(col(R::Id).not_in_subquery(notices::told_as_critical(doctor)));
    let mut visits = Query::select();
    visits.expr_as(Func::count(Expr::col(("v", "id"))), "n");
    visits.from_subquery(unnoted(services, doctor, &settings)?, "v");
    let mut all = db::counting(&begun(services, doctor, &settings)?, ("r", "id"));
    all.union(UnionType::All, db::counting(&results, ("r", "id")));
    all.union(UnionType::All, visits);
    all.union(UnionType::All, notices::counting(doctor));
    db::sum(read, all).await
}

/// The report that waits longest for a doctor to see it, by its reference.
///
/// # Errors
/// `OtherRole` for everybody but doctors.
pub async fn next_result(services: &Services, actor: &Actor) -> Result<Option<String>> {
    let doctor = Doctor::try_from(actor)?;
    let read = services.db().read();
    let settings = services.settings().await?;
    let row: Option<rows::Row> = db::first(read, &unseen(services, doctor, &settings)?).await?;
    Ok(row.map(|row| row.reference))
}

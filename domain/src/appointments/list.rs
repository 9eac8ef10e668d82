//! Visits page by page, and those of a patient's first page.

use domain_types::{
    PatientId,
    appointments::{AppointmentFilter, AppointmentStatus, AppointmentView, PatientDashboard, Scope, VisitOrder},
    page::{Cursor, Page, PageRequest},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Order, SelectStatement};

use super::{
    availability::holding,
    grid, policy,
    repo::{self, iden},
    views::Lens,
    visit_search,
};
use crate::{
    access::{Act, Actor, Audited, Cx, Found, Patient, perform},
    error::Result,
    keyset,
    services::Services,
    time::to_db,
};

/// The visits that the actor may see, narrowed by the filter.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in.
pub async fn list(
    services: &Services,
    actor: &Actor,
    filter: AppointmentFilter,
) -> Result<Audited<Page<AppointmentView>>> {
    let filter = &filter;
    perform(services, actor, Act::ListAppointments, "", |cx| async move { find(&cx, filter).await }).await
}

/// The same in a transaction that shows more than these visits.
pub(super) async fn find(cx: &Cx<'_>, filter: &AppointmentFilter) -> Result<Found<Page<AppointmentView>>> {
    let (tx, person) = (&cx.tx, cx.person()?);
    let narrowed = |mut query: SelectStatement| -> Result<SelectStatement> {
        policy::visible_to(cx.actor, &mut query)?;
        narrow(&mut query, filter, cx.at.labels.zone(), cx.at.now);
        Ok(query)
    };
    // Only a search asks for what stands beside a visit: without one, none of it is read to count them.
    let counted = if filter.search.is_some() { repo::visits() } else { repo::visits_alone() };
    let count = keyset::count(tx, &narrowed(counted)?, ("a", "id"), filter.page).await?;
    let mut query = narrowed(repo::visits())?;
    if let Some(after) = filter.page.after() {
        query.cond_where(created_before(after)?);
    }
    order(&mut query, filter);
    query.limit(u64::from(filter.page.size())).offset(filter.page.offset());
    let rows = repo::all(tx, &query).await?;
    let lens = Lens::over(cx.services, tx, person, &cx.at, &rows).await?;
    let views = rows.iter().map(|row| lens.visit(row)).collect::<Result<Vec<_>>>()?;
    let ids = rows.iter().map(|row| row.id).collect();
    let patients = rows.iter().map(|row| PatientId(row.patient_id)).chain(person.patient());
    let last = rows.last().filter(|_| is_by_creation(filter)).map(|row| Cursor {
        at: row.created_at.unix_timestamp(),
        id: row.id,
        part: 0,
    });
    Ok(Found::of_all(patients, ids, Page::new(filter.page, count, views).ending_at(last)))
}

/// A patient's first page.
///
/// # Errors
/// `OtherRole` for anybody but patients.
pub async fn dashboard(services: &Services, actor: &Actor) -> Result<Audited<PatientDashboard>> {
    perform(services, actor, Act::ReadDashboard, "", |cx| async move { first_page(&cx).await }).await
}

async fn first_page(cx: &Cx<'_>) -> Result<Found<PatientDashboard>> {
    let patient = Patient::try_from(cx.actor)?;
    let filter = AppointmentFilter {
        scope: Some(Scope::Upcoming),
        page: PageRequest::new(1, 4),
        ..AppointmentFilter::default()
    };
    let found = find(cx, &filter).await?;
    let clinic = cx.settings().clinic.view();
    Ok(found.map(|upcoming| {
        let mut visits = upcoming.results.into_iter();
        PatientDashboard {
            first_name: patient.person.first_name().to_owned(),
            next_visit: visits.next(),
            later_visits: visits.collect(),
            upcoming_count: upcoming.count,
            clinic,
        }
    }))
}

fn narrow(query: &mut SelectStatement, filter: &AppointmentFilter, zone: &TimeZone, now: Timestamp) {
    if let Some(status) = filter.status {
        query.and_where(Expr::col(("a", iden::Status)).eq(status.as_str()));
    }
    if filter.held_only {
        query.and_where(Expr::col(("a", iden::Status)).is_in(holding()));
    }
    if let Some(doctor) = filter.doctor {
        query.and_where(Expr::col(("a", iden::DoctorId)).eq(doctor.0));
    }
    if let Some(search) = &filter.search {
        query.cond_where(visit_search::matching(search));
    }
    let day = |date: Date| grid::bounds(zone, date, 1);
    if let Some((from, _)) = filter.from.and_then(day) {
        query.and_where(Expr::col(("a", iden::StartsAt)).gte(to_db(from)));
    }
    if let Some((_, to)) = filter.to.and_then(day) {
        query.and_where(Expr::col(("a", iden::StartsAt)).lt(to_db(to)));
    }
    let to_come = || {
        Expr::col(("a", iden::EndsAt)).gt(to_db(now)).and(
            Expr::col(("a", iden::Status))
                .is_not_in(AppointmentStatus::ALL.into_iter().filter(|s| s.is_final()).map(AppointmentStatus::as_str)),
        )
    };
    match filter.scope {
        None => {}
        Some(Scope::Upcoming) => {
            query.and_where(to_come());
        }
        Some(Scope::Past) => {
            query.and_where(to_come().not());
        }
    }
}

/// Whether the list is in the order of a [`Cursor`].
fn is_by_creation(filter: &AppointmentFilter) -> bool {
    (filter.order, filter.scope) == (VisitOrder::Usual, None)
}

fn created_before(cursor: Cursor) -> Result<Condition> {
    let at = Timestamp::from_second(cursor.at).map_err(|_| keyset::unknown())?;
    let column = |column| move || Expr::col(("a", column));
    Ok(keyset::descending(column(iden::CreatedAt), to_db(at), column(iden::Id), cursor.id))
}

fn order(query: &mut SelectStatement, filter: &AppointmentFilter) {
    let (column, direction) = match (filter.order, filter.scope) {
        (VisitOrder::Usual, None) => (iden::CreatedAt, Order::Desc),
        (VisitOrder::SoonestFirst, _) | (VisitOrder::Usual, Some(Scope::Upcoming)) => (iden::StartsAt, Order::Asc),
        (VisitOrder::LatestFirst, _) | (VisitOrder::Usual, Some(Scope::Past)) => (iden::StartsAt, Order::Desc),
    };
    // Whoever reads on from a cursor keeps to its order.
    if let Some(is_named) =
        filter.search.as_deref().filter(|_| !is_by_creation(filter)).and_then(visit_search::is_named_by)
    {
        query.order_by_expr(is_named, Order::Desc);
    }
    query.order_by(("a", column), direction.clone()).order_by(("a", iden::Id), direction);
}

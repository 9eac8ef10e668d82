//! The directory of doctors.

use domain_types::{
    DoctorId,
    appointments::{DoctorDirectory, DoctorFilter, DoctorOrder, DoctorRow, DoctorView, SpecialtyView, sounds_urgent},
    page::Page,
};
use entity::{doctor, specialty, user, working_hours};
use jiff::civil::Weekday;
use sea_orm::{
    ConnectionTrait, FromQueryResult,
    prelude::TimeDateTimeWithTimeZone,
    sea_query::{Condition, Expr, ExprTrait, Func, JoinType, NullOrdering, Order, Query, SelectStatement},
};

use super::{repo, search::Search, views};
use crate::{
    access::Actor,
    db,
    error::{Error, Result},
    moment::Moment,
    services::Services,
    time::{from_db, minute_label, weekday_number},
};

/// A doctor with name and specialty.
#[derive(Debug, FromQueryResult)]
struct Row {
    id: i64,
    first_name: String,
    last_name: String,
    specialty_code: String,
    specialty_name: String,
    department: String,
    hospital: String,
    bio: String,
    languages: String,
    fee_minor: i64,
    currency: String,
    practising_since: i32,
    next_free_at: Option<TimeDateTimeWithTimeZone>,
}

/// A doctor among all that were found.
#[derive(Debug, FromQueryResult)]
struct Listed {
    #[sea_orm(nested)]
    doctor: Row,
    /// How many were found.
    found: i64,
}

/// The fields of medicine that the clinic has doctors for. Public.
///
/// # Errors
/// When the database is away.
pub async fn specialties(services: &Services, _actor: &Actor) -> Result<Vec<SpecialtyView>> {
    let db = services.db().read();
    let mut query = bookable();
    query
        .expr_as(Expr::col(("s", specialty::Column::Code)), "code")
        .expr_as(Func::count(Expr::col(("d", doctor::Column::Id))), "doctors")
        .group_by_col(("s", specialty::Column::Code));
    let mut counts = std::collections::HashMap::new();
    for row in db.query_all(&query).await? {
        counts.insert(row.try_get::<String>("", "code")?, row.try_get::<i64>("", "doctors")?);
    }
    let view = |row: &specialty::Model| {
        let doctors = counts.get(&row.code).and_then(|n| u32::try_from(*n).ok()).filter(|n| *n > 0)?;
        Some(SpecialtyView { code: row.code.clone(), name: row.name.clone(), about: row.about.clone(), doctors })
    };
    Ok(services.reference().await?.specialties.iter().filter_map(view).collect())
}

/// Doctors who take bookings and match every word of the search, ordered by the filter. Where words that say nothing
/// are somebody's name, those who are called so. Public.
///
/// # Errors
/// When the database is away.
pub async fn doctors(services: &Services, _actor: &Actor, filter: DoctorFilter) -> Result<Page<DoctorRow>> {
    let wanted = Search::parse(filter.search.as_deref().unwrap_or_default());
    if wanted.may_be_a_name() {
        let called_so = page(services, &filter, wanted.whole_name()).await?;
        if called_so.count > 0 {
            return Ok(called_so);
        }
    }
    page(services, &filter, wanted.every_word()).await
}

/// The directory as people search it: where nobody matches every word, those who match the most of it, and a word when
/// the search sounds like something that cannot wait. Public.
///
/// # Errors
/// When the database is away.
pub async fn directory(services: &Services, actor: &Actor, filter: DoctorFilter) -> Result<DoctorDirectory> {
    let search = filter.search.as_deref().unwrap_or_default();
    let (wanted, is_urgent) = (Search::parse(search), sounds_urgent(search));
    let exact = doctors(services, actor, filter.clone()).await?;
    if exact.count > 0 || wanted.is_one_word() {
        return Ok(DoctorDirectory { doctors: exact, is_partial: false, is_urgent });
    }
    let mut query = bookable();
    narrow(&mut query, &filter);
    query.expr_as(wanted.likeness().max(), "best");
    let row = services.db().read().query_one(&query).await?;
    let best = row.map_or(Ok(None), |row| row.try_get::<Option<i32>>("", "best"))?.unwrap_or_default();
    if best == 0 {
        return Ok(DoctorDirectory { doctors: exact, is_partial: false, is_urgent });
    }
    let doctors = page(services, &filter, Condition::all().add(wanted.likeness().eq(best))).await?;
    Ok(DoctorDirectory { doctors, is_partial: true, is_urgent })
}

async fn page(services: &Services, filter: &DoctorFilter, matching: Condition) -> Result<Page<DoctorRow>> {
    let db = services.db().read();
    let at = services.moment().await?;
    let mut query = bookable();
    narrow(&mut query, filter);
    query.cond_where(matching);
    let whole = query.clone();
    columns(&mut query);
    query.expr_as(Expr::cust("COUNT(*) OVER ()"), "found");
    if filter.order == DoctorOrder::NextFree {
        query.order_by_with_nulls(("d", doctor::Column::NextFreeAt), Order::Asc, NullOrdering::Last);
    }
    query.order_by(("d", doctor::Column::Id), Order::Asc);
    query.limit(u64::from(filter.page.size())).offset(filter.page.offset());
    let listed: Vec<Listed> = db::all(db, &query).await?;
    let count = match listed.first() {
        Some(first) => u64::try_from(first.found).unwrap_or(0),
        // Beyond the last page nobody says how many there are.
        None => db::count(db, &whole, ("d", "id")).await?,
    };
    let rows = listed.iter().map(|listed| view(&listed.doctor, &at)).collect::<Result<Vec<_>>>()?;
    Ok(Page::new(filter.page, count, rows))
}

/// One doctor's page. Public.
///
/// # Errors
/// `NotFound` when there is no such doctor or they take no bookings.
pub async fn doctor(services: &Services, _actor: &Actor, id: DoctorId) -> Result<DoctorView> {
    let db = services.db().read();
    let at = services.moment().await?;
    let settings = at.settings();
    let mut query = bookable();
    columns(&mut query);
    query.and_where(Expr::col(("d", doctor::Column::Id)).eq(id.0));
    let row: Row = db::first(db, &query).await?.ok_or(Error::NotFound)?;
    let view = view(&row, &at)?;
    Ok(DoctorView {
        rules: views::rules(at.default_visit_type()?, view.fee, settings),
        row: view,
        bio: row.bio,
        hours: hours(at.hours(id)),
        zone: at.labels.zone_name(),
        address: format!("{}, {}", settings.clinic.name, settings.clinic.address),
        phone: settings.clinic.phone.clone(),
    })
}

/// Doctors (as `d`) who take bookings and whose account works, with their user (`u`) and specialty (`s`).
fn bookable() -> SelectStatement {
    let mut query = Query::select();
    query
        .from_as(doctor::Entity, "d")
        .join_as(JoinType::InnerJoin, user::Entity, "u", Expr::col(("u", "id")).equals(("d", "user_id")))
        .join_as(JoinType::InnerJoin, specialty::Entity, "s", Expr::col(("s", "id")).equals(("d", "specialty_id")))
        .and_where(Expr::col(("d", doctor::Column::AcceptsBookings)).eq(true))
        .and_where(Expr::col(("u", user::Column::IsActive)).eq(true));
    query
}

fn columns(query: &mut SelectStatement) {
    for (table, column, name) in [
        ("d", "id", "id"),
        ("u", "first_name", "first_name"),
        ("u", "last_name", "last_name"),
        ("s", "code", "specialty_code"),
        ("s", "name", "specialty_name"),
        ("d", "department", "department"),
        ("d", "hospital", "hospital"),
        ("d", "bio", "bio"),
        ("d", "languages", "languages"),
        ("d", "fee_minor", "fee_minor"),
        ("d", "currency", "currency"),
        ("d", "practising_since", "practising_since"),
        ("d", "next_free_at", "next_free_at"),
    ] {
        query.expr_as(Expr::col((table, column)), name);
    }
}

/// Keeps to one field of medicine, when the filter names one.
fn narrow(query: &mut SelectStatement, filter: &DoctorFilter) {
    if let Some(code) = filter.specialty.as_deref().filter(|code| !code.is_empty()) {
        query.and_where(Expr::col(("s", specialty::Column::Code)).eq(code.to_lowercase().replace('\0', "")));
    }
}

fn view(row: &Row, at: &Moment) -> Result<DoctorRow> {
    let years = i32::from(at.today().year()) - row.practising_since;
    Ok(DoctorRow {
        id: DoctorId(row.id),
        name: repo::doctor_name(&row.first_name, &row.last_name),
        initials: views::initials(&row.first_name, &row.last_name),
        specialty_code: row.specialty_code.clone(),
        specialty: row.specialty_name.clone(),
        hospital: row.hospital.clone(),
        department: row.department.clone(),
        fee: repo::money(row.fee_minor, &row.currency)?,
        years_of_experience: u32::try_from(years).unwrap_or(0),
        languages: row.languages.clone(),
        next_free: row.next_free_at.map(|free| at.labels.when(from_db(free))),
    })
}

/// "Monday" → "09:00–12:00, 13:00–17:00", for the days with hours.
fn hours(rows: &[working_hours::Model]) -> Vec<(String, String)> {
    let week = [
        (Weekday::Monday, "Monday"),
        (Weekday::Tuesday, "Tuesday"),
        (Weekday::Wednesday, "Wednesday"),
        (Weekday::Thursday, "Thursday"),
        (Weekday::Friday, "Friday"),
        (Weekday::Saturday, "Saturday"),
        (Weekday::Sunday, "Sunday"),
    ];
    let line = |(day, name): (Weekday, &str)| {
        let periods: Vec<_> = rows
            .iter()
            .filter(|row| row.weekday == weekday_number(day))
            .map(|row| format!("{}–{}", minute_label(row.starts_minute), minute_label(row.ends_minute)))
            .collect();
        (!periods.is_empty()).then(|| (name.to_owned(), periods.join(", ")))
    };
    week.into_iter().filter_map(line).collect()
}

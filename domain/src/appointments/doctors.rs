//! The directory of doctors.

use domain_types::{
    DoctorId,
    appointments::{DoctorFilter, DoctorOrder, DoctorRow, DoctorView, SpecialtyView},
    page::Page,
};
use entity::{doctor, specialty, user, working_hours};
use jiff::{Timestamp, civil::Weekday};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    prelude::TimeDateTimeWithTimeZone,
    sea_query::{Expr, ExprTrait, Func, JoinType, LikeExpr, NullOrdering, Order, Query, SelectStatement},
};

use super::{repo, views};
use crate::{
    access::Actor,
    error::{Error, Result},
    services::Services,
    settings,
    time::{Labels, from_db, minute_label, weekday_number},
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
    let all = specialty::Entity::find().order_by_asc(specialty::Column::Position).all(db).await?;
    let view = |row: specialty::Model| {
        let doctors = counts.get(&row.code).and_then(|n| u32::try_from(*n).ok()).filter(|n| *n > 0)?;
        Some(SpecialtyView { code: row.code, name: row.name, about: row.about, doctors })
    };
    Ok(all.into_iter().filter_map(view).collect())
}

/// Doctors who take bookings, narrowed and ordered by the filter. Public.
///
/// # Errors
/// When the database is away.
pub async fn doctors(services: &Services, _actor: &Actor, filter: DoctorFilter) -> Result<Page<DoctorRow>> {
    let db = services.db().read();
    let settings = settings::load(db).await?;
    let labels = Labels::new(settings.zone, services.now());
    let mut query = bookable();
    narrow(&mut query, &filter);
    let mut counting = query.clone();
    counting.expr_as(Func::count(Expr::col(("d", doctor::Column::Id))), "n");
    let count = db.query_one(&counting).await?.map_or(Ok(0), |row| row.try_get::<i64>("", "n"))?;
    columns(&mut query);
    if filter.order == DoctorOrder::NextFree {
        query.order_by_with_nulls(("d", doctor::Column::NextFreeAt), Order::Asc, NullOrdering::Last);
    }
    query.order_by(("d", doctor::Column::Id), Order::Asc);
    query.limit(u64::from(filter.page.size())).offset(filter.page.offset());
    let rows = db.query_all(&query).await?;
    let view =
        |row| Row::from_query_result(row, "").map_err(Error::from).and_then(|row| view(&row, &labels, services.now()));
    let rows = rows.iter().map(view).collect::<Result<Vec<_>>>()?;
    Ok(Page::new(filter.page, u64::try_from(count).unwrap_or(0), rows))
}

/// One doctor's page. Public.
///
/// # Errors
/// `NotFound` when there is no such doctor or they take no bookings.
pub async fn doctor(services: &Services, _actor: &Actor, id: DoctorId) -> Result<DoctorView> {
    let db = services.db().read();
    let settings = settings::load(db).await?;
    let labels = Labels::new(settings.zone.clone(), services.now());
    let mut query = bookable();
    columns(&mut query);
    query.and_where(Expr::col(("d", doctor::Column::Id)).eq(id.0));
    let row = db.query_one(&query).await?.ok_or(Error::NotFound)?;
    let row = Row::from_query_result(&row, "")?;
    let kind = repo::default_visit_type(db).await?;
    let view = view(&row, &labels, services.now())?;
    Ok(DoctorView {
        rules: views::rules(&kind, view.fee, &settings),
        row: view,
        bio: row.bio,
        hours: hours(db, id).await?,
        address: format!("{}, {}", settings.clinic.name, settings.clinic.address),
        phone: settings.clinic.phone,
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

/// Words of a search that narrow nothing down: "Dr. Rivera" is looked for by the name alone, "doctor for the heart" by
/// the heart.
const FILLERS: [&str; 10] = ["doctor", "doctors", "dr", "specialist", "specialists", "for", "of", "the", "my", "with"];

/// Every word of the search must be part of the doctor's name, or begin a word that the specialty is found by.
fn narrow(query: &mut SelectStatement, filter: &DoctorFilter) {
    if let Some(code) = filter.specialty.as_deref().filter(|code| !code.is_empty()) {
        query.and_where(Expr::col(("s", specialty::Column::Code)).eq(code.to_lowercase().replace('\0', "")));
    }
    for word in words(filter.search.as_deref().unwrap_or_default()).take(8) {
        // "kids" finds "kid", and "knee" finds "knees".
        let stem = word.strip_suffix('s').filter(|stem| stem.chars().count() > 2).unwrap_or(&word);
        let field = || Expr::col(("s", specialty::Column::SearchKey));
        let found = Expr::col(("d", doctor::Column::SearchKey))
            .like(contains(&word))
            .or(field().like(pattern("", stem, "%")))
            // At the beginning of a word: whoever has trouble with an ear needs no heart specialist.
            .or(field().like(pattern("% ", stem, "%")));
        query.and_where(found);
    }
}

/// The words of a search that say something, in lower case.
fn words(search: &str) -> impl Iterator<Item = String> {
    let bare = |word: &str| word.trim_matches(['.', ',', ';', ':', '!', '?', '"', '\'', '’', '(', ')']).to_lowercase();
    search.split_whitespace().map(bare).filter(|word| !word.is_empty() && !FILLERS.contains(&word.as_str()))
}

/// A pattern that finds `word` anywhere, taken literally.
pub(crate) fn contains(word: &str) -> LikeExpr {
    pattern("%", word, "%")
}

/// A pattern that finds `word`, taken literally, between two pieces of pattern.
fn pattern(before: &str, word: &str, after: &str) -> LikeExpr {
    let mut pattern = String::from(before);
    // PostgreSQL's text cannot hold a NUL, so none is looked for.
    for letter in word.to_lowercase().chars().filter(|letter| *letter != '\0') {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push_str(after);
    LikeExpr::new(pattern).escape('\\')
}

fn view(row: &Row, labels: &Labels, now: Timestamp) -> Result<DoctorRow> {
    let years = i32::from(labels.local(now).year()) - row.practising_since;
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
        next_free: row.next_free_at.map(|at| labels.when(from_db(at))),
    })
}

/// "Monday" → "09:00–12:00, 13:00–17:00", for the days with hours.
async fn hours(db: &impl ConnectionTrait, doctor: DoctorId) -> Result<Vec<(String, String)>> {
    let rows = working_hours::Entity::find()
        .filter(working_hours::Column::DoctorId.eq(doctor.0))
        .order_by_asc(working_hours::Column::Weekday)
        .order_by_asc(working_hours::Column::StartsMinute)
        .all(db)
        .await?;
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
    Ok(week.into_iter().filter_map(line).collect())
}

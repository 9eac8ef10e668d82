//! The page of all visits that somebody may see.

use domain_types::{
    Problem,
    appointments::{
        AppointmentFilter, AppointmentStatus, AppointmentView, Audience, DayRange, VisitList, VisitNarrowing,
        VisitQuery,
    },
    auth::Role,
    page::{Page, PageRequest},
};
use entity::{doctor, user};
use jiff::{ToSpan, civil::Date};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, QuerySelect};

use super::{list::find, repo::doctor_name};
use crate::{
    access::{Act, Actor, Audited, Cx, Found, perform},
    error::{Error, Result},
    services::Services,
    time::Labels,
};

/// No clinic has more doctors to choose from than a list can hold.
const MOST_DOCTORS: u64 = 1_000;

/// The visits that the actor may see: for patients those to come or those behind them, for staff narrowed by status,
/// doctor, day and what is searched for, from today on unless told otherwise.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in, `NotFound` for a page that cannot be.
pub async fn visit_list(services: &Services, actor: &Actor, query: VisitQuery) -> Result<Audited<VisitList>> {
    let audience = Audience::from(actor.person()?.role());
    if !audience.is_staff() {
        let filter = &query.own().map_err(|_| Error::NotFound)?;
        return perform(services, actor, Act::ListAppointments, "", |cx| async move {
            let found = find(&cx, filter).await?;
            Ok(found.map(|visits| VisitList { audience, visits, narrowing: None }))
        })
        .await;
    }
    let query = &query.with_usual_days(services.moment().await?.today());
    let filter = &query.narrowed();
    if filter.as_ref().is_err_and(|problem| problem.fields.is_empty()) {
        return Err(Error::NotFound);
    }
    perform(services, actor, Act::ListAppointments, "", |cx| async move {
        let found = narrowed(&cx, query, filter.as_ref()).await?;
        Ok(found.map(|(visits, narrowing)| VisitList { audience, visits, narrowing: Some(narrowing) }))
    })
    .await
}

/// The visits that staff narrowed the list to, with the form that narrows it; `filter` is what of it could be read.
async fn narrowed(
    cx: &Cx<'_>,
    query: &VisitQuery,
    filter: Result<&AppointmentFilter, &Problem>,
) -> Result<Found<(Page<AppointmentView>, VisitNarrowing)>> {
    let labels = &cx.at.labels;
    let (found, summary, problem) = match filter {
        Ok(filter) => {
            let days = days_in_words(filter, labels);
            let sought = filter.search.as_ref().map(|text| format!(" for “{text}”")).unwrap_or_default();
            let found = find(cx, filter).await?;
            let summary = format!("{}{sought}{days}", how_many(found.value.count));
            (found, summary, None)
        }
        Err(problem) => {
            let nothing = Found::of_all([], Vec::new(), Page::new(PageRequest::default(), 0, Vec::new()));
            (nothing, "Nothing to show yet".to_owned(), Some(problem.clone()))
        }
    };
    let is_admin = cx.actor.role() == Some(Role::Admin);
    let narrowing = VisitNarrowing {
        summary,
        statuses: statuses(),
        doctors: if is_admin { doctors(&cx.tx).await? } else { Vec::new() },
        ranges: ranges(query, labels.today())?,
        status: query.status.clone().unwrap_or_default(),
        doctor: query.doctor.clone().unwrap_or_default(),
        from: query.from.clone().unwrap_or_default(),
        to: query.to.clone().unwrap_or_default(),
        search: query.search.clone().unwrap_or_default(),
        problem,
    };
    Ok(found.map(|visits| (visits, narrowing)))
}

fn how_many(count: u64) -> String {
    match count {
        0 => "No appointments".to_owned(),
        1 => "1 appointment".to_owned(),
        count => format!("{count} appointments"),
    }
}

/// " from Mon 23 November on": what stands after the number of visits.
fn days_in_words(filter: &AppointmentFilter, labels: &Labels) -> String {
    match (filter.from, filter.to) {
        (Some(from), Some(to)) if from == to => format!(" on {}", labels.day(from)),
        (Some(from), Some(to)) => format!(" from {} to {}", labels.day(from), labels.day(to)),
        (Some(from), None) => format!(" from {} onwards", labels.day(from)),
        (None, Some(to)) => format!(" until {}, latest first", labels.day(to)),
        (None, None) => String::new(),
    }
}

fn statuses() -> Vec<(String, String)> {
    let held = (VisitQuery::HELD.to_owned(), "All but cancelled and no-show".to_owned());
    let each = AppointmentStatus::ALL.map(|status| (status.as_str().to_owned(), status.label().to_owned()));
    std::iter::once(held).chain(each).collect()
}

fn ranges(query: &VisitQuery, today: Date) -> Result<Vec<DayRange>> {
    let day = |days: i64| today.checked_add(days.days()).map(|date| date.to_string());
    let (now, none) = (today.to_string(), String::new);
    let known = [
        ("From today", now.clone(), none()),
        ("Today", now.clone(), now.clone()),
        ("Next seven days", now, day(6)?),
        ("Last seven days", day(-7)?, day(-1)?),
    ];
    let is = |typed: &Option<String>, day: &str| typed.as_deref().unwrap_or_default() == day;
    let range = |(label, from, to): (&str, String, String)| DayRange {
        is_current: is(&query.from, &from) && is(&query.to, &to),
        label: label.to_owned(),
        from,
        to,
    };
    // Without a search no day means from today on.
    let all = query.searched().map(|_| range(("All days", none(), none())));
    Ok(all.into_iter().chain(known.map(range)).collect())
}

/// Number and name of every doctor, by last name.
async fn doctors(db: &impl ConnectionTrait) -> Result<Vec<(String, String)>> {
    let rows = doctor::Entity::find()
        .find_also_related(user::Entity)
        .order_by_asc(user::Column::SortKey)
        .order_by_asc(doctor::Column::Id)
        .limit(MOST_DOCTORS)
        .all(db)
        .await?;
    let named = |(doctor, user): (doctor::Model, Option<user::Model>)| {
        user.map(|user| (doctor.id.to_string(), doctor_name(&user.first_name, &user.last_name)))
    };
    Ok(rows.into_iter().filter_map(named).collect())
}

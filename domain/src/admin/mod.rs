//! People and counts, for administrators.
//!
//! Rules: administrators alone; every number is counted from rows, none is invented, and leads to those rows.

mod mails;

use domain_types::{
    UserId,
    admin::{AdminOverview, MailState, UserFilter, UserRow},
    appointments::AppointmentStatus,
    auth::Role,
    page::Page,
};
use entity::{
    access_question,
    appointment::{self, Column},
    doctor, outbox_message, patient, user,
};
use jiff::ToSpan;
use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Condition, Expr, ExprTrait, IntoColumnRef, Query},
};

use crate::{
    access::{Actor, Admin},
    addresses,
    error::{Error, Result},
    people::{PersonSearch, Reference},
    records::emergencies_waiting,
    services::Services,
    time::{from_db, to_db},
};

pub use mails::mails;

/// Everybody who has an account, by name.
///
/// # Errors
/// `Forbidden` for anybody but administrators.
pub async fn users(services: &Services, actor: &Actor, filter: UserFilter) -> Result<Page<UserRow>> {
    Admin::try_from(actor)?;
    let db = services.db().read();
    let labels = services.settings().await?.labels(services.now());
    let mut query = user::Entity::find();
    if let Some(role) = filter.role {
        query = query.filter(user::Column::Role.eq(role.as_str()));
    }
    if let Some(search) = &filter.search {
        query = query.filter(PersonSearch::parse(search).finds(account, with_visit));
    }
    let count = query.clone().count(db).await?;
    let rows = query
        .order_by_asc(user::Column::SortKey)
        .order_by_asc(user::Column::Id)
        .limit(u64::from(filter.page.size()))
        .offset(filter.page.offset())
        .all(db)
        .await?;
    let view = |row: user::Model| {
        let date = labels.local(from_db(row.created_at)).date();
        Ok(UserRow {
            id: UserId(row.id),
            name: format!("{} {}", row.first_name, row.last_name),
            role: Role::parse(&row.role).ok_or_else(|| Error::internal("a stored role is unknown"))?,
            is_active: row.is_active,
            joined: labels.full_date(date),
            last_sign_in: row.last_sign_in_at.map(|at| labels.when(from_db(at))),
            username: row.username,
            email: addresses::shown(&row.email),
        })
    };
    Ok(Page::new(filter.page, count, rows.into_iter().map(view).collect::<Result<_>>()?))
}

fn account() -> Expr {
    Expr::col((user::Entity, user::Column::Id))
}

/// The patient and the doctor of a visit.
fn with_visit(reference: &Reference) -> Condition {
    let mut patients = Query::select();
    patients
        .column((patient::Entity, patient::Column::UserId))
        .from(patient::Entity)
        .inner_join(appointment::Entity, visits_of((patient::Entity, patient::Column::Id), Column::PatientId))
        .and_where(reference.is_in(Expr::col((appointment::Entity, Column::Reference))));
    let mut doctors = Query::select();
    doctors
        .column((doctor::Entity, doctor::Column::UserId))
        .from(doctor::Entity)
        .inner_join(appointment::Entity, visits_of((doctor::Entity, doctor::Column::Id), Column::DoctorId))
        .and_where(reference.is_in(Expr::col((appointment::Entity, Column::Reference))));
    Condition::any().add(account().in_subquery(patients)).add(account().in_subquery(doctors))
}

fn visits_of(id: impl IntoColumnRef, column: Column) -> Expr {
    Expr::col(id).equals((appointment::Entity, column))
}

/// What the clinic looks like today.
///
/// # Errors
/// `Forbidden` for anybody but administrators.
pub async fn overview(services: &Services, actor: &Actor) -> Result<AdminOverview> {
    Admin::try_from(actor)?;
    let db = services.db().read();
    let settings = services.settings().await?;
    let today = services.now().to_zoned(settings.zone.clone()).date();
    let midnight = |days: i64| -> Result<_> {
        Ok(to_db(today.checked_add(days.days())?.to_zoned(settings.zone.clone())?.timestamp()))
    };
    let (start, tomorrow, week) = (midnight(0)?, midnight(1)?, midnight(7)?);
    let with_role = |role: Role| user::Entity::find().filter(user::Column::Role.eq(role.as_str())).count(db);
    let visits =
        |until| {
            appointment::Entity::find()
                .filter(appointment::Column::StartsAt.gte(start).and(appointment::Column::StartsAt.lt(until)))
                .filter(appointment::Column::Status.is_not_in(
                    [AppointmentStatus::Cancelled, AppointmentStatus::NoShow].map(AppointmentStatus::as_str),
                ))
                .count(db)
        };
    let mails = |state| outbox_message::Entity::find().filter(mails::unsent(Some(state))).count(db);
    let open_questions = access_question::Entity::find().filter(access_question::Column::AnsweredAt.is_null());
    Ok(AdminOverview {
        patients: with_role(Role::Patient).await?,
        doctors: with_role(Role::Doctor).await?,
        admins: with_role(Role::Admin).await?,
        today: today.to_string(),
        visits_today: visits(tomorrow).await?,
        seventh_day: today.checked_add(6.days())?.to_string(),
        visits_next_seven_days: visits(week).await?,
        mails_waiting: mails(MailState::Waiting).await?,
        mails_failed: mails(MailState::Failed).await?,
        emergencies_waiting: emergencies_waiting(db).await?,
        questions_open: open_questions.count(db).await?,
    })
}

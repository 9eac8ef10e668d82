//! Reading visits.

use domain_types::{
    AppointmentId,
    appointments::{
        AppointmentDetail, AppointmentFilter, AppointmentStatus, AppointmentView, Audience, ClinicView,
        PatientDashboard, Scope, VisitOrder,
    },
    page::{Page, PageRequest},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Order, SelectStatement},
};

use super::{
    availability::holding,
    calendar_file, grid, policy,
    repo::{self, VisitRow, iden},
    views::{self, Lens},
    visit_search,
};
use crate::{
    access::{Actor, Patient},
    db::Tx,
    error::{Error, Result},
    mail::{self, Recipient, VisitMail, VisitNews},
    services::Services,
    settings::{self, Settings},
    time::{Labels, from_db, to_db},
};

/// The visits that the actor may see, narrowed by the filter.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in.
pub async fn list(services: &Services, actor: &Actor, filter: AppointmentFilter) -> Result<Page<AppointmentView>> {
    let db = services.db().read();
    let person = actor.person()?;
    let settings = settings::load(db).await?;
    let now = services.now();
    let mut query = repo::visits();
    policy::visible_to(actor, &mut query)?;
    narrow(&mut query, &filter, &settings.zone, now);
    let count = repo::count(db, &query).await?;
    order(&mut query, &filter);
    query.limit(u64::from(filter.page.size())).offset(filter.page.offset());
    let lens = Lens::new(person, &settings, now);
    let rows = repo::all(db, &query).await?;
    let views = rows.iter().map(|row| lens.visit(row)).collect::<Result<Vec<_>>>()?;
    Ok(Page::new(filter.page, count, views))
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

fn order(query: &mut SelectStatement, filter: &AppointmentFilter) {
    let (column, direction) = match (filter.order, filter.scope) {
        (VisitOrder::Usual, None) => (iden::CreatedAt, Order::Desc),
        (VisitOrder::SoonestFirst, _) | (VisitOrder::Usual, Some(Scope::Upcoming)) => (iden::StartsAt, Order::Asc),
        (VisitOrder::LatestFirst, _) | (VisitOrder::Usual, Some(Scope::Past)) => (iden::StartsAt, Order::Desc),
    };
    query.order_by(("a", column), direction.clone()).order_by(("a", iden::Id), direction);
}

/// One visit.
///
/// # Errors
/// `NotFound` when it is unknown or not the actor's to see.
pub async fn load(services: &Services, actor: &Actor, id: AppointmentId) -> Result<AppointmentView> {
    view_of(services.db().read(), services, actor, id).await
}

/// One visit with its history.
///
/// # Errors
/// `NotFound` when it is unknown or not the actor's to see.
pub async fn detail(services: &Services, actor: &Actor, reference: &str) -> Result<AppointmentDetail> {
    let db = services.db().read();
    let person = actor.person()?;
    let row = row_by_reference(services, actor, reference).await?;
    let settings = settings::load(db).await?;
    let lens = Lens::new(person, &settings, services.now());
    let events = repo::events(db, row.id).await?;
    let kind =
        repo::find_visit_type(db, row.visit_type_id).await?.ok_or_else(|| Error::internal("a visit has no kind"))?;
    Ok(AppointmentDetail {
        audience: Audience::from(person.role()),
        visit: lens.visit(&row)?,
        kind: (!kind.is_default).then(|| kind.name.clone()),
        history: events.iter().map(|(event, by)| lens.event(event, by.as_ref())).collect(),
        clinic: settings.clinic.view(),
        rules: views::rules(&kind, row.fee()?, &settings),
        mailed_to: views::hinted(&row.patient_email),
        has_demo_mailbox: services.options().demo,
    })
}

/// A patient's first page.
///
/// # Errors
/// `Forbidden` for anybody but patients.
pub async fn dashboard(services: &Services, actor: &Actor) -> Result<PatientDashboard> {
    let patient = Patient::try_from(actor)?;
    let settings = settings::load(services.db().read()).await?;
    let filter = AppointmentFilter {
        scope: Some(Scope::Upcoming),
        page: PageRequest::new(1, 4),
        ..AppointmentFilter::default()
    };
    let upcoming = list(services, actor, filter).await?;
    let user = crate::auth::me_row(services, patient.person.user()).await?;
    let mut visits = upcoming.results.into_iter();
    Ok(PatientDashboard {
        first_name: user.first_name,
        next_visit: visits.next(),
        later_visits: visits.collect(),
        upcoming_count: upcoming.count,
        clinic: settings.clinic.view(),
    })
}

/// Who and where the clinic is. Public.
///
/// # Errors
/// When the database is away.
pub async fn clinic(services: &Services, _actor: &Actor) -> Result<ClinicView> {
    Ok(settings::load(services.db().read()).await?.clinic.view())
}

pub(super) async fn row_by_reference(services: &Services, actor: &Actor, reference: &str) -> Result<VisitRow> {
    let mut query = repo::visits();
    policy::visible_to(actor, &mut query)?;
    if !reference.trim().bytes().all(|b| b.is_ascii_graphic()) {
        return Err(Error::NotFound);
    }
    query.and_where(Expr::col(("a", iden::Reference)).eq(reference.trim().to_uppercase()));
    repo::one(services.db().read(), &query).await?.ok_or(Error::NotFound)
}

/// Whether there is a visit with this reference that the actor may see.
pub(crate) async fn is_visible(db: &impl ConnectionTrait, actor: &Actor, reference: &str) -> Result<bool> {
    let mut query = repo::visits();
    policy::visible_to(actor, &mut query)?;
    query.and_where(Expr::col(("a", iden::Reference)).eq(reference));
    Ok(repo::one(db, &query).await?.is_some())
}

/// A visit that the actor may see.
pub(super) async fn row_of(db: &impl ConnectionTrait, actor: &Actor, id: AppointmentId) -> Result<Option<VisitRow>> {
    let mut query = repo::visits();
    policy::visible_to(actor, &mut query)?;
    query.and_where(Expr::col(("a", iden::Id)).eq(id.0));
    repo::one(db, &query).await
}

/// The visits that the actor may see and that take time between two moments.
pub(super) async fn own_between(
    db: &impl ConnectionTrait,
    actor: &Actor,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<VisitRow>> {
    let mut query = repo::visits();
    policy::visible_to(actor, &mut query)?;
    query
        .and_where(Expr::col(("a", iden::Status)).is_in(holding()))
        .and_where(Expr::col(("a", iden::StartsAt)).lt(to_db(to)))
        .and_where(Expr::col(("a", iden::EndsAt)).gt(to_db(from)))
        .order_by(("a", iden::StartsAt), Order::Asc);
    repo::all(db, &query).await
}

/// A visit for our own use, whoever asks.
pub(super) async fn any_row(db: &impl ConnectionTrait, id: AppointmentId) -> Result<Option<VisitRow>> {
    let mut query = repo::visits();
    query.and_where(Expr::col(("a", iden::Id)).eq(id.0));
    repo::one(db, &query).await
}

pub(super) async fn view_of(
    db: &impl ConnectionTrait,
    services: &Services,
    actor: &Actor,
    id: AppointmentId,
) -> Result<AppointmentView> {
    let person = actor.person()?;
    let row = row_of(db, actor, id).await?.ok_or(Error::NotFound)?;
    let settings = settings::load(db).await?;
    Lens::new(person, &settings, services.now()).visit(&row)
}

/// Writes the patient's message about a visit into the outbox.
pub(super) async fn queue_mail(
    services: &Services,
    tx: &Tx,
    settings: &Settings,
    row: &VisitRow,
    news: VisitNews,
) -> Result<()> {
    let labels = Labels::new(settings.zone.clone(), services.now());
    let clinic = settings.clinic.view();
    let message = VisitMail {
        news,
        first_name: &row.patient_first_name,
        reference: &row.reference,
        doctor: &row.doctor_name(),
        specialty: &row.specialty_name,
        starts: &labels.when(from_db(row.starts_at)),
        duration_minutes: views::minutes_between(from_db(row.starts_at), from_db(row.ends_at)),
        department: &row.department,
        clinic: &clinic,
        cancel_cutoff_hours: settings.booking.cancel_cutoff_hours,
        may_change_online: from_db(row.starts_at) >= policy::changeable_from(settings, services.now()),
        public_url: &services.options().public_url,
    };
    let to = Recipient {
        address: row.patient_email.clone(),
        name: format!("{} {}", row.patient_first_name, row.patient_last_name),
    };
    let calendar = calendar_file::file(services, &**tx, settings, row).await?;
    mail::queue(services, tx, to, &message, Some(calendar)).await
}

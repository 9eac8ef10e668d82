//! Reading one visit.

use domain_types::{
    AppointmentId, PatientId,
    appointments::{AppointmentDetail, AppointmentView, Audience, ClinicView},
};
use jiff::Timestamp;
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Order},
};

use super::{
    availability::holding,
    calendar_file, policy,
    repo::{self, VisitRow, iden},
    views::{self, Lens},
};
use crate::{
    access::{Act, Actor, Audited, Cx, Found, perform},
    error::{Error, Result},
    mail::{self, Recipient, VisitMail, VisitNews},
    services::Services,
    time::{from_db, to_db},
};

/// One visit.
///
/// # Errors
/// `NotFound` when it is unknown or not the actor's to see.
pub async fn load(services: &Services, actor: &Actor, id: AppointmentId) -> Result<Audited<AppointmentView>> {
    perform(services, actor, Act::ReadAppointment, &id.to_string(), |cx| async move { find(&cx, id).await }).await
}

/// One visit in the transaction that reads or has just changed it.
pub(super) async fn find(cx: &Cx<'_>, id: AppointmentId) -> Result<Found<AppointmentView>> {
    let row = row_of(&cx.tx, cx.actor, id).await?.ok_or(Error::NotFound)?;
    shown(cx, &row).await
}

/// A visit that was read, as the actor sees it.
pub(super) async fn shown(cx: &Cx<'_>, row: &VisitRow) -> Result<Found<AppointmentView>> {
    let lens = Lens::over(cx.services, &cx.tx, cx.person()?, &cx.at, std::slice::from_ref(row)).await?;
    Ok(Found::of(PatientId(row.patient_id), vec![row.id], lens.visit(row)?))
}

/// One visit with its history.
///
/// # Errors
/// `NotFound` when it is unknown or not the actor's to see.
pub async fn detail(services: &Services, actor: &Actor, reference: &str) -> Result<Audited<AppointmentDetail>> {
    perform(
        services,
        actor,
        Act::ReadAppointment,
        reference.trim(),
        |cx| async move { with_history(&cx, reference).await },
    )
    .await
}

async fn with_history(cx: &Cx<'_>, reference: &str) -> Result<Found<AppointmentDetail>> {
    let person = cx.person()?;
    let row = row_by_reference(&cx.tx, cx.actor, reference).await?;
    let lens = Lens::over(cx.services, &cx.tx, person, &cx.at, std::slice::from_ref(&row)).await?;
    let events = repo::events(&cx.tx, row.id).await?;
    let kind = cx.at.visit_type(row.visit_type_id)?;
    let value = AppointmentDetail {
        audience: Audience::from(person.role()),
        visit: lens.visit(&row)?,
        kind: (!kind.is_default).then(|| kind.name.clone()),
        history: events.iter().map(|(event, by)| lens.event(event, by.as_ref())).collect(),
        clinic: cx.settings().clinic.view(),
        rules: views::rules(kind, row.fee()?, cx.settings()),
        mailed_to: views::hinted(&row.patient_email),
        has_demo_mailbox: cx.services.options().demo,
    };
    Ok(Found::of(PatientId(row.patient_id), vec![row.id], value))
}

/// Who and where the clinic is. Public.
///
/// # Errors
/// When the database is away.
pub async fn clinic(services: &Services, _actor: &Actor) -> Result<ClinicView> {
    Ok(services.settings().await?.clinic.view())
}

/// A visit that the actor may see, by its reference.
pub(super) async fn row_by_reference(db: &impl ConnectionTrait, actor: &Actor, reference: &str) -> Result<VisitRow> {
    let mut query = repo::visits();
    policy::visible_to(actor, &mut query)?;
    if !reference.trim().bytes().all(|b| b.is_ascii_graphic()) {
        return Err(Error::NotFound);
    }
    query.and_where(Expr::col(("a", iden::Reference)).eq(reference.trim().to_uppercase()));
    repo::one(db, &query).await?.ok_or(Error::NotFound)
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

/// Writes the patient's message about a visit into the outbox.
pub(super) async fn queue_mail(cx: &Cx<'_>, row: &VisitRow, news: VisitNews) -> Result<()> {
    let settings = cx.settings();
    let clinic = settings.clinic.view();
    let message = VisitMail {
        news,
        first_name: &row.patient_first_name,
        reference: &row.reference,
        doctor: &row.doctor_name(),
        specialty: &row.specialty_name,
        starts: &cx.at.labels.when(from_db(row.starts_at)),
        duration_minutes: views::minutes_between(from_db(row.starts_at), from_db(row.ends_at)),
        department: &row.department,
        clinic: &clinic,
        cancel_cutoff_hours: settings.booking.cancel_cutoff_hours,
        may_change_online: from_db(row.starts_at) >= policy::changeable_from(&cx.at),
        public_url: &cx.services.options().public_url,
    };
    let to = Recipient {
        address: row.patient_email.clone(),
        name: format!("{} {}", row.patient_first_name, row.patient_last_name),
    };
    let calendar = calendar_file::file(cx, row).await?;
    mail::queue(cx.services, &cx.tx, to, &message, Some(calendar)).await
}

//! Opening a record in an emergency: for whoever has no care relation, with a reason, for sixty minutes, and never
//! unnoticed. The patient is told, and another administrator reviews it.

use domain_types::{
    EmergencyId, PatientId, ReferenceKind,
    auth::Role,
    page::{Page, PageRequest},
    records::{EmergencyView, Finding, OpenEmergency, ReviewView},
};
use entity::{emergency_access, user};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Set,
    sea_query::{Expr, ExprTrait},
};

use super::{
    entries::once,
    letters,
    opening::{emergency_reason_of, emergency_remark_of, opened, sealed},
    patients, policy,
};
use crate::{
    access::{Act, Actor, Admin, Audited, Found, Person, RecentlyVerified, open_to},
    appointments::lock_patient,
    db::Tx,
    error::{Error, Result},
    idempotency::IdempotencyKey,
    mail::RecordNews,
    patient_keys,
    secrets::random_bits,
    services::Services,
    settings::Settings,
    time::{from_db, to_db},
};

/// How long a record stays open.
const OPEN_FOR: SignedDuration = SignedDuration::from_mins(60);

/// Until when somebody has this record open in an emergency, when they have.
pub(super) async fn open_until(
    db: &impl ConnectionTrait,
    person: &Person,
    patient: PatientId,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    Ok(open_row(db, person, patient, now).await?.map(|row| from_db(row.expires_at)))
}

async fn open_row(
    db: &impl ConnectionTrait,
    person: &Person,
    patient: PatientId,
    now: Timestamp,
) -> Result<Option<emergency_access::Model>> {
    let row = emergency_access::Entity::find()
        .filter(open_to(person, now, |column| Expr::col((emergency_access::Entity, column))))
        .filter(emergency_access::Column::PatientId.eq(patient.0))
        .order_by_desc(emergency_access::Column::ExpiresAt)
        .one(db)
        .await?;
    Ok(row)
}

/// Opens a record in an emergency for doctors and administrators who have just proved who they are. Asked again while it
/// is open, they read until when it is: it is one opening, told and reviewed once.
///
/// # Errors
/// `OtherRole` for patients, `StepUpRequired`, `Invalid` when the patient is unknown or in the doctor's care already.
pub async fn open_emergency(
    services: &Services,
    actor: &Actor,
    command: OpenEmergency,
    key: Option<IdempotencyKey>,
) -> Result<Audited<EmergencyView>> {
    actor.person()?;
    let act = Act::BreakGlass;
    let tx = services.db().begin().await?;
    let outcome = open(services, &tx, actor, &command, key.as_ref()).await;
    let settled = Audited::settle(services, tx, actor, act, "", outcome).await;
    settled.map_err(|error| match error {
        Error::NotFound => {
            Error::field("patient", "Patient not found. Check the reference, or the name and date of birth.")
        }
        other => other,
    })
}

async fn open(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    command: &OpenEmergency,
    key: Option<&IdempotencyKey>,
) -> Result<Found<EmergencyView>> {
    let person = actor.person()?;
    if person.role() == Role::Patient {
        return Err(Error::OtherRole { needed: Role::Doctor, is: Role::Patient });
    }
    RecentlyVerified::try_from(actor)?;
    let settings = services.settings().await?;
    let patient = patients::find_for_emergency(tx, &command.patient).await?.ok_or(Error::NotFound)?;
    let id = PatientId(patient.id);
    if policy::is_in_care(tx, person, id, &settings, services.now()).await? {
        return Err(Error::field(
            "patient",
            "This patient is already in your care. Open their chart from your patients.",
        ));
    }
    let made =
        once(services, tx, person, key, open_or_grant(services, tx, person, &settings, &patient, &command.reason));
    let row = emergency_access::Entity::find_by_id(made.await?).one(tx).await?.ok_or(Error::NotFound)?;
    let view = views(services, tx, person, &settings, vec![row]).await?.pop().ok_or(Error::NotFound)?;
    Ok(Found::of(id, vec![view.id.0], view))
}

/// The opening that lets this person in now, or a new one. Requests for one patient take turns here.
async fn open_or_grant(
    services: &Services,
    tx: &Tx,
    person: &Person,
    settings: &Settings,
    patient: &patients::Facts,
    reason: &str,
) -> Result<i64> {
    lock_patient(tx, PatientId(patient.id)).await?;
    match open_row(tx, person, PatientId(patient.id), services.now()).await? {
        Some(row) => Ok(row.id),
        None => grant(services, tx, person, settings, patient, reason).await,
    }
}

async fn grant(
    services: &Services,
    tx: &Tx,
    person: &Person,
    settings: &Settings,
    patient: &patients::Facts,
    reason: &str,
) -> Result<i64> {
    let key = patient_keys::for_writing(services, tx, PatientId(patient.id)).await?;
    let reference = ReferenceKind::Emergency.encode(random_bits());
    let now = services.now();
    let row = emergency_access::ActiveModel {
        user_id: Set(person.user().0),
        patient_id: Set(patient.id),
        reason: Set(sealed(&key, emergency_reason_of(&reference), &reason)?),
        reference: Set(reference),
        granted_at: Set(to_db(now)),
        expires_at: Set(to_db(now + OPEN_FOR)),
        ..Default::default()
    }
    .insert(tx)
    .await?;
    let news = RecordNews::OpenedInEmergency { by: person.name().to_owned(), role: person.role() };
    letters::tell(services, tx, settings, patient.addressee(), news).await?;
    Ok(row.id)
}

/// Every access in an emergency, those that wait for a review first, for administrators.
///
/// # Errors
/// `OtherRole` for everybody else.
pub async fn emergencies(
    services: &Services,
    actor: &Actor,
    page: PageRequest,
) -> Result<Audited<Page<EmergencyView>>> {
    actor.person()?;
    let act = Act::ListEmergencies;
    let tx = services.db().snapshot().await?;
    let outcome = listed(services, &tx, actor, page).await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn listed(services: &Services, tx: &Tx, actor: &Actor, page: PageRequest) -> Result<Found<Page<EmergencyView>>> {
    Admin::try_from(actor)?;
    let settings = services.settings().await?;
    let count = emergency_access::Entity::find().count(tx).await?;
    let rows = emergency_access::Entity::find()
        .order_by_asc(Expr::col(emergency_access::Column::ReviewedAt).is_not_null())
        .order_by_desc(emergency_access::Column::Id)
        .limit(u64::from(page.size()))
        .offset(page.offset())
        .all(tx)
        .await?;
    let patients: Vec<_> = rows.iter().map(|row| PatientId(row.patient_id)).collect();
    let views = views(services, tx, actor.person()?, &settings, rows).await?;
    let ids = views.iter().map(|view| view.id.0).collect();
    Ok(Found::of_all(patients, ids, Page::new(page, count, views)))
}

/// How many accesses wait for a review; for an administrator's first page.
pub(crate) async fn waiting(db: &impl ConnectionTrait) -> Result<u64> {
    Ok(emergency_access::Entity::find().filter(emergency_access::Column::ReviewedAt.is_null()).count(db).await?)
}

/// Rows in words, for whoever reads them.
pub(super) async fn views(
    services: &Services,
    tx: &Tx,
    reader: &Person,
    settings: &Settings,
    rows: Vec<emergency_access::Model>,
) -> Result<Vec<EmergencyView>> {
    let keys = patient_keys::find(services, tx, rows.iter().map(|row| row.patient_id)).await?;
    let labels = settings.labels(services.now());
    let people = rows.iter().flat_map(|row| [Some(row.user_id), row.reviewed_by_user_id]).flatten();
    let people = user::Entity::find().filter(user::Column::Id.is_in(people.collect::<Vec<_>>())).all(tx).await?;
    let patients = patients::find_all(tx, rows.iter().map(|row| row.patient_id)).await?;
    let named = |id: i64| people.iter().find(|user| user.id == id).map(who).unwrap_or_default();
    let view = |row: emergency_access::Model| {
        let patient = patients.get(&row.patient_id).ok_or_else(|| Error::internal("a patient is missing"))?;
        let closes = closes(&row);
        let key = keys.get(&row.patient_id);
        let reason =
            key.map(|key| opened::<String>(key, emergency_reason_of(&row.reference), &row.reason)).transpose()?;
        let remark = key.zip(row.remark.as_deref());
        let remark = remark
            .map(|(key, remark)| opened::<String>(key, emergency_remark_of(&row.reference), remark))
            .transpose()?;
        let found = row.finding.as_deref().and_then(Finding::parse);
        let review = row.reviewed_at.zip(found).map(|(at, finding)| ReviewView {
            finding,
            remark,
            by: row.reviewed_by_user_id.map(named).unwrap_or_default(),
            at: labels.when(from_db(at)),
        });
        Ok(EmergencyView {
            id: EmergencyId(row.id),
            patient_name: patient.name(),
            patient_reference: patient.reference.clone(),
            by: named(row.user_id),
            reason,
            granted: labels.when(from_db(row.granted_at)),
            expires: labels.when(closes),
            is_over: closes <= services.now(),
            may_review: review.is_none() && row.user_id != reader.user().0,
            review,
            reference: row.reference,
        })
    };
    rows.into_iter().map(view).collect()
}

/// When a row stops to let somebody in: after its hour, or with a review that finds it unjustified.
pub(super) fn closes(row: &emergency_access::Model) -> Timestamp {
    let is_unjustified = row.finding.as_deref() == Some(Finding::Unjustified.as_str());
    match row.reviewed_at {
        Some(at) if is_unjustified && at < row.expires_at => from_db(at),
        _ => from_db(row.expires_at),
    }
}

/// "Ada Nolan, Administrator"
fn who(user: &user::Model) -> String {
    let role = Role::parse(&user.role).map(|role| format!(", {}", role.label())).unwrap_or_default();
    format!("{} {}{role}", user.first_name, user.last_name)
}

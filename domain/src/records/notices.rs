//! What doctors are told at once: critical values, and what patients ask them (see `asking`).
//!
//! The values of a notice are not stored with it: they stand in its entry. A question is sealed under its patient's key.

use std::collections::{HashMap, HashSet};

use domain_types::{
    DoctorId, DoctorNoticeId, PatientId, RecordId,
    records::{Notice, NoticeKind, RecordType, RecordView, ValueLine},
};
use entity::{
    doctor,
    doctor_notice::{self, Column as N},
    user,
};
use jiff::SignedDuration;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, Set,
    sea_query::{Expr, ExprTrait, SelectStatement},
};

use super::{
    Which, dangers,
    entries::entry,
    letters::{self, Addressee},
    opening::{self, Opened, opened},
    policy, reporting,
    rows::{self, R, col},
};
use crate::{
    access::{Act, Actor, Audited, Doctor},
    appointments,
    db::Tx,
    error::{Error, Result},
    mail::{self, RecordNews},
    patient_keys::{self, DataKey, Place},
    services::Services,
    settings::Settings,
    time::{from_db, to_db},
};

/// Notices that are shown at once. Critical ones come first and are never cut for others.
const SHOWN: u64 = 100;
/// Where a question stands.
pub(super) fn place(row: &str) -> Place<'_> {
    Place { table: "doctor_notice", column: "note", row }
}

/// What names a notice for ever.
pub(super) fn row_name(record: i64, doctor: i64, created: time::OffsetDateTime) -> String {
    format!("{record} {doctor} {}", created.unix_timestamp())
}

/// How a doctor is told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    InboxAndMail,
    /// Whoever has it before their eyes.
    Inbox,
}

/// Tells doctors that an entry of a patient has critical values: in their inbox, and by a mail that says no more than that.
/// From then on it waits for one of them to act: see [`unacted_among`].
pub(super) async fn tell_critical(
    services: &Services,
    tx: &Tx,
    settings: &Settings,
    record: (RecordId, PatientId),
    doctors: &[DoctorId],
    told: Told,
) -> Result<()> {
    let now = to_db(services.now());
    for doctor in doctors {
        doctor_notice::Entity::insert(critical(*doctor, record, now, None)).exec_without_returning(tx).await?;
        if told == Told::InboxAndMail {
            write_to(services, tx, settings, *doctor).await?;
        }
    }
    Ok(())
}

/// What a doctor is told of an entry with critical values.
fn critical(
    doctor: DoctorId,
    (record, patient): (RecordId, PatientId),
    now: time::OffsetDateTime,
    seen: Option<time::OffsetDateTime>,
) -> doctor_notice::ActiveModel {
    doctor_notice::ActiveModel {
        doctor_id: Set(doctor.0),
        patient_id: Set(patient.0),
        record_id: Set(record.0),
        kind: Set(NoticeKind::Critical.as_str().to_owned()),
        note: Set(None),
        created_at: Set(now),
        seen_at: Set(seen),
        answer_id: Set(None),
        ..Default::default()
    }
}

/// Messages about critical values that one doctor gets within an hour.
const MAILS_AN_HOUR: u64 = 5;

async fn write_to(services: &Services, tx: &Tx, settings: &Settings, doctor: DoctorId) -> Result<()> {
    let Some(row) = doctor::Entity::find_by_id(doctor.0).one(tx).await? else { return Ok(()) };
    let Some(person) = user::Entity::find_by_id(row.user_id).one(tx).await? else { return Ok(()) };
    // Somebody who measures every minute fills the inbox, which is one page, but no mailbox.
    let since = services.now() - SignedDuration::from_hours(1);
    if mail::written_since(tx, &person.email, &["critical_value"], since).await? >= MAILS_AN_HOUR {
        return Ok(());
    }
    let to = Addressee { first_name: &person.first_name, last_name: &person.last_name, email: &person.email };
    letters::tell(services, tx, settings, to, RecordNews::CriticalValue).await
}

/// The doctors who have a patient in care.
pub(super) async fn doctors_in_care(
    services: &Services,
    tx: &Tx,
    settings: &Settings,
    patient: PatientId,
) -> Result<Vec<DoctorId>> {
    let since = appointments::care_begins(settings, services.now())?;
    let mut doctors: Vec<DoctorId> =
        appointments::doctors_of(tx, patient, since).await?.into_iter().map(|(id, _)| id).collect();
    doctors.sort_unstable();
    doctors.dedup();
    Ok(doctors)
}

/// What a doctor was told and has not seen.
fn unseen(doctor: Doctor<'_>) -> Select<doctor_notice::Entity> {
    doctor_notice::Entity::find().filter(N::DoctorId.eq(doctor.id.0)).filter(N::SeenAt.is_null())
}

/// A query for how much that is.
pub(super) fn counting(doctor: Doctor<'_>) -> SelectStatement {
    unseen(doctor).select_only().column_as(N::Id.count(), "n").into_query()
}

/// The entries of which a doctor was told as critical: they stand there, and not once more among the results.
pub(super) fn told_as_critical(doctor: Doctor<'_>) -> SelectStatement {
    let critical = unseen(doctor).filter(N::Kind.eq(NoticeKind::Critical.as_str()));
    QueryTrait::into_query(critical.select_only().column(N::RecordId))
}

/// What waits for a doctor, critical values first, then the oldest.
pub(super) async fn waiting(
    services: &Services,
    tx: &Tx,
    doctor: Doctor<'_>,
    settings: &Settings,
) -> Result<Vec<Notice>> {
    let mut found = Vec::new();
    for kind in [NoticeKind::Critical, NoticeKind::Question] {
        let rows = unseen(doctor).filter(N::Kind.eq(kind.as_str())).order_by_asc(N::Id).limit(SHOWN).all(tx).await?;
        found.extend(rows);
    }
    let mut query = rows::records();
    policy::visible_to(doctor.person, settings, services.now(), &mut query)?;
    rows::final_only(&mut query);
    query.and_where(col(R::Id).is_in(found.iter().map(|row| row.record_id)));
    let Opened { records, results, .. } = opening::read(services, tx, settings, &query).await?;
    let records: HashMap<i64, RecordView> = records.into_iter().map(|record| (record.id.0, record)).collect();
    let keys = patient_keys::find(services, tx, found.iter().map(|row| row.patient_id)).await?;
    let labels = settings.labels(services.now());
    let mut notices = Vec::new();
    for row in found {
        let (Some(record), Some(kind)) = (records.get(&row.record_id), NoticeKind::parse(&row.kind)) else { continue };
        let own = results.iter().filter(|result| result.record == record.id);
        let values = [dangers::lines(record), ValueLine::out_of_range(own)].concat();
        notices.push(Notice {
            id: DoctorNoticeId(row.id),
            kind,
            when: labels.when(from_db(row.created_at)),
            values,
            question: question(&row, keys.get(&row.patient_id))?,
            record: record.clone(),
        });
    }
    Ok(notices)
}

/// What is asked, as far as its key still exists.
pub(super) fn question(row: &doctor_notice::Model, key: Option<&DataKey>) -> Result<Option<String>> {
    let name = row_name(row.record_id, row.doctor_id, row.created_at);
    row.note.as_ref().zip(key).map(|(note, key)| opened::<String>(key, place(&name), note)).transpose()
}

/// Of some entries with critical values those on which no doctor has acted: doctors were told, and none of them has said
/// that they acted on it. A later value in its range changes nothing.
pub(super) async fn unacted_among(db: &impl ConnectionTrait, records: &[i64]) -> Result<HashSet<i64>> {
    if records.is_empty() {
        return Ok(HashSet::new());
    }
    let told = doctor_notice::Entity::find()
        .filter(N::RecordId.is_in(records.iter().copied()))
        .filter(N::Kind.eq(NoticeKind::Critical.as_str()));
    let told = told.all(db).await?;
    let acted: HashSet<i64> = told.iter().filter(|row| row.seen_at.is_some()).map(|row| row.record_id).collect();
    Ok(told.iter().map(|row| row.record_id).filter(|record| !acted.contains(record)).collect())
}

/// The entries of a patient of which a doctor was told and has not said that they acted on it.
pub(super) fn waiting_of(patient: PatientId) -> SelectStatement {
    let critical = doctor_notice::Entity::find()
        .filter(N::PatientId.eq(patient.0))
        .filter(N::Kind.eq(NoticeKind::Critical.as_str()))
        .filter(N::SeenAt.is_null());
    QueryTrait::into_query(critical.select_only().column(N::RecordId))
}

/// Notes that a doctor has acted on what is critical in an entry, told of it or not. It leaves their inbox, and nobody else
/// is asked to act any more. Nothing happens where nothing is critical.
///
/// # Errors
/// `OtherRole` for everybody but doctors, `NotFound` for whatever is not theirs to see.
pub async fn act_on(services: &Services, actor: &Actor, reference: &str) -> Result<Audited<RecordView>> {
    actor.person()?;
    let act = Act::MarkNoticeSeen;
    let tx = services.db().begin().await?;
    let outcome = async {
        let doctor = Doctor::try_from(actor)?;
        let settings = services.settings().await?;
        let about = entry(services, &tx, doctor.person, &settings, &reference.into()).await?;
        let record = (about.record.id, about.record.patient);
        seen_with_report(services, &tx, doctor, record.0).await?;
        if !unacted_among(&tx, &[record.0.0]).await?.is_empty() {
            let now = to_db(services.now());
            doctor_notice::Entity::insert(critical(doctor.id, record, now, Some(now)))
                .exec_without_returning(&tx)
                .await?;
        }
        if about.record.kind == RecordType::LabReport && about.record.signed.is_some() {
            reporting::note_seen(services, &tx, doctor, record.0).await?;
        }
        Ok(about.found())
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}

/// Takes a notice from what waits for a doctor, and with a critical report the report itself.
///
/// # Errors
/// `OtherRole` for everybody but doctors, `NotFound` for whatever is not theirs.
pub async fn notice_seen(services: &Services, actor: &Actor, notice: DoctorNoticeId) -> Result<Audited<RecordView>> {
    actor.person()?;
    let act = Act::MarkNoticeSeen;
    let tx = services.db().begin().await?;
    let outcome = async {
        let doctor = Doctor::try_from(actor)?;
        let settings = services.settings().await?;
        let own = doctor_notice::Entity::find_by_id(notice.0).filter(N::DoctorId.eq(doctor.id.0));
        let row = own.one(&tx).await?.ok_or(Error::NotFound)?;
        let which = Which::Id(RecordId(row.record_id));
        let about = entry(services, &tx, doctor.person, &settings, &which).await?;
        mark(services, &tx, Expr::col(N::Id).eq(row.id)).await?;
        if row.kind == NoticeKind::Critical.as_str() {
            reporting::note_seen(services, &tx, doctor, about.record.id).await?;
        }
        Ok(about.found())
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, &notice.to_string(), outcome).await
}

/// Whoever marks a report as seen has seen what was critical in it.
pub(super) async fn seen_with_report(services: &Services, tx: &Tx, doctor: Doctor<'_>, report: RecordId) -> Result<()> {
    let own = Expr::col(N::DoctorId).eq(doctor.id.0).and(Expr::col(N::RecordId).eq(report.0));
    mark(services, tx, own.and(Expr::col(N::Kind).eq(NoticeKind::Critical.as_str()))).await
}

/// Notes which notices were seen now.
pub(super) async fn mark(services: &Services, db: &impl ConnectionTrait, which: Expr) -> Result<()> {
    doctor_notice::Entity::update_many()
        .col_expr(N::SeenAt, Expr::value(to_db(services.now())))
        .filter(which)
        .filter(N::SeenAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

//! Laboratory reports: entered, checked, and released to the patient for good.

use domain_types::{
    DoctorId, PatientId, RecordId,
    records::{
        Content, LabForm, LabReport, Level, PatientRef, RecordStatus, RecordType, RecordView, Report, parse_comment,
    },
};
use entity::result_seen;
use jiff::civil::{Date, Time};
use sea_orm::{
    EntityTrait, Set,
    sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement},
};

use super::{
    Which,
    entries::{Entry, entry, shown},
    letters,
    notices::{self, Told},
    patients, policy,
    writing::{self, NewEntry, NewWords, enter},
};
use crate::{
    access::{Act, Actor, Audited, Doctor, Found, RecentlyVerified},
    appointments,
    db::Tx,
    error::{Error, Result},
    mail::RecordNews,
    services::Services,
    settings::Settings,
    time::to_db,
};

/// Enters a report, which nobody but its author sees until it is released.
///
/// # Errors
/// `OtherRole` for everybody but doctors, `NotFound` for a patient that they may not write about, `Invalid`.
pub async fn enter_report(
    services: &Services,
    actor: &Actor,
    patient: &PatientRef,
    form: &LabForm,
) -> Result<Audited<RecordView>> {
    actor.person()?;
    let act = Act::BeginReport;
    let tx = services.db().begin().await?;
    let outcome = entered(services, &tx, actor, patient, form).await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn entered(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    patient: &PatientRef,
    form: &LabForm,
) -> Result<Found<RecordView>> {
    let doctor = Doctor::try_from(actor)?;
    let settings = services.settings().await?;
    let permit = policy::write(tx, doctor, patient, &settings, services.now()).await?;
    let LabReport { date, report, results, doctor: asked } = form.parse()?;
    sampled_before_now(services, &settings, date, &report)?;
    let answers = match asked {
        None => doctor.id,
        Some(asked) => {
            let since = appointments::care_begins(&settings, services.now())?;
            let doctors = appointments::doctors_of(tx, PatientId(permit.object()), since).await?;
            let known = doctors.iter().any(|(known, _)| *known == asked);
            if !known && asked != doctor.id {
                return Err(Error::field("doctor", "This patient is not in this doctor’s care."));
            }
            asked
        }
    };
    let new = NewEntry {
        doctor: Some(answers),
        author: doctor.person,
        visit: None,
        about: None,
        kind: RecordType::LabReport,
        status: RecordStatus::Draft,
        date,
        content: &Content::Report(report),
        results: &results,
    };
    let id = enter(services, tx, permit, new).await?;
    shown(services, tx, doctor.person, &settings, RecordId(id)).await
}

/// Changes a report that was not released.
///
/// # Errors
/// `NotFound` for whatever is not the actor's own draft, `RecordSigned`, `RecordChanged`, `Invalid`.
pub async fn save_report(
    services: &Services,
    actor: &Actor,
    reference: &str,
    version: i32,
    form: &LabForm,
) -> Result<Audited<RecordView>> {
    actor.person()?;
    let act = Act::SaveDraft;
    let tx = services.db().begin().await?;
    let outcome = async {
        let doctor = Doctor::try_from(actor)?;
        let settings = services.settings().await?;
        let draft = lab_report(services, &tx, doctor, &settings, reference).await?;
        let permit = policy::change(doctor.person, &draft.row)?;
        let LabReport { date, report, results, .. } = form.parse()?;
        sampled_before_now(services, &settings, date, &report)?;
        let content = Content::Report(report);
        let words = NewWords { content: &content, results: Some(&results), date, version: Some(version) };
        writing::save(services, &tx, permit, &draft.row, words).await?;
        shown(services, &tx, doctor.person, &settings, draft.record.id).await
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}

/// Refuses a sample that was not taken yet, beside its field.
fn sampled_before_now(services: &Services, settings: &Settings, date: Date, report: &Report) -> Result<()> {
    writing::not_to_come(services, settings, "date", date)?;
    let labels = settings.labels(services.now());
    let now = labels.local(services.now());
    let time = report.time.as_ref().and_then(|time| time.parse::<Time>().ok());
    if date == now.date() && time.is_some_and(|time| time > now.time()) {
        return Err(Error::field("time", "The time cannot be in the future."));
    }
    Ok(())
}

/// A report, released or a doctor's own draft.
async fn lab_report(
    services: &Services,
    tx: &Tx,
    doctor: Doctor<'_>,
    settings: &Settings,
    reference: &str,
) -> Result<Entry> {
    entry(services, tx, doctor.person, settings, &reference.into()).await?.when(|kind| kind == RecordType::LabReport)
}

/// What the patient reads beside the results when they are released.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comment {
    /// What was saved; where a result is out of its range there has to be something.
    AsSaved,
    /// These words.
    Words(String),
    /// Nothing, and that is meant.
    None,
}

/// Releases a report for good: the patient sees it and is told that there is something new, the doctor who asked for it
/// finds it among what waits. A result out of its range is not left without a comment unless that is said.
///
/// # Errors
/// `StepUpRequired`, `NotFound` for whatever is not the actor's own draft, `RecordSigned`, `RecordChanged`, `Invalid` without
/// a comment.
pub async fn release(
    services: &Services,
    actor: &Actor,
    reference: &str,
    version: i32,
    comment: Comment,
) -> Result<Audited<RecordView>> {
    actor.person()?;
    let act = Act::ReleaseReport;
    let tx = services.db().begin().await?;
    let outcome = async {
        let doctor = Doctor::try_from(actor)?;
        RecentlyVerified::try_from(actor)?;
        let settings = services.settings().await?;
        let report = lab_report(services, &tx, doctor, &settings, reference).await?;
        let permit = policy::change(doctor.person, &report.row)?;
        if report.record.version != version {
            return Err(Error::RecordChanged);
        }
        if report.results.is_empty() {
            return Err(Error::field("results[0].test", "Enter at least one result."));
        }
        let draft = commented(services, &tx, doctor, &report, comment).await?;
        writing::sign(services, &tx, permit, doctor, &settings, &draft).await?;
        shown(services, &tx, doctor.person, &settings, draft.id).await
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}

/// The draft with the comment that it is released with.
async fn commented(
    services: &Services,
    tx: &Tx,
    doctor: Doctor<'_>,
    report: &Entry,
    comment: Comment,
) -> Result<RecordView> {
    let draft = &report.record;
    let Some(Content::Report(saved)) = &draft.content else { return Err(Error::NotFound) };
    let is_out = report.results.iter().any(|result| result.level().is_out_of_range());
    let words = match comment {
        Comment::Words(words) => parse_comment(&words)?,
        Comment::AsSaved if is_out && saved.plan.is_empty() => {
            return Err(Error::field("for_patient", "A result is not as expected. Tell the patient what it means."));
        }
        Comment::AsSaved | Comment::None => return Ok(draft.clone()),
    };
    let content = Content::Report(Report { plan: words, ..saved.clone() });
    let permit = policy::change(doctor.person, &report.row)?;
    let new = NewWords { content: &content, results: None, date: report.day()?, version: Some(draft.version) };
    let version = writing::save(services, tx, permit, &report.row, new).await?;
    Ok(RecordView { content: Some(content), version, ..draft.clone() })
}

/// What follows when a report is signed: whoever signed it has read it, the patient is told, and where a value is critical
/// whoever asked for it.
pub(super) async fn released(
    services: &Services,
    tx: &Tx,
    doctor: Doctor<'_>,
    settings: &Settings,
    report: &RecordView,
) -> Result<()> {
    note_seen(services, tx, doctor, report.id).await?;
    let Entry { row, results, .. } = entry(services, tx, doctor.person, settings, &Which::Id(report.id)).await?;
    let patient = patients::find(tx, &PatientRef::Id(report.patient)).await?.ok_or(Error::NotFound)?;
    let is_urgent = Level::worst(&results) == Level::Critical;
    if is_urgent && let Some(asked) = row.doctor_id.map(DoctorId) {
        // Whoever releases what they asked for themselves knows it, and has not acted by that.
        let told = if asked == doctor.id { Told::Inbox } else { Told::InboxAndMail };
        notices::tell_critical(services, tx, settings, (report.id, report.patient), &[asked], told).await?;
    }
    letters::tell(services, tx, settings, patient.addressee(), RecordNews::NewResults { is_urgent }).await
}

pub(super) async fn note_seen(services: &Services, tx: &Tx, doctor: Doctor<'_>, report: RecordId) -> Result<()> {
    let row = result_seen::ActiveModel {
        record_id: Set(report.0),
        user_id: Set(doctor.person.user().0),
        seen_at: Set(to_db(services.now())),
        ..Default::default()
    };
    let once =
        OnConflict::columns([result_seen::Column::RecordId, result_seen::Column::UserId]).do_nothing().to_owned();
    result_seen::Entity::insert(row).on_conflict(once).exec_without_returning(tx).await?;
    Ok(())
}

/// Takes a released report from what waits for a doctor.
///
/// # Errors
/// `OtherRole` for everybody but doctors, `NotFound` for whatever is not a released report of theirs to see.
pub async fn mark_seen(services: &Services, actor: &Actor, reference: &str) -> Result<Audited<RecordView>> {
    actor.person()?;
    let act = Act::MarkReportSeen;
    let tx = services.db().begin().await?;
    let outcome = async {
        let doctor = Doctor::try_from(actor)?;
        let settings = services.settings().await?;
        let report = lab_report(services, &tx, doctor, &settings, reference).await?;
        if report.row.status != RecordStatus::Final.as_str() {
            return Err(Error::NotFound);
        }
        note_seen(services, &tx, doctor, report.record.id).await?;
        notices::seen_with_report(services, &tx, doctor, report.record.id).await?;
        Ok(report.found())
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}

/// A query over the numbers of reports that somebody has seen.
pub(super) fn seen_by(user: i64) -> SelectStatement {
    let mut query = Query::select();
    query
        .column(result_seen::Column::RecordId)
        .from(result_seen::Entity)
        .and_where(Expr::col(result_seen::Column::UserId).eq(user));
    query
}

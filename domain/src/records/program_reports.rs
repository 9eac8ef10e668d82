//! Reports as programs write them: begun with a kind and a day, changed part by part, signed by number.

use domain_types::{
    RecordId,
    records::{ChangeReport, Content, NoteForm, RecordStatus, RecordType, RecordView, Report, WriteReport},
};

use super::{
    Which,
    entries::{entry, shown, shown_once},
    notes::{marked, sign},
    policy,
    writing::{self, NewEntry, NewWords, enter},
};
use crate::{
    access::{Act, Actor, Audited, Doctor, Found},
    appointments,
    db::Tx,
    error::{Error, Result},
    idempotency::IdempotencyKey,
    services::Services,
};

/// Begins a report for a program, with what it says so far.
///
/// # Errors
/// `OtherRole` for everybody but doctors, `NotFound` for a patient that they may not write about or a visit that is not
/// theirs, `Invalid` for a kind that is written elsewhere.
pub async fn write_report(
    services: &Services,
    actor: &Actor,
    command: WriteReport,
    key: Option<IdempotencyKey>,
) -> Result<Audited<RecordView>> {
    let person = actor.person()?;
    let act = Act::BeginNote;
    let tx = services.db().begin().await?;
    let outcome =
        async { shown_once(services, &tx, person, key.as_ref(), written(services, &tx, actor, &command)).await };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn written(services: &Services, tx: &Tx, actor: &Actor, command: &WriteReport) -> Result<i64> {
    let doctor = Doctor::try_from(actor)?;
    let settings = services.settings().await?;
    if !command.kind.is_report() {
        return Err(Error::field("record_type", "Entries of this type cannot be created here."));
    }
    let permit = policy::write(tx, doctor, &command.patient, &settings, services.now()).await?;
    let visit = match command.visit {
        None => None,
        Some(visit) => {
            let visit = appointments::own_visit(tx, doctor.id, &visit.to_string()).await?;
            Some(visit.filter(|visit| visit.patient.0 == permit.object()).ok_or(Error::NotFound)?.id)
        }
    };
    let date = command.date.unwrap_or_else(|| settings.labels(services.now()).today());
    writing::not_to_come(services, &settings, "record_date", date)?;
    let new = NewEntry {
        doctor: Some(doctor.id),
        author: doctor.person,
        visit,
        about: None,
        kind: command.kind,
        status: RecordStatus::Draft,
        date,
        content: &Content::Report(command.report.clone()),
        results: &[],
    };
    enter(services, tx, permit, new).await
}

/// Changes parts of a draft for a program.
///
/// # Errors
/// `NotFound` for whatever is not the actor's own draft, `RecordSigned`, `Invalid` for parts that are too long
/// or a day that is still to come.
pub async fn change_report(
    services: &Services,
    actor: &Actor,
    id: RecordId,
    change: ChangeReport,
) -> Result<Audited<RecordView>> {
    actor.person()?;
    let act = Act::SaveDraft;
    let tx = services.db().begin().await?;
    let outcome = changed(services, &tx, actor, id, change).await;
    Audited::settle(services, tx, actor, act, &id.to_string(), outcome).await
}

async fn changed(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    id: RecordId,
    change: ChangeReport,
) -> Result<Found<RecordView>> {
    let doctor = Doctor::try_from(actor)?;
    let settings = services.settings().await?;
    let draft = entry(services, tx, doctor.person, &settings, &Which::Id(id)).await?.when(RecordType::is_report)?;
    let permit = policy::change(doctor.person, &draft.row)?;
    let Some(Content::Report(report)) = &draft.record.content else { return Err(Error::NotFound) };
    let form = NoteForm {
        subjective: change.subjective.unwrap_or_else(|| report.subjective.clone()),
        objective: change.objective.unwrap_or_else(|| report.objective.clone()),
        assessment: change.assessment.unwrap_or_else(|| report.assessment.clone()),
        plan: change.plan.unwrap_or_else(|| report.plan.clone()),
    };
    let written = Report { time: report.time.clone(), ..form.parse()? };
    let report = marked(services, tx, doctor.person, &settings, &draft.record, written).await?;
    let content = Content::Report(report);
    let date = match change.date {
        None => draft.day()?,
        Some(date) => {
            writing::not_to_come(services, &settings, "record_date", date)?;
            date
        }
    };
    let words = NewWords { content: &content, results: None, date, version: None };
    writing::save(services, tx, permit, &draft.row, words).await?;
    shown(services, tx, doctor.person, &settings, id).await
}

/// Signs a report for good, as [`super::sign_note`] does.
///
/// # Errors
/// Those of [`super::sign_note`].
pub async fn sign_report(
    services: &Services,
    actor: &Actor,
    id: RecordId,
    key: Option<IdempotencyKey>,
) -> Result<Audited<RecordView>> {
    let person = actor.person()?;
    let act = Act::SignNote;
    let tx = services.db().begin().await?;
    let outcome = async {
        let signing = async { Ok(sign(services, &tx, actor, &Which::Id(id), None).await?.value.id.0) };
        shown_once(services, &tx, person, key.as_ref(), signing).await
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, &id.to_string(), outcome).await
}

//! Notes of doctors: begun, saved as they are written, signed for good, completed afterwards.

use domain_types::{
    PatientId, RecordId,
    records::{
        Carried, ChangeReport, Content, LabValue, NoteForm, NoteTemplate, PatientRef, RecordStatus, RecordType,
        RecordView, Report, Saved, WriteReport, parse_addition,
    },
};

use super::{
    Which,
    opening::Opened,
    patients, policy,
    rows::Row,
    writing::{self, NewEntry, NewWords, enter, entry, once},
};
use crate::{
    access::{Act, Actor, Audited, Doctor, Found, Person, RecentlyVerified},
    appointments,
    db::Tx,
    error::{Error, Result},
    idempotency::IdempotencyKey,
    services::Services,
    settings::{self, Settings},
};

/// With what a note begins.
#[derive(Clone, Debug)]
pub struct BeginNote {
    pub patient: PatientRef,
    /// `APT-…`: the visit that it is about.
    pub visit: Option<String>,
    pub template: NoteTemplate,
    /// `REC-…`: an earlier note whose words are carried over.
    pub carried_from: Option<String>,
}

/// Begins a note, or gives back the one that its doctor has begun or signed for the same visit.
///
/// # Errors
/// `OtherRole` for everybody but doctors, `NotFound` for a patient that they may not write about.
pub async fn begin_note(services: &Services, actor: &Actor, command: BeginNote) -> Result<Audited<RecordView>> {
    actor.person()?;
    let act = Act { action: "records.write", object: "record" };
    let tx = services.db().begin().await?;
    let outcome = begin(services, &tx, actor, &command).await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn begin(services: &Services, tx: &Tx, actor: &Actor, command: &BeginNote) -> Result<Found<RecordView>> {
    let doctor = Doctor::try_from(actor)?;
    let settings = settings::load(&**tx).await?;
    let patient = patients::find(&**tx, &command.patient).await?.ok_or(Error::NotFound)?;
    let patient = PatientId(patient.id);
    let (permit, _) = policy::write(&**tx, doctor, patient, &settings, services.now()).await?;
    let labels = settings.labels(services.now());
    let visit = match &command.visit {
        None => None,
        Some(reference) => {
            let visit = appointments::own_visit(&**tx, doctor.id, reference).await?;
            Some(visit.filter(|visit| visit.patient == patient).ok_or(Error::NotFound)?)
        }
    };
    let begun = match &visit {
        Some(visit) => super::drafts::of_visit(&**tx, doctor.person, visit.id).await?,
        None => None,
    };
    let id = match begun {
        Some(id) => id,
        None => {
            let day = visit.as_ref().map_or(services.now(), |visit| visit.starts);
            let report = match &command.carried_from {
                None => command.template.form().parse().map_err(|_| Error::internal("a template cannot be stored"))?,
                Some(reference) => carried(services, tx, doctor.person, &settings, patient, reference).await?,
            };
            let new = NewEntry {
                doctor: Some(doctor.id),
                author: doctor.person,
                visit: visit.as_ref().map(|visit| visit.id),
                about: None,
                kind: RecordType::Consultation,
                status: RecordStatus::Draft,
                date: labels.local(day).date(),
                content: &Content::Report(report),
                results: &[],
            };
            RecordId(enter(services, tx, permit, new).await?)
        }
    };
    shown(services, tx, doctor.person, &settings, id).await
}

/// An entry as the answer to an act on it.
pub(super) async fn shown(
    services: &Services,
    tx: &Tx,
    person: &Person,
    settings: &Settings,
    id: RecordId,
) -> Result<Found<RecordView>> {
    let (_, opened) = entry(services, &**tx, person, settings, &Which::Id(id)).await?;
    let record = opened.records.into_iter().next().ok_or(Error::NotFound)?;
    Ok(Found::of(record.patient, vec![record.id.0], record))
}

/// The words of an earlier note of the same patient, all of them marked as carried over.
async fn carried(
    services: &Services,
    tx: &Tx,
    person: &Person,
    settings: &Settings,
    patient: PatientId,
    reference: &str,
) -> Result<Report> {
    let (_, opened) = entry(services, &**tx, person, settings, &Which::Reference(reference.to_owned())).await?;
    let earlier = opened.records.into_iter().next().filter(|record| record.patient == patient && !record.is_draft());
    let earlier = earlier.ok_or(Error::NotFound)?;
    let Some(Content::Report(report)) = &earlier.content else { return Err(Error::NotFound) };
    let mut report = Report { carried: None, ..report.clone() };
    let parts = report.unchanged_since(&report);
    report.carried = Some(Carried { from: earlier.reference, date: earlier.date, parts });
    Ok(report)
}

/// What a note says now, with the marks of what it carries over as it was.
async fn marked(
    services: &Services,
    tx: &Tx,
    person: &Person,
    settings: &Settings,
    draft: &RecordView,
    report: Report,
) -> Result<Report> {
    let from = match &draft.content {
        Some(Content::Report(Report { carried: Some(carried), .. })) => carried.clone(),
        _ => return Ok(report),
    };
    let (_, opened) = entry(services, &**tx, person, settings, &Which::Reference(from.from.clone())).await?;
    let parts = match opened.records.first().and_then(|record| record.content.as_ref()) {
        Some(Content::Report(earlier)) => report.unchanged_since(earlier),
        _ => Vec::new(),
    };
    Ok(Report { carried: Some(Carried { parts, ..from }), ..report })
}

/// Saves a note as far as it is written; `version` is the one that was being changed.
///
/// # Errors
/// `NotFound` for whatever is not the actor's own draft, `RecordSigned`, `RecordChanged`.
pub async fn save_note(
    services: &Services,
    actor: &Actor,
    reference: &str,
    version: i32,
    form: &NoteForm,
) -> Result<Audited<Saved>> {
    actor.person()?;
    let act = Act { action: "records.draft", object: "record" };
    let tx = services.db().begin().await?;
    let outcome = save(services, &tx, actor, &Which::Reference(reference.to_owned()), version, form).await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}

async fn save(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    which: &Which,
    version: i32,
    form: &NoteForm,
) -> Result<Found<Saved>> {
    let doctor = Doctor::try_from(actor)?;
    let settings = settings::load(&**tx).await?;
    let (row, draft) = own_draft(services, tx, doctor, &settings, which).await?;
    let permit = policy::change(doctor.person, &row)?;
    let report = marked(services, tx, doctor.person, &settings, &draft, form.parse()?).await?;
    let content = Content::Report(report);
    let words = NewWords { content: &content, results: None, date: row.day()?, version: Some(version) };
    let version = writing::save(services, tx, permit, &row, words).await?;
    let time = settings.labels(services.now()).time(services.now());
    let saved = Saved { reference: draft.reference, version, time };
    Ok(Found::of(draft.patient, vec![draft.id.0], saved))
}

/// A report that a doctor is writing.
async fn own_draft(
    services: &Services,
    tx: &Tx,
    doctor: Doctor<'_>,
    settings: &Settings,
    which: &Which,
) -> Result<(Row, RecordView)> {
    let (row, opened) = entry(services, &**tx, doctor.person, settings, which).await?;
    let draft = opened.records.into_iter().next().ok_or(Error::NotFound)?;
    if !draft.kind.is_report() {
        return Err(Error::NotFound);
    }
    Ok((row, draft))
}

/// Signs a note for good, with the words that it has now or with those that come along.
///
/// # Errors
/// `StepUpRequired`, `NotFound` for whatever is not the actor's own draft, `Invalid` for a note without an assessment and
/// a plan, `RecordSigned`, `RecordChanged`.
pub async fn sign_note(
    services: &Services,
    actor: &Actor,
    reference: &str,
    typed: Option<(i32, NoteForm)>,
) -> Result<Audited<RecordView>> {
    actor.person()?;
    let act = Act { action: "records.sign", object: "record" };
    let tx = services.db().begin().await?;
    let outcome = sign(services, &tx, actor, &Which::Reference(reference.to_owned()), typed).await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}

/// The same by number, for programs.
///
/// # Errors
/// Those of [`sign_note`].
pub async fn sign_report(
    services: &Services,
    actor: &Actor,
    id: RecordId,
    key: Option<IdempotencyKey>,
) -> Result<Audited<RecordView>> {
    let person = actor.person()?;
    let act = Act { action: "records.sign", object: "record" };
    let tx = services.db().begin().await?;
    let outcome = async {
        let signing = async { Ok(sign(services, &tx, actor, &Which::Id(id), None).await?.value.id.0) };
        let id = RecordId(once(services, &tx, person, key.as_ref(), signing).await?);
        shown(services, &tx, person, &settings::load(&*tx).await?, id).await
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, &id.to_string(), outcome).await
}

async fn sign(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    which: &Which,
    typed: Option<(i32, NoteForm)>,
) -> Result<Found<RecordView>> {
    let doctor = Doctor::try_from(actor)?;
    RecentlyVerified::try_from(actor)?;
    let settings = settings::load(&**tx).await?;
    let (row, mut draft) = own_draft(services, tx, doctor, &settings, which).await?;
    let permit = policy::change(doctor.person, &row)?;
    let (version, form) = match typed {
        Some(typed) => typed,
        None => match &draft.content {
            Some(Content::Report(report)) => (draft.version, NoteForm::from(report)),
            _ => return Err(Error::internal("a draft says nothing")),
        },
    };
    let report = form.parse_whole()?;
    let content = Content::Report(marked(services, tx, doctor.person, &settings, &draft, report).await?);
    let words = NewWords { content: &content, results: None, date: row.day()?, version: Some(version) };
    draft.version = writing::save(services, tx, permit, &row, words).await?;
    draft.content = Some(content);
    let (row, Opened { results, .. }) = entry(services, &**tx, doctor.person, &settings, &Which::Id(draft.id)).await?;
    let results: Vec<LabValue> = results.into_iter().map(|result| result.value).collect();
    writing::sign(services, tx, policy::change(doctor.person, &row)?, doctor.person, &draft, &results).await?;
    shown(services, tx, doctor.person, &settings, draft.id).await
}

/// Throws a draft of any kind away.
///
/// # Errors
/// `NotFound` for whatever is not the actor's own draft, `RecordSigned`.
pub async fn discard(services: &Services, actor: &Actor, reference: &str) -> Result<Audited<RecordView>> {
    actor.person()?;
    let act = Act { action: "records.discard", object: "record" };
    let tx = services.db().begin().await?;
    let outcome = async {
        let doctor = Doctor::try_from(actor)?;
        let settings = settings::load(&*tx).await?;
        let (row, opened) =
            entry(services, &*tx, doctor.person, &settings, &Which::Reference(reference.to_owned())).await?;
        writing::discard(&tx, policy::change(doctor.person, &row)?).await?;
        let record = opened.records.into_iter().next().ok_or(Error::NotFound)?;
        Ok(Found::of(record.patient, vec![record.id.0], record))
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}

/// Adds something to a signed report. It is signed at once and stands with what it completes.
///
/// # Errors
/// `StepUpRequired`, `NotFound` for whatever is not a signed report of a patient that the actor may write about,
/// `Invalid` when nothing is added.
pub async fn add_to(services: &Services, actor: &Actor, reference: &str, text: &str) -> Result<Audited<RecordView>> {
    actor.person()?;
    let act = Act { action: "records.add", object: "record" };
    let tx = services.db().begin().await?;
    let outcome = add(services, &tx, actor, reference, text).await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}

async fn add(services: &Services, tx: &Tx, actor: &Actor, reference: &str, text: &str) -> Result<Found<RecordView>> {
    let doctor = Doctor::try_from(actor)?;
    RecentlyVerified::try_from(actor)?;
    let settings = settings::load(&**tx).await?;
    let (_, opened) = entry(services, &**tx, doctor.person, &settings, &Which::Reference(reference.to_owned())).await?;
    let parent = opened.records.into_iter().next().filter(policy::takes_additions).ok_or(Error::NotFound)?;
    let (permit, _) = policy::write(&**tx, doctor, parent.patient, &settings, services.now()).await?;
    let content = Content::Addition(parse_addition(text)?);
    let today = settings.labels(services.now()).today();
    let new = NewEntry {
        doctor: Some(doctor.id),
        author: doctor.person,
        visit: None,
        about: Some(parent.id),
        kind: parent.kind,
        status: RecordStatus::Final,
        date: today,
        content: &content,
        results: &[],
    };
    let id = RecordId(enter(services, tx, permit, new).await?);
    shown(services, tx, doctor.person, &settings, id).await
}

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
    let act = Act { action: "records.write", object: "record" };
    let tx = services.db().begin().await?;
    let outcome = async {
        let id = once(services, &tx, person, key.as_ref(), written(services, &tx, actor, &command)).await?;
        shown(services, &tx, person, &settings::load(&*tx).await?, RecordId(id)).await
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn written(services: &Services, tx: &Tx, actor: &Actor, command: &WriteReport) -> Result<i64> {
    let doctor = Doctor::try_from(actor)?;
    let settings = settings::load(&**tx).await?;
    if !command.kind.is_report() {
        return Err(Error::field("record_type", "Entries of this kind are written elsewhere."));
    }
    let patient = patients::find(&**tx, &command.patient).await?.ok_or(Error::NotFound)?;
    let (permit, _) = policy::write(&**tx, doctor, PatientId(patient.id), &settings, services.now()).await?;
    let visit = match command.visit {
        None => None,
        Some(visit) => {
            let visit = appointments::own_visit(&**tx, doctor.id, &visit.to_string()).await?;
            Some(visit.filter(|visit| visit.patient.0 == patient.id).ok_or(Error::NotFound)?.id)
        }
    };
    let today = settings.labels(services.now()).today();
    let date = command.date.unwrap_or(today);
    if date > today {
        return Err(Error::field("record_date", "This day is still to come."));
    }
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
/// `NotFound` for whatever is not the actor's own draft, `RecordSigned`, `Invalid` for parts that are too long.
pub async fn change_report(
    services: &Services,
    actor: &Actor,
    id: RecordId,
    change: ChangeReport,
) -> Result<Audited<RecordView>> {
    actor.person()?;
    let act = Act { action: "records.draft", object: "record" };
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
    let settings = settings::load(&**tx).await?;
    let (row, draft) = own_draft(services, tx, doctor, &settings, &Which::Id(id)).await?;
    let permit = policy::change(doctor.person, &row)?;
    let Some(Content::Report(report)) = &draft.content else { return Err(Error::NotFound) };
    let form = NoteForm {
        subjective: change.subjective.unwrap_or_else(|| report.subjective.clone()),
        objective: change.objective.unwrap_or_else(|| report.objective.clone()),
        assessment: change.assessment.unwrap_or_else(|| report.assessment.clone()),
        plan: change.plan.unwrap_or_else(|| report.plan.clone()),
    };
    let report = marked(services, tx, doctor.person, &settings, &draft, form.parse()?).await?;
    let content = Content::Report(report);
    let date = change.date.map_or_else(|| row.day(), Ok)?;
    let words = NewWords { content: &content, results: None, date, version: None };
    writing::save(services, tx, permit, &row, words).await?;
    shown(services, tx, doctor.person, &settings, id).await
}

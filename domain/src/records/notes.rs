//! Notes of doctors: begun, saved as they are written, signed for good, completed afterwards.

use domain_types::{
    DoctorNoticeId, PatientId, RecordId,
    records::{
        Carried, Content, NoteForm, NoteTemplate, PatientRef, RecordStatus, RecordType, RecordView, Report, Saved,
        parse_addition,
    },
};

use super::{
    Which, asking, drafts,
    entries::{Entry, entry, shown},
    policy,
    writing::{self, NewEntry, NewWords, enter},
};
use crate::{
    access::{Act, Actor, Audited, Doctor, Found, Person, RecentlyVerified},
    appointments,
    db::Tx,
    error::{Error, Result},
    services::Services,
    settings::Settings,
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
    let act = Act::BeginNote;
    let tx = services.db().begin().await?;
    let outcome = begin(services, &tx, actor, &command).await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn begin(services: &Services, tx: &Tx, actor: &Actor, command: &BeginNote) -> Result<Found<RecordView>> {
    let doctor = Doctor::try_from(actor)?;
    let settings = services.settings().await?;
    let permit = policy::write(tx, doctor, &command.patient, &settings, services.now()).await?;
    let patient = PatientId(permit.object());
    let labels = settings.labels(services.now());
    let visit = match &command.visit {
        None => None,
        Some(reference) => {
            let visit = appointments::own_visit(tx, doctor.id, reference).await?;
            Some(visit.filter(|visit| visit.patient == patient).ok_or(Error::NotFound)?)
        }
    };
    let begun = match &visit {
        Some(visit) => drafts::of_visit(tx, doctor.person, visit.id).await?,
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

/// The words of an earlier note of the same patient, all of them marked as carried over.
async fn carried(
    services: &Services,
    tx: &Tx,
    person: &Person,
    settings: &Settings,
    patient: PatientId,
    reference: &str,
) -> Result<Report> {
    let earlier = entry(services, tx, person, settings, &reference.into()).await?.record;
    if earlier.patient != patient || earlier.is_draft() {
        return Err(Error::NotFound);
    }
    let Some(Content::Report(report)) = &earlier.content else { return Err(Error::NotFound) };
    let mut report = Report { carried: None, time: None, ..report.clone() };
    let parts = report.unchanged_since(&report);
    report.carried = Some(Carried { from: earlier.reference, date: earlier.date, parts });
    Ok(report)
}

/// What a note says now, with the marks of what it carries over as it was.
pub(super) async fn marked(
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
    let earlier = entry(services, tx, person, settings, &from.from.as_str().into()).await?.record;
    let parts = match &earlier.content {
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
    let act = Act::SaveDraft;
    let tx = services.db().begin().await?;
    let outcome = save(services, &tx, actor, reference, version, form).await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}

async fn save(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    reference: &str,
    version: i32,
    form: &NoteForm,
) -> Result<Found<Saved>> {
    let doctor = Doctor::try_from(actor)?;
    let settings = services.settings().await?;
    let draft = entry(services, tx, doctor.person, &settings, &reference.into()).await?.when(RecordType::is_report)?;
    let permit = policy::change(doctor.person, &draft.row)?;
    let report = marked(services, tx, doctor.person, &settings, &draft.record, form.parse()?).await?;
    let content = Content::Report(report);
    let words = NewWords { content: &content, results: None, date: draft.day()?, version: Some(version) };
    let version = writing::save(services, tx, permit, &draft.row, words).await?;
    let draft = draft.record;
    let time = settings.labels(services.now()).when(services.now()).zoned_time();
    let saved = Saved { reference: draft.reference, version, time };
    Ok(Found::of(draft.patient, vec![draft.id.0], saved))
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
    let act = Act::SignNote;
    let tx = services.db().begin().await?;
    let outcome = sign(services, &tx, actor, &reference.into(), typed).await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}

pub(super) async fn sign(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    which: &Which,
    typed: Option<(i32, NoteForm)>,
) -> Result<Found<RecordView>> {
    let doctor = Doctor::try_from(actor)?;
    RecentlyVerified::try_from(actor)?;
    let settings = services.settings().await?;
    let entered = entry(services, tx, doctor.person, &settings, which).await?.when(RecordType::is_report)?;
    let permit = policy::change(doctor.person, &entered.row)?;
    let date = entered.day()?;
    let Entry { row, record: mut draft, .. } = entered;
    let (version, form) = match typed {
        Some(typed) => typed,
        None => match &draft.content {
            Some(Content::Report(report)) => (draft.version, NoteForm::from(report)),
            _ => return Err(Error::internal("a draft says nothing")),
        },
    };
    let report = form.parse_whole()?;
    let content = Content::Report(marked(services, tx, doctor.person, &settings, &draft, report).await?);
    let words = NewWords { content: &content, results: None, date, version: Some(version) };
    draft.version = writing::save(services, tx, permit, &row, words).await?;
    draft.content = Some(content);
    let Entry { row, .. } = entry(services, tx, doctor.person, &settings, &Which::Id(draft.id)).await?;
    writing::sign(services, tx, policy::change(doctor.person, &row)?, doctor, &settings, &draft).await?;
    shown(services, tx, doctor.person, &settings, draft.id).await
}

/// Throws a draft of any kind away.
///
/// # Errors
/// `NotFound` for whatever is not the actor's own draft, `RecordSigned`.
pub async fn discard(services: &Services, actor: &Actor, reference: &str) -> Result<Audited<RecordView>> {
    actor.person()?;
    let act = Act::DiscardDraft;
    let tx = services.db().begin().await?;
    let outcome = async {
        let doctor = Doctor::try_from(actor)?;
        let settings = services.settings().await?;
        let draft = entry(services, &tx, doctor.person, &settings, &reference.into()).await?;
        writing::discard(&tx, policy::change(doctor.person, &draft.row)?).await?;
        Ok(draft.found())
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}

/// Adds something to a signed report. It is signed at once and stands with what it completes. It can answer a question that
/// the patient asked about the report.
///
/// # Errors
/// `StepUpRequired`, `NotFound` for whatever is not a signed report of a patient that the actor may write about or no
/// question about it, `Invalid` when nothing is added and when the question was answered.
pub async fn add_to(
    services: &Services,
    actor: &Actor,
    reference: &str,
    text: &str,
    answers: Option<DoctorNoticeId>,
) -> Result<Audited<RecordView>> {
    actor.person()?;
    let act = Act::AddToEntry;
    let tx = services.db().begin().await?;
    let outcome = add(services, &tx, actor, reference, text, answers).await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}

async fn add(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    reference: &str,
    text: &str,
    answers: Option<DoctorNoticeId>,
) -> Result<Found<RecordView>> {
    let doctor = Doctor::try_from(actor)?;
    RecentlyVerified::try_from(actor)?;
    let settings = services.settings().await?;
    let parent = entry(services, tx, doctor.person, &settings, &reference.into()).await?.record;
    if !parent.takes_additions() {
        return Err(Error::NotFound);
    }
    let permit = policy::write(tx, doctor, &PatientRef::Id(parent.patient), &settings, services.now()).await?;
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
    if let Some(question) = answers {
        asking::answered(services, tx, &settings, question, (&parent, id)).await?;
    }
    shown(services, tx, doctor.person, &settings, id).await
}

//! Prescriptions: written, compared with what the record knows, signed for good, and ended by an entry of their own.

use domain_types::{
    PatientId, RecordId,
    page::{Page, PageRequest},
    records::{
        Cancellation, Content, PatientRef, Prescription, PrescriptionForm, RecordStatus, RecordType, RecordView,
        parse_cancellation,
    },
};
use sea_orm::sea_query::{ExprTrait, SelectStatement};

use super::{
    Which,
    entries::{Entry, entry, once, page_of, shown, shown_once},
    opening, policy,
    rows::{self, R, col},
    says_nothing, twins,
    writing::{self, NewEntry, NewWords, enter},
};
use crate::{
    access::{Act, Actor, Audited, Doctor, Found, Person, RecentlyVerified},
    db::Tx,
    error::{Error, Result},
    idempotency::IdempotencyKey,
    services::Services,
    settings::Settings,
};

/// To whom, or to which note, a prescription belongs.
#[derive(Clone, Debug)]
pub enum PrescribedFor {
    Patient(PatientRef),
    /// A note, signed or being written.
    Note(Which),
}

/// Begins a prescription.
///
/// # Errors
/// `OtherRole` for everybody but doctors, `NotFound` for a patient or a note that they may not write about.
pub async fn write_prescription(
    services: &Services,
    actor: &Actor,
    whose: &PrescribedFor,
    form: &PrescriptionForm,
    key: Option<IdempotencyKey>,
) -> Result<Audited<RecordView>> {
    let person = actor.person()?;
    let act = Act::BeginPrescription;
    let tx = services.db().begin().await?;
    let outcome =
        async { shown_once(services, &tx, person, key.as_ref(), written(services, &tx, actor, whose, form)).await };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn written(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    whose: &PrescribedFor,
    form: &PrescriptionForm,
) -> Result<i64> {
    let doctor = Doctor::try_from(actor)?;
    let settings = services.settings().await?;
    let (patient, about, visit) = match whose {
        PrescribedFor::Patient(patient) => (patient.clone(), None, None),
        PrescribedFor::Note(which) => {
            let note = entry(services, tx, doctor.person, &settings, which).await?.when(RecordType::is_report)?;
            (PatientRef::Id(note.record.patient), Some(note.record.id), note.row.appointment_id)
        }
    };
    let permit = policy::write(tx, doctor, &patient, &settings, services.now()).await?;
    let content = Content::Prescription(form.parse()?);
    says_nothing::refuse(&content)?;
    let new = NewEntry {
        doctor: Some(doctor.id),
        author: doctor.person,
        visit,
        about,
        kind: RecordType::Prescription,
        status: RecordStatus::Draft,
        date: settings.labels(services.now()).today(),
        content: &content,
        results: &[],
    };
    enter(services, tx, permit, new).await
}

/// A prescription, signed or a doctor's own draft, and what it says. One that was erased says nothing.
pub(super) async fn prescription(
    services: &Services,
    tx: &Tx,
    doctor: Doctor<'_>,
    settings: &Settings,
    which: &Which,
) -> Result<(Entry, Prescription)> {
    let entry = entry(services, tx, doctor.person, settings, which).await?;
    match entry.record.content.clone() {
        Some(Content::Prescription(prescription)) => Ok((entry, prescription)),
        _ => Err(Error::NotFound),
    }
}

/// Changes a prescription that is not signed.
///
/// # Errors
/// `NotFound` for whatever is not the actor's own draft, `RecordSigned`, `RecordChanged`, `Invalid`.
pub async fn save_prescription(
    services: &Services,
    actor: &Actor,
    reference: &str,
    version: i32,
    form: &PrescriptionForm,
) -> Result<Audited<RecordView>> {
    actor.person()?;
    let act = Act::SaveDraft;
    let tx = services.db().begin().await?;
    let outcome = async {
        let doctor = Doctor::try_from(actor)?;
        let settings = services.settings().await?;
        let (draft, _) = prescription(services, &tx, doctor, &settings, &reference.into()).await?;
        let permit = policy::change(doctor.person, &draft.row)?;
        let content = Content::Prescription(form.parse()?);
        says_nothing::refuse(&content)?;
        let words = NewWords { content: &content, results: None, date: draft.day()?, version: Some(version) };
        writing::save(services, &tx, permit, &draft.row, words).await?;
        shown(services, &tx, doctor.person, &settings, draft.record.id).await
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}

/// Why a prescription is ended, and what ends with it.
#[derive(Clone, Debug, Default)]
pub struct Ending {
    /// The patient reads this.
    pub reason: String,
    /// Leaves others of the same medicine in the same strength as they are: it was signed twice by mistake.
    pub only_this: bool,
    /// The references of the others that were shown to whoever ends it. When others would end, nothing does.
    pub shown: Option<Vec<String>>,
}

/// A prescription that was ended.
#[derive(Clone, Debug)]
pub struct Cancelled {
    pub record: RecordView,
    /// The others of the same medicine that ended with it.
    pub ended_with: Vec<RecordId>,
}

impl From<&str> for Ending {
    fn from(reason: &str) -> Self {
        Self { reason: reason.to_owned(), ..Self::default() }
    }
}

/// Ends a signed prescription, and with it every other of the same medicine in the same strength, unless told otherwise.
/// They stay as they were signed; the entry that ends each says why.
///
/// # Errors
/// `StepUpRequired`, `NotFound` for whatever is not a signed prescription of a patient that the actor may write about,
/// `Invalid` without a reason, when it was ended before, and when others than those shown would end.
pub async fn cancel_prescription(
    services: &Services,
    actor: &Actor,
    which: &Which,
    ending: impl Into<Ending> + Send,
    key: Option<IdempotencyKey>,
) -> Result<Audited<Cancelled>> {
    let person = actor.person()?;
    let act = Act::CancelPrescription;
    let ending = ending.into();
    let tx = services.db().begin().await?;
    let outcome = async {
        let id = once(services, &tx, person, key.as_ref(), cancelled(services, &tx, actor, which, &ending)).await?;
        ended(services, &tx, person, RecordId(id)).await
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, &which.words(), outcome).await
}

async fn cancelled(services: &Services, tx: &Tx, actor: &Actor, which: &Which, ending: &Ending) -> Result<i64> {
    let doctor = Doctor::try_from(actor)?;
    RecentlyVerified::try_from(actor)?;
    let settings = services.settings().await?;
    let (Entry { row, record, .. }, _) = prescription(services, tx, doctor, &settings, which).await?;
    if row.status != RecordStatus::Final.as_str() {
        return Err(Error::NotFound);
    }
    let patient = PatientRef::Id(PatientId(row.patient_id));
    let cancellation = parse_cancellation(&ending.reason)?;
    // Of two who end it at once the second waits here, and then finds it ended. All are locked in one order.
    for (twin, _) in twins::of(services, tx, &settings, &record).await? {
        rows::lock(tx, twin.id).await?;
    }
    let mut all = twins::of(services, tx, &settings, &record).await?;
    if all.iter().all(|(twin, _)| twin.id != row.id) {
        return Err(Error::field("reason", "This prescription was already cancelled."));
    }
    all.retain(|(twin, _)| twin.id == row.id || !ending.only_this);
    let ids: Vec<i64> = all.iter().map(|(twin, _)| twin.id).collect();
    if let Some(shown) = ending.shown.as_ref().filter(|_| !ending.only_this) {
        let mut others = all.iter().filter(|(twin, _)| twin.id != row.id);
        if others.clone().count() != shown.len() || !others.all(|(_, twin)| shown.contains(&twin.reference)) {
            return Err(Error::field(
                "which",
                "Other prescriptions for this medicine have been signed or cancelled since you opened this page. Check \
                 the list again.",
            ));
        }
    }
    for (twin, _) in all {
        let ended_with = ids.iter().filter(|other| **other != twin.id).map(|other| RecordId(*other)).collect();
        let content = Content::Cancellation(Cancellation { ended_with, ..cancellation.clone() });
        let permit = policy::write(tx, doctor, &patient, &settings, services.now()).await?;
        let new = NewEntry {
            doctor: Some(doctor.id),
            author: doctor.person,
            visit: None,
            about: Some(RecordId(twin.id)),
            kind: RecordType::Cancellation,
            status: RecordStatus::Final,
            date: settings.labels(services.now()).today(),
            content: &content,
            results: &[],
        };
        enter(services, tx, permit, new).await?;
    }
    Ok(row.id)
}

/// A prescription as it stands after its end, with all that ended with it: each is a thing that the act was about.
async fn ended(services: &Services, tx: &Tx, person: &Person, id: RecordId) -> Result<Found<Cancelled>> {
    let settings = services.settings().await?;
    let Found { value: record, mut ids, patients, .. } = shown(services, tx, person, &settings, id).await?;
    let mut query = rows::records();
    rows::of_kinds(&mut query, &[RecordType::Cancellation]);
    query.and_where(col(R::AboutId).eq(id.0));
    let ends = opening::read(services, tx, &settings, &query).await?.records;
    let ended_with = |end: RecordView| match end.content {
        Some(Content::Cancellation(cancellation)) => cancellation.ended_with,
        _ => Vec::new(),
    };
    let ended_with: Vec<RecordId> = ends.into_iter().flat_map(ended_with).collect();
    ids.extend(ended_with.iter().map(|other| other.0));
    Ok(Found::of_all(patients, ids, Cancelled { record, ended_with }))
}

/// The signed prescriptions that the actor may see, and their own drafts, the newest first.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in.
pub async fn prescriptions(services: &Services, actor: &Actor, page: PageRequest) -> Result<Audited<Page<RecordView>>> {
    actor.person()?;
    let act = Act::ListPrescriptions;
    let tx = services.db().snapshot().await?;
    let outcome = async {
        let narrow = |query: &mut SelectStatement| rows::of_kinds(query, &[RecordType::Prescription]);
        page_of(services, &tx, actor.person()?, page, narrow).await
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

/// A signed prescription, and whether it still says what was signed.
///
/// # Errors
/// `NotFound` when it is unknown, not signed, or not the actor's to see.
pub async fn verify(services: &Services, actor: &Actor, id: RecordId) -> Result<Audited<(RecordView, bool)>> {
    actor.person()?;
    let act = Act::VerifyPrescription;
    let tx = services.db().snapshot().await?;
    let outcome = async {
        let person = actor.person()?;
        let settings = services.settings().await?;
        let mut query = rows::records();
        policy::visible_to(person, &settings, services.now(), &mut query)?;
        rows::of_kinds(&mut query, &[RecordType::Prescription]);
        rows::final_only(&mut query);
        query.and_where(rows::is(id));
        let (record, is_as_signed) =
            opening::compared(services, &tx, &settings, &query).await?.ok_or(Error::NotFound)?;
        Ok(Found::of(record.patient, vec![record.id.0], (record, is_as_signed)))
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, &id.to_string(), outcome).await
}

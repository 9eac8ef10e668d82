//! Documents: files that patients bring and doctors add, and what people take home of any entry.

use std::fmt;

use data_encoding::HEXLOWER;
use domain_types::{
    FieldErrors, PatientId,
    records::{Content, Document, PatientRef, RecordDetail, RecordStatus, RecordType, RecordView, parse_document_note},
};
use sha2::{Digest, Sha256};

use super::{
    Which, detail,
    document_pieces::{DocumentStream, aside, begun, store},
    entries::{Entry, entry, shown_once},
    measuring,
    printing::{self, Printed},
    upload::{Accepted, accept},
    writing::{NewEntry, enter},
};
use crate::{
    access::{Act, Actor, Audited, Found, Patient},
    db::Tx,
    error::{Error, Result},
    idempotency::IdempotencyKey,
    services::Services,
};

/// Names the act that a key was sent for.
const ADDING: &str = "documents";

/// A file for a record, as it came.
#[derive(Default)]
pub struct AddDocument {
    pub file_name: String,
    pub bytes: Vec<u8>,
    /// What is said about it; may be empty.
    pub note: String,
    /// Sent twice with the same key, it is one document.
    pub key: Option<String>,
}

/// Neither the name nor the contents: both belong to a patient.
impl fmt::Debug for AddDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AddDocument").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// Whether the actor brings documents to a record of their own.
///
/// # Errors
/// `OtherRole` for everybody but patients.
pub fn may_bring(actor: &Actor) -> Result<()> {
    Patient::try_from(actor).map(drop)
}

/// Adds a document: patients to their own record, doctors to that of a patient that they may write about. It is final as
/// it is added.
///
/// # Errors
/// `OtherRole` for administrators, `NotFound` for a patient that is not theirs, `Invalid` when a doctor names nobody, and
/// with the reason when the file cannot be stored.
pub async fn add_document(
    services: &Services,
    actor: &Actor,
    patient: Option<&PatientRef>,
    document: AddDocument,
) -> Result<Audited<RecordView>> {
    let person = actor.person()?;
    let act = Act::UploadDocument;
    let whose = format!("{patient:?}");
    // Before the transaction: looking through 20 MiB takes a while.
    let checked = aside(move || check(document, &whose)).await;
    let key = checked.as_ref().ok().and_then(|checked| checked.key.clone());
    let tx = services.db().begin().await?;
    let outcome =
        async { shown_once(services, &tx, person, key.as_ref(), added(services, &tx, actor, patient, checked)).await };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

/// A document that may be stored.
struct Checked {
    file: Accepted,
    digest: String,
    note: String,
    key: Option<IdempotencyKey>,
}

fn check(document: AddDocument, whose: &str) -> Result<Checked> {
    let AddDocument { file_name, bytes, note, key } = document;
    let note = parse_document_note(&note);
    let file = if file_name.is_empty() && bytes.is_empty() {
        Err("Please choose a file.")
    } else {
        accept(&file_name, bytes).map_err(|refusal| refusal.sentence())
    };
    let (file, note) = match (file, note) {
        (Ok(file), Ok(note)) => (file, note),
        (file, note) => {
            let mut wrong: FieldErrors = note.err().map(|problem| problem.fields).unwrap_or_default();
            wrong.extend(file.err().map(|sentence| ("file".to_owned(), vec![sentence.to_owned()])));
            return Err(Error::Invalid(wrong));
        }
    };
    let said = [Some(note.clone()).filter(|note| !note.is_empty()), file.changed.clone()];
    let note = said.into_iter().flatten().collect::<Vec<_>>().join("\n");
    let digest = HEXLOWER.encode(&Sha256::digest(&file.bytes));
    let sent = format!("{whose} {file_name:?} {note:?} {digest}");
    let key = key.map(|key| IdempotencyKey::parse(&key, ADDING, sent.as_bytes())).transpose()?;
    Ok(Checked { file, digest, note, key })
}

async fn added(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    patient: Option<&PatientRef>,
    checked: Result<Checked>,
) -> Result<i64> {
    let settings = services.settings().await?;
    let (permit, doctor) = measuring::whose(services, tx, actor, patient, &settings).await?;
    let Checked { file, digest, note, .. } = checked?;
    let patient = PatientId(permit.object());
    let content = Content::Document(Document {
        name: file.name,
        media_type: file.media_type.essence().to_owned(),
        size: file.bytes.len() as u64,
        digest,
        note,
    });
    let new = NewEntry {
        doctor,
        author: actor.person()?,
        visit: None,
        about: None,
        kind: RecordType::Document,
        status: RecordStatus::Final,
        date: settings.labels(services.now()).today(),
        content: &content,
        results: &[],
    };
    let id = enter(services, tx, permit, new).await?;
    store(services, tx, patient, id, file.bytes).await?;
    Ok(id)
}

/// A document, for whoever may read its entry.
///
/// # Errors
/// `NotFound` for whatever is no document, is not the actor's to see or was erased; internal when a piece is missing.
pub async fn document(services: &Services, actor: &Actor, which: &Which) -> Result<Audited<DocumentStream>> {
    let person = actor.person()?;
    let tx = services.db().snapshot().await?;
    let outcome = async {
        let Entry { record, .. } = entry(services, &tx, person, &*services.settings().await?, which).await?;
        let stream = begun(services, &tx, &record).await?;
        Ok(Found::of(record.patient, vec![record.id.0], stream))
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, Act::DownloadDocument, &which.words(), outcome).await
}

/// What somebody takes home of an entry.
#[derive(Debug)]
pub enum Download {
    /// The document itself.
    Document(Box<DocumentStream>),
    /// Every other entry, on paper.
    Printed(Printed),
}

enum Kept {
    Document(Box<DocumentStream>),
    Entry(Box<RecordDetail>),
}

/// An entry to be kept: a document as it is, everything else as a PDF.
///
/// # Errors
/// `NotFound` for whatever is not the actor's to see, and for a document that was erased.
pub async fn download(services: &Services, actor: &Actor, which: &Which) -> Result<Download> {
    actor.person()?;
    let tx = services.db().snapshot().await?;
    let outcome = async {
        let Found { value: detail, ids, patients, .. } = detail::find(services, &tx, actor, which).await?;
        let value = match detail.record.kind {
            RecordType::Document => Kept::Document(Box::new(begun(services, &tx, &detail.record).await?)),
            _ => Kept::Entry(Box::new(detail)),
        };
        Ok(Found::of_all(patients, ids, value))
    };
    let outcome: Result<Found<Kept>> = outcome.await;
    let is_document = matches!(&outcome, Ok(Found { value: Kept::Document(_), .. }));
    let act = if is_document { Act::DownloadDocument } else { Act::DownloadEntry };
    match Audited::settle(services, tx, actor, act, &which.words(), outcome).await?.into_inner() {
        Kept::Document(stream) => Ok(Download::Document(stream)),
        Kept::Entry(detail) => Ok(Download::Printed(printing::entry(services, actor, *detail).await?)),
    }
}

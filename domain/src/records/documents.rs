//! Documents: files that patients bring and doctors add, sealed piece by piece and given back piece by piece.
//!
//! Each piece is sealed with the reference of its entry, its number and the number of all: a piece that was changed,
//! swapped with another or moved to another document does not open, and one that is missing is missed. The size and a
//! hash of the whole are signed with the entry.

use std::{fmt, sync::Arc};

use data_encoding::HEXLOWER;
use domain_types::{
    FieldErrors, PatientId,
    records::{Content, Document, PatientRef, RecordDetail, RecordStatus, RecordType, RecordView, parse_document_note},
};
use entity::{document_chunk, medical_record};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use sha2::{Digest, Sha256};

use super::{
    Which, detail,
    entries::{Entry, entry, shown_once},
    measuring,
    printing::{self, Printed},
    upload::{Accepted, MediaType, accept},
    writing::{NewEntry, enter},
};
use crate::{
    access::{Act, Actor, Audited, Found, Patient},
    db::Tx,
    error::{Error, Result},
    idempotency::IdempotencyKey,
    patient_keys::{self, DataKey, Place},
    services::Services,
    settings,
};

/// Bytes of a piece before it is sealed.
const PIECE: u64 = 256 * 1024;
/// Pieces that are stored with one statement.
const AT_ONCE: usize = 4;
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
    let act = Act { action: "documents.upload", object: "record" };
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

/// Does what keeps a processor busy where it keeps nobody waiting.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::caused("work on a document stopped"))?
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
    let settings = settings::load(&**tx).await?;
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

/// How many pieces a document of this size has.
fn pieces(size: u64) -> Result<i32> {
    i32::try_from(size.div_ceil(PIECE)).map_err(Error::caused("a document has too many pieces"))
}

/// What names a piece for ever.
fn piece_row(reference: &str, position: i32, count: i32) -> String {
    format!("{reference} {position} of {count}")
}

/// Where a piece stands.
const fn place_of(row: &str) -> Place<'_> {
    Place { table: "document_chunk", column: "content", row }
}

async fn store(services: &Services, tx: &Tx, patient: PatientId, record: i64, bytes: Vec<u8>) -> Result<()> {
    let row = medical_record::Entity::find_by_id(record).one(&**tx).await?;
    let reference: Arc<str> = row.ok_or_else(|| Error::internal("an entry vanished"))?.reference.into();
    let key = Arc::new(patient_keys::for_writing(services, tx, patient).await?);
    let count = pieces(bytes.len() as u64)?;
    let bytes: Arc<Vec<u8>> = Arc::new(bytes);
    for first in (1..=count).step_by(AT_ONCE) {
        let (key, reference, bytes) = (Arc::clone(&key), Arc::clone(&reference), Arc::clone(&bytes));
        let sealed = aside(move || {
            let places = (first..=count).zip(bytes.chunks(PIECE as usize).skip(first as usize - 1)).take(AT_ONCE);
            let row = |(position, piece): (i32, &[u8])| {
                Ok(document_chunk::ActiveModel {
                    record_id: Set(record),
                    position: Set(position),
                    content: Set(key.seal(place_of(&piece_row(&reference, position, count)), piece)?),
                    ..Default::default()
                })
            };
            places.map(row).collect::<Result<Vec<_>>>()
        });
        document_chunk::Entity::insert_many(sealed.await?).exec_without_returning(&**tx).await?;
    }
    Ok(())
}

/// A document on its way out. Its pieces are read one after another, outside of any transaction.
pub struct DocumentStream {
    pub name: String,
    pub media_type: MediaType,
    /// Bytes.
    pub size: u64,
    /// `REC-…`
    pub reference: String,
    services: Services,
    key: DataKey,
    record: i64,
    count: i32,
    digest: String,
    read: i32,
    left: u64,
    hash: Sha256,
}

/// Neither the name nor anything of the contents.
impl fmt::Debug for DocumentStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DocumentStream").field("reference", &self.reference).finish_non_exhaustive()
    }
}

impl DocumentStream {
    /// The next piece; `None` after the last one. The last one comes only when the whole is what was signed.
    ///
    /// # Errors
    /// Internal, when a piece is missing, does not open in its place, or the whole is not what was signed.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        if self.read == self.count {
            return Ok(None);
        }
        let broken = || Error::internal("a document is not what was signed");
        let position = self.read + 1;
        let stored = document_chunk::Entity::find()
            .filter(document_chunk::Column::RecordId.eq(self.record))
            .filter(document_chunk::Column::Position.eq(position))
            .one(self.services.db().read())
            .await?
            .ok_or_else(broken)?;
        let row = piece_row(&self.reference, position, self.count);
        let mut piece = self.key.open(place_of(&row), &stored.content)?;
        let expected = self.left.min(PIECE);
        if piece.len() as u64 != expected {
            return Err(broken());
        }
        self.hash.update(piece.as_slice());
        (self.read, self.left) = (position, self.left - expected);
        if self.read == self.count && HEXLOWER.encode(&self.hash.clone().finalize()) != self.digest {
            return Err(broken());
        }
        Ok(Some(std::mem::take(&mut *piece)))
    }
}

/// A document, for whoever may read its entry.
///
/// # Errors
/// `NotFound` for whatever is no document, is not the actor's to see or was erased; internal when a piece is missing.
pub async fn document(services: &Services, actor: &Actor, which: &Which) -> Result<Audited<DocumentStream>> {
    let person = actor.person()?;
    let tx = services.db().begin().await?;
    let outcome = async {
        let Entry { record, .. } = entry(services, &*tx, person, &settings::load(&*tx).await?, which).await?;
        let stream = begun(services, &tx, &record).await?;
        Ok(Found::of(record.patient, vec![record.id.0], stream))
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, DOWNLOAD, &which.words(), outcome).await
}

const DOWNLOAD: Act = Act { action: "documents.download", object: "record" };

/// The document that an entry describes, before its first piece.
async fn begun(services: &Services, tx: &Tx, record: &RecordView) -> Result<DocumentStream> {
    let Some(Content::Document(document)) = record.content.clone() else { return Err(Error::NotFound) };
    let key = patient_keys::find(services, &**tx, [record.patient.0]).await?.remove(&record.patient.0);
    let stored = document_chunk::Entity::find().filter(document_chunk::Column::RecordId.eq(record.id.0));
    let count = pieces(document.size)?;
    if stored.count(&**tx).await? != u64::from(count.unsigned_abs()) {
        return Err(Error::internal("a piece of a document is missing"));
    }
    let unknown = || Error::internal("a document is of a kind that is never stored");
    Ok(DocumentStream {
        name: document.name,
        media_type: MediaType::from_essence(&document.media_type).ok_or_else(unknown)?,
        size: document.size,
        reference: record.reference.clone(),
        services: services.clone(),
        key: key.ok_or(Error::NotFound)?,
        record: record.id.0,
        count,
        digest: document.digest,
        read: 0,
        left: document.size,
        hash: Sha256::new(),
    })
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
    let tx = services.db().begin().await?;
    let outcome = async {
        let Found { value: detail, ids, patients } = detail::find(services, &tx, actor, which).await?;
        let value = match detail.record.kind {
            RecordType::Document => Kept::Document(Box::new(begun(services, &tx, &detail.record).await?)),
            _ => Kept::Entry(Box::new(detail)),
        };
        Ok(Found { value, ids, patients })
    };
    let outcome: Result<Found<Kept>> = outcome.await;
    let is_document = matches!(&outcome, Ok(Found { value: Kept::Document(_), .. }));
    let act = if is_document { DOWNLOAD } else { printing::DOWNLOAD };
    match Audited::settle(services, tx, actor, act, &which.words(), outcome).await?.into_inner() {
        Kept::Document(stream) => Ok(Download::Document(stream)),
        Kept::Entry(detail) => Ok(Download::Printed(printing::entry(services, actor, *detail).await?)),
    }
}

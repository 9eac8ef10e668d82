//! The bytes of documents: sealed piece by piece and given back piece by piece.
//!
//! Each piece is sealed with the reference of its entry, its number and the number of all: a piece that was changed,
//! swapped with another or moved to another document does not open, and one that is missing is missed. The size and a
//! hash of the whole are signed with the entry.

use std::{fmt, sync::Arc};

use data_encoding::HEXLOWER;
use domain_types::{
    PatientId,
    records::{Content, RecordView},
};
use entity::{document_chunk, medical_record};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use sha2::{Digest, Sha256};

use super::upload::MediaType;
use crate::{
    db::Tx,
    error::{Error, Result},
    patient_keys::{self, DataKey, Place},
    services::Services,
};

/// Bytes of a piece before it is sealed.
const PIECE: u64 = 256 * 1024;
/// Pieces that are stored with one statement.
const AT_ONCE: usize = 4;
/// Does what keeps a processor busy where it keeps nobody waiting.
pub(super) async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::caused("work on a document stopped"))?
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

/// Seals and stores the bytes of an entry.
pub(super) async fn store(services: &Services, tx: &Tx, patient: PatientId, record: i64, bytes: Vec<u8>) -> Result<()> {
    let row = medical_record::Entity::find_by_id(record).one(tx).await?;
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
        document_chunk::Entity::insert_many(sealed.await?).exec_without_returning(tx).await?;
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

/// The document that an entry describes, before its first piece.
pub(super) async fn begun(services: &Services, tx: &Tx, record: &RecordView) -> Result<DocumentStream> {
    let Some(Content::Document(document)) = record.content.clone() else { return Err(Error::NotFound) };
    let key = patient_keys::find(services, tx, [record.patient.0]).await?.remove(&record.patient.0);
    let stored = document_chunk::Entity::find().filter(document_chunk::Column::RecordId.eq(record.id.0));
    let count = pieces(document.size)?;
    if stored.count(tx).await? != u64::from(count.unsigned_abs()) {
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

//! The key of each patient, under which everything that is said about their health is sealed.
//!
//! A key is drawn when it is first needed and stored wrapped by the master key. Changing the master key wraps the keys
//! anew and touches nothing that they seal; erasing a patient is erasing the key. What is sealed names its table, column
//! and row as associated data, so that it opens nowhere else: a text that was changed, moved to another row or given to
//! another patient fails, and with it the reading.

use std::collections::HashMap;

use domain_types::PatientId;
use entity::patient_key;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::{Expr, OnConflict},
};
use zeroize::Zeroizing;

use crate::{
    db::Tx,
    error::{Error, Result},
    secrets::{Cipher, KeyedHash, derive},
    services::Services,
    time::to_db,
};

/// Keys that are wrapped anew in one transaction.
const BATCH: u64 = 500;

/// Where a sealed value stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub table: &'static str,
    pub column: &'static str,
    /// What names the row for ever: its reference, or that of its parent with a position.
    pub row: &'a str,
}

impl Place<'_> {
    fn words(self) -> String {
        format!("{}.{} {}", self.table, self.column, self.row)
    }
}

/// The key of one patient.
pub(crate) struct DataKey {
    cipher: Cipher,
    signatures: KeyedHash,
}

impl DataKey {
    pub(crate) fn of(secret: &[u8]) -> Result<Self> {
        Ok(Self {
            cipher: Cipher::new(&*derive(secret, "securemed record v1")?),
            signatures: KeyedHash::under(derive(secret, "securemed signatures v1")?),
        })
    }

    /// # Errors
    /// Never in practice; the library's signature says so.
    pub(crate) fn seal(&self, place: Place<'_>, plain: &[u8]) -> Result<Vec<u8>> {
        self.cipher.seal(&place.words(), plain)
    }

    /// # Errors
    /// Internal, when anything was changed, swapped or cut off: nothing is shown then.
    pub(crate) fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let broken = || Error::internal("a part of a record does not open: it was changed or moved");
        self.cipher.open(&place.words(), sealed).ok_or_else(broken)
    }

    /// A keyed hash that nobody can make who has only the database: 64 hexadecimal digits.
    pub(crate) fn sign(&self, message: &[u8]) -> String {
        self.signatures.of(message)
    }
}

fn context(patient: i64) -> String {
    format!("patient_key.sealed_key {patient}")
}

/// A new key, and the form in which it is stored.
pub(crate) fn draw(services: &Services, patient: PatientId) -> Result<(DataKey, Vec<u8>)> {
    let secret = Zeroizing::new(crate::secrets::random_bytes::<32>());
    let sealed = services.seals().patients.seal(&context(patient.0), secret.as_slice())?;
    Ok((DataKey::of(secret.as_slice())?, sealed))
}

fn unwrap(services: &Services, row: &patient_key::Model) -> Result<Option<DataKey>> {
    let Some(sealed) = &row.sealed_key else { return Ok(None) };
    let secret = services
        .seals()
        .patients
        .open(&context(row.patient_id), sealed)
        .ok_or_else(|| Error::internal("the key of a patient was sealed under another SECUREMED_SECRET_KEY"))?;
    DataKey::of(&secret).map(Some)
}

/// The keys of some patients; those that were erased, or never needed, are not among them.
pub(crate) async fn find(
    services: &Services,
    db: &impl ConnectionTrait,
    patients: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, DataKey>> {
    let mut patients: Vec<i64> = patients.into_iter().collect();
    patients.sort_unstable();
    patients.dedup();
    if patients.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = patient_key::Entity::find().filter(patient_key::Column::PatientId.is_in(patients)).all(db).await?;
    let mut keys = HashMap::new();
    for row in rows {
        if let Some(key) = unwrap(services, &row)? {
            keys.insert(row.patient_id, key);
        }
    }
    Ok(keys)
}

/// The key of a patient about whom something is to be written; the first time it is made.
///
/// # Errors
/// `Invalid` when the patient's record was erased.
pub(crate) async fn for_writing(services: &Services, tx: &Tx, patient: PatientId) -> Result<DataKey> {
    let stored = async || {
        let of_patient = patient_key::Entity::find().filter(patient_key::Column::PatientId.eq(patient.0));
        of_patient.one(tx).await
    };
    let erased = || Error::field("patient", "The record of this patient was erased.");
    if let Some(key) = stored().await? {
        return unwrap(services, &key)?.ok_or_else(erased);
    }
    let (_, sealed) = draw(services, patient)?;
    let row = patient_key::ActiveModel {
        patient_id: Set(patient.0),
        sealed_key: Set(Some(sealed)),
        created_at: Set(to_db(services.now())),
        ..Default::default()
    };
    patient_key::Entity::insert(row)
        .on_conflict(OnConflict::column(patient_key::Column::PatientId).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    let drawn = stored().await?.ok_or_else(|| Error::internal("the key of a patient vanished"))?;
    unwrap(services, &drawn)?.ok_or_else(erased)
}

/// Erases the key of a patient, and with it all that was sealed under it. `false` when there was none.
pub(crate) async fn erase(services: &Services, tx: &Tx, patient: PatientId) -> Result<bool> {
    let erased = patient_key::Entity::update_many()
        .col_expr(patient_key::Column::SealedKey, Expr::value(None::<Vec<u8>>))
        .col_expr(patient_key::Column::ErasedAt, Expr::value(to_db(services.now())))
        .filter(patient_key::Column::PatientId.eq(patient.0))
        .filter(patient_key::Column::SealedKey.is_not_null())
        .exec(tx)
        .await?;
    Ok(erased.rows_affected == 1)
}

/// Wraps all keys anew that were wrapped under an earlier master key, some at a time. Gives how many.
///
/// # Errors
/// When one was wrapped under a key that nobody has.
pub(crate) async fn reseal(services: &Services) -> Result<u64> {
    let sealer = &services.seals().patients;
    let (mut after, mut resealed) = (0, 0);
    loop {
        let tx = services.db().begin().await?;
        let rows = patient_key::Entity::find()
            .filter(patient_key::Column::Id.gt(after))
            .order_by_asc(patient_key::Column::Id)
            .limit(BATCH)
            .all(&tx)
            .await?;
        let Some(last) = rows.last() else { return Ok(resealed) };
        after = last.id;
        for row in rows {
            let Some(sealed) = row.sealed_key.filter(|sealed: &Vec<u8>| sealer.is_outdated(sealed)) else { continue };
            let secret = sealer
                .open(&context(row.patient_id), &sealed)
                .ok_or_else(|| Error::internal("the key of a patient was sealed under a key that nobody has"))?;
            let anew = sealer.seal(&context(row.patient_id), &secret)?;
            patient_key::Entity::update_many()
                .col_expr(patient_key::Column::SealedKey, Expr::value(anew))
                .filter(patient_key::Column::Id.eq(row.id))
                .filter(patient_key::Column::SealedKey.eq(sealed))
                .exec(&tx)
                .await?;
            resealed += 1;
        }
        tx.commit().await?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place<'static> = Place { table: "medical_record", column: "content", row: "REC-1" };

    #[test]
    fn what_is_sealed_opens_only_in_its_place_unchanged_and_under_its_key() {
        let (key, other) = (DataKey::of(&[1; 32]).unwrap(), DataKey::of(&[2; 32]).unwrap());
        let sealed = key.seal(PLACE, b"chest pain").unwrap();
        assert_eq!(key.open(PLACE, &sealed).unwrap().as_slice(), b"chest pain");
        for place in
            [Place { row: "REC-2", ..PLACE }, Place { column: "note", ..PLACE }, Place { table: "lab_result", ..PLACE }]
        {
            assert!(key.open(place, &sealed).is_err(), "{place:?}");
        }
        assert!(other.open(PLACE, &sealed).is_err());
        for at in 0..sealed.len() {
            let mut flipped = sealed.clone();
            flipped[at] ^= 1;
            assert!(key.open(PLACE, &flipped).is_err(), "byte {at}");
            assert!(key.open(PLACE, &sealed[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn a_signature_belongs_to_its_words_and_its_patient() {
        let (key, other) = (DataKey::of(&[1; 32]).unwrap(), DataKey::of(&[2; 32]).unwrap());
        assert_eq!(key.sign(b"one"), key.sign(b"one"));
        assert_ne!(key.sign(b"one"), key.sign(b"two"));
        assert_ne!(key.sign(b"one"), other.sign(b"one"));
    }
}

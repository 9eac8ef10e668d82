//! What is said about a visit: why somebody comes, and the notes. Sealed under the key of its patient.

use std::collections::HashMap;

use domain_types::auth::Role;
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::repo::VisitRow;
use crate::{
    access::{Person, opened_in_emergency},
    db,
    error::{Error, Result},
    patient_keys::{self, DataKey, Place},
    services::Services,
};

/// Where the reason of a visit stands.
pub(crate) const fn reason_of(reference: &str) -> Place<'_> {
    Place { table: "appointment", column: "sealed_reason", row: reference }
}

/// Where the notes of a visit stand.
pub(crate) const fn notes_of(reference: &str) -> Place<'_> {
    Place { table: "appointment", column: "sealed_notes", row: reference }
}

/// A patient whose record is open in an emergency.
#[derive(FromQueryResult)]
struct Opened {
    patient_id: i64,
}

/// Opens what is said about some visits, as far as somebody may read it.
pub(super) struct Words {
    keys: HashMap<i64, DataKey>,
}

impl Words {
    /// With the keys of the patients of these visits, fetched at once. What somebody says about their health is not for
    /// administrators: they get no key, but for those whose record they opened in an emergency.
    pub async fn of(
        services: &Services,
        db: &impl ConnectionTrait,
        reader: &Person,
        rows: &[VisitRow],
    ) -> Result<Self> {
        let keys = match reader.role() {
            Role::Admin => {
                let opened: Vec<Opened> = db::all(db, &opened_in_emergency(reader, services.now())).await?;
                patient_keys::find(services, db, opened.into_iter().map(|row| row.patient_id)).await?
            }
            Role::Patient | Role::Doctor => {
                patient_keys::find(services, db, rows.iter().map(|row| row.patient_id)).await?
            }
        };
        Ok(Self { keys })
    }

    /// Why the patient comes; `None` for whoever may not read it, and when the patient's key was erased.
    ///
    /// # Errors
    /// Internal, when it was changed, or moved here from another visit.
    pub fn reason(&self, row: &VisitRow) -> Result<Option<String>> {
        self.open(row, reason_of(&row.reference), &row.sealed_reason)
    }

    /// The notes of the visit, in the same way.
    ///
    /// # Errors
    /// As for [`Words::reason`].
    pub fn notes(&self, row: &VisitRow) -> Result<Option<String>> {
        let sealed = row.sealed_notes.as_ref();
        Ok(sealed.map(|sealed| self.open(row, notes_of(&row.reference), sealed)).transpose()?.flatten())
    }

    fn open(&self, row: &VisitRow, place: Place<'_>, sealed: &[u8]) -> Result<Option<String>> {
        let Some(key) = self.keys.get(&row.patient_id) else { return Ok(None) };
        let plain = key.open(place, sealed)?;
        let text = str::from_utf8(&plain).map_err(Error::caused("what was said about a visit is no text"))?;
        Ok(Some(text.to_owned()))
    }
}

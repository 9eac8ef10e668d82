//! What a signature stands for.

use domain_types::records::{Content, LabValue, RecordType};
use serde::Serialize;

use crate::{
    error::{Error, Result},
    patient_keys::DataKey,
};

/// Everything that is signed with an entry, in the order of its writing.
#[derive(Serialize)]
pub(crate) struct Signed<'a> {
    pub reference: &'a str,
    pub kind: RecordType,
    /// `YYYY-MM-DD`
    pub date: &'a str,
    pub content: &'a Content,
    /// Of a laboratory report.
    pub results: &'a [&'a LabValue],
}

impl Signed<'_> {
    /// The keyed hash under the patient's key: whoever has only the database can make none.
    ///
    /// # Errors
    /// Never for what can be read.
    pub(crate) fn hash(&self, key: &DataKey) -> Result<String> {
        let words = serde_json::to_string(self).map_err(Error::caused("an entry could not be written down"))?;
        Ok(key.sign(&words))
    }
}

//! The clinic as it stands when an act begins.

use std::{ops::Deref, sync::Arc};

use jiff::{Timestamp, civil::Date};

use crate::{reference::Reference, settings::Settings, time::Labels};

/// Settings, kinds of visit and hours, the time, and the words for it. An act takes it once, so that its first and its
/// last line speak of the same clinic at the same instant.
#[derive(Clone, Debug)]
pub(crate) struct Moment {
    pub now: Timestamp,
    /// Words for instants and dates, seen from `now`.
    pub labels: Labels,
    reference: Arc<Reference>,
}

impl Moment {
    pub(crate) fn new(now: Timestamp, reference: Arc<Reference>) -> Self {
        Self { now, labels: reference.settings.labels(now), reference }
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.reference.settings
    }

    /// The day that it is in the clinic.
    pub(crate) fn today(&self) -> Date {
        self.labels.today()
    }
}

impl Deref for Moment {
    type Target = Reference;

    fn deref(&self) -> &Reference {
        &self.reference
    }
}

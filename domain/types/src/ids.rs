//! One type per kind of id, so that a doctor's id cannot be passed where a patient's belongs.
//!
//! Ids are database identities. People see references (`APT-7K3M9Q2X`); safety never rests on an id being hard to guess.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A person who can sign in.
    UserId;
    /// The patient side of a person.
    PatientId;
    /// The doctor side of a person.
    DoctorId;
    /// A booked visit.
    AppointmentId;
    /// A kind of visit: its length and the buffer after it.
    VisitTypeId;
    /// An entry of the medical record.
    RecordId;
    /// One result of a laboratory report.
    LabResultId;
    /// What a doctor is told at once.
    DoctorNoticeId;
    /// Somebody opened a record in an emergency.
    EmergencyId;
    /// One event of the audit trail.
    AuditEventId;
    /// A patient’s question about a look at their record.
    AccessQuestionId;
    /// One sign-in of one device: its family of refresh tokens.
    SessionId;
}

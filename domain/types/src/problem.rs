//! What went wrong, in a form that both front doors can render and that never carries patient data.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

/// Sentences by field name.
pub type FieldErrors = BTreeMap<String, Vec<String>>;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $wire:literal, $status:literal, $title:literal;)*) => {
        /// The closed list of what can go wrong. Its wire form is `UPPER_SNAKE_CASE` (`token_not_valid` apart, which
        /// older clients know in this form).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum ProblemCode { $($(#[$doc])* #[serde(rename = $wire)] $name,)* }

        impl ProblemCode {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The form on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str { match self { $(Self::$name => $wire,)* } }

            /// The HTTP status that goes with it.
            #[must_use]
            pub const fn status(self) -> u16 { match self { $(Self::$name => $status,)* } }

            /// A short title, the same for every occurrence.
            #[must_use]
            pub const fn title(self) -> &'static str { match self { $(Self::$name => $title,)* } }
        }
    };
}

codes! {
    /// The JSON, form or query could not be parsed at all.
    BadRequest = "BAD_REQUEST", 400, "The request could not be read";
    /// Nobody is signed in, or the credentials are wrong.
    Unauthenticated = "UNAUTHENTICATED", 401, "Please sign in";
    /// User name or password is wrong; deliberately says no more.
    InvalidCredentials = "INVALID_CREDENTIALS", 401, "Sign-in failed";
    /// The code of the second step is wrong.
    InvalidCode = "INVALID_CODE", 401, "That code is not correct";
    /// An access or refresh token that is expired, revoked, forged or of another kind.
    TokenNotValid = "token_not_valid", 401, "The token is not valid";
    /// The role may never use this.
    Forbidden = "FORBIDDEN", 403, "Not allowed";
    /// Needs a fresh proof of who is asking: see `auth/step-up`.
    StepUpRequired = "STEP_UP_REQUIRED", 403, "Please confirm your identity";
    /// Nobody can open an account by themselves here.
    RegistrationClosed = "REGISTRATION_CLOSED", 403, "Registration is closed";
    /// A write that came from another site.
    CrossSite = "CROSS_SITE", 403, "The request came from another site";
    /// Unknown, or not visible to whoever asks: the two look the same.
    NotFound = "NOT_FOUND", 404, "Not found";
    MethodNotAllowed = "METHOD_NOT_ALLOWED", 405, "Method not allowed";
    /// Someone else has the time.
    SlotTaken = "SLOT_TAKEN", 409, "That time was just taken";
    /// The patient has another visit then.
    PatientBusy = "PATIENT_BUSY", 409, "There is already an appointment at that time";
    /// The step is not possible from the present status.
    InvalidTransition = "INVALID_TRANSITION", 409, "Nothing was changed";
    /// Too late to cancel or move without calling.
    CutoffPassed = "CUTOFF_PASSED", 409, "Too late to change online";
    /// What was signed does not change; it can be completed.
    RecordSigned = "RECORD_SIGNED", 409, "This entry is signed";
    /// It was saved elsewhere since it was opened.
    RecordChanged = "RECORD_CHANGED", 409, "Changed in another window";
    /// The form was drawn for another person than whoever is signed in by now.
    OtherPerson = "OTHER_PERSON", 409, "You are now signed in as someone else";
    /// This account may not be without a second factor.
    SecondFactorRequired = "SECOND_FACTOR_REQUIRED", 409, "This account needs a second factor";
    /// What was sent took too long to arrive.
    RequestTimeout = "REQUEST_TIMEOUT", 408, "It took too long to arrive";
    PayloadTooLarge = "PAYLOAD_TOO_LARGE", 413, "Too much was sent";
    UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE", 415, "The content type is not supported";
    /// A value that was understood and is not acceptable; `fields` says which and why.
    ValidationError = "VALIDATION_ERROR", 422, "There is a problem";
    /// The key was used before with another body.
    IdempotencyMismatch = "IDEMPOTENCY_MISMATCH", 422, "The Idempotency-Key was used for another request";
    TooManyRequests = "TOO_MANY_REQUESTS", 429, "Please wait a moment";
    Internal = "INTERNAL", 500, "Something went wrong on our side";
    /// A queue is full or the database is away; worth another try soon.
    Unavailable = "UNAVAILABLE", 503, "Busy at the moment";
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A free time that is offered in place of one that was taken, in the clinic's zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NearestSlot {
    /// `YYYY-MM-DD`
    pub date: String,
    /// `HH:MM`
    pub time: String,
    /// "Tue 1 December, 09:30": for people, who read no dates of machines.
    #[serde(default)]
    pub label: String,
}

/// An error as a person or a program meets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub code: ProblemCode,
    /// One sentence: what happened, and where it helps, what was kept and what to do next.
    pub detail: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: FieldErrors,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nearest_slots: Vec<NearestSlot>,
    /// Names the log lines of this request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// Seconds to wait before another try, with 429 and 503.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}

impl Problem {
    #[must_use]
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            fields: FieldErrors::new(),
            nearest_slots: Vec::new(),
            request_id: None,
            retry_after: None,
        }
    }

    /// One field is wrong; `detail` is the same sentence.
    #[must_use]
    pub fn field(field: &str, sentence: impl Into<String>) -> Self {
        let sentence = sentence.into();
        let mut problem = Self::new(ProblemCode::ValidationError, sentence.clone());
        problem.fields.insert(field.to_owned(), vec![sentence]);
        problem
    }

    /// Several fields are wrong. `None` when none is.
    #[must_use]
    pub fn fields(fields: FieldErrors) -> Option<Self> {
        let mut sentences = fields.values().flatten();
        let first = sentences.next()?.clone();
        let detail = if sentences.next().is_some() { ProblemCode::ValidationError.title().to_owned() } else { first };
        let mut problem = Self::new(ProblemCode::ValidationError, detail);
        problem.fields = fields;
        Some(problem)
    }

    #[must_use]
    pub const fn status(&self) -> u16 {
        self.code.status()
    }

    #[must_use]
    pub const fn title(&self) -> &'static str {
        self.code.title()
    }

    /// The first sentence for a field, if it is wrong.
    #[must_use]
    pub fn for_field(&self, field: &str) -> Option<&str> {
        self.fields.get(field)?.first().map(String::as_str)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.detail)
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_the_same_in_json_and_in_text() {
        for code in ProblemCode::ALL {
            assert_eq!(serde_json::to_string(code).unwrap(), format!("\"{}\"", code.as_str()));
            assert!((400..600).contains(&code.status()), "{code}");
        }
    }

    #[test]
    fn a_single_wrong_field_gives_its_sentence_as_the_detail() {
        let problem = Problem::field("reason", "Enter what the appointment is for.");
        assert_eq!(problem.detail, "Enter what the appointment is for.");
        assert_eq!(problem.for_field("reason"), Some("Enter what the appointment is for."));
        assert!(Problem::fields(FieldErrors::new()).is_none());
    }
}

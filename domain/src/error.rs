//! What can go wrong inside the rules, and how it is told.

use std::error::Error as StdError;

use domain_types::{
    FieldErrors, NearestSlot, Problem, ProblemCode,
    appointments::{AppointmentStatus, VisitAction},
    auth::Role,
};
use sea_orm::{DbErr, RuntimeErr, sqlx};

/// When to come back after the database was away, in seconds.
const AWAY_FOR: u32 = 5;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failed act, with its causes. [`Error::to_problem`] is the form for whoever asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("nobody is signed in")]
    Unauthenticated,
    #[error("user name or password is wrong")]
    InvalidCredentials,
    #[error("the code of the second step is wrong")]
    WrongCode,
    #[error("the token is not valid")]
    TokenNotValid,
    /// The session went on under another id: whoever comes with the old one is nobody, and not signed out.
    #[error("the session was replaced by another")]
    SessionReplaced,
    #[error("a fresh proof of who is asking is needed")]
    StepUpRequired,
    #[error("registration is closed")]
    RegistrationClosed,
    #[error("this account may not be without a second factor")]
    SecondFactorRequired,
    /// Too many wrong guesses; `retry_after` is in seconds.
    #[error("too many wrong guesses")]
    TooManyGuesses { retry_after: u32 },
    #[error("the role may never do this")]
    Forbidden,
    /// The same, when it is known whose it is.
    #[error("only the role {needed} may do this, and this is {is}")]
    OtherRole { needed: Role, is: Role },
    /// Nobody is the judge of what they did themselves.
    #[error("a question about their own look")]
    OwnLook,
    /// Unknown and invisible are the same thing to whoever asks.
    #[error("not found")]
    NotFound,
    /// Of a form that names a patient: nobody with this number, or nobody for whom whoever asks may act.
    #[error("no such patient")]
    UnknownPatient,
    /// Several patients could be meant, or one who is called otherwise: the sentence names them.
    #[error("which patient is meant is not clear")]
    WhichPatient(String),
    #[error("invalid input")]
    Invalid(FieldErrors),
    #[error("the slot is taken")]
    SlotTaken(Vec<NearestSlot>),
    #[error("the patient is busy then")]
    PatientBusy(Vec<NearestSlot>),
    #[error("{action:?} is not possible from {from}")]
    InvalidTransition { from: AppointmentStatus, action: VisitAction, why: String },
    #[error("a visit that is {0} cannot be moved")]
    NotMovable(AppointmentStatus),
    #[error("too late to change online")]
    CutoffPassed { hours: i64, phone: String },
    /// What is signed does not change.
    #[error("the entry is signed")]
    RecordSigned,
    /// Somebody saved it meanwhile, in another window perhaps.
    #[error("the entry was changed meanwhile")]
    RecordChanged,
    #[error("the idempotency key was used for another request")]
    IdempotencyMismatch,
    #[error("busy")]
    Busy { retry_after: u32 },
    /// The database is away, has no room, or would not keep what is written.
    #[error("the database cannot be used: {0}")]
    Away(&'static str),
    /// Two transactions got in each other's way; the same act may well succeed now.
    #[error("lost a race in the database")]
    Contention(#[source] DbErr),
    #[error("database: {0}")]
    Database(#[source] DbErr),
    #[error("{what}")]
    Internal { what: &'static str, source: Option<Box<dyn StdError + Send + Sync>> },
}

impl Error {
    /// One field is wrong.
    #[must_use]
    pub fn field(field: &str, sentence: impl Into<String>) -> Self {
        Self::Invalid(FieldErrors::from([(field.to_owned(), vec![sentence.into()])]))
    }

    /// Whether somebody was kept from something that is not theirs, or not theirs now.
    #[must_use]
    pub const fn is_denial(&self) -> bool {
        matches!(
            self,
            Self::NotFound
                | Self::UnknownPatient
                | Self::WhichPatient(_)
                | Self::Forbidden
                | Self::OtherRole { .. }
                | Self::OwnLook
                | Self::StepUpRequired
        )
    }

    #[must_use]
    pub const fn internal(what: &'static str) -> Self {
        Self::Internal { what, source: None }
    }

    /// For `map_err`: an internal failure with its cause.
    pub fn caused<E: StdError + Send + Sync + 'static>(what: &'static str) -> impl Fn(E) -> Self {
        move |source| Self::Internal { what, source: Some(Box::new(source)) }
    }

    /// What is told. A failure of ours is logged here, once, and told in general words.
    #[must_use]
    pub fn to_problem(&self) -> Problem {
        use ProblemCode as Code;
        match self {
            Self::Unauthenticated => Problem::new(Code::Unauthenticated, "Please sign in first."),
            Self::InvalidCredentials => {
                Problem::new(Code::InvalidCredentials, "The user name or password is wrong. Check both and try again.")
            }
            Self::WrongCode => Problem::new(
                Code::InvalidCode,
                "It may have been used already. Check it, or wait for the next one, and try again.",
            ),
            Self::TokenNotValid | Self::SessionReplaced => {
                Problem::new(Code::TokenNotValid, "The token is invalid or has expired.")
            }
            Self::StepUpRequired => Problem::new(
                Code::StepUpRequired,
                "Confirm your password, or enter a code from your authenticator app.",
            ),
            Self::RegistrationClosed => Problem::new(
                Code::RegistrationClosed,
                "The clinic creates accounts. Please call or ask at the front desk.",
            ),
            Self::SecondFactorRequired => Problem::new(
                Code::SecondFactorRequired,
                "Staff must sign in with a second factor. You can replace the app, but not turn it off.",
            ),
            Self::TooManyGuesses { retry_after } => Problem {
                retry_after: Some(*retry_after),
                ..Problem::new(Code::TooManyRequests, too_many_guesses(*retry_after))
            },
            Self::Forbidden => Problem::new(Code::Forbidden, "Your account does not have access to this."),
            Self::OtherRole { needed, is } => Problem::new(Code::Forbidden, needed.told_to(*is)),
            Self::OwnLook => Problem::new(
                Code::Forbidden,
                "This question is about your own access. Another administrator must answer it.",
            ),
            Self::NotFound => Problem::new(Code::NotFound, "It does not exist, or you don’t have access."),
            Self::UnknownPatient => Problem::field("patient", "Patient not found."),
            Self::WhichPatient(sentence) => Problem::field("patient", sentence.clone()),
            Self::Invalid(fields) => Problem::fields(fields.clone())
                .unwrap_or_else(|| Problem::new(Code::ValidationError, Code::ValidationError.title())),
            Self::SlotTaken(nearest) => Problem {
                nearest_slots: nearest.clone(),
                ..Problem::new(Code::SlotTaken, "That time is no longer free. Please choose another.")
            },
            Self::PatientBusy(nearest) => Problem {
                nearest_slots: nearest.clone(),
                ..Problem::new(
                    Code::PatientBusy,
                    "There is already an appointment at that time. Please choose another time.",
                )
            },
            Self::InvalidTransition { why, .. } => Problem::new(Code::InvalidTransition, why.clone()),
            Self::NotMovable(status) => Problem::new(
                Code::InvalidTransition,
                format!("This appointment is {} and can no longer be moved.", status.label().to_lowercase()),
            ),
            Self::CutoffPassed { hours, phone } => Problem::new(
                Code::CutoffPassed,
                format!("Appointments can be changed online until {hours} hours before. Please call {phone}."),
            ),
            Self::RecordSigned => {
                Problem::new(Code::RecordSigned, "After signing it cannot be changed. You can add an addendum.")
            }
            Self::RecordChanged => Problem::new(
                Code::RecordChanged,
                "It was saved in another window after you opened it. Open it again: what you typed here was not saved.",
            ),
            Self::IdempotencyMismatch => {
                Problem::new(Code::IdempotencyMismatch, "This Idempotency-Key was used with another request.")
            }
            Self::Busy { retry_after } => Problem {
                retry_after: Some(*retry_after),
                ..Problem::new(Code::Unavailable, "SecureMed is busy right now. Please try again in a moment.")
            },
            Self::Away(_) => {
                tracing::error!(error = %self, "failed");
                Problem {
                    retry_after: Some(AWAY_FOR),
                    ..Problem::new(
                        Code::Unavailable,
                        "SecureMed cannot reach its data right now. Please try again in a moment.",
                    )
                }
            }
            Self::Contention(_) => {
                tracing::warn!(error = %Chain(self), "gave up after losing several races in the database");
                Problem {
                    retry_after: Some(1),
                    ..Problem::new(Code::Unavailable, "That did not work. Nothing was changed. Please try again.")
                }
            }
            Self::Database(_) | Self::Internal { .. } => {
                tracing::error!(error = %Chain(self), "failed");
                Problem::new(Code::Internal, "Something went wrong on our side. Nothing was changed.")
            }
        }
    }
}

fn too_many_guesses(seconds: u32) -> String {
    let wait = match seconds {
        0..=90 => format!("{seconds} seconds"),
        91..=5_400 => format!("{} minutes", seconds.div_ceil(60)),
        _ => format!("{} hours", seconds.div_ceil(3_600)),
    };
    format!("Too many wrong attempts. Please wait {wait} and try again.")
}

/// An error with all its causes on one line.
struct Chain<'a>(&'a (dyn StdError + 'static));

impl std::fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match constraint(&error).as_deref() {
            Some("appointment_doctor_free") => Self::SlotTaken(Vec::new()),
            Some("appointment_patient_free") => Self::PatientBusy(Vec::new()),
            Some("user_username_taken") => Self::field("username", "This user name is taken. Choose another."),
            // PostgreSQL's text cannot hold a NUL character (22021): whoever sent one is told, whichever field it was.
            _ if has_code(&error, &["22021"]) => {
                Self::field("text", "What you sent contains a character that we cannot store.")
            }
            _ if is_contention(&error) => Self::Contention(error),
            _ if is_full(&error) => {
                tracing::warn!(error = %error, "the database has no room");
                Self::Away("there is no room for what is to be written")
            }
            _ if is_absence(&error) => {
                tracing::warn!(error = %error, "the database did not answer");
                Self::Away("it did not answer")
            }
            _ => Self::Database(error),
        }
    }
}

/// What a form complains about.
impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Invalid(problem.fields)
    }
}

impl From<jiff::Error> for Error {
    fn from(error: jiff::Error) -> Self {
        Self::Internal { what: "a time could not be computed", source: Some(Box::new(error)) }
    }
}

fn sqlx_error(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error))
        | DbErr::Conn(RuntimeErr::SqlxError(error)) => Some(error),
        _ => None,
    }
}

/// What SQLite says, and the rule that it means.
const RAISED: [(&str, &str); 3] = [
    ("appointment_doctor_free", "appointment_doctor_free"),
    ("appointment_patient_free", "appointment_patient_free"),
    ("UNIQUE constraint failed: user.username", "user_username_taken"),
];

/// The name of the violated rule: PostgreSQL tells it, SQLite's triggers raise it as their message.
fn constraint(error: &DbErr) -> Option<String> {
    let sqlx::Error::Database(error) = sqlx_error(error)? else { return None };
    if let Some(name) = error.constraint() {
        return Some(name.to_owned());
    }
    let message = error.message();
    RAISED.into_iter().find(|(said, _)| message.contains(said)).map(|(_, name)| name.to_owned())
}

/// Deadlock (40P01), serialization failure (40001), SQLite's BUSY and LOCKED with their extended codes.
fn is_contention(error: &DbErr) -> bool {
    has_code(error, &["40P01", "40001", "5", "6", "261", "262", "517"])
}

fn code(error: &DbErr) -> Option<String> {
    let Some(sqlx::Error::Database(error)) = sqlx_error(error) else { return None };
    error.code().map(Into::into)
}

fn has_code(error: &DbErr, codes: &[&str]) -> bool {
    code(error).is_some_and(|code| codes.contains(&code.as_str()))
}

/// SQLite's primary result code, of which the last byte of an extended one consists (<https://sqlite.org/rescode.html>).
/// PostgreSQL's codes have five characters.
fn sqlite_code(error: &DbErr) -> Option<u32> {
    let code = code(error).filter(|code| code.len() < 5)?;
    code.parse::<u32>().ok().map(|code| code & 0xff)
}

/// There is no room: PostgreSQL's `disk_full` (53100), SQLite's FULL (13), and its IOERR on a write (778), which is how
/// some file systems say it.
pub(crate) fn is_full(error: &DbErr) -> bool {
    has_code(error, &["53100", "778"]) || sqlite_code(error) == Some(13)
}

/// The server is away, has no connection left, or cannot work: PostgreSQL's classes 08 (connection), 53 (resources), 58
/// (system) and 57P (shutting down), 57014 (a statement took too long), 25006 (a standby); SQLite's NOMEM, READONLY, IOERR
/// and CANTOPEN.
fn is_absence(error: &DbErr) -> bool {
    let gone = matches!(error, DbErr::ConnectionAcquire(_))
        || matches!(
            sqlx_error(error),
            Some(sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed)
                | Some(sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::Tls(_))
        );
    let server = |code: &str| ["08", "53", "58", "57P"].iter().any(|class| code.starts_with(class));
    gone || matches!(sqlite_code(error), Some(7 | 8 | 10 | 14))
        || has_code(error, &["57014", "25006"])
        || code(error).is_some_and(|code| code.len() == 5 && server(&code))
}

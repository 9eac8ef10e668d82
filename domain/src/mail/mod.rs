//! Mail: written into the outbox in the transaction of what it tells, sent later by a job.
//!
//! Rules:
//! - A message exists exactly when its act was committed; a rolled-back act is never mailed.
//! - At least once: a message is tried until it went out or ten tries failed; its Message-ID never changes, so that
//!   a mail system can drop a second copy.
//! - A link or code that works for whoever reads it is stored sealed, and forgotten once it was sent.
//! - Nobody's mailbox is flooded: of what a stranger can cause, an address gets few of a kind an hour
//!   (`auth/requests.rs`).
//! - No clinical words in any message: a mailbox is not a medical record.
//!
//! Who may do what: nobody reads the outbox, except in the demo clinic, where its mailbox stands open.

mod account_mail;
mod advice;
mod calendar;
mod delivery;
mod links;
mod look_mail;
mod mailer;
mod outbox;
mod record_mail;
mod templates;

pub(crate) use account_mail::{AccountMail, AccountNews};
pub(crate) use advice::{BRING, HowToChange};
pub(crate) use calendar::CalendarEntry;
pub use calendar::CalendarFile;
pub use delivery::deliver_due;
pub(crate) use look_mail::LookMail;
pub use mailer::{Mailer, SentMail};
pub use outbox::demo_mailbox;
pub(crate) use outbox::{Recipient, queue, written_since};
pub(crate) use record_mail::{RecordMail, RecordNews};
pub(crate) use templates::{VisitMail, VisitNews};

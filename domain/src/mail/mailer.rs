//! How messages leave: over SMTP, into files, or into memory for tests.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use entity::outbox_message;
use lettre::{
    AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Attachment, Mailbox, MultiPart, SinglePart, header::ContentType},
};

use super::CalendarFile;

/// A message that an in-memory mailer "sent".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentMail {
    pub to: String,
    pub subject: String,
    pub body: String,
    pub calendar: Option<CalendarFile>,
    pub message_id: String,
}

/// Where messages go.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

#[derive(Clone)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Files(AsyncFileTransport<Tokio1Executor>),
    Memory(Arc<Memory>),
}

#[derive(Default)]
struct Memory {
    sent: Mutex<Vec<SentMail>>,
    is_down: std::sync::atomic::AtomicBool,
}

/// A message could not be handed over; the text says why and holds no address.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct NotSent(String);

impl Mailer {
    /// Over SMTP: `smtp://host:port`, `smtps://user:password@host`, `smtp://…?tls=required`.
    ///
    /// # Errors
    /// A sentence for whoever configures SecureMed, without the URL's secrets.
    pub fn smtp(url: &str, from: &str) -> Result<Self, String> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| "is not an SMTP address such as smtps://user:password@host".to_owned())?
            .timeout(Some(Duration::from_secs(20)))
            .build();
        Ok(Self { from: mailbox(from)?, way: Way::Smtp(transport) })
    }

    /// One `.eml` file for each message.
    ///
    /// # Errors
    /// When the sender's address cannot be read or the folder cannot be made.
    pub fn files(folder: PathBuf, from: &str) -> Result<Self, String> {
        std::fs::create_dir_all(&folder).map_err(|error| format!("cannot make the mail folder: {error}"))?;
        Ok(Self { from: mailbox(from)?, way: Way::Files(AsyncFileTransport::new(folder)) })
    }

    /// Into memory, for tests.
    ///
    /// # Errors
    /// Never; the sender's address is our own.
    pub fn memory() -> Result<Self, String> {
        Ok(Self { from: mailbox("SecureMed <no-reply@clinic.example>")?, way: Way::Memory(Arc::default()) })
    }

    /// What an in-memory mailer sent so far.
    #[must_use]
    pub fn sent(&self) -> Vec<SentMail> {
        match &self.way {
            Way::Memory(memory) => memory.sent.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            Way::Smtp(_) | Way::Files(_) => Vec::new(),
        }
    }

    /// Makes an in-memory mailer refuse everything, or accept again.
    pub fn set_down(&self, is_down: bool) {
        if let Way::Memory(memory) = &self.way {
            memory.is_down.store(is_down, std::sync::atomic::Ordering::SeqCst);
        }
    }

    /// Hands a message over; `text` is its body with the secret words in their places.
    pub(crate) async fn send(&self, message: &outbox_message::Model, text: String) -> Result<(), NotSent> {
        let mail = self.compose(message, text.clone())?;
        match &self.way {
            Way::Smtp(transport) => transport.send(mail).await.map(drop).map_err(|e| NotSent(smtp_reason(&e))),
            Way::Files(transport) => transport.send(mail).await.map(drop).map_err(|e| NotSent(e.to_string())),
            Way::Memory(memory) => {
                if memory.is_down.load(std::sync::atomic::Ordering::SeqCst) {
                    return Err(NotSent("the mail server is down".into()));
                }
                memory.sent.lock().unwrap_or_else(PoisonError::into_inner).push(SentMail {
                    to: message.to_address.clone(),
                    subject: message.subject.clone(),
                    body: text,
                    calendar: calendar_of(message),
                    message_id: message.message_id.clone(),
                });
                Ok(())
            }
        }
    }

    fn compose(&self, message: &outbox_message::Model, text: String) -> Result<Message, NotSent> {
        let unreadable = |_| NotSent("the recipient's address cannot be read".into());
        let name = Some(message.to_name.clone()).filter(|name| !name.is_empty());
        let to = Mailbox::new(name, message.to_address.parse().map_err(unreadable)?);
        let builder = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(message.subject.clone())
            .message_id(Some(message.message_id.clone()));
        let text = SinglePart::plain(text);
        let composed = match calendar_of(message) {
            None => builder.singlepart(text),
            Some(calendar) => {
                let kind = ContentType::parse("text/calendar; charset=utf-8; method=PUBLISH")
                    .map_err(|_| NotSent("the calendar's media type cannot be read".into()))?;
                let file = Attachment::new(calendar.name).body(calendar.text, kind);
                builder.multipart(MultiPart::mixed().singlepart(text).singlepart(file))
            }
        };
        composed.map_err(|error| NotSent(error.to_string()))
    }
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.way {
            Way::Smtp(_) => "Mailer::Smtp",
            Way::Files(_) => "Mailer::Files",
            Way::Memory(_) => "Mailer::Memory",
        })
    }
}

fn calendar_of(message: &outbox_message::Model) -> Option<CalendarFile> {
    let (name, text) = message.calendar_name.clone().zip(message.calendar.clone())?;
    Some(CalendarFile { name, text })
}

fn mailbox(from: &str) -> Result<Mailbox, String> {
    from.parse().map_err(|_| "is not a sender such as Clinic <no-reply@clinic.example>".to_owned())
}

/// Why SMTP failed, without the server's text: it may repeat the recipient's address.
fn smtp_reason(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("the mail server answered {code}"),
        None if error.is_timeout() => "the mail server did not answer in time".into(),
        None => "the mail server could not be reached".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_carries_its_calendar_file_under_its_own_name() {
        let at = time::OffsetDateTime::UNIX_EPOCH;
        let message = outbox_message::Model {
            id: 1,
            kind: "visit_booked".into(),
            to_address: "maya@example.org".into(),
            to_name: "Maya Okafor".into(),
            subject: "Your appointment is booked".into(),
            body_text: "See you soon.".into(),
            calendar_name: Some("APT-7K3M9Q2X.ics".into()),
            calendar: Some("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".into()),
            message_id: "<1@example.org>".into(),
            created_at: at,
            due_at: at,
            attempts: 0,
            leased_until: None,
            sent_at: None,
            failed_at: None,
            last_error: None,
            sealed_words: None,
        };
        let sent = Mailer::memory().unwrap().compose(&message, message.body_text.clone()).unwrap().formatted();
        let sent = String::from_utf8(sent).unwrap();
        assert!(sent.contains("filename=\"APT-7K3M9Q2X.ics\""), "{sent}");
        assert!(sent.contains("text/calendar; charset=utf-8; method=PUBLISH"), "{sent}");
    }
}

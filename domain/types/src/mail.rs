//! The demo mailbox: what would have been mailed.

use serde::{Deserialize, Serialize};

use crate::appointments::When;

/// A message that SecureMed wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailView {
    pub id: i64,
    pub to: String,
    pub subject: String,
    pub written: When,
    pub body: Vec<MailPart>,
    pub is_sent: bool,
    /// The attached file for a calendar: `APT-7K3M9Q2X.ics`.
    pub calendar_name: Option<String>,
}

/// A piece of a message's text; together they are the whole text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailPart {
    Text(String),
    /// An address of this SecureMed. No other address becomes a link.
    Link(String),
}

//! The demo mailbox: what would have been mailed.

use serde::{Deserialize, Serialize};

/// A message that SecureMed wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailView {
    pub id: i64,
    pub to: String,
    pub subject: String,
    /// "Tue 1 December, 09:30"
    pub written: String,
    pub body: String,
    pub is_sent: bool,
    pub has_calendar: bool,
}

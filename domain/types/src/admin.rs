//! What administrators see.

use serde::{Deserialize, Serialize};

use crate::{appointments::When, auth::Role, ids::UserId, page::PageRequest};

/// Which users are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserFilter {
    pub role: Option<Role>,
    /// Words of a name or a user name, a reference, a day of birth, a whole e-mail address.
    pub search: Option<String>,
    pub page: PageRequest,
}

/// A user in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRow {
    pub id: UserId,
    pub username: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub is_active: bool,
    /// "Tue 1 December 2026"
    pub joined: String,
    /// When they ever signed in.
    pub last_sign_in: Option<When>,
}

/// What the clinic looks like today, counted from rows.
///
/// The visits are those that hold their time, so that each number is that of the list from `today` to its last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminOverview {
    pub patients: u64,
    pub doctors: u64,
    pub admins: u64,
    /// `YYYY-MM-DD` in the clinic's zone.
    pub today: String,
    pub visits_today: u64,
    /// The last of the next seven days, of which today is the first.
    pub seventh_day: String,
    pub visits_next_seven_days: u64,
    pub mails_waiting: u64,
    pub mails_failed: u64,
    /// Accesses in an emergency that nobody has reviewed.
    pub emergencies_waiting: u64,
    /// Questions of patients about looks at their records that wait for an answer.
    pub questions_open: u64,
}

/// Why a message has not gone out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    /// It is tried, or tried again, by itself.
    Waiting,
    /// It was given up after the last try.
    Failed,
}

impl MailState {
    pub const ALL: [Self; 2] = [Self::Waiting, Self::Failed];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Failed => "failed",
        }
    }

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The words on screens.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting to be sent",
            Self::Failed => "Not delivered",
        }
    }
}

/// Which unsent messages are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailFilter {
    pub state: Option<MailState>,
    pub page: PageRequest,
}

/// A message that has not gone out, without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailRow {
    pub to_name: String,
    pub to_address: String,
    pub subject: String,
    pub state: MailState,
    pub written: When,
    pub tries: u32,
    /// Unless it was given up.
    pub next_try: Option<When>,
    /// What the mail server said last.
    pub last_error: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_of_mail_read_back() {
        for state in MailState::ALL {
            assert_eq!(MailState::parse(state.as_str()), Some(state));
        }
        assert_eq!(MailState::parse("sent"), None);
    }
}

//! What administrators see.

use serde::{Deserialize, Serialize};

use crate::{auth::Role, ids::UserId, page::PageRequest};

/// Which users are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserFilter {
    pub role: Option<Role>,
    /// Part of a name, user name or e-mail address, in any case.
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
    /// "Tue 1 December, 09:30", when they ever signed in.
    pub last_sign_in: Option<String>,
}

/// What the clinic looks like today, counted from rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminOverview {
    pub patients: u64,
    pub doctors: u64,
    pub admins: u64,
    pub visits_today: u64,
    pub visits_next_seven_days: u64,
    pub mails_waiting: u64,
    pub mails_failed: u64,
}

//! What people and programs see of accounts, sessions and factors.

use serde::{Deserialize, Serialize};

use super::Role;
use crate::{SessionId, UserId, appointments::When};

/// The person who is signed in, as their own client sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserView {
    pub id: UserId,
    pub username: String,
    pub email: String,
    pub role: Role,
    pub mfa_enabled: bool,
}

/// What the page frame needs to know about whoever is looking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    pub role: Role,
    /// "Ana Duarte"
    pub name: String,
    /// When the session ends by itself; `None` for programs.
    pub clock: Option<SessionClock>,
}

/// How long a session of the pages still lasts when nothing more is done in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionClock {
    pub seconds_left: u32,
    /// Whether doing something makes it last longer: not when the longest time of a session is nearly over.
    pub may_extend: bool,
}

/// A registration whose address waits to be confirmed: told to whoever holds the mailed link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingRegistration {
    pub username: String,
    pub email: String,
    /// Somebody else has the user name by now: another has to be chosen.
    pub is_username_taken: bool,
    /// It was made in the browser that asks.
    pub is_own: bool,
    pub made: When,
}

/// An authenticator app that is being set up.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewFactor {
    /// In base 32, for typing.
    pub secret: String,
    /// `otpauth://totp/…`, for the camera.
    pub provisioning_uri: String,
}

impl std::fmt::Debug for NewFactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewFactor(…)")
    }
}

/// How an account is protected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityView {
    pub username: String,
    pub email: String,
    /// Since when the authenticator app is on.
    pub app_since: Option<When>,
    pub recovery_codes_left: u32,
    /// Whether this account may not be without a second factor.
    pub is_app_required: bool,
}

/// One sign-in of one device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    pub id: SessionId,
    /// "Firefox on Linux"
    pub device: String,
    /// The network address it came from.
    pub address: String,
    pub created: When,
    pub last_used: When,
    pub is_current: bool,
}

/// What a new sign-in still needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NextSignInStep {
    /// A code of the authenticator app, or a recovery code.
    Code,
    /// An authenticator app: this account may not be without one.
    Enrolment,
}

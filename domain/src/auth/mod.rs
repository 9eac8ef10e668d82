//! Accounts: opening one, signing in and out, sessions, second factors.
//!
//! Rules:
//! - An account comes into being when its e-mail address is confirmed; a registration can do nothing but that.
//! - User name or e-mail address, and a password; one answer for every failure, one hash on every path.
//! - Guesses are counted before they are judged: at a name from the fifth, from a network from the thirtieth the next has
//!   to wait, whether the name belongs to somebody or not. A stranger's guesses never shut the owner out.
//! - Whether an address or a user name belongs to somebody is told to whoever reads the mail, and to nobody else.
//! - Whoever has an authenticator app needs a code of it, or a recovery code; each works once. Staff need one.
//! - A sign-in is a session: one family of refresh tokens. The access token (EdDSA, ten minutes) names the session,
//!   and the session is looked up on every request, so that ending it ends the access token too.
//! - A refresh token works once and is exchanged for a new pair. Used again within ten seconds it is a lost answer and
//!   gets another pair; used again later it is a theft and ends the whole family.
//! - Sessions of the pages end after a while without a request. A new password or another app ends all others; another
//!   role, a disabled account, end all.
//! - What must not happen by a browser left open takes a [`crate::access::RecentlyVerified`].
//! - Patients read and change their own profile; every look at it and every change is in the trail.
//! - The owner is mailed about every change to how they prove who they are.
//!
//! Who may do what: everybody may register, sign in and ask for a new password; whoever is signed in may change what is
//! theirs. A profile has who is a patient, and nobody else.

mod device;
mod enrolment;
mod factors;
mod famous_phrases;
mod guessing;
mod keys;
mod login;
mod network;
mod notices;
mod password_change;
mod password_reset;
mod password_rules;
mod passwords;
mod policy_acceptance;
mod profile;
mod recovery_codes;
mod registration;
mod repo;
mod requests;
mod second_step;
mod session_list;
mod sessions;
mod step_up;
mod tokens;
mod totp;
mod upkeep;
mod verification;

pub use enrolment::{Enrolled, confirm_enrolment, enrolment};
pub use factors::{begin_factor, confirm_factor, pending_factor, remove_factor, renew_recovery_codes, security};
pub(crate) use keys::TokenKeys;
pub use keys::{PublicKey, public_keys, rotate_aged_keys, rotate_keys};
#[cfg(feature = "seed")]
pub(crate) use login::POLICY_VERSION;
pub use login::{SignInOutcome, SignedIn, Ticket, me, sign_in};
pub use password_change::change_password;
pub use password_reset::{may_reset_password, request_password_reset, reset_password};
pub use password_rules::password_advice;
#[cfg(feature = "seed")]
pub(crate) use passwords::typed as typed_password;
pub use passwords::{PasswordCost, Passwords};
pub use policy_acceptance::{accept_policy, policy_is_pending};
pub use profile::{change_profile, profile};
pub use registration::{register, registration_is_open};
pub use requests::answer_requests;
pub use second_step::finish_sign_in;
pub use session_list::{end_other_sessions, end_session, sessions};
#[cfg(feature = "testing")]
pub(crate) use sessions::mint_session;
pub use sessions::{Activity, Device, SessionKind, Tokens, authenticate, refresh, sign_out};
pub use step_up::{FRESH, SteppedUp, step_up, step_up_in_place};
pub use tokens::ACCESS_LIFETIME;
#[cfg(feature = "testing")]
pub(crate) use tokens::sign_anything;
#[cfg(feature = "testing")]
pub(crate) use totp::code as app_code;
pub use upkeep::{forget_expired, reseal};
pub use verification::{pending_registration, resend_verification, verify_email};

//! Signing in and out.
//!
//! Rules:
//! - User name or e-mail address, and a password; one answer for every failure, one hash on every path.
//! - A sign-in is a session: one family of refresh tokens. The access token (EdDSA, ten minutes) names the session,
//!   and the session is looked up on every request, so that ending it ends the access token too.
//! - A refresh token works once and is exchanged for a new pair. Used again within ten seconds it is a lost answer and
//!   gets another pair; used again later it is a theft and ends the whole family.
//! - Disabled and unverified people cannot sign in, and their sessions stop at once.
//!
//! Who may do what: everybody may sign in, whoever is signed in may sign out and read their own account.

mod login;
mod passwords;
mod repo;
mod sessions;
mod tokens;

#[cfg(feature = "seed")]
pub(crate) use login::POLICY_VERSION;
pub(crate) use login::me_row;
pub use login::{SignedIn, me, sign_in};
pub use passwords::{PasswordCost, Passwords};
#[cfg(feature = "testing")]
pub(crate) use sessions::mint_session;
pub use sessions::{Device, REST_SESSION, SessionKind, Tokens, WEB_SESSION, authenticate, refresh, sign_out};
pub use tokens::ACCESS_LIFETIME;
pub(crate) use tokens::TokenKeys;

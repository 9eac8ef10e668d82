//! Accounts: opening one, signing in and out, and looking after one's own.

use leptos::server_fn::ServerFn;

use self::server_fns::{
    ConfirmEnrolment, FinishSignIn, GetPasswordAdvice, Register, RequestReset, ResendVerification, ResetPassword,
    SignIn, VerifyEmail,
};

/// The page that warns of the end of a session where no script runs.
pub const SESSION_ENDING: &str = "/session-ending";
/// The page on which somebody agrees to the privacy policy after signing in.
pub const ACCEPT_POLICY: &str = "/accept-policy";
/// Password, authenticator app and recovery codes.
const SECURITY: &str = "/account/security";
/// Where an authenticator app is set up.
const APP: &str = "/account/app";
/// Where one is turned off.
const APP_OFF: &str = "/account/app/off";
/// Where recovery codes are shown once, and made anew.
const RECOVERY_CODES: &str = "/account/recovery-codes";
/// What the clinic knows of a patient beside the record.
const PROFILE: &str = "/account/profile";
/// Where somebody is signed in.
const SESSIONS: &str = "/account/sessions";
/// Where an address is confirmed.
const VERIFY_EMAIL: &str = "/verify-email";

/// Forms of people who are not signed in, whose proof is in the form: whoever is signed in meanwhile, they are about the
/// person who is named in them.
pub const PROVE_THEMSELVES: [&str; 9] = [
    SignIn::PATH,
    FinishSignIn::PATH,
    ConfirmEnrolment::PATH,
    Register::PATH,
    VerifyEmail::PATH,
    ResendVerification::PATH,
    RequestReset::PATH,
    ResetPassword::PATH,
    GetPasswordAdvice::PATH,
];

mod account;
mod app_set_up;
mod code_page;
mod enrolment_page;
mod other_person_page;
mod password_reset_pages;
mod person_fields;
mod policy_page;
mod register_page;
pub mod server_fns;
mod session_ending_page;
mod sign_in_page;
mod verify_page;

pub use account::*;
pub use code_page::CodePage;
pub use enrolment_page::EnrolmentPage;
pub use other_person_page::OtherPersonPage;
pub use password_reset_pages::{ForgotPasswordPage, ResetPasswordPage};
pub use policy_page::AcceptPolicyPage;
pub use register_page::RegisterPage;
pub use session_ending_page::SessionEndingPage;
pub use sign_in_page::SignInPage;
pub use verify_page::VerifyEmailPage;

//! What people ask of their accounts.

/// The name or e-mail address and password someone typed to sign in.
#[derive(Clone)]
pub struct SignIn {
    pub username: String,
    pub password: String,
}

/// What somebody typed to open an account, unparsed: every field is judged, and told, together.
#[derive(Clone, Default)]
pub struct Register {
    pub username: String,
    pub email: String,
    pub password: String,
    /// `None` where the password can be looked at instead of being typed twice.
    pub password_confirm: Option<String>,
    pub first_name: String,
    pub last_name: String,
    /// `YYYY-MM-DD`, or nothing.
    pub date_of_birth: String,
    /// One of the words of [`Gender`](super::Gender), or nothing.
    pub gender: String,
    pub phone: String,
    pub accepts_policy: bool,
    /// The token of the browser or program that registers; with the one of an earlier try, this one replaces it.
    pub browser: String,
}

/// How a registration is confirmed.
#[derive(Clone)]
pub enum VerifyEmail {
    /// The token of the mailed link.
    Link(String),
    Code {
        email: String,
        code: String,
    },
}

/// What confirms an address, and what is said with it.
#[derive(Clone)]
pub struct ConfirmAddress {
    pub proof: VerifyEmail,
    /// Another user name, when the one that was asked for is taken by now; empty otherwise.
    pub username: String,
    /// The token of the browser or program that registered, if this is it.
    pub browser: Option<String>,
}

impl From<VerifyEmail> for ConfirmAddress {
    fn from(proof: VerifyEmail) -> Self {
        Self { proof, username: String::new(), browser: None }
    }
}

/// What somebody has beyond the password.
#[derive(Clone)]
pub enum SecondProof {
    /// Six digits of the authenticator app.
    Otp(String),
    Recovery(String),
}

/// How somebody proves anew who they are.
#[derive(Clone)]
pub enum Proof {
    Password(String),
    Otp(String),
}

/// Another password, by whoever is signed in.
#[derive(Clone)]
pub struct ChangePassword {
    pub current_password: String,
    pub password: String,
    pub password_confirm: Option<String>,
}

/// Another password, by whoever holds the mailed link.
#[derive(Clone)]
pub struct ResetPassword {
    pub token: String,
    pub password: String,
    pub password_confirm: Option<String>,
}

never_printed!(SignIn, Register, VerifyEmail, ConfirmAddress, SecondProof, Proof, ChangePassword, ResetPassword);

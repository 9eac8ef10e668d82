//! Codes of authenticator apps: TOTP (RFC 6238) with SHA-1, six digits and steps of thirty seconds, which is what every
//! app understands.

use domain_types::auth::NewFactor;
use jiff::Timestamp;
use totp_rs::{Builder, Secret, Totp};
use zeroize::Zeroizing;

use crate::{
    error::{Error, Result},
    secrets::random_bytes,
};

/// 160 bits, as RFC 4226 recommends.
pub(super) const SECRET_BYTES: usize = 20;
/// Who it is for, in the list of an app.
const ISSUER: &str = "SecureMed";
/// Steps by which the clocks may differ, either way.
const DRIFT: u16 = 1;

pub(super) fn new_secret() -> Zeroizing<[u8; SECRET_BYTES]> {
    Zeroizing::new(random_bytes())
}

fn app(secret: &[u8], account: &str) -> Result<Totp> {
    let secret: [u8; SECRET_BYTES] =
        secret.try_into().map_err(|_| Error::internal("a stored second factor has another length"))?;
    Builder::new()
        .with_secret(Secret::new_stack(secret))
        .with_skew(DRIFT)
        .with_account_name(account)
        .with_issuer(Some(ISSUER))
        .build()
        .map_err(|_| Error::internal("an authenticator app refuses its parameters"))
}

/// What an app is set up with.
pub(super) fn set_up(secret: &[u8], account: &str) -> Result<NewFactor> {
    let app = app(secret, account)?;
    Ok(NewFactor {
        secret: app.secret().to_base32(),
        provisioning_uri: app.to_url().map_err(|_| Error::internal("an authenticator app has no address"))?,
    })
}

/// The time step whose code this is, when it is that of now or one beside it.
pub(super) fn matched_step(secret: &[u8], otp: &str, now: Timestamp) -> Result<Option<i64>> {
    let digits: String = otp.chars().filter(|letter| !letter.is_whitespace()).collect();
    let seconds = u64::try_from(now.as_second()).unwrap_or_default();
    let is_code = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let step = app(secret, "account")?.check(&digits, seconds).filter(|_| is_code);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// The code that an app shows, for tests.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn code(secret_base32: &str, now: Timestamp) -> String {
    let secret = Secret::try_from_base32(secret_base32).unwrap_or_else(|_| Secret::new_stack([0; SECRET_BYTES]));
    let seconds = u64::try_from(now.as_second()).unwrap_or_default();
    app(secret.as_bytes(), "account").map(|app| app.generate(seconds).to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// The secret of RFC 6238, appendix B.
    const RFC: &[u8; SECRET_BYTES] = b"12345678901234567890";

    #[rstest]
    #[case(59, "287082")]
    #[case(1_111_111_109, "081804")]
    #[case(1_111_111_111, "050471")]
    #[case(1_234_567_890, "005924")]
    #[case(2_000_000_000, "279037")]
    #[case(20_000_000_000, "353130")]
    fn the_vectors_of_rfc_6238_match(#[case] seconds: i64, #[case] code: &str) {
        let now = Timestamp::from_second(seconds).unwrap();
        assert_eq!(matched_step(RFC, code, now).unwrap(), Some(seconds / 30));
        assert_eq!(matched_step(RFC, &format!("{} {}", &code[..3], &code[3..]), now).unwrap(), Some(seconds / 30));
    }

    #[test]
    fn a_code_works_one_step_early_or_late_and_no_more() {
        let at = |seconds: i64| {
            matched_step(RFC, "050471", Timestamp::from_second(1_111_111_111 + seconds).unwrap()).unwrap()
        };
        let step = 1_111_111_111 / 30;
        assert_eq!([at(-30), at(0), at(30)], [Some(step); 3]);
        assert_eq!([at(-60), at(60)], [None; 2]);
    }

    #[rstest]
    #[case("")]
    #[case("50471")]
    #[case("0050471")]
    #[case("+50471")]
    #[case("-05047")]
    #[case("05047a")]
    #[case("٠٥٠٤٧١")]
    fn what_is_not_six_digits_is_no_code(#[case] otp: &str) {
        let now = Timestamp::from_second(1_111_111_111).unwrap();
        assert_eq!(matched_step(RFC, otp, now).unwrap(), None);
    }

    #[test]
    fn an_app_is_told_who_issues_and_for_whom() {
        let factor = set_up(RFC, "maya").unwrap();
        assert_eq!(factor.secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(factor.provisioning_uri.starts_with("otpauth://totp/SecureMed:maya?"), "{}", factor.provisioning_uri);
        assert!(factor.provisioning_uri.contains("issuer=SecureMed"));
        assert_eq!(format!("{factor:?}"), "NewFactor(…)");
    }
}

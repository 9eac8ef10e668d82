//! The words of messages about accounts: what has to be confirmed, and what happened that its owner must know of.

use std::collections::BTreeMap;

use domain_types::appointments::{ClinicView, When};

use super::outbox::Letter;

/// What happened to an account, or is asked of its owner.
#[derive(Clone, Debug)]
pub(crate) enum AccountNews {
    /// Somebody registered with this address.
    ConfirmAddress {
        username: String,
        token: String,
        code: String,
    },
    /// Somebody registered with an address that has an account already.
    AddressInUse,
    /// Somebody asked for a new password.
    ResetPassword {
        token: String,
    },
    PasswordChanged,
    PasswordReset,
    AppTurnedOn,
    AppReplaced,
    AppTurnedOff,
    RecoveryCodeUsed {
        left: u64,
    },
    RecoveryCodesRenewed,
    /// A browser that this account was not used with before.
    NewDevice {
        device: String,
        address: String,
    },
    /// A refresh token was used twice.
    SessionEndedAsStolen,
}

/// A message about an account.
#[derive(Clone, Debug)]
pub(crate) struct AccountMail<'a> {
    pub news: AccountNews,
    pub first_name: &'a str,
    pub clinic: &'a ClinicView,
    pub when: &'a When,
    pub public_url: &'a str,
}

impl Letter for AccountMail<'_> {
    fn kind(&self) -> &'static str {
        match self.news {
            AccountNews::ConfirmAddress { .. } => "confirm_address",
            AccountNews::AddressInUse => "address_in_use",
            AccountNews::ResetPassword { .. } => "reset_password",
            AccountNews::PasswordChanged | AccountNews::PasswordReset => "password_changed",
            AccountNews::AppTurnedOn | AccountNews::AppReplaced | AccountNews::AppTurnedOff => "second_factor_changed",
            AccountNews::RecoveryCodeUsed { .. } | AccountNews::RecoveryCodesRenewed => "recovery_codes",
            AccountNews::NewDevice { .. } => "new_device",
            AccountNews::SessionEndedAsStolen => "session_stolen",
        }
    }

    fn subject(&self) -> String {
        match self.news {
            AccountNews::ConfirmAddress { .. } => "Confirm your e-mail address",
            AccountNews::AddressInUse => "You already have an account",
            AccountNews::ResetPassword { .. } => "Choose a new password",
            AccountNews::PasswordChanged | AccountNews::PasswordReset => "Your password was changed",
            AccountNews::AppTurnedOn => "Your authenticator app is on",
            AccountNews::AppReplaced => "Your authenticator app was replaced",
            AccountNews::AppTurnedOff => "Your authenticator app was turned off",
            AccountNews::RecoveryCodeUsed { .. } => "A recovery code was used",
            AccountNews::RecoveryCodesRenewed => "You have new recovery codes",
            AccountNews::NewDevice { .. } => "A new sign-in to your account",
            AccountNews::SessionEndedAsStolen => "We signed out one of your sessions",
        }
        .to_owned()
    }

    fn body(&self) -> String {
        let (opening, is_asked) = self.opening();
        let closing = if is_asked {
            "If this was not you, you can ignore this e-mail.".to_owned()
        } else {
            format!(
                "If this was not you, choose a new password at once: {}/forgot-password\nand call us: {}.",
                self.public_url, self.clinic.phone
            )
        };
        // Whoever typed an address may have typed words for its owner where a name belongs: those are not mailed.
        let greeting = match self.news {
            AccountNews::ConfirmAddress { .. } => "Hello".to_owned(),
            _ => format!("Hello {}", self.first_name),
        };
        format!(
            "{greeting},\n\n{opening}\n\n{closing}\n\n{clinic}\n{phone}\n",
            clinic = self.clinic.name,
            phone = self.clinic.phone,
        )
    }

    fn secret_words(&self) -> BTreeMap<&'static str, String> {
        let link = |path: &str, token: &str| format!("{}/{path}?token={token}", self.public_url);
        match &self.news {
            AccountNews::ConfirmAddress { token, code, .. } => {
                BTreeMap::from([("link", link("verify-email", token)), ("code", code.clone())])
            }
            AccountNews::ResetPassword { token } => BTreeMap::from([("link", link("reset-password", token))]),
            _ => BTreeMap::new(),
        }
    }
}

impl AccountMail<'_> {
    /// What happened, and whether it only begins something that its reader has to finish.
    fn opening(&self) -> (String, bool) {
        let when = self.when.zoned();
        let done = |what: &str| (format!("{what} on {when}."), false);
        match &self.news {
            AccountNews::ConfirmAddress { username, .. } => {
                let text = format!(
                    "Someone created an account with this address and the user name “{username}”. To confirm that it \
                     was you, open this link within a day:\n\n[[link]]\n\n\
                     Or enter this code on the page that asks for it, within ten minutes: [[code]]"
                );
                (text, true)
            }
            AccountNews::AddressInUse => {
                let text = format!(
                    "Someone tried to create an account with this address, but you already have one. If it was you, \
                     sign in: {url}/login\nIf you do not remember your password: {url}/forgot-password",
                    url = self.public_url
                );
                (text, true)
            }
            AccountNews::ResetPassword { .. } => {
                let text = "Someone asked for a new password for your account. To choose one, open this link within \
                            30 minutes:\n\n[[link]]\n\nYour password does not change until then.";
                (text.to_owned(), true)
            }
            AccountNews::PasswordChanged => {
                done("Your password was changed, and all your other devices were signed out,")
            }
            AccountNews::PasswordReset => done(
                "Your password was changed with a link that we e-mailed to you, and all your devices were signed out,",
            ),
            AccountNews::AppTurnedOn => {
                done("You now need a code from your authenticator app to sign in. The app was set up")
            }
            AccountNews::AppReplaced => {
                done("Your old authenticator app and its recovery codes no longer work. The app was replaced")
            }
            AccountNews::AppTurnedOff => {
                done("You now sign in with your password only. Your authenticator app was turned off")
            }
            AccountNews::RecoveryCodeUsed { left } => {
                let rest = match left {
                    0 => "You have none left. Please create new ones in your account.".to_owned(),
                    1 => "You have one left.".to_owned(),
                    left => format!("You have {left} left."),
                };
                (format!("A recovery code was used to sign in to your account on {when}. {rest}"), false)
            }
            AccountNews::RecoveryCodesRenewed => done("Your old recovery codes no longer work. New ones were created"),
            AccountNews::NewDevice { device, address } => {
                let text = format!(
                    "Someone signed in to your account on {when} from a device we had not seen before: {device}, network \
                     address {address}. If this was you, you do not need to do anything."
                );
                (text, false)
            }
            AccountNews::SessionEndedAsStolen => {
                let text = format!("We signed out one of your sessions on {when} because it may have been copied.");
                (text, false)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{settings::ClinicSettings, time::Labels};
    use jiff::tz::TimeZone;

    fn mail(news: AccountNews) -> (String, BTreeMap<&'static str, String>) {
        let labels = Labels::new(TimeZone::get("Europe/Dublin").unwrap(), "2026-11-22T12:00:00Z".parse().unwrap());
        let when = labels.when("2026-11-22T12:00:00Z".parse().unwrap());
        let clinic = ClinicSettings::default().view();
        let url = "https://clinic.example";
        let mail = AccountMail { news, first_name: "Maya", clinic: &clinic, when: &when, public_url: url };
        (mail.body(), mail.secret_words())
    }

    #[test]
    fn what_works_for_whoever_reads_it_is_not_in_the_stored_text() {
        let (body, words) = mail(AccountNews::ConfirmAddress {
            username: "maya".into(),
            token: "a-secret-token".into(),
            code: "123456".into(),
        });
        assert!(!body.contains("a-secret-token") && !body.contains("123456"), "{body}");
        assert!(!body.contains("Maya"), "what a stranger typed as a name is not mailed: {body}");
        assert!(body.contains("[[link]]") && body.contains("[[code]]") && body.contains("“maya”"), "{body}");
        assert_eq!(words["link"], "https://clinic.example/verify-email?token=a-secret-token");
        let (_, words) = mail(AccountNews::ResetPassword { token: "t".into() });
        assert_eq!(words["link"], "https://clinic.example/reset-password?token=t");
    }

    #[test]
    fn news_says_when_it_was_and_what_to_do_if_it_was_somebody_else() {
        let (body, words) = mail(AccountNews::PasswordChanged);
        for part in ["Sun 22 November, 12:00 (Dublin time)", "/forgot-password", "+353 20 910 0100"] {
            assert!(body.contains(part), "{part} is missing in:\n{body}");
        }
        assert!(words.is_empty());
        let news = AccountNews::NewDevice { device: "Firefox on Linux".into(), address: "203.0.113.5".into() };
        assert!(mail(news).0.contains("If this was you, you do not need to do anything."));
        assert!(mail(AccountNews::RecoveryCodeUsed { left: 1 }).0.contains("You have one left."));
    }
}

//! How mail leaves.

use std::fmt;

use domain::mail::Mailer;

use crate::config::{DataConfig, Env};

/// SMTP or files, and the sender.
#[derive(Clone)]
pub struct MailConfig {
    from: String,
    /// Over SMTP; otherwise into files.
    smtp: Option<Mailer>,
}

impl fmt::Debug for MailConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailConfig(…)")
    }
}

impl MailConfig {
    pub(super) fn from_env(env: &Env, problems: &mut Vec<String>) -> Self {
        let from = env.get("SECUREMED_MAIL_FROM").unwrap_or_else(|| "SecureMed <no-reply@securemed.invalid>".into());
        // This server is never called: only the sender is looked at here. (The transport wants a runtime around it.)
        if let Err(why) = Mailer::smtp("smtp://127.0.0.1", &from) {
            problems.push(format!("SECUREMED_MAIL_FROM {why}"));
            return Self { from, smtp: None };
        }
        let smtp = env.get("SMTP_URL").map(|url| Mailer::smtp(&url, &from)).transpose();
        let smtp = smtp.unwrap_or_else(|why| {
            problems.push(format!("SMTP_URL {why}"));
            None
        });
        Self { from, smtp }
    }

    /// The mailer; the one that writes files makes its folder.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn mailer(self, data: &DataConfig) -> Result<Mailer, String> {
        match self.smtp {
            Some(mailer) => Ok(mailer),
            None => Mailer::files(data.folder.join("mail"), &self.from),
        }
    }
}

//! The message that there is an answer to a question about who saw a record. What was asked and answered stays between
//! the patient and the clinic.

use domain_types::appointments::ClinicView;

use super::outbox::Letter;

/// A message about an answer.
#[derive(Clone, Debug)]
pub(crate) struct LookMail<'a> {
    pub first_name: &'a str,
    pub clinic: &'a ClinicView,
    /// The look that was asked about.
    pub event: i64,
    pub public_url: &'a str,
}

impl Letter for LookMail<'_> {
    fn kind(&self) -> &'static str {
        "look_answered"
    }

    fn subject(&self) -> String {
        "We have answered your question".to_owned()
    }

    fn body(&self) -> String {
        format!(
            "Hello {first_name},\n\n\
             We have answered your question about who accessed your record. Sign in to read the answer:\n\
             {url}/account/looks/{event}/ask\n\n\
             The answer is not in this e-mail, so that only you can read it. If you have more questions, please call us.\n\n\
             {clinic}\n{phone}\n",
            first_name = self.first_name,
            url = self.public_url,
            event = self.event,
            clinic = self.clinic.name,
            phone = self.clinic.phone,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::ClinicSettings;

    #[test]
    fn the_message_leads_to_the_answer_and_says_nothing_of_it() {
        let clinic = ClinicSettings::default().view();
        let url = "https://clinic.example";
        let mail = LookMail { first_name: "Maya", clinic: &clinic, event: 17, public_url: url };
        let body = mail.body();
        assert!(body.starts_with("Hello Maya,") && body.contains(&clinic.phone), "{body}");
        assert!(body.contains("https://clinic.example/account/looks/17/ask\n"), "{body}");
        for clinical in ["doctor", "emergency", "diagnosis"] {
            assert!(!body.to_lowercase().contains(clinical), "{body}");
        }
    }
}

//! The words of messages about the record. What it says is never among them: mail can be read by others.

use domain_types::{
    appointments::{ClinicView, When},
    auth::Role,
};

use super::outbox::Letter;

/// What happened to a record.
#[derive(Clone, Debug)]
pub(crate) enum RecordNews {
    /// A laboratory report was released. That something in it is urgent is said, what it is is not.
    NewResults { is_urgent: bool },
    /// A doctor added an answer to an entry (`REC-…`) about which its patient had asked.
    Answered { entry: String },
    /// To a doctor: a patient has a critical value. Neither who nor what is said.
    CriticalValue,
    /// Somebody without a care relation opened it.
    OpenedInEmergency { by: String, role: Role },
}

/// A message about a record.
#[derive(Clone, Debug)]
pub(crate) struct RecordMail<'a> {
    pub news: RecordNews,
    pub first_name: &'a str,
    pub clinic: &'a ClinicView,
    pub when: &'a When,
    pub public_url: &'a str,
}

impl Letter for RecordMail<'_> {
    fn kind(&self) -> &'static str {
        match self.news {
            RecordNews::NewResults { .. } => "new_results",
            RecordNews::Answered { .. } => "question_answered",
            RecordNews::CriticalValue => "critical_value",
            RecordNews::OpenedInEmergency { .. } => "record_opened",
        }
    }

    fn subject(&self) -> String {
        match self.news {
            RecordNews::NewResults { is_urgent: true } => "Please read your new results now",
            RecordNews::NewResults { is_urgent: false } => "You have new results",
            RecordNews::Answered { .. } => "Your question has been answered",
            RecordNews::CriticalValue => "A critical value needs your attention now",
            RecordNews::OpenedInEmergency { .. } => "Your record was opened in an emergency",
        }
        .to_owned()
    }

    fn body(&self) -> String {
        let (url, when) = (self.public_url, self.when.zoned());
        let news = match &self.news {
            RecordNews::NewResults { is_urgent: true } => format!(
                "Your doctor has released new results, and one of them needs attention now. Please read them now in your \
                 record: {url}/records?show=labs\n\n\
                 If you cannot, call us on {phone}. If we are closed or you feel unwell, call your local emergency number.\n\n\
                 The results are not in this e-mail, because others may read it.",
                phone = self.clinic.phone,
            ),
            RecordNews::NewResults { is_urgent: false } => format!(
                "Your doctor has released new results. You can see them, with their ranges and your doctor’s advice, in \
                 your record: {url}/records?show=labs\n\n\
                 The results are not in this e-mail, because others may read it."
            ),
            RecordNews::Answered { entry } => format!(
                "A doctor has answered your question about your record. You can read the answer there: \
                 {url}/records/{entry}\n\n\
                 The answer is not in this e-mail, because others may read it."
            ),
            RecordNews::CriticalValue => format!(
                "One of your patients has a critical value. It is at the top of your inbox: {url}/inbox\n\n\
                 The patient and the value are not in this e-mail, because others may read it."
            ),
            RecordNews::OpenedInEmergency { by, role } => format!(
                "{by} ({role}) opened your record in an emergency on {when}, for sixty minutes. They gave a \
                 reason, and another member of staff reviews every emergency access.\n\n\
                 See what they opened in “Who accessed my record”: {url}/account/looks\n\
                 If you do not know why, ask about it there or call us.",
                role = role.label().to_lowercase(),
            ),
        };
        format!(
            "Hello {first_name},\n\n{news}\n\n{clinic}\n{phone}\n",
            first_name = self.first_name,
            clinic = self.clinic.name,
            phone = self.clinic.phone,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{settings::ClinicSettings, time::Labels};
    use jiff::tz::TimeZone;

    #[test]
    fn an_emergency_is_told_with_who_when_and_where_to_look() {
        let labels = Labels::new(TimeZone::get("Europe/Dublin").unwrap(), "2026-11-22T12:00:00Z".parse().unwrap());
        let mail = RecordMail {
            news: RecordNews::OpenedInEmergency { by: "Ada Nolan".into(), role: Role::Admin },
            first_name: "Maya",
            clinic: &ClinicSettings::default().view(),
            when: &labels.when("2026-11-22T12:00:00Z".parse().unwrap()),
            public_url: "https://clinic.example",
        };
        let body = mail.body();
        for part in ["Ada Nolan (administrator)", "Sun 22 November, 12:00", "https://clinic.example/account/looks"] {
            assert!(body.contains(part), "{part} is missing in:\n{body}");
        }
    }
}

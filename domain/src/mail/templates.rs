//! The words of messages about visits. Plain text: it reads well everywhere and hides nothing.

use domain_types::appointments::{ClinicView, When};

use super::{
    advice::{BRING, HowToChange},
    outbox::Letter,
};

/// What happened to a visit.
#[derive(Clone, Debug)]
pub(crate) enum VisitNews {
    Booked,
    Moved { from: When },
    Cancelled { by_clinic: bool },
}

/// The facts that a message about a visit is made of.
#[derive(Clone, Debug)]
pub(crate) struct VisitMail<'a> {
    pub news: VisitNews,
    pub first_name: &'a str,
    pub reference: &'a str,
    pub doctor: &'a str,
    pub specialty: &'a str,
    pub starts: &'a When,
    pub duration_minutes: u32,
    pub department: &'a str,
    pub clinic: &'a ClinicView,
    pub cancel_cutoff_hours: u32,
    /// Whether it can still be changed online.
    pub may_change_online: bool,
    pub public_url: &'a str,
}

impl Letter for VisitMail<'_> {
    fn kind(&self) -> &'static str {
        match self.news {
            VisitNews::Booked => "visit_booked",
            VisitNews::Moved { .. } => "visit_moved",
            VisitNews::Cancelled { .. } => "visit_cancelled",
        }
    }

    fn subject(&self) -> String {
        let when = &self.starts.label;
        match &self.news {
            VisitNews::Booked => format!("Your appointment on {when} is booked"),
            VisitNews::Moved { .. } => format!("Your appointment was moved to {when}"),
            VisitNews::Cancelled { .. } => format!("Your appointment on {when} is cancelled"),
        }
    }

    fn body(&self) -> String {
        let opening = match &self.news {
            VisitNews::Booked => "Your appointment is booked.".to_owned(),
            VisitNews::Moved { from } => format!("Your appointment on {} was moved. The new time:", from.label),
            VisitNews::Cancelled { by_clinic: false } => "You cancelled this appointment:".to_owned(),
            VisitNews::Cancelled { by_clinic: true } => {
                format!(
                    "We had to cancel this appointment. We are sorry. Please book another time or call {}.",
                    self.clinic.phone
                )
            }
        };
        let page = format!("{}/appointments/{}", self.public_url, self.reference);
        let closing = match self.news {
            VisitNews::Cancelled { .. } => {
                format!("Book another appointment: {}/doctors", self.public_url)
            }
            VisitNews::Booked | VisitNews::Moved { .. } => format!(
                "{BRING}\n\n\
                 {change}\n\
                 A calendar file is attached.",
                change = HowToChange {
                    page: &page,
                    phone: &self.clinic.phone,
                    cutoff_hours: self.cancel_cutoff_hours,
                    may_change_online: self.may_change_online,
                },
            ),
        };
        format!(
            "Hello {first_name},\n\n{opening}\n\n\
             When: {when}\n\
             With: {doctor}, {specialty}\n\
             Duration: {minutes} minutes\n\
             Where: {department}, {clinic}, {address}\n\
             Reference: {reference}\n\n\
             {closing}\n\n\
             {clinic}\n{phone}\n",
            first_name = self.first_name,
            when = self.starts.zoned(),
            doctor = self.doctor,
            specialty = self.specialty,
            minutes = self.duration_minutes,
            department = self.department,
            clinic = self.clinic.name,
            address = self.clinic.address,
            reference = self.reference,
            phone = self.clinic.phone,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{settings::ClinicSettings, time::Labels};
    use jiff::tz::TimeZone;

    fn mail(news: VisitNews) -> (String, String) {
        let labels = Labels::new(TimeZone::get("Europe/Dublin").unwrap(), "2026-11-22T12:00:00Z".parse().unwrap());
        let starts = labels.when("2026-12-01T09:30:00Z".parse().unwrap());
        let clinic = ClinicSettings::default().view();
        let mail = VisitMail {
            news,
            first_name: "Maya",
            reference: "APT-7K3M9Q2X",
            doctor: "Dr. Elena Rivera",
            specialty: "Cardiology",
            starts: &starts,
            duration_minutes: 30,
            department: "Cardiology, second floor",
            clinic: &clinic,
            cancel_cutoff_hours: 24,
            may_change_online: true,
            public_url: "https://clinic.example",
        };
        (mail.subject(), mail.body())
    }

    #[test]
    fn a_confirmation_says_when_where_and_how_to_change_it() {
        let (subject, body) = mail(VisitNews::Booked);
        assert_eq!(subject, "Your appointment on Tue 1 December, 09:30 is booked");
        for fact in [
            "Tue 1 December, 09:30 (Dublin time)",
            "Dr. Elena Rivera",
            "12 Bridge Row",
            "APT-7K3M9Q2X",
            "https://clinic.example/appointments/APT-7K3M9Q2X",
            "24 hours",
        ] {
            assert!(body.contains(fact), "{fact} is missing in:\n{body}");
        }
    }

    #[test]
    fn who_cancelled_is_told() {
        assert!(mail(VisitNews::Cancelled { by_clinic: true }).1.contains("We are sorry"));
        assert!(mail(VisitNews::Cancelled { by_clinic: false }).1.contains("You cancelled"));
    }
}

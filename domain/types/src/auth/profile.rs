//! What the clinic knows of a patient beside the record, as the patient reads and writes it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Gender, facts};
use crate::{FieldErrors, PatientId};

/// A patient's own profile. The user name and the e-mail address are shown, and not changed here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileView {
    pub id: PatientId,
    /// `PT-…`
    pub reference: String,
    pub username: String,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    /// `YYYY-MM-DD`
    pub date_of_birth: Option<String>,
    pub gender: Option<Gender>,
    pub phone: Option<String>,
    /// Line by line.
    pub address: Option<String>,
    pub emergency_contact_name: Option<String>,
    pub emergency_contact_phone: Option<String>,
}

/// What somebody typed into their profile, unparsed. It stands for the whole: what is empty is emptied.
#[derive(Clone, Default)]
pub struct ProfileForm {
    pub first_name: String,
    pub last_name: String,
    /// `YYYY-MM-DD`, or nothing.
    pub date_of_birth: String,
    /// One of the words of [`Gender`], or nothing.
    pub gender: String,
    pub phone: String,
    pub address: String,
    pub emergency_contact_name: String,
    pub emergency_contact_phone: String,
}

/// What is to stand in a profile instead of what stands there.
#[derive(Clone, PartialEq, Eq)]
pub struct ChangeProfile {
    pub first_name: String,
    pub last_name: String,
    pub date_of_birth: Option<Date>,
    pub gender: Option<Gender>,
    pub phone: Option<String>,
    pub address: Option<String>,
    pub emergency_contact_name: Option<String>,
    pub emergency_contact_phone: Option<String>,
}

never_printed!(ProfileForm, ChangeProfile);

impl ProfileForm {
    /// Judges every field. `latest` is the last day on which somebody can have been born.
    ///
    /// # Errors
    /// A sentence for every field that is wrong.
    pub fn parse(&self, latest: Date) -> Result<ChangeProfile, FieldErrors> {
        let mut wrong = FieldErrors::new();
        let change = ChangeProfile {
            first_name: judged(&mut wrong, "first_name", facts::first_name(&self.first_name)),
            last_name: judged(&mut wrong, "last_name", facts::last_name(&self.last_name)),
            date_of_birth: judged(&mut wrong, "date_of_birth", facts::date_of_birth(&self.date_of_birth, latest)),
            gender: judged(&mut wrong, "gender", facts::chosen_gender(&self.gender)),
            phone: judged(&mut wrong, "phone", facts::phone_number(&self.phone)),
            address: judged(&mut wrong, "address", facts::postal_address(&self.address)),
            emergency_contact_name: judged(
                &mut wrong,
                "emergency_contact_name",
                facts::contact_name(&self.emergency_contact_name),
            ),
            emergency_contact_phone: judged(
                &mut wrong,
                "emergency_contact_phone",
                facts::phone_number(&self.emergency_contact_phone),
            ),
        };
        if wrong.is_empty() { Ok(change) } else { Err(wrong) }
    }
}

/// The value, or its sentence among what is wrong; then the value that stands in its place is never used.
fn judged<T: Default>(wrong: &mut FieldErrors, field: &str, outcome: Result<T, String>) -> T {
    outcome.unwrap_or_else(|sentence| {
        wrong.entry(field.to_owned()).or_default().push(sentence);
        T::default()
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 23);

    fn maya() -> ProfileForm {
        ProfileForm {
            first_name: " Maya ".into(),
            last_name: "Okafor".into(),
            date_of_birth: "1986-03-14".into(),
            gender: "female".into(),
            phone: "+353 20 910 0100".into(),
            address: "7 Heron Quay\r\nDublin 8".into(),
            emergency_contact_name: "Chidi Okafor (brother)".into(),
            emergency_contact_phone: "+353 20 910 0101".into(),
        }
    }

    #[test]
    fn a_profile_is_taken_as_a_whole() {
        let change = maya().parse(TODAY).unwrap();
        assert_eq!((change.first_name.as_str(), change.last_name.as_str()), ("Maya", "Okafor"));
        assert_eq!((change.date_of_birth, change.gender), (Some(date(1986, 3, 14)), Some(Gender::Female)));
        assert_eq!(change.address.as_deref(), Some("7 Heron Quay\nDublin 8"));
        assert_eq!(change.emergency_contact_name.as_deref(), Some("Chidi Okafor (brother)"));
        let (phone, contact) = (change.phone.as_deref(), change.emergency_contact_phone.as_deref());
        assert_eq!((phone, contact), (Some("+353 20 910 0100"), Some("+353 20 910 0101")));
    }

    #[test]
    fn only_the_names_are_needed_and_the_rest_is_emptied() {
        let form = ProfileForm { first_name: "Maya".into(), last_name: "Okafor".into(), ..ProfileForm::default() };
        let change = form.parse(TODAY).unwrap();
        assert_eq!((change.date_of_birth, change.gender, change.phone, change.address), (None, None, None, None));
        assert_eq!((change.emergency_contact_name, change.emergency_contact_phone), (None, None));
        let wrong: Vec<_> = ProfileForm::default().parse(TODAY).err().unwrap().into_keys().collect();
        assert_eq!(wrong, ["first_name", "last_name"]);
    }

    #[test]
    fn every_wrong_field_gets_its_sentence_at_once() {
        let form = ProfileForm {
            first_name: " ".into(),
            last_name: "x".repeat(81),
            date_of_birth: "2026-11-24".into(),
            gender: "unknown".into(),
            phone: "call me".into(),
            address: "x".repeat(301),
            emergency_contact_name: "a\u{0}b".into(),
            emergency_contact_phone: "1234".into(),
        };
        let wrong = form.parse(TODAY).err().unwrap();
        let fields: Vec<_> = wrong.keys().map(String::as_str).collect();
        let all = [
            "address",
            "date_of_birth",
            "emergency_contact_name",
            "emergency_contact_phone",
            "first_name",
            "gender",
            "last_name",
            "phone",
        ];
        assert_eq!(fields, all);
        assert!(wrong.values().all(|sentences| matches!(&sentences[..], [one] if one.ends_with('.'))), "{wrong:?}");
    }

    #[test]
    fn what_somebody_says_of_themselves_is_never_printed() {
        assert_eq!(format!("{:?}", maya()), "ProfileForm(…)");
        assert_eq!(format!("{:?}", maya().parse(TODAY).unwrap()), "ChangeProfile(…)");
    }
}

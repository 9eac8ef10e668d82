//! The people of the test clinic.

use domain_types::{DoctorId, PatientId, UserId, auth::Role};
use entity::{doctor, patient, specialty, user, working_hours};
use jiff::{Timestamp, civil::date};
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter, Set};

use super::TestPerson;
use crate::{
    people,
    time::{date_to_db, to_db},
};

/// The telephone of every patient.
const PHONE: &str = "+353 20 910 0150";

/// Puts people into a database.
pub(super) struct People<'a> {
    pub db: &'a DatabaseConnection,
    pub hash: String,
    pub now: Timestamp,
}

#[allow(clippy::unwrap_used, clippy::expect_used, reason = "a test harness may stop a test")]
impl People<'_> {
    pub async fn user(&self, username: &str, first: &str, last: &str, role: Role) -> TestPerson {
        let email = format!("{username}@example.org");
        let row = user::ActiveModel {
            username: Set(username.into()),
            email: Set(email.clone()),
            password_hash: Set(Some(self.hash.clone())),
            role: Set(role.as_str().into()),
            first_name: Set(first.into()),
            last_name: Set(last.into()),
            sort_key: Set(people::sort_key(first, last)),
            is_active: Set(true),
            email_verified_at: Set(Some(to_db(self.now))),
            created_at: Set(to_db(self.now)),
            session_epoch: Set(0),
            ..Default::default()
        };
        let row = row.insert(self.db).await.unwrap();
        people::store_words(self.db, &row).await.unwrap();
        TestPerson { user: UserId(row.id), username: username.into(), email, role, patient: None, doctor: None }
    }

    pub async fn patient(&self, username: &str, first: &str, last: &str) -> TestPerson {
        let person = self.user(username, first, last, Role::Patient).await;
        let reference = domain_types::ReferenceKind::Patient.encode(crate::secrets::random_bits());
        let row = patient::ActiveModel {
            user_id: Set(person.user.0),
            reference: Set(reference),
            date_of_birth: Set(Some(date_to_db(date(1988, 4, 12)).unwrap())),
            gender: Set(Some("other".into())),
            phone: Set(Some(PHONE.into())),
            phone_digits: Set(people::phone_digits(Some(PHONE))),
            address: Set(Some("7 Heron Quay\nDublin 8".into())),
            emergency_contact_name: Set(Some("Sam Whelan (neighbour)".into())),
            emergency_contact_phone: Set(Some("+353 20 910 0151".into())),
            created_at: Set(to_db(self.now)),
            ..Default::default()
        };
        let row = row.insert(self.db).await.unwrap();
        TestPerson { patient: Some(PatientId(row.id)), ..person }
    }

    pub async fn doctor(&self, username: &str, first: &str, last: &str, specialty: &str) -> TestPerson {
        let person = self.user(username, first, last, Role::Doctor).await;
        let field = specialty::Entity::find()
            .filter(specialty::Column::Code.eq(specialty))
            .one(self.db)
            .await
            .unwrap()
            .expect("the specialty is among the essentials");
        let row = doctor::ActiveModel {
            user_id: Set(person.user.0),
            specialty_id: Set(field.id),
            department: Set(format!("{} department", field.name)),
            hospital: Set("Liffey Bridge Clinic".into()),
            bio: Set("Takes time to explain.".into()),
            languages: Set("English, Spanish".into()),
            fee_minor: Set(15_000),
            currency: Set("EUR".into()),
            practising_since: Set(2012),
            accepts_bookings: Set(true),
            search_key: Set(people::key("English, Spanish")),
            ..Default::default()
        };
        let row = row.insert(self.db).await.unwrap();
        let hours = (1..=5).flat_map(|weekday| [(weekday, 540, 720), (weekday, 780, 1_020)]);
        let hours = hours.map(|(weekday, starts, ends)| working_hours::ActiveModel {
            doctor_id: Set(row.id),
            weekday: Set(weekday),
            starts_minute: Set(starts),
            ends_minute: Set(ends),
            ..Default::default()
        });
        working_hours::Entity::insert_many(hours).exec(self.db).await.unwrap();
        TestPerson { doctor: Some(DoctorId(row.id)), ..person }
    }
}

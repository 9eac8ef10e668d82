//! The pages that anyone may read: what SecureMed is, who its doctors are, what it promises.

mod doctor_card;
mod doctor_page;
mod doctors_page;
mod landing_page;
mod not_found_page;
mod privacy_page;
mod specialty_list;
mod terms_page;
mod urgent_notice;

pub use doctor_card::DoctorCard;
pub use doctor_page::DoctorPage;
pub use doctors_page::DoctorsPage;
pub use landing_page::LandingPage;
pub use not_found_page::NotFoundPage;
pub use privacy_page::{PRIVACY_EDITION, PrivacyPage};
pub use specialty_list::SpecialtyList;
pub use terms_page::TermsPage;

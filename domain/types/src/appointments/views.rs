//! What booking shows. Labels are made on the server in the clinic's zone, so that no browser computes a date.

use serde::{Deserialize, Serialize};

use crate::{
    appointments::{AppointmentStatus, VisitAction},
    ids::{AppointmentId, DoctorId, PatientId, VisitTypeId},
    money::Money,
};

/// A field of medicine and how many doctors of the clinic practise it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecialtyView {
    /// `cardiology`
    pub code: String,
    /// "Cardiology"
    pub name: String,
    /// What it treats, in a patient's words: "Heart and circulation".
    pub about: String,
    pub doctors: u32,
}

/// A time somebody can read, and its exact form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// RFC 3339, UTC.
    pub instant: String,
    /// `YYYY-MM-DD` in the clinic's zone.
    pub date: String,
    /// `HH:MM` in the clinic's zone.
    pub time: String,
    /// "Tue 1 December", with the year when it is another one.
    pub day: String,
    /// "Tue 1 December, 09:30".
    pub label: String,
}

/// A doctor in the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoctorRow {
    pub id: DoctorId,
    /// "Dr. Ana Rivera"
    pub name: String,
    /// "AR"
    pub initials: String,
    pub specialty_code: String,
    pub specialty: String,
    pub hospital: String,
    pub department: String,
    /// Of the default visit.
    pub fee: Money,
    pub years_of_experience: u32,
    /// "English, Spanish"
    pub languages: String,
    pub offers_video: bool,
    pub next_free: Option<When>,
}

/// A doctor's own page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoctorView {
    pub row: DoctorRow,
    pub bio: String,
    /// "Monday" → "09:00–12:00, 13:00–17:00"
    pub hours: Vec<(String, String)>,
    pub address: String,
    pub rules: BookingRules,
}

/// What somebody should know before booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingRules {
    pub visit_type: VisitTypeId,
    pub visit_type_name: String,
    pub duration_minutes: u32,
    pub fee: Money,
    pub cancel_cutoff_hours: u32,
    pub zone: String,
}

/// One time of the grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotView {
    /// `HH:MM` in the clinic's zone.
    pub time: String,
    pub available: bool,
}

/// One day of the grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotDay {
    /// `YYYY-MM-DD`
    pub date: String,
    /// "Tue"
    pub weekday: String,
    /// "1 Dec"
    pub short: String,
    /// "Tuesday 1 December"
    pub label: String,
    pub slots: Vec<SlotView>,
}

impl SlotDay {
    #[must_use]
    pub fn free(&self) -> usize {
        self.slots.iter().filter(|slot| slot.available).count()
    }
}

/// Two weeks of a doctor's times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotGrid {
    pub doctor: DoctorId,
    pub days: Vec<SlotDay>,
    /// First day of the two weeks before, unless those lie in the past.
    pub earlier: Option<String>,
    /// First day of the two weeks after, unless those lie beyond the horizon.
    pub later: Option<String>,
    /// The clinic's zone: "Europe/Dublin".
    pub zone: String,
    /// `YYYY-MM-DDTHH:MM` in the clinic's zone: a visit that starts before can no longer be changed online once booked.
    pub changeable_from: String,
}

impl SlotGrid {
    /// Whether a visit booked for this time could still be moved or cancelled online. Both sides are civil times of one
    /// zone in one fixed-width form, so they compare as text.
    #[must_use]
    pub fn may_change_online(&self, date: &str, time: &str) -> bool {
        format!("{date}T{time}") >= self.changeable_from
    }
}

/// A patient in somebody else's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientName {
    pub id: PatientId,
    /// `PT-…`
    pub reference: String,
    pub name: String,
}

/// A visit as its patient, its doctor or an administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentView {
    pub id: AppointmentId,
    /// `APT-…`
    pub reference: String,
    pub status: AppointmentStatus,
    pub patient: PatientName,
    pub doctor: DoctorId,
    pub doctor_name: String,
    pub doctor_initials: String,
    pub specialty: String,
    pub specialty_code: String,
    pub hospital: String,
    pub department: String,
    pub starts: When,
    /// "10:00"
    pub ends_time: String,
    pub duration_minutes: u32,
    pub visit_type: String,
    pub fee: Money,
    /// Clinical words: `None` for administrators.
    pub reason: Option<String>,
    /// Clinical words: `None` for administrators.
    pub notes: Option<String>,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// Whether the start is still to come.
    pub is_upcoming: bool,
    /// The steps that whoever looks may take now.
    pub actions: Vec<VisitAction>,
    /// Whether whoever looks may move it now.
    pub may_move: bool,
    /// Until when the patient may cancel or move it online.
    pub change_until: When,
}

/// One line of a visit's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentEventView {
    pub at: When,
    /// "Booked", "Moved from Tue 1 December, 09:30", "Cancelled"
    pub what: String,
    /// "you", "the clinic", "Dr. Ana Rivera"
    pub by: String,
}

/// A visit with what happened to it and where it takes place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentDetail {
    pub visit: AppointmentView,
    pub history: Vec<AppointmentEventView>,
    pub clinic: ClinicView,
    pub rules: BookingRules,
}

/// The clinic as its patients meet it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClinicView {
    pub name: String,
    pub address: String,
    pub phone: String,
    pub zone: String,
}

/// A patient's first page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientDashboard {
    /// "Ana"
    pub first_name: String,
    pub next_visit: Option<AppointmentView>,
    /// After the next one.
    pub later_visits: Vec<AppointmentView>,
    pub upcoming_count: u64,
    pub clinic: ClinicView,
}

/// A doctor's day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayView {
    /// `YYYY-MM-DD`
    pub date: String,
    /// "Tuesday 1 December"
    pub label: String,
    pub is_today: bool,
    pub previous: String,
    pub next: String,
    pub today: String,
    /// "09:00–12:00, 13:00–17:00", or why there are none.
    pub hours: String,
    pub entries: Vec<DayEntry>,
    /// Visits that still hold their time.
    pub booked: u32,
    /// Times still free.
    pub free: u32,
    pub waiting: u32,
    pub done: u32,
    /// "09:42" now, in the clinic's zone, when the day is today.
    pub now: Option<String>,
}

/// One line of a doctor's day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DayEntry {
    Visit {
        visit: Box<AppointmentView>,
        /// Minutes since the patient checked in, while they wait.
        waiting_minutes: Option<u32>,
    },
    /// A run of free times: "10:00", "11:30", how many.
    Free { from: String, to: String, slots: u32 },
    /// Time off or a break inside the hours.
    Blocked { from: String, to: String, why: String },
}

//! What booking shows. Labels are made on the server in the clinic's zone, so that no browser computes a date.

use serde::{Deserialize, Serialize};

use crate::{
    appointments::{AppointmentStatus, Audience, VisitAction},
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

/// The clinic's zone, to stand beside its times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneName {
    /// As browsers name it: "Europe/Dublin".
    pub id: String,
    /// "Dublin time"
    pub words: String,
}

/// A time somebody can read, and its exact form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// "Today" or "Tomorrow" in the clinic's zone; any other day has no such word.
    pub near: Option<String>,
    pub zone: ZoneName,
}

impl When {
    /// "Tomorrow, Tue 1 December, 09:30": the label, after the word for the day where there is one.
    #[must_use]
    pub fn spoken(&self) -> String {
        match &self.near {
            Some(near) => format!("{near}, {}", self.label),
            None => self.label.clone(),
        }
    }

    /// "Tue 1 December, 09:30 (Dublin time)": where it is plain text.
    #[must_use]
    pub fn zoned(&self) -> String {
        format!("{} ({})", self.label, self.zone.words)
    }

    /// "09:30 (Dublin time)": the same without the day.
    #[must_use]
    pub fn zoned_time(&self) -> String {
        format!("{} ({})", self.time, self.zone.words)
    }
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
    pub next_free: Option<When>,
}

/// A doctor's own page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoctorView {
    pub row: DoctorRow,
    pub bio: String,
    /// "Monday" → "09:00–12:00, 13:00–17:00"
    pub hours: Vec<(String, String)>,
    /// In which the hours are told.
    pub zone: ZoneName,
    pub address: String,
    /// The clinic's.
    pub phone: String,
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
    /// The clinic's time in words: "Dublin time".
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
    /// The clinic's time in words: "Dublin time".
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
    /// "Booked for Tue 1 December, 09:30" ("Scheduled for …" for staff), "Moved from …", otherwise the word of the
    /// status for whoever reads: "Cancelled"
    pub what: String,
    /// In which the times in it are told.
    pub zone: Option<ZoneName>,
    /// "You", "Dr. Ana Rivera", "The front desk"
    pub by: String,
}

/// A visit with what happened to it and where it takes place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentDetail {
    /// To whom the page speaks.
    pub audience: Audience,
    pub visit: AppointmentView,
    /// What kind of visit it is, unless it is the usual one.
    pub kind: Option<String>,
    pub history: Vec<AppointmentEventView>,
    pub clinic: ClinicView,
    pub rules: BookingRules,
    /// Where messages about it go, recognisable to the patient and to nobody else: "m***@example.org".
    pub mailed_to: String,
    /// Whether what was mailed can be read in the demo's mailbox.
    pub has_demo_mailbox: bool,
}

/// The clinic as its patients meet it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClinicView {
    pub name: String,
    pub address: String,
    pub phone: String,
    /// IANA name: "Europe/Dublin".
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

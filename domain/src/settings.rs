//! What administrators may set, typed, with defaults that work. Stored one row a group, as JSON.

use domain_types::{appointments::ClinicView, money::Currency};
use entity::setting;
use jiff::{Timestamp, tz::TimeZone};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    error::{Error, Result},
    time::Labels,
};

/// Who and where the clinic is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClinicSettings {
    pub name: String,
    pub address: String,
    pub phone: String,
    /// IANA name; every civil time of the clinic is in this zone.
    pub zone: String,
    pub currency: Currency,
}

impl Default for ClinicSettings {
    fn default() -> Self {
        Self {
            name: "Liffey Bridge Clinic".into(),
            address: "12 Bridge Row, Dublin 8".into(),
            // From the range that the Irish regulator keeps for fiction.
            phone: "+353 20 910 0100".into(),
            zone: "Europe/Dublin".into(),
            currency: Currency::Eur,
        }
    }
}

impl ClinicSettings {
    #[must_use]
    pub fn view(&self) -> ClinicView {
        ClinicView {
            name: self.name.clone(),
            address: self.address.clone(),
            phone: self.phone.clone(),
            zone: self.zone.clone(),
        }
    }
}

/// How far ahead and how late people may book and cancel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BookingSettings {
    /// Minutes between the starts of two slots.
    pub grid_minutes: u32,
    /// Minutes before its start until which a slot can be booked.
    pub notice_minutes: u32,
    /// Days ahead that can be booked.
    pub horizon_days: u32,
    /// Hours before a visit until which its patient may cancel or move it.
    pub cancel_cutoff_hours: u32,
    /// Months after a visit during which its doctor still sees the patient's record.
    pub care_months: u32,
}

impl Default for BookingSettings {
    fn default() -> Self {
        Self { grid_minutes: 30, notice_minutes: 60, horizon_days: 180, cancel_cutoff_hours: 24, care_months: 24 }
    }
}

/// How accounts and sessions are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IdentitySettings {
    /// Whether patients may open an account by themselves.
    pub registration_open: bool,
    /// Whether doctors and administrators need a second factor; when absent, as the installation started: yes, except
    /// in the demo.
    pub staff_second_factor: Option<bool>,
    /// Minutes without a request after which a session of staff ends.
    pub staff_idle_minutes: u32,
    /// The same for patients.
    pub patient_idle_minutes: u32,
    /// The longest that a session of the pages lasts, in hours.
    pub web_session_hours: u32,
    /// Days that a program's session lasts after each refresh.
    pub rest_session_days: u32,
    /// The longest that a program's session of staff lasts, however often it refreshes, in hours.
    pub rest_staff_hours: u32,
    /// The same for patients, in days.
    pub rest_patient_days: u32,
    /// Days after which another key signs access tokens.
    pub signing_key_days: u32,
}

impl Default for IdentitySettings {
    fn default() -> Self {
        Self {
            registration_open: true,
            staff_second_factor: None,
            staff_idle_minutes: 15,
            patient_idle_minutes: 30,
            web_session_hours: 12,
            rest_session_days: 7,
            rest_staff_hours: 12,
            rest_patient_days: 30,
            signing_key_days: 30,
        }
    }
}

/// All groups, read together.
#[derive(Clone, Debug)]
pub struct Settings {
    pub clinic: ClinicSettings,
    pub booking: BookingSettings,
    pub identity: IdentitySettings,
    /// The clinic's zone, resolved.
    pub zone: TimeZone,
}

impl Settings {
    /// Words for instants and dates in the clinic's zone, seen from its day at this instant.
    #[must_use]
    pub fn labels(&self, now: Timestamp) -> Labels {
        Labels::new(self.zone.clone(), now)
    }
}

/// Reads the settings; groups without a row have their defaults. Acts take them from [`crate::Services`] instead, which
/// keeps them in memory.
///
/// # Errors
/// When a row cannot be understood or names an unknown zone.
pub(crate) async fn load(db: &impl ConnectionTrait) -> Result<Settings> {
    let rows = setting::Entity::find().all(db).await?;
    let clinic: ClinicSettings = group(&rows, "clinic")?;
    let zone = TimeZone::get(&clinic.zone)?;
    Ok(Settings { booking: group(&rows, "booking")?, identity: group(&rows, "identity")?, clinic, zone })
}

fn group<T: DeserializeOwned + Default>(rows: &[setting::Model], key: &str) -> Result<T> {
    rows.iter().find(|row| row.key == key).map_or_else(
        || Ok(T::default()),
        |row| serde_json::from_str(&row.value).map_err(Error::caused("a stored setting cannot be read")),
    )
}

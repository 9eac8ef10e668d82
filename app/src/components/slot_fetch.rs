//! How the browser asks for a doctor's times.

use domain_types::{DoctorId, appointments::SlotGrid};
use leptos::{serde_json, server_fn::ServerFn};

use super::fetch;
use crate::{address::with_query, features::appointments::server_fns::GetSlots};

/// Two weeks from a day, or from today. `None` when they did not come, for whatever reason.
pub(super) async fn fetch_slots(doctor: DoctorId, from: Option<&str>) -> Option<SlotGrid> {
    let doctor = doctor.to_string();
    let address = with_query(GetSlots::PATH, &[("doctor", &doctor), ("from", from.unwrap_or_default())]);
    serde_json::from_str(&fetch::get(&address).await?).ok()
}

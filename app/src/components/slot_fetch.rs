//! How the browser asks for a doctor's times.

use domain_types::{DoctorId, appointments::SlotGrid};
use leptos::{
    prelude::window,
    serde_json,
    server_fn::ServerFn,
    wasm_bindgen::JsCast,
    web_sys::{Response, js_sys::futures::JsFuture},
};

use crate::{address::with_query, features::appointments::server_fns::GetSlots};

/// Two weeks from a day, or from today. `None` when they did not come, for whatever reason.
///
/// A plain fetch of the server function's address: calling the function would bring a client for streams and uploads
/// into every visitor's browser, as large as all islands together.
pub(super) async fn fetch_slots(doctor: DoctorId, from: Option<&str>) -> Option<SlotGrid> {
    let doctor = doctor.to_string();
    let address = with_query(GetSlots::PATH, &[("doctor", &doctor), ("from", from.unwrap_or_default())]);
    let response = JsFuture::from(window().fetch_with_str(&address)).await.ok()?;
    let response = response.dyn_into::<Response>().ok().filter(Response::ok)?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    serde_json::from_str(&text.as_string()?).ok()
}

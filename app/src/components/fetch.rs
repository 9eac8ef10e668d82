//! How islands ask the server.
//!
//! Plain requests to the addresses of server functions: calling the functions would bring a client for streams and
//! uploads into every visitor's browser, as large as all islands together.

use leptos::{
    prelude::{document, window},
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{
        RequestInit, Response, UrlSearchParams,
        js_sys::{JSON, Promise, Reflect, futures::JsFuture},
    },
};

/// The text of a read. `None` when it did not come, for whatever reason.
pub(super) async fn get(address: &str) -> Option<String> {
    let response = answer(window().fetch_with_str(address)).await.filter(Response::ok)?;
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

/// What a server function answers to these fields. `None` when the answer did not come, for whatever reason.
pub(super) async fn post(path: &str, fields: &UrlSearchParams) -> Option<JsValue> {
    // Every form of the page says for whom it was drawn.
    let drawn_for = document().query_selector("input[name=drawn_for]").ok().flatten();
    if let Some(person) = drawn_for.and_then(|field| field.get_attribute("value")) {
        fields.set("drawn_for", &person);
    }
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(fields);
    let response = answer(window().fetch_with_str_and_init(path, &request)).await.filter(Response::ok)?;
    JsFuture::from(response.json().ok()?).await.ok()
}

/// How something is saved. Written down as it is said to the browser: that takes the least room.
const SAVING: &str = r#"{"method":"POST","headers":{"accept":"application/json"}}"#;
/// The same by a request that outlives its page.
const SAVING_ON: &str = r#"{"method":"POST","headers":{"accept":"application/json"},"keepalive":true}"#;
/// The longest body, in bytes, that browsers send on when its page is gone: 64 KiB of all requests together.
const LONGEST_SENT_ON: u32 = 60_000;

/// Saves these fields and gives the status with what was answered, refusals too. `None` when no answer came. It goes on
/// when the page is left meanwhile, unless it is too long for that.
pub(super) async fn save(path: &str, fields: &UrlSearchParams) -> Option<(u16, JsValue)> {
    let is_short = fields.to_string().length() < LONGEST_SENT_ON;
    let request = JSON::parse(if is_short { SAVING_ON } else { SAVING }).ok()?.unchecked_into::<RequestInit>();
    request.set_body(fields);
    let response = answer(window().fetch_with_str_and_init(path, &request)).await?;
    Some((response.status(), JsFuture::from(response.json().ok()?).await.ok()?))
}

async fn answer(request: Promise) -> Option<Response> {
    JsFuture::from(request).await.ok()?.dyn_into().ok()
}

/// A member of an answer, or of the browser's own objects.
pub(super) fn member(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &JsValue::from_str(name)).ok()
}

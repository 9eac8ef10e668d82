//! How islands ask the server.
//!
//! Plain requests to the addresses of server functions: calling the functions would bring a client for streams and
//! uploads into every visitor's browser, as large as all islands together.

use leptos::{
    prelude::window,
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{
        RequestInit, Response, UrlSearchParams,
        js_sys::{Promise, Reflect, futures::JsFuture},
    },
};

/// The text of a read. `None` when it did not come, for whatever reason.
pub(super) async fn get(address: &str) -> Option<String> {
    let response = answer(window().fetch_with_str(address)).await?;
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

/// What a server function answers to these fields. `None` when the answer did not come, for whatever reason.
pub(super) async fn post(path: &str, fields: &UrlSearchParams) -> Option<JsValue> {
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(fields);
    let response = answer(window().fetch_with_str_and_init(path, &request)).await?;
    JsFuture::from(response.json().ok()?).await.ok()
}

async fn answer(request: Promise) -> Option<Response> {
    JsFuture::from(request).await.ok()?.dyn_into::<Response>().ok().filter(Response::ok)
}

/// A member of an answer, or of the browser's own objects.
pub(super) fn member(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &JsValue::from_str(name)).ok()
}

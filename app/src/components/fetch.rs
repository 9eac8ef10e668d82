//! How islands ask the server.
//!
//! Plain requests to the addresses of server functions: calling the functions would bring a client for streams and
//! uploads into every visitor's browser, as large as all islands together.

use leptos::{
    prelude::window,
    serde_json,
    wasm_bindgen::JsCast,
    web_sys::{RequestInit, Response, UrlSearchParams, js_sys::Promise, js_sys::futures::JsFuture},
};
use serde::de::DeserializeOwned;

/// What a read answers. `None` when the answer did not come, for whatever reason.
pub(super) async fn get<T: DeserializeOwned>(address: &str) -> Option<T> {
    answer(window().fetch_with_str(address)).await
}

/// What a server function answers to these fields. `None` when the answer did not come, for whatever reason.
pub(super) async fn post<T: DeserializeOwned>(path: &str, fields: &[(&str, &str)]) -> Option<T> {
    let body = UrlSearchParams::new().ok()?;
    for (name, value) in fields {
        body.append(name, value);
    }
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&body);
    answer(window().fetch_with_str_and_init(path, &request)).await
}

async fn answer<T: DeserializeOwned>(request: Promise) -> Option<T> {
    let response = JsFuture::from(request).await.ok()?;
    let response = response.dyn_into::<Response>().ok().filter(Response::ok)?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    serde_json::from_str(&text.as_string()?).ok()
}

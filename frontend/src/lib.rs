//! The browser's entry point. The islands themselves are in `app`; the page's loader wakes them by name.

// Keeps `app` in the linked file: nothing here calls the islands.
#[allow(unused_imports)]
use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Prepares the page for its islands.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}

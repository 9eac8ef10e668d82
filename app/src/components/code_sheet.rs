//! Codes that are shown once, and the ways to keep them.

use std::time::Duration;

use leptos::{
    prelude::*,
    task::spawn_local,
    wasm_bindgen::{JsCast, JsValue},
    web_sys::js_sys::{Function, Promise, Reflect, futures::JsFuture},
};

use super::{Glyph, Icon};
use crate::address::encoded;

/// So long the button says that it has copied.
const COPIED: Duration = Duration::from_secs(4);

/// The codes, with ways to save, copy and print them. Saving works without a script.
#[component]
pub fn CodeSheet(
    #[prop(into)] label: String,
    codes: Vec<String>,
    /// What stands above the codes in the file.
    #[prop(into)]
    heading: String,
    #[prop(into)] file_name: String,
) -> impl IntoView {
    let text = format!("{heading}\n\n{}\n", codes.join("\n"));
    let href = format!("data:text/plain;charset=utf-8,{}", encoded(&text));
    let items = codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view();
    view! {
        <div class="stack">
            <ul class="code-sheet" aria-label=label>{items}</ul>
            <div class="row no-print">
                <a class="btn btn-secondary" href=href download=file_name>
                    <Icon glyph=Glyph::Download/>
                    <span>"Download"</span>
                </a>
                <CodeTools text/>
            </div>
        </div>
    }
}

/// What works only with a script.
#[island]
fn CodeTools(text: String) -> impl IntoView {
    let works = RwSignal::new(false);
    let said = RwSignal::new("");
    Effect::new(move |_| works.set(true));
    let copy = move |_| {
        let copying = copy(&text);
        spawn_local(async move {
            let is_copied = match copying {
                Some(copying) => JsFuture::from(copying).await.is_ok(),
                None => false,
            };
            said.set(if is_copied { "Copied." } else { "This browser does not allow copying." });
            set_timeout(move || said.set(""), COPIED);
        });
    };
    let print = move |_| drop(window().print());
    view! {
        <button type="button" class="btn btn-secondary" hidden=move || !works.get() on:click=copy>
            <Icon glyph=Glyph::Clipboard/>
            <span>"Copy"</span>
        </button>
        <button type="button" class="btn btn-secondary" hidden=move || !works.get() on:click=print>
            <Icon glyph=Glyph::Printer/>
            <span>"Print"</span>
        </button>
        <span class="text-muted" role="status">{move || said.get()}</span>
    }
}

/// `navigator.clipboard.writeText`, where there is one.
fn copy(text: &str) -> Option<Promise> {
    let of = |object: &JsValue, name: &str| Reflect::get(object, &JsValue::from_str(name)).ok();
    let clipboard = of(&of(&window(), "navigator")?, "clipboard")?;
    let write = of(&clipboard, "writeText")?.dyn_into::<Function>().ok()?;
    write.call1(&clipboard, &JsValue::from_str(text)).ok()?.dyn_into().ok()
}

//! Codes that are shown once, and the ways to keep them.

use leptos::{
    prelude::*,
    task::spawn_local,
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{
        Element, HtmlElement,
        js_sys::{Function, Promise, futures::JsFuture},
    },
};

use super::{Glyph, Icon, fetch::member};
use crate::address::encoded;

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
                <button type="button" class="btn btn-secondary" data-sheet="copy" hidden>
                    <Icon glyph=Glyph::Clipboard/>
                    <span>"Copy"</span>
                </button>
                <button type="button" class="btn btn-secondary" data-sheet="print" hidden>
                    <Icon glyph=Glyph::Printer/>
                    <span>"Print"</span>
                </button>
                <span class="text-muted" id="sheet-status" role="status"></span>
                <SheetTools/>
            </div>
        </div>
    }
}

/// Shows and answers the buttons that work only with a script. It draws nothing itself, and so needs no more of the
/// framework than its waking.
#[island]
fn SheetTools() -> impl IntoView {
    Effect::new(|_| {
        while let Ok(Some(button)) = document().query_selector("[data-sheet][hidden]") {
            if button.remove_attribute("hidden").is_err() {
                break;
            }
        }
        window_event_listener_untyped("click", |event| {
            let button =
                event.target().and_then(|target| target.dyn_into::<Element>().ok()?.closest("[data-sheet]").ok()?);
            match button.and_then(|button| button.get_attribute("data-sheet")).as_deref() {
                Some("copy") => spawn_local(async {
                    let is_copied = match copying() {
                        Some(copying) => JsFuture::from(copying).await.is_ok(),
                        None => false,
                    };
                    say(if is_copied { "Copied." } else { "This browser does not allow copying." });
                }),
                Some(_) => drop(window().print()),
                None => {}
            }
        });
    });
}

fn say(words: &str) {
    if let Some(status) = document().get_element_by_id("sheet-status") {
        status.set_text_content(Some(words));
    }
}

/// `navigator.clipboard.writeText` of the codes, one on each line, where there is such a thing.
fn copying() -> Option<Promise> {
    let sheet = document().query_selector(".code-sheet").ok()??.dyn_into::<HtmlElement>().ok()?;
    let clipboard = member(&member(&window(), "navigator")?, "clipboard")?;
    let write = member(&clipboard, "writeText")?.dyn_into::<Function>().ok()?;
    write.call1(&clipboard, &JsValue::from_str(&sheet.inner_text())).ok()?.dyn_into().ok()
}

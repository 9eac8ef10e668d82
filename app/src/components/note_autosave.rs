//! Saves a form by itself while somebody writes in it. Without a script its button does the same.
//!
//! What was typed is never touched: it stays in the fields whatever the server says. Only what the server answered with
//! success counts as saved, and one request is under way at a time, so that no older text comes after a newer one.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use leptos::{
    prelude::*,
    task::spawn_local,
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{
        BeforeUnloadEvent, Element, Event, FormData, HtmlElement, HtmlFormElement, SubmitEvent, UrlSearchParams,
        js_sys::{Date, Reflect},
    },
};

use super::fetch::{member, save};

const ID: &str = "autosave";
/// Milliseconds without a key after which is saved.
const PAUSE: f64 = 2_000.0;
/// Milliseconds after which is saved although somebody goes on typing, or tried again.
const LONGEST: f64 = 10_000.0;
/// Milliseconds after which a form that was sent can be sent again: the answer was lost or stopped.
const PATIENCE: f64 = 15_000.0;
/// What may mean that something has to be saved, or that it is too late for it.
const HEARD: [&str; 7] = ["input", "change", "visibilitychange", "pagehide", "pageshow", "submit", "beforeunload"];

/// The line that says what is saved of the form in which it stands. `to` is the address that saves the form, and answers
/// with its new `version` and the `time`; the form has a field `version`.
#[component]
pub fn NoteAutosave(
    to: &'static str,
    /// What is said when the page arrives: "Saved at 10:42 (Dublin time)".
    #[prop(into)]
    said: String,
    /// Whether the fields hold what the server does not have: a refused form that came back.
    is_unsaved: bool,
) -> impl IntoView {
    view! {
        <p class="autosave tnum" id=ID role="status" data-to=to data-unsaved=is_unsaved.then_some("")>{said}</p>
        <Autosaving/>
    }
}

/// Watches the form. It draws nothing itself, and so needs no more of the framework than its waking.
#[island]
fn Autosaving() -> impl IntoView {
    Effect::new(|_| {
        let line = document().get_element_by_id(ID);
        let form = line.as_ref().and_then(|line| line.closest("form").ok()?);
        if let (Some(line), Some(form)) = (line, form.and_then(|form| form.dyn_into().ok())) {
            Autosave::of(form, line).begin();
        }
    });
}

struct Autosave {
    form: HtmlFormElement,
    line: Element,
    /// What the server has, as it was sent.
    saved: RefCell<String>,
    /// Since when something waits to be saved.
    since: Cell<Option<f64>>,
    /// When something was typed last; still to come while a failed saving waits for its next try.
    last: Cell<f64>,
    is_saving: Cell<bool>,
    /// Another page saved it, or signed it: from here nothing more is.
    is_behind: Cell<bool>,
    /// When the form was sent by a button.
    sent: Cell<Option<f64>>,
    /// The button by which the form is sent as soon as a saving is through: its version would be too old before.
    waiting: RefCell<Option<HtmlElement>>,
}

impl Autosave {
    fn of(form: HtmlFormElement, line: Element) -> Self {
        Self {
            form,
            line,
            saved: RefCell::default(),
            since: Cell::new(None),
            last: Cell::new(0.0),
            is_saving: Cell::new(false),
            is_behind: Cell::new(false),
            sent: Cell::new(None),
            waiting: RefCell::default(),
        }
    }

    fn begin(self) {
        if self.line.has_attribute("data-unsaved") || self.is_typed_in() {
            self.type_in();
        } else {
            self.saved.replace(self.written());
        }
        let autosave = Rc::new(self);
        for name in HEARD {
            let hears = Rc::clone(&autosave);
            window_event_listener_untyped(name, move |event| hears.hear(&event));
        }
        set_interval(move || autosave.tick(), Duration::from_secs(1));
    }

    /// Whether somebody was faster than this script: then a field no longer says what the page came with.
    fn is_typed_in(&self) -> bool {
        let fields = self.form.elements();
        (0..fields.length()).filter_map(|place| fields.item(place)).any(|field| {
            let came = member(&field, "defaultValue").filter(JsValue::is_string);
            came.is_some() && came != member(&field, "value")
        })
    }

    fn fields(&self) -> Option<UrlSearchParams> {
        let typed = FormData::new_with_form(&self.form).ok()?;
        UrlSearchParams::new_with_str_sequence_sequence(&typed).ok()
    }

    /// What stands in the fields, to compare with what is saved. The version is no words of anybody.
    fn written(&self) -> String {
        self.fields().map_or_else(String::new, |fields| {
            fields.delete("version");
            fields.to_string().into()
        })
    }

    fn tell(&self, text: &str) {
        self.line.set_text_content(Some(text));
    }

    fn type_in(&self) {
        let now = Date::now();
        self.since.set(self.since.get().or(Some(now)));
        self.last.set(now);
    }

    fn hear(self: &Rc<Self>, event: &Event) {
        match event.type_().as_str() {
            "input" => self.type_in(),
            "pageshow" => self.sent.set(None),
            "submit" => self.submit(event),
            "beforeunload" => {
                if self.sent.get().is_none() && self.written() != *self.saved.borrow() {
                    event.prevent_default();
                    event.unchecked_ref::<BeforeUnloadEvent>().set_return_value("unsaved");
                }
            }
            // A field is left, or the page is hidden or gone: there may be no later.
            _ => self.save(),
        }
    }

    fn tick(self: &Rc<Self>) {
        let now = Date::now();
        self.sent.set(self.sent.get().filter(|sent| now - sent < PATIENCE));
        if self.since.get().is_some_and(|since| now - since >= LONGEST || now - self.last.get() >= PAUSE) {
            self.save();
        }
    }

    /// The form goes once, and not before the saving that is under way.
    fn submit(&self, event: &Event) {
        if event.target().as_ref() != Some(self.form.as_ref()) {
            return;
        }
        if self.sent.get().is_some() {
            event.prevent_default();
        } else if self.is_saving.get() {
            event.prevent_default();
            self.waiting.replace(event.unchecked_ref::<SubmitEvent>().submitter());
        } else {
            self.sent.set(Some(Date::now()));
        }
    }

    fn save(self: &Rc<Self>) {
        // What is typed meanwhile waits for the answer: the clock comes by again.
        if self.is_saving.get() || self.sent.get().is_some() {
            return;
        }
        self.since.set(None);
        let words = self.written();
        if self.is_behind.get() || words == *self.saved.borrow() {
            return;
        }
        let Some(fields) = self.fields() else { return };
        self.is_saving.set(true);
        self.tell("Saving…");
        let autosave = Rc::clone(self);
        spawn_local(async move {
            let to = autosave.line.get_attribute("data-to").unwrap_or_default();
            let answer = save(&to, &fields).await;
            autosave.is_saving.set(false);
            autosave.told(words, answer);
            autosave.go_on();
        });
    }

    fn told(&self, words: String, answer: Option<(u16, JsValue)>) {
        let (status, body) = answer.unwrap_or((0, JsValue::NULL));
        let said = |name| member(&body, name).and_then(|text| text.as_string()).unwrap_or_default();
        match status {
            200 => {
                self.saved.replace(words);
                let version = member(&body, "version").unwrap_or_default();
                if let Some(field) = self.form.elements().named_item("version") {
                    let _ = Reflect::set(&field, &JsValue::from_str("value"), &version);
                }
                self.tell(&("Saved at ".to_owned() + &said("time")));
            }
            409 if said("code") != "OTHER_PERSON" => {
                self.is_behind.set(true);
                self.tell(
                    "Not saved: this was saved or signed in another window. What you typed is still here. Press Save to \
                    see both.",
                );
            }
            _ => {
                let why = said("detail");
                let why = if why.is_empty() { "no connection. What you typed is still here." } else { &why };
                self.tell(&("Not saved: ".to_owned() + why));
                // What was refused is refused again until it says something else.
                if !(400..429).contains(&status) {
                    self.try_later();
                }
            }
        }
    }

    fn try_later(&self) {
        let now = Date::now();
        self.since.set(Some(now));
        self.last.set(now + LONGEST - PAUSE);
    }

    /// What waited for the answer: a button that was pressed, or what was typed before the page was hidden.
    fn go_on(self: &Rc<Self>) {
        if let Some(button) = self.waiting.take() {
            let _ = self.form.request_submit_with_submitter(Some(&button));
        } else if self.since.get().is_some() && self.last.get() <= Date::now() && document().hidden() {
            self.save();
        }
    }
}

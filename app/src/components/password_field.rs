//! A password that can be looked at while it is typed. Pasting and password managers work as anywhere.

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys::HtmlInputElement};

use super::{FieldFrame, Glyph, Icon, PasswordStrength, described_by, field_id};

/// A password with its label, hint and error.
#[component]
pub fn PasswordField(
    name: &'static str,
    #[prop(into)] label: String,
    /// `current-password` or `new-password`.
    autocomplete: &'static str,
    #[prop(optional, into)] hint: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    /// Says how good it is while it is typed: for a new one that is named `password`.
    #[prop(optional)]
    judged: bool,
) -> impl IntoView {
    let described = described_by(name, &hint, error.as_deref());
    let invalid = error.is_some().then_some("true");
    view! {
        <FieldFrame name label hint error required=true>
            <div class="password">
                <input
                    class="input"
                    id=field_id(name)
                    name=name
                    type="password"
                    required
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby=described
                    aria-invalid=invalid
                />
                <PasswordReveal control=field_id(name)/>
            </div>
            {judged.then(|| view! { <PasswordStrength/> })}
        </FieldFrame>
    }
}

/// The button that shows the password. It is there only where it works.
#[island]
pub fn PasswordReveal(control: String) -> impl IntoView {
    let works = RwSignal::new(false);
    let shown = RwSignal::new(false);
    Effect::new(move |_| works.set(true));
    let toggle = move |_| {
        shown.update(|shown| *shown = !*shown);
        let input = document().get_element_by_id(&control).and_then(|found| found.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            input.set_type(if shown.get_untracked() { "text" } else { "password" });
        }
    };
    view! {
        <button
            type="button"
            class="password-reveal"
            hidden=move || !works.get()
            aria-pressed=move || if shown.get() { "true" } else { "false" }
            on:click=toggle
        >
            <span class="visually-hidden">"Show password"</span>
            <Icon glyph=Glyph::Eye class="when-hidden"/>
            <Icon glyph=Glyph::EyeOff class="when-shown"/>
        </button>
    }
}

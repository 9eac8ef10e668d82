//! A labelled control with its hint and its error.
//!
//! The control's id is `field-<name>`; hint and error are tied to it with `aria-describedby`, so that a screen reader
//! says them together.

use leptos::prelude::*;

use super::{Glyph, Icon, Textarea};

/// The id of the control with this name.
#[must_use]
pub fn field_id(name: &str) -> String {
    format!("field-{name}")
}

/// The ids of what describes the control: its error first, then its hint.
#[must_use]
pub fn described_by(name: &str, hint: &str, error: Option<&str>) -> Option<String> {
    match (error.is_some(), !hint.is_empty()) {
        (true, true) => Some(format!("field-{name}-error field-{name}-hint")),
        (true, false) => Some(format!("field-{name}-error")),
        (false, true) => Some(format!("field-{name}-hint")),
        (false, false) => None,
    }
}

/// Label, hint and error around a control of any kind.
#[component]
pub fn FieldFrame(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional)] required: bool,
    children: Children,
) -> impl IntoView {
    let class = if error.is_some() { "field field-wrong" } else { "field" };
    view! {
        <div class=class>
            <label class="field-label" for=field_id(name)>
                {label}
                {(!required).then(|| view! { <span class="field-optional">" (optional)"</span> })}
            </label>
            {(!hint.is_empty()).then(|| view! { <p class="field-hint" id=format!("field-{name}-hint")>{hint}</p> })}
            {children()}
            {error
                .map(|sentence| {
                    view! {
                        <p class="field-error" id=format!("field-{name}-error")>
                            <Icon glyph=Glyph::AlertCircle/>
                            <span>{sentence}</span>
                        </p>
                    }
                })}
        </div>
    }
}

/// One line of text, an e-mail address, a date, a search or a telephone number: see `kind`.
#[component]
pub fn TextField(
    name: &'static str,
    #[prop(into)] label: String,
    /// The input's type.
    #[prop(default = "text")]
    kind: &'static str,
    /// What was typed before.
    #[prop(optional, into)]
    value: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] autocomplete: Option<&'static str>,
    #[prop(optional, into)] inputmode: Option<&'static str>,
    /// The id of a `<datalist>` with what is often typed.
    #[prop(optional, into)]
    list: Option<&'static str>,
    #[prop(optional)] autofocus: bool,
    /// Does not say "(optional)": for searches, where everything is.
    #[prop(optional)]
    unmarked: bool,
) -> impl IntoView {
    let described = described_by(name, &hint, error.as_deref());
    let invalid = error.is_some().then_some("true");
    // Names and addresses are not prose: nothing corrects or capitalises them.
    let verbatim = matches!(autocomplete, Some("username" | "email"));
    view! {
        <FieldFrame name label hint error required=required || unmarked>
            <input
                class="input"
                id=field_id(name)
                name=name
                type=kind
                value=value
                required=required
                autocomplete=autocomplete
                autocapitalize=verbatim.then_some("none")
                spellcheck=verbatim.then_some("false")
                inputmode=inputmode
                list=list
                autofocus=autofocus
                aria-describedby=described
                aria-invalid=invalid
            />
        </FieldFrame>
    }
}

/// Several lines of text.
#[component]
pub fn TextareaField(
    name: &'static str,
    #[prop(into)] label: String,
    /// What was typed before.
    #[prop(optional, into)]
    value: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(default = 4)] rows: u32,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] autocomplete: Option<&'static str>,
) -> impl IntoView {
    let described = described_by(name, &hint, error.as_deref());
    let is_wrong = error.is_some();
    view! {
        <FieldFrame name label hint error required>
            <Textarea id=field_id(name) name value rows required autocomplete described is_wrong/>
        </FieldFrame>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_read_before_the_hint() {
        assert_eq!(described_by("reason", "", None), None);
        let both = described_by("reason", "A few words.", Some("Enter what the appointment is for."));
        assert_eq!(both.as_deref(), Some("field-reason-error field-reason-hint"));
    }
}

//! One thing to agree to.

use leptos::prelude::*;

use super::{Glyph, Icon, field_id};

/// A checkbox with its words, which may hold a link. Its value is `true`.
#[component]
pub fn CheckboxField(
    name: &'static str,
    /// What was chosen before.
    #[prop(optional)]
    checked: bool,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional)] required: bool,
    children: Children,
) -> impl IntoView {
    let error_id = format!("field-{name}-error");
    let described = error.is_some().then(|| error_id.clone());
    let invalid = error.is_some().then_some("true");
    view! {
        <div class="field">
            <div class="check">
                <input
                    class="check-box"
                    id=field_id(name)
                    name=name
                    type="checkbox"
                    value="true"
                    checked=checked
                    required=required
                    aria-describedby=described
                    aria-invalid=invalid
                />
                <label class="check-label" for=field_id(name)>{children()}</label>
            </div>
            {error
                .map(|sentence| {
                    view! {
                        <p class="field-error" id=error_id>
                            <Icon glyph=Glyph::AlertCircle/>
                            <span>{sentence}</span>
                        </p>
                    }
                })}
        </div>
    }
}

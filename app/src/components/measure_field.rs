//! A number with its unit beside it.

use leptos::prelude::*;

use super::{FieldFrame, field_id};

/// One measured value. It may stay empty, which the form around it says once for all.
#[component]
pub fn MeasureField(
    name: &'static str,
    #[prop(into)] label: String,
    /// "mmHg"
    unit: &'static str,
    /// What was typed before.
    #[prop(optional, into)]
    value: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
) -> impl IntoView {
    let unit_id = format!("field-{name}-unit");
    let described = match error {
        Some(_) => format!("field-{name}-error {unit_id}"),
        None => unit_id.clone(),
    };
    let invalid = error.is_some().then_some("true");
    view! {
        <FieldFrame name label error required=true>
            <div class="measure">
                <input
                    class="input"
                    id=field_id(name)
                    name=name
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    value=value
                    aria-describedby=described
                    aria-invalid=invalid
                />
                <span class="measure-unit" id=unit_id>{unit}</span>
            </div>
        </FieldFrame>
    }
}

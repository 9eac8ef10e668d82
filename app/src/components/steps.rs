//! How far one is in something that takes several pages.

use leptos::prelude::*;

/// "Step 3 of 4", in words and as a line.
#[component]
pub fn Steps(
    /// From 1.
    current: u8,
    names: &'static [&'static str],
) -> impl IntoView {
    let current = usize::from(current);
    let name = names.get(current.wrapping_sub(1)).copied().unwrap_or_default();
    let marks = (1..=names.len())
        .map(|step| {
            let class = if step <= current { "step step-done" } else { "step" };
            view! { <span class=class></span> }
        })
        .collect_view();
    view! {
        <div class="steps">
            <p class="steps-text">
                <strong>{format!("Step {current} of {}", names.len())}</strong>
                {format!(" · {name}")}
            </p>
            <div class="steps-line" aria-hidden="true">{marks}</div>
        </div>
    }
}

//! What somebody reads who looks for help that cannot wait for a visit.

use leptos::prelude::*;

use crate::components::{Alert, Tone};

/// Stands above what a search found that sounds like an emergency.
#[component]
pub fn UrgentNotice() -> impl IntoView {
    view! {
        <Alert tone=Tone::Danger title="Is this happening now? Call your local emergency number">
            <p>
                "Chest pain, trouble breathing, signs of a stroke, heavy bleeding or thoughts of ending your life \
                 cannot wait for an appointment. Call now, and do not drive yourself. Anything that can wait, you can \
                 book here."
            </p>
        </Alert>
    }
}

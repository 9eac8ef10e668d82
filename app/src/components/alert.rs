//! A message on the page about something that matters now.

use leptos::prelude::*;

use super::{Glyph, Icon, Tone};

/// A framed message. Dangers are announced at once, the rest when the reader comes to it.
#[component]
pub fn Alert(
    #[prop(default = Tone::Info)] tone: Tone,
    #[prop(optional, into)] title: Option<String>,
    children: Children,
) -> impl IntoView {
    let (class, glyph) = match tone {
        Tone::Neutral => ("alert", Glyph::Info),
        Tone::Info => ("alert alert-info", Glyph::Info),
        Tone::Success => ("alert alert-success", Glyph::CheckCircle),
        Tone::Warning => ("alert alert-warning", Glyph::Warning),
        Tone::Danger => ("alert alert-danger", Glyph::AlertCircle),
    };
    let role = if tone == Tone::Danger { "alert" } else { "status" };
    view! {
        <div class=class role=role>
            <Icon glyph=glyph/>
            <div class="alert-body">
                {title.map(|title| view! { <p class="alert-title">{title}</p> })}
                {children()}
            </div>
        </div>
    }
}

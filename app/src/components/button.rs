//! Buttons, and links that look like them. A page has one primary button, named with a verb.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Glyph, Icon};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Variant {
    /// The one thing this screen is for.
    #[default]
    Primary,
    Secondary,
    /// No frame: for what is rarely wanted.
    Quiet,
    /// Takes something away.
    Danger,
}

/// Sizes keep a touch target of 44 px on touch screens, the small one by its margin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    Small,
    #[default]
    Medium,
    Large,
}

impl Variant {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Primary => "btn btn-primary",
            Self::Secondary => "btn btn-secondary",
            Self::Quiet => "btn btn-quiet",
            Self::Danger => "btn btn-danger",
        }
    }
}

fn classes(variant: Variant, size: Size, wide: bool) -> String {
    let size = match size {
        Size::Small => " btn-sm",
        Size::Medium => "",
        Size::Large => " btn-lg",
    };
    format!("{}{size}{}", variant.class(), if wide { " btn-wide" } else { "" })
}

/// A button of a plain form.
#[component]
pub fn Button(
    #[prop(optional)] variant: Variant,
    #[prop(optional)] size: Size,
    #[prop(optional, into)] icon: Option<Glyph>,
    /// `submit` unless told otherwise.
    #[prop(default = "submit")]
    kind: &'static str,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    /// Where it sends the form instead, whatever is still missing in it.
    #[prop(optional, into)]
    formaction: Option<String>,
    /// As wide as what it stands in.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    let formnovalidate = formaction.is_some();
    view! {
        <button
            type=kind
            class=classes(variant, size, wide)
            name=name
            value=value
            formaction=formaction
            formnovalidate=formnovalidate
        >
            {icon.map(|glyph| view! { <Icon glyph=glyph/> })}
            <span>{children()}</span>
        </button>
    }
}

/// A link that leads to the next step and therefore looks like a button.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(optional)] variant: Variant,
    #[prop(optional)] size: Size,
    #[prop(optional, into)] icon: Option<Glyph>,
    /// As wide as what it stands in.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <a href=href class=classes(variant, size, wide)>
            {icon.map(|glyph| view! { <Icon glyph=glyph/> })}
            <span>{children()}</span>
        </a>
    }
}

/// A link to a file to be kept. The browser asks for it as it is: it is no page.
#[component]
pub fn DownloadButton(#[prop(into)] href: String, icon: Glyph, children: Children) -> impl IntoView {
    view! {
        <a href=href class=Variant::Secondary.class() rel="external" download>
            <Icon glyph=icon/>
            <span>{children()}</span>
        </a>
    }
}

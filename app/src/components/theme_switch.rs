//! Light, dark or as the system: remembered in a cookie, so that the server renders the chosen one at once.

use leptos::{prelude::*, wasm_bindgen::JsValue, web_sys::js_sys::Reflect};
use serde::{Deserialize, Serialize};

use super::{Glyph, Icon};

/// Which colours somebody wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    Light,
    Dark,
    /// As the device is set.
    #[default]
    System,
}

impl Theme {
    /// The cookie that remembers it. Not a secret and not a person: any script of the page may read it.
    pub const COOKIE: &'static str = "theme";

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "system",
        }
    }

    /// Anything unknown is as the system.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// The value of `data-theme`, when a theme is forced.
    #[must_use]
    pub const fn forced(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            chosen => Some(chosen.as_str()),
        }
    }
}

/// Shows the choice on this page and remembers it for the next ones.
fn choose(theme: Theme) {
    let document = document();
    if let Some(root) = document.document_element() {
        let _ = match theme.forced() {
            Some(name) => root.set_attribute("data-theme", name),
            None => root.remove_attribute("data-theme"),
        };
    }
    let cookie = format!("{}={}; Path=/; Max-Age=31536000; SameSite=Lax", Theme::COOKIE, theme.as_str());
    // Fails only where cookies are refused: then the choice lasts as long as the page.
    let _ = Reflect::set(&document, &JsValue::from_str("cookie"), &JsValue::from_str(&cookie));
}

/// The three choices. Without JavaScript the page follows the system and the switch is not there.
#[island]
pub fn ThemeSwitch(current: Theme) -> impl IntoView {
    let works = RwSignal::new(false);
    let chosen = RwSignal::new(current);
    Effect::new(move |_| works.set(true));
    let option = move |theme: Theme, glyph: Glyph, name: &'static str| {
        view! {
            <button
                type="button"
                class="theme-option"
                title=name
                aria-pressed=move || if chosen.get() == theme { "true" } else { "false" }
                on:click=move |_| {
                    chosen.set(theme);
                    choose(theme);
                }
            >
                <Icon glyph=glyph/>
                <span class="visually-hidden">{name}</span>
            </button>
        }
    };
    view! {
        <div class="theme-switch" role="group" aria-label="Colours" hidden=move || !works.get()>
            {option(Theme::Light, Glyph::Sun, "Light")}
            {option(Theme::Dark, Glyph::Moon, "Dark")}
            {option(Theme::System, Glyph::Monitor, "Same as device")}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_themes_reach_the_page() {
        assert_eq!(Theme::parse("dark"), Theme::Dark);
        assert_eq!(Theme::parse("\"><script>"), Theme::System);
        for theme in [Theme::Light, Theme::Dark, Theme::System] {
            assert_eq!(Theme::parse(theme.as_str()), theme);
        }
        assert_eq!(Theme::System.forced(), None);
    }
}

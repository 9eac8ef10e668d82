//! The document around a page: head, stylesheet, font, and what wakes the islands.
//!
//! `leptos::HydrationScripts` is not used: it writes the nonce of the content security policy into an attribute that
//! scripts can read, and it cannot name files by their hash.

use std::sync::Arc;

use http::request::Parts;
use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

use crate::{
    address::address,
    app::App,
    components::{Theme, WARNED_BEFORE},
    cookies,
    features::auth::SESSION_ENDING,
    server_ctx::viewer,
};

/// Where the site's files really are: their names carry a hash of what is in them. Provided by the server as context.
#[derive(Clone)]
pub struct Assets(pub Arc<dyn Fn(&str) -> String + Send + Sync>);

impl Assets {
    /// The address of a file of the site, such as `/pkg/securemed.css`.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        (self.0)(path)
    }
}

/// The path as it is, when nobody knows better.
fn asset(path: &str) -> String {
    use_context::<Assets>().map_or_else(|| path.to_owned(), |assets| assets.url(path))
}

/// The theme that this request's cookie asks for.
#[must_use]
pub fn chosen_theme() -> Theme {
    use_context::<Parts>()
        .and_then(|parts| cookies::read(&parts.headers, Theme::COOKIE).map(Theme::parse))
        .unwrap_or_default()
}

/// Pages without a person in them fetch ahead what is likely to come next. Nothing else may: a page fetched ahead must
/// never count as a look at a record.
fn is_public() -> bool {
    use_context::<Parts>().is_some_and(|parts| {
        let path = parts.uri.path();
        matches!(path, "/" | "/doctors" | "/privacy" | "/terms") || path.starts_with("/doctors/")
    })
}

const FETCH_AHEAD: &str = r#"{"prefetch":[{"where":{"or":[{"href_matches":"/doctors*"},{"href_matches":"/login*"}]},"eagerness":"moderate"}]}"#;

/// Hides the clinic's zone beside its times from readers who are in it, before anything is drawn.
const ZONE_HIDER: &str = include_str!("zone_hider.js");

/// The whole document.
#[must_use]
pub fn shell() -> AnyView {
    // What only islands need is not written into the page twice.
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    let nonce = use_nonce();
    let theme = chosen_theme();
    let (script, wasm) = (asset("/pkg/securemed.js"), asset("/pkg/securemed.wasm"));
    // Wakes the islands in the order of the document when the browser has time; an island among another island's
    // children wakes inside that one's scope. The page is complete before and without it.
    let loader = include_str!("island_loader.js").replace("PKG", &script).replace("WASM", &wasm);
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme.forced()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content=theme.forced().unwrap_or("light dark")/>
                {theme_colours(theme)}
                <meta name="description" content="Find a doctor, book a free time and keep your records together."/>
                <link rel="stylesheet" href=asset("/pkg/securemed.css")/>
                <link rel="preload" href="/fonts/inter-latin.woff2" r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml"/>
                <link rel="modulepreload" href=script crossorigin="anonymous" nonce=nonce.clone() fetchpriority="low"/>
                <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" fetchpriority="low"/>
                <script nonce=nonce.clone() inner_html=ZONE_HIDER></script>
                <script r#type="module" nonce=nonce.clone() inner_html=loader></script>
                {is_public()
                    .then(|| view! { <script r#type="speculationrules" nonce=nonce inner_html=FETCH_AHEAD></script> })}
                {warned_without_script()}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
    .into_any()
}

/// Leads to the page that warns of the end of the session, where no script does: from pages for reading only, so that
/// nothing that is being typed is lost.
fn warned_without_script() -> Option<impl IntoView> {
    let parts = use_context::<Parts>().filter(|parts| is_for_reading(parts.uri.path()))?;
    let clock = viewer()?.clock?;
    let here = parts.uri.path_and_query().map_or("/", |address| address.as_str());
    let seconds = clock.seconds_left.saturating_sub(WARNED_BEFORE).max(1);
    let refresh = format!("{seconds};url={}", address(SESSION_ENDING, &[("next", here)]));
    let meta = leptos::html::meta().http_equiv("refresh").content(refresh);
    Some(view! { <noscript>{meta}</noscript> })
}

fn is_for_reading(path: &str) -> bool {
    matches!(
        path,
        "/dashboard"
            | "/appointments"
            | "/records"
            | "/schedule"
            | "/admin"
            | "/account"
            | "/account/looks"
            | "/account/sessions"
    ) || (path.starts_with("/admin/") && path != "/admin/questions")
}

/// The colour of the browser's own bars.
fn theme_colours(theme: Theme) -> impl IntoView {
    let colour = |colour: &'static str, media: &'static str| {
        leptos::html::meta().name("theme-color").content(colour).attr("media", media)
    };
    let light = (theme != Theme::Dark)
        .then(|| colour("#fbfaf8", theme.forced().map_or("(prefers-color-scheme: light)", |_| "all")));
    let dark = (theme != Theme::Light)
        .then(|| colour("#14191a", theme.forced().map_or("(prefers-color-scheme: dark)", |_| "all")));
    (light, dark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_page_on_which_something_is_typed_is_left_by_a_timer() {
        assert!(
            ["/dashboard", "/appointments", "/records", "/admin/users", "/account", "/account/looks"]
                .into_iter()
                .all(is_for_reading)
        );
        let typed =
            ["/login", "/register", "/appointments/book", "/account/profile", "/account/security", "/account/confirm"];
        assert!(!typed.into_iter().any(is_for_reading));
        assert!(!["/account/looks/7/ask", "/admin/questions"].into_iter().any(is_for_reading));
    }
}

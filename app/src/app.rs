//! What stands on every page: the frame, and in it the page that the address names.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::Router;

use crate::{
    components::{IconSprite, SiteFooter, SiteHeader, SkipLink, Theme},
    features::auth::server_fns::get_viewer,
    routes::Pages,
};

/// The whole body of a page.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title text="SecureMed" formatter=|text: String| match text.as_str() {
            "" | "SecureMed" => "SecureMed".to_owned(),
            _ => format!("{text} · SecureMed"),
        }/>
        <Router>
            <IconSprite/>
            <SkipLink/>
            <Suspense>
                // Nobody's name is shown when it cannot be found out; the page below says what is wrong.
                {Suspend::new(async move { view! { <SiteHeader viewer=get_viewer().await.ok().flatten()/> } })}
            </Suspense>
            <main id="main" tabindex="-1">
                <Pages/>
            </main>
            <SiteFooter theme=theme()/>
        </Router>
    }
}

/// The theme that this request's cookie asks for.
fn theme() -> Theme {
    #[cfg(feature = "ssr")]
    let theme = crate::shell::chosen_theme();
    #[cfg(not(feature = "ssr"))]
    let theme = Theme::System;
    theme
}

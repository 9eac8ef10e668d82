//! What stands on every page: the frame, and in it the page that the address names.

#[cfg(feature = "ssr")]
use domain_types::auth::Role;
use domain_types::auth::Viewer;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::Router;

use crate::{
    components::{IconSprite, OtherPersonNotice, SessionWarning, SiteFooter, SiteHeader, SiteTitle, SkipLink, Theme},
    error::this_address,
    features::auth::{
        SESSION_ENDING,
        server_fns::{get_registration_is_open, get_viewer},
    },
    routes::Pages,
};

/// The whole body of a page.
#[component]
pub fn App() -> AnyView {
    provide_meta_context();
    view! {
        <SiteTitle/>
        <Router>
            <IconSprite/>
            <SkipLink/>
            <Suspense>
                {Suspend::new(frame())}
            </Suspense>
            <main id="main" tabindex="-1">
                <Pages/>
            </main>
            <SiteFooter theme=theme()/>
        </Router>
    }
    .into_any()
}

/// The header, and the warning before the session of whoever is looking ends.
async fn frame() -> impl IntoView {
    let here = this_address();
    let is_at = |page: &str| here.split('?').next() == Some(page);
    // Nobody's name is shown when it cannot be found out; the page below says what is wrong.
    let viewer = get_viewer().await.ok().flatten();
    // Asked only where the header offers it.
    let may_register = viewer.is_none() && is_at("/login") && get_registration_is_open().await.unwrap_or(false);
    let notice = viewer.is_some().then(|| view! { <OtherPersonNotice here=here.clone()/> });
    let waiting = waiting(viewer.as_ref()).await;
    let clock = viewer.as_ref().and_then(|viewer| viewer.clock).filter(|_| !is_at(SESSION_ENDING));
    view! {
        <SiteHeader viewer may_register waiting/>
        {notice}
        {clock.map(|clock| view! { <SessionWarning clock here/> })}
    }
}

/// How much waits in a doctor's inbox; nothing for everybody else, and when it cannot be found out.
async fn waiting(viewer: Option<&Viewer>) -> u64 {
    #[cfg(feature = "ssr")]
    if viewer.is_some_and(|viewer| viewer.role == Role::Doctor)
        && let Ok(ctx) = crate::server_ctx::ctx()
    {
        return domain::records::inbox_count(&ctx.services, &ctx.actor).await.unwrap_or_default();
    }
    #[cfg(not(feature = "ssr"))]
    let _ = viewer;
    0
}

/// The theme that this request's cookie asks for.
fn theme() -> Theme {
    #[cfg(feature = "ssr")]
    let theme = crate::shell::chosen_theme();
    #[cfg(not(feature = "ssr"))]
    let theme = Theme::System;
    theme
}

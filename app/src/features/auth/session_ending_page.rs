//! `/session-ending`

use domain_types::auth::{SessionClock, Viewer};
use leptos::prelude::*;
use leptos_meta::Meta;

use super::{SESSION_ENDING, server_fns::get_viewer};
use crate::{
    address::address,
    components::{Alert, LinkButton, Page, Tone, WARNED_BEFORE, Width},
    error::redirect_page,
    features::{loaded, query},
    forms::local_path,
};

/// Warns before a session ends by itself, where no script does. The server takes a request for this page for nobody's
/// doing: it makes no session last longer.
#[component]
pub fn SessionEndingPage() -> impl IntoView {
    let next = query("next").and_then(|next| local_path(&next).map(str::to_owned));
    loaded(get_viewer(), move |viewer: Option<Viewer>| {
        let home = viewer.as_ref().map_or("/", |viewer| viewer.role.home());
        let next = next.unwrap_or_else(|| home.to_owned());
        match viewer.map(|viewer| viewer.clock) {
            Some(Some(clock)) => warning(clock, next).into_any(),
            // A session without a clock does not end by itself.
            Some(None) => gone_to(&next).into_any(),
            None => gone_to(&address("/login", &[("ended", "1"), ("next", &next)])).into_any(),
        }
    })
}

fn gone_to(place: &str) -> impl IntoView + use<> {
    redirect_page(place);
    let place = place.to_owned();
    view! {
        <Page title="Go on" width=Width::Narrow>
            <p><a class="link" href=place>"Continue"</a></p>
        </Page>
    }
}

fn warning(clock: SessionClock, next: String) -> impl IntoView {
    let SessionClock { seconds_left, may_extend } = clock;
    let ended = if may_extend { "1" } else { "long" };
    // Somebody was there in another tab meanwhile: this page waits for the next time.
    let (seconds, then) = match seconds_left.checked_sub(WARNED_BEFORE + 5) {
        Some(later) => (later + 5, address(SESSION_ENDING, &[("next", &next)])),
        None => (seconds_left + 1, address("/login", &[("ended", ended), ("next", &next)])),
    };
    let refresh = format!("{seconds};url={then}");
    let left = match seconds_left.div_ceil(60) {
        1 => "one minute".to_owned(),
        2 => "two minutes".to_owned(),
        minutes => format!("{minutes} minutes"),
    };
    let (title, text, verb, href) = if may_extend {
        (
            "Are you still there?",
            format!("Nothing has happened here for a while. To protect your data you will be signed out in {left}."),
            "Stay signed in",
            next,
        )
    } else {
        (
            "Your session is ending",
            format!("You have been signed in for long. To protect your data you will be signed out in {left}."),
            "Go on for now",
            next,
        )
    };
    view! {
        <Meta http_equiv="refresh" content=refresh/>
        <Page title width=Width::Narrow>
            <div class="stack">
                <Alert tone=Tone::Warning><p>{text}</p></Alert>
                <div class="row"><LinkButton href>{verb}</LinkButton></div>
            </div>
        </Page>
    }
}

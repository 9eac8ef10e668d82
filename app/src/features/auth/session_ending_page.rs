//! `/session-ending`

use domain_types::auth::{SessionClock, Viewer};
use leptos::prelude::*;

use super::{SESSION_ENDING, server_fns::get_viewer};
use crate::{
    address::address,
    components::{Alert, LinkButton, Page, Tone, WARNED_BEFORE, Width},
    error::{leave_page_after, redirect_page},
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
        <Page title="Continue" width=Width::Narrow>
            <p><a class="link" href=place>"Continue"</a></p>
        </Page>
    }
}

/// After how many seconds this page leads where.
fn goes_on(clock: SessionClock, next: &str) -> (u32, String) {
    let ended = if clock.may_extend { "1" } else { "long" };
    match clock.seconds_left.checked_sub(WARNED_BEFORE + 5) {
        // Somebody was there in another tab meanwhile: this page waits for the next time.
        Some(later) => (later + 5, address(SESSION_ENDING, &[("next", next)])),
        None => (clock.seconds_left + 1, address("/login", &[("ended", ended), ("next", next)])),
    }
}

fn warning(clock: SessionClock, next: String) -> impl IntoView {
    let SessionClock { seconds_left, may_extend } = clock;
    let (seconds, then) = goes_on(clock, &next);
    // Where scripts run, the warning of the page that was left does this.
    leave_page_after(seconds, &then);
    let left = match seconds_left.div_ceil(60) {
        1 => "one minute".to_owned(),
        2 => "two minutes".to_owned(),
        minutes => format!("{minutes} minutes"),
    };
    let (title, text, verb, href) = if may_extend {
        (
            "Are you still there?",
            format!("You have not used SecureMed for a while. To protect your data, we will sign you out in {left}."),
            "Stay signed in",
            next,
        )
    } else {
        (
            "Your session is ending",
            format!("You have been signed in for a long time. To protect your data, we will sign you out in {left}."),
            "Continue for now",
            next,
        )
    };
    view! {
        <Page title width=Width::Narrow>
            <div class="stack">
                <Alert tone=Tone::Warning><p>{text}</p></Alert>
                <div class="row"><LinkButton href>{verb}</LinkButton></div>
            </div>
        </Page>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_waits_for_the_end_and_begins_anew_when_somebody_was_there_meanwhile() {
        let after = |seconds_left, may_extend| goes_on(SessionClock { seconds_left, may_extend }, "/records");
        assert_eq!(after(118, true), (119, "/login?ended=1&next=%2Frecords".to_owned()));
        assert_eq!(after(60, false), (61, "/login?ended=long&next=%2Frecords".to_owned()));
        assert_eq!(after(1_800, true), (1_680, "/session-ending?next=%2Frecords".to_owned()));
    }
}

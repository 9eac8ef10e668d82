//! Tells, when a page that was left open comes back to the front, that it is no longer the page of whoever is there.

use leptos::prelude::*;

use crate::{address::address, forms::drawn_for};

/// Both things that may have happened meanwhile in another tab, hidden until `drawn_for.js` finds out which. `here` is
/// the address that signing in comes back to.
#[component]
pub fn OtherPersonNotice(here: String) -> impl IntoView {
    let sign_in = address("/login", &[("next", &here)]);
    let person = drawn_for();
    view! {
        <dialog
            class="dialog"
            id="other-person"
            data-drawn-for=person
            data-shown-for="other"
            role="alertdialog"
            closedby="none"
            aria-labelledby="other-person-title"
        >
            <h2 class="dialog-title" id="other-person-title">"You are now signed in as someone else"</h2>
            <div class="stack mt-4">
                <p>"This page was opened by another person. Nothing on it can be saved while you are signed in."</p>
                <div class="row"><a class="btn btn-primary" href="/">"Go to your start page"</a></div>
            </div>
        </dialog>
        <dialog
            class="dialog"
            data-shown-for="nobody"
            role="alertdialog"
            closedby="none"
            aria-labelledby="nobody-title"
        >
            <h2 class="dialog-title" id="nobody-title">"You are signed out"</h2>
            <div class="stack mt-4">
                <p>"Sign in again to continue."</p>
                <div class="row"><a class="btn btn-primary" href=sign_in>"Sign in"</a></div>
            </div>
        </dialog>
    }
}

//! The terms of use. Every sentence is true of this version of the software; change both together.

use leptos::prelude::*;

use crate::components::{Page, TextLink};

/// Version and date of the terms, as shown; new versions count on.
const EDITION: &str = "Version 1, 22 November 2026";

/// The terms of use.
#[component]
pub fn TermsPage() -> impl IntoView {
    view! {
        <Page title="Terms of use" lead=EDITION>
            <div class="prose">
                <p>
                    "These terms are about using SecureMed to book visits and read records. What the clinic owes you as a patient follows from the law and from your agreement with the clinic."
                </p>
                <h2>"Not for emergencies"</h2>
                <p>"If you are in danger, call your local emergency number. Nobody watches this site around the clock, and what you write as the reason of a visit is read when your doctor prepares for it."</p>
                <h2>"Your account"</h2>
                <p>"An account belongs to one person. Keep its password to yourself, and tell the clinic at once when somebody else may know it. Sign out on devices that you share."</p>
                <h2>"Booking"</h2>
                <ul>
                    <li>"A visit is booked when its confirmation page with the reference is shown. The mail that follows is a copy."</li>
                    <li>"A time is given to whoever confirms it first. If somebody else was quicker, you are told and offered the nearest free times."</li>
                    <li>"You can have one visit at a time: two that overlap are refused."</li>
                    <li>"Times are those of the clinic’s time zone, which is shown beside them."</li>
                    <li>"The fee that is shown is that of the visit itself. Further examinations are agreed with your doctor."</li>
                </ul>
                <h2>"Changing and cancelling"</h2>
                <p>"You can cancel or move a visit here until the moment that is shown with it. After that, call the clinic. Please cancel what you cannot keep: the time is free for somebody else at once."</p>
                <p>"The clinic may have to move or cancel a visit, for example when a doctor is ill."</p>
                <h2>"Records"</h2>
                <p>"The record is what your doctors wrote. It does not replace talking with them, and SecureMed draws no conclusions from it."</p>
                <h2>"Availability"</h2>
                <p>"We try to keep the site running at all times but cannot promise it. When it is away, the clinic can be reached by telephone."</p>
                <p>"What happens with your data is in the " <TextLink href="/privacy">"privacy notice"</TextLink> "."</p>
            </div>
        </Page>
    }
}

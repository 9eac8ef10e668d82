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
                    "These terms are about using SecureMed to book appointments and read records. The clinic’s duties to you as a patient come from the law and from your agreement with the clinic."
                </p>
                <h2>"Not for emergencies"</h2>
                <p>"If you are in danger, call your local emergency number. No one monitors this site around the clock. Your doctor reads the reason for an appointment when preparing for it."</p>
                <h2>"Your account"</h2>
                <p>"An account belongs to one person. Keep your password to yourself, and tell the clinic at once if someone else may know it. Sign out on shared devices."</p>
                <h2>"Booking"</h2>
                <ul>
                    <li>"An appointment is booked when you see the confirmation page with the reference. The e-mail that follows is a copy."</li>
                    <li>"The first person to confirm a time gets it. If someone else was faster, we tell you and offer the nearest free times."</li>
                    <li>"Your appointments cannot overlap."</li>
                    <li>"Times are in the clinic’s time zone, which is shown next to them."</li>
                    <li>"The fee shown is for the appointment itself. Agree any further tests with your doctor."</li>
                </ul>
                <h2>"Changing and cancelling"</h2>
                <p>"You can cancel or move an appointment here until the time shown with it. After that, call the clinic. Please cancel if you cannot come: the time is free for others at once."</p>
                <p>"The clinic may have to move or cancel an appointment, for example when a doctor is ill."</p>
                <h2>"Records"</h2>
                <p>"The record is what your doctors write. It does not replace talking to them, and SecureMed draws no conclusions from it."</p>
                <h2>"Availability"</h2>
                <p>"We try to keep the site running at all times but cannot promise it. When it is down, you can reach the clinic by phone."</p>
                <p>"Our " <TextLink href="/privacy">"privacy policy"</TextLink> " explains how we use your data."</p>
            </div>
        </Page>
    }
}

//! The privacy notice. Every sentence is true of this version of the software; change both together.

use leptos::prelude::*;

use crate::components::{Page, TextLink};

/// Version and date of the notice, as shown; new versions count on.
pub const PRIVACY_EDITION: &str = "Version 1, 22 November 2026";

/// The privacy notice.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    view! {
        <Page title="Privacy" lead=PRIVACY_EDITION>
            <div class="prose">
                <p>
                    "SecureMed is the booking and records system of the clinic that runs it. The clinic decides what is done with your data and answers for it. This page says what the software keeps, who can see it and how long."
                </p>
                <h2>"What is kept"</h2>
                <ul>
                    <li>"Your account: name, user name, e-mail address, when you last signed in, which version of this notice you agreed to and when, and your password in a form from which it cannot be read back; for patients also what their profile says: date of birth, gender, telephone number, address and whom to call in an emergency, where the clinic has them."</li>
                    <li>"If you use an authenticator app: its key, encrypted, and your recovery codes in a form from which they cannot be read back."</li>
                    <li>"An account that was not confirmed is forgotten within a day."</li>
                    <li>"Your visits: doctor, time, place, fee, where they stand, and, encrypted, the reason you gave for coming. Each change is kept with its time and who made it."</li>
                    <li>"Your medical record: what your doctors wrote about your visits, results and treatments."</li>
                    <li>"Sign-ins: for each device its kind as the browser names it, its network address, when it signed in and when it was last used; wrong tries with the account and the network address they were for, so that nobody can guess on and on."</li>
                    <li>"A log of access: who opened, changed or was refused which visit or entry, and when."</li>
                    <li>"The mails that were sent to you about your visits and your account."</li>
                </ul>
                <h2>"Who can see it"</h2>
                <ul>
                    <li>"You see your own visits and records."</li>
                    <li>"A doctor sees the patients they treat, and nobody else’s."</li>
                    <li>"Administrators see accounts and when visits take place. They do not see why you come, nor notes, nor records."</li>
                    <li>"A person who may not see something is told that it does not exist."</li>
                </ul>
                <p>"Reading a record or a visit writes a line into the log of access in the same step: the one does not happen without the other."</p>
                <h2>"Mail"</h2>
                <p>
                    "We write to you when you book, move or cancel a visit. Such a mail names the doctor, the time, the place and the reference. It does not say why you come. We also write when something about signing in to your account changes, and to confirm your address."
                </p>
                <h2>"Cookies"</h2>
                <p>"Only what the pages need to work:"</p>
                <ul>
                    <li>"two cookies that keep you signed in; signing out, or closing the browser, removes them;"</li>
                    <li>"one that waits for the second step of a sign-in, for twenty minutes at most;"</li>
                    <li>"one by which a browser that you signed in with is known again, for a year, so that we can tell you of new ones;"</li>
                    <li>"one that holds your place in a form that was sent back to you, for ten minutes;"</li>
                    <li>"one that remembers light or dark colours, when you choose them, for a year."</li>
                </ul>
                <p>"There is no advertising and no measuring of visitors, and no page loads anything from another company."</p>
                <h2>"How long"</h2>
                <p>
                    "Visits and records are kept as long as the law asks the clinic to keep them. Ask the clinic to correct what is wrong, to hand you a copy, or to delete what it no longer has to keep."
                </p>
                <h2>"Questions"</h2>
                <p>
                    "Ask the clinic: its address and telephone number are on the " <TextLink href="/">"start page"</TextLink>
                    ". You may also turn to the data protection authority of your country."
                </p>
            </div>
        </Page>
    }
}

//! The privacy notice. Every sentence is true of this version of the software; change both together.

use leptos::prelude::*;

use crate::components::{Page, TextLink};

/// Version and date of the notice, as shown; new versions count on.
pub const PRIVACY_EDITION: &str = "Version 1, 30 November 2026";

/// The privacy notice.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    view! {
        <Page title="Privacy policy" lead=PRIVACY_EDITION>
            <div class="prose">
                <p>
                    "SecureMed is the appointment and records system of the clinic that runs it. The clinic decides how your data is used and is responsible for it. This page explains what SecureMed keeps, who can see it and for how long."
                </p>
                <h2>"What we keep"</h2>
                <ul>
                    <li>"Your account: name, user name, e-mail address, when you last signed in, which version of this policy you agreed to and when, and your password in a form that cannot be read back. If you are a patient, also your profile: date of birth, gender, phone number, address and emergency contact, if the clinic has them."</li>
                    <li>"If you use an authenticator app: its key, encrypted, and your recovery codes in a form that cannot be read back."</li>
                    <li>"Unconfirmed accounts are deleted within a day."</li>
                    <li>"Your appointments: doctor, time, place, fee and status, and, encrypted, the reason you gave. Every change is kept with its time and who made it."</li>
                    <li>"Your medical record: what your doctors write about your appointments, results and treatments, and what you add yourself."</li>
                    <li>"Sign-ins: for each device, the type of browser, its network address, when it signed in and when it was last used. Also failed attempts, with the account and network address, so that no one can keep guessing."</li>
                    <li>"An access log: who opened or changed which appointment or entry, or was refused, and when."</li>
                    <li>"The e-mails we sent you about your appointments and your account."</li>
                </ul>
                <h2>"Who can see it"</h2>
                <ul>
                    <li>"You can see your own appointments and your own record."</li>
                    <li>"Doctors can see the patients they treat, and no one else’s records."</li>
                    <li>"Administrators can see accounts and when appointments take place. They cannot see the reason for an appointment, notes or records."</li>
                    <li>"Anything you cannot access appears as “not found”."</li>
                </ul>
                <h2>"Emergency access"</h2>
                <p>
                    "In an emergency, a doctor who is not treating you, or an administrator, can open your record for sixty minutes. They must give a reason and confirm their identity. We e-mail you at once. Another administrator reviews every emergency access, and can end it."
                </p>
                <h2>"Access log"</h2>
                <p>
                    "Every access to a record or an appointment is logged, and nothing can be opened without being logged. If you are a patient, you can see the log under “Who accessed my record” in your account, and ask the clinic about anything you do not recognise."
                </p>
                <h2>"E-mail"</h2>
                <p>
                    "We e-mail you when you book, move or cancel an appointment. The e-mail includes the doctor, the time, the place and the reference, but never the reason for the appointment. We also e-mail you when there are new results, without the results themselves, when your record is opened in an emergency, when the clinic answers a question you asked, when something changes about how you sign in, and to confirm your e-mail address."
                </p>
                <h2>"Cookies"</h2>
                <p>"We use only the cookies that the pages need to work:"</p>
                <ul>
                    <li>"two cookies that keep you signed in, removed when you sign out or close the browser"</li>
                    <li>"one for the second step of signing in, for up to twenty minutes"</li>
                    <li>"one that recognises a browser you have signed in with, for a year, so that we can tell you about new ones"</li>
                    <li>"one that keeps your place in a form that needs correcting, for ten minutes"</li>
                    <li>"one that remembers light or dark colours if you choose them, for a year"</li>
                </ul>
                <p>"There is no advertising and no visitor tracking, and no page loads anything from another company."</p>
                <h2>"How long we keep it"</h2>
                <p>
                    "The clinic keeps appointments and records for as long as the law requires. You can ask the clinic to correct mistakes, to give you a copy, or to delete what it no longer has to keep."
                </p>
                <h2>"Questions"</h2>
                <p>
                    "Ask the clinic: its address and phone number are on the " <TextLink href="/">"start page"</TextLink>
                    ". You can also contact the data protection authority in your country."
                </p>
            </div>
        </Page>
    }
}

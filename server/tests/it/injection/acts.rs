//! What people do one after another, each act filled with markup.

use jiff::civil::datetime;

use super::forms::Trial;
use crate::support::{Caller, TestApp};

/// The last part of the path to which a form led: `REC-…`.
fn reference(led: &str) -> String {
    led.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).unwrap_or_default().to_owned()
}

/// Everybody acts; gives who reads, and from where they look at all pages.
pub(super) async fn all<'a>(app: &'a TestApp, trial: &mut Trial) -> Vec<(Caller<'a>, Vec<String>)> {
    let world = &app.world;
    let nobody = app.anonymous();
    let (jonas, rivera) = (app.browser(&world.jonas).await, app.browser(&world.rivera).await);
    let (brandt, admin) = (app.browser(&world.brandt).await, app.browser(&world.admin).await);
    let patient = world.reference_of(&world.jonas).await;
    for at in [datetime(2026, 11, 24, 9, 0, 0, 0), datetime(2026, 11, 25, 9, 0, 0, 0)] {
        world.book(&world.jonas, &world.rivera, at).await.unwrap();
    }

    arriving(app, trial, &nobody).await;
    own_account(trial, &jonas).await;
    let doctor = world.rivera.doctor.unwrap();
    let confirm = format!("/appointments/book?doctor={doctor}&date=2026-11-26&time=10:00");
    trial.fill(&jonas, (&confirm, "/fn/appointments/book"), &[]).await;
    trial.fill(&jonas, ("/records/vitals/new", "/fn/records/enter-vitals"), &[]).await;
    trial.bring(&jonas, "/records/documents/new", "/records/documents").await;

    lists(trial, &rivera, &patient).await;
    let vitals = format!("/patients/{patient}/vitals/new");
    trial.fill(&rivera, (&vitals, "/fn/records/enter-vitals"), &[]).await;
    notes(trial, &rivera, &patient).await;
    prescriptions(trial, &rivera, &patient).await;
    let report = reports(trial, &rivera, &patient).await;
    trial.fill(&jonas, (&format!("/records/{report}/ask"), "/fn/records/ask-doctor"), &[]).await;
    questions(trial, &jonas, &admin, world.note_look(&world.rivera, &world.jonas).await.0).await;
    emergencies(trial, &brandt, &admin, &patient).await;

    for (caller, page) in
        [(&nobody, "/doctors"), (&rivera, "/patients"), (&admin, "/admin/users"), (&admin, "/appointments")]
    {
        trial.search(caller, page, "search").await;
    }
    trial.search(&rivera, "/schedule", "date").await;
    for field in ["from", "to"] {
        trial.search(&admin, "/appointments", field).await;
    }
    let chart = format!("/patients/{patient}");
    let from = |pages: &[&str]| pages.iter().map(|page| (*page).to_owned()).collect::<Vec<_>>();
    let odd = "search=%3C%2Ftitle%3E%3Cb+data-xss%3E&flash=%3Cb+data-xss%3E";
    let next = "/login?next=%2F%3C%2Ftitle%3E%3Cb+data-xss%3E";
    vec![
        (nobody, from(&["/", &format!("/doctors?{odd}"), next, "/register", "/forgot-password", "/demo/mailbox"])),
        (
            jonas,
            from(&[
                "/dashboard",
                "/account",
                "/account/looks",
                "/account/profile",
                "/records",
                "/records?show=immunisations",
                "/appointments",
            ]),
        ),
        (app.browser(&world.maya).await, from(&["/account/profile", "/records"])),
        (rivera, from(&["/schedule?date=2026-11-26", "/inbox", &chart, &format!("/patients?{odd}"), "/emergency"])),
        (brandt, from(&["/emergency", &chart, "/patients"])),
        (
            admin,
            from(&[
                "/admin",
                "/admin/questions?state=answered",
                "/admin/emergencies",
                "/admin/mail",
                "/appointments",
                &format!("/admin/users?{odd}"),
            ]),
        ),
    ]
}

/// Somebody opens an account, and others only try.
async fn arriving(app: &TestApp, trial: &mut Trial, nobody: &Caller<'_>) {
    let registering = [("password", "violet harbour lamp seven")];
    let sent = trial.fill(nobody, ("/register", "/fn/auth/register"), &registering).await;
    let stranger = sent.caller;
    trial.refused(&stranger, (&sent.led, "/fn/auth/verify_email"), &[]).await;
    trial.refused(&stranger, (&sent.led, "/fn/auth/resend_verification"), &[]).await;
    trial.refused(&stranger, ("/verify-email?again=1", "/fn/auth/resend_verification"), &[]).await;
    let mail = app.world.mail_to("somebody@example.org").await.expect("a mail");
    let link = mail.body.split_whitespace().find(|word| word.contains("/verify-email?token=")).expect("a link");
    let page = link.trim_start_matches(domain::testing::PUBLIC_URL);
    trial.fill(&stranger, (page, "/fn/auth/verify_email"), &[]).await;
    trial.refused(nobody, ("/login", "/fn/auth/sign_in"), &[("password", "not the password")]).await;
    trial.refused(nobody, ("/forgot-password", "/fn/auth/request_reset"), &[]).await;
}

async fn own_account(trial: &mut Trial, jonas: &Caller<'_>) {
    trial.fill(jonas, ("/account/profile", "/fn/auth/change_profile"), &[]).await;
    trial.fill(jonas, ("/account/app", "/fn/auth/begin_factor"), &[]).await;
    trial.refused(jonas, ("/account/app", "/fn/auth/confirm_factor"), &[]).await;
}

async fn lists(trial: &mut Trial, rivera: &Caller<'_>, patient: &str) {
    for kind in ["problem", "medication", "immunisation"] {
        let page = format!("/patients/{patient}/lists/new?kind={kind}");
        trial.fill(rivera, (&page, "/fn/records/add-item"), &[("kind", kind)]).await;
    }
    let page = format!("/patients/{patient}/lists/new?kind=allergy");
    trial.fill(rivera, (&page, "/fn/records/add-item"), &[("kind", "no_known_allergies")]).await;
    trial.fill(rivera, (&page, "/fn/records/add-item"), &[("kind", "allergy")]).await;
}

async fn notes(trial: &mut Trial, rivera: &Caller<'_>, patient: &str) {
    let begun = trial.fill(rivera, (&format!("/patients/{patient}/notes/new"), "/fn/records/begin-note"), &[]).await;
    trial.fill(rivera, (&begun.led, "/fn/records/save-note"), &[]).await;
    let signed = trial.fill(rivera, (&begun.led, "/fn/records/sign-note"), &[]).await;
    let note = reference(&signed.led);
    trial.fill(rivera, (&format!("/records/{note}/add"), "/fn/records/add-to"), &[]).await;
}

/// The second is of a medicine that the patient should not have: signing it takes a reason.
async fn prescriptions(trial: &mut Trial, rivera: &Caller<'_>, patient: &str) {
    let (page, write) = (format!("/patients/{patient}/prescriptions/new"), "/fn/records/write-prescription");
    let begun = trial.fill(rivera, (&page, write), &[]).await;
    trial.fill(rivera, (&begun.led, "/fn/records/save-prescription"), &[]).await;
    let signed = trial.fill(rivera, (&begun.led, "/fn/records/sign-prescription"), &[]).await;
    let rx = reference(&signed.led);
    let again = [("medication_name", "Warfarin")];
    for _ in 0..2 {
        let begun = trial.fill(rivera, (&page, write), &again).await;
        let signed = trial.fill(rivera, (&begun.led, "/fn/records/sign-prescription"), &[]).await;
        trial.led.insert(signed.led);
    }
    trial.fill(rivera, (&format!("/records/{rx}/end"), "/fn/records/cancel-prescription"), &[]).await;
}

async fn reports(trial: &mut Trial, rivera: &Caller<'_>, patient: &str) -> String {
    let page = format!("/patients/{patient}/labs/new");
    trial.fill(rivera, (&page, "/fn/records/more-rows"), &[]).await;
    let begun = trial.fill(rivera, (&page, "/fn/records/enter-report"), &[]).await;
    trial.fill(rivera, (&begun.led, "/fn/records/more-rows"), &[]).await;
    trial.fill(rivera, (&begun.led, "/fn/records/save-report"), &[]).await;
    let release = "/fn/records/release-report";
    let released = trial.fill(rivera, (&begun.led, release), &[]).await;
    // A result out of range without a word about it asks for one.
    let out_of_range = [("comment", ""), ("results[0][value]", "6.9")];
    let begun = trial.fill(rivera, (&page, "/fn/records/enter-report"), &out_of_range).await;
    trial.fill(rivera, (&begun.led, release), &[]).await;
    reference(&released.led)
}

/// The patient asks about an access, and an administrator answers.
async fn questions(trial: &mut Trial, jonas: &Caller<'_>, admin: &Caller<'_>, event: i64) {
    trial.fill(jonas, (&format!("/account/looks/{event}/ask"), "/fn/looks/ask"), &[]).await;
    trial.fill(admin, ("/admin/questions", "/fn/looks/answer"), &[]).await;
}

async fn emergencies(trial: &mut Trial, brandt: &Caller<'_>, admin: &Caller<'_>, patient: &str) {
    let open = ("/emergency", "/fn/records/open-emergency");
    trial.refused(brandt, open, &[("born", "1990-04-01")]).await;
    trial.fill(brandt, open, &[("patient", patient), ("name", "")]).await;
    let list = admin.open("/admin/emergencies").await.body;
    let review = list.split("href=\"").find(|rest| rest.starts_with("/admin/emergencies/")).expect("one to review");
    let page = review.split('"').next().unwrap().to_owned();
    let review = "/fn/records/review-emergency";
    let to_check = trial.fill(admin, (&page, review), &[]).await;
    trial.go_on(&to_check, review, &[("confirmed", "yes")]).await;
}

//! Accesses in an emergency: reviewed in a browser without a script, and told of in the privacy policy.

use domain::{
    records,
    types::records::{OpenEmergency, PatientRef},
};
use rstest::rstest;

use crate::{
    booking_pages::shown,
    support::{Engine, TestApp},
};

const REVIEW: &str = "/fn/records/review-emergency";

#[rstest]
#[tokio::test]
async fn a_review_shows_what_was_opened_and_is_checked_before_it_is_final(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let world = &app.world;
    let brandt = world.actor(&world.brandt).await;
    let maya = world.maya.patient.unwrap().to_string();
    let command = OpenEmergency::parse(&maya, "", "", "Unconscious after a fall").unwrap();
    let opened = records::open_emergency(&world.services, &brandt, command, None).await.unwrap().into_inner();
    let _ = records::chart(&world.services, &brandt, &PatientRef::parse(&maya)).await.unwrap();

    let admin = app.browser(&world.admin).await;
    let page = format!("/admin/emergencies/{}", opened.id);
    let list = admin.open("/admin/emergencies").await.body;
    assert!(list.contains(&format!("href=\"{page}\"")) && !list.contains(REVIEW), "{list}");
    let text = shown(&admin.open(&page).await.body);
    assert!(text.contains("opened the patient’s chart") && text.contains("Unconscious after a fall"), "{text}");

    let id = opened.id.to_string();
    let send = async |finding: &str, remark: &str, confirmed: &str| {
        let fields = [("id", &*id), ("finding", finding), ("remark", remark), ("confirmed", confirmed)];
        admin.submit(REVIEW, &fields).await.header("location").to_owned()
    };
    let refused = admin.open(&send("unjustified", "curious", "").await).await.body;
    assert!(refused.contains("Enter why the access was not justified") && refused.contains("curious"), "{refused}");

    let why = "She was awake and had said no.";
    let led = send("unjustified", why, "").await;
    assert!(led.starts_with(&format!("{page}?check=1&flash=")), "{led}");
    let check = admin.open(&led).await.body;
    assert!(check.contains("Reviews cannot be changed.") && check.contains(why), "{check}");
    let still = shown(&admin.open("/admin/emergencies").await.body);
    assert!(still.contains("Awaiting review"), "nothing is final yet: {still}");

    let changed = admin.open(&send("unjustified", why, "no").await).await.body;
    assert!(changed.contains("<select") && changed.contains(why), "what was written is kept: {changed}");
    assert_eq!(send("unjustified", why, "yes").await, format!("/admin/emergencies?done={}", opened.reference));
    let done = shown(&admin.open("/admin/emergencies").await.body);
    assert!(done.contains("Not justified") && done.contains(why) && !done.contains("Review access"), "{done}");
    let again = admin.open(&send("justified", "", "yes").await).await.body;
    assert!(again.contains("This was already reviewed. Reviews cannot be changed."), "{again}");

    let unknown = admin.open("/admin/emergencies/999").await;
    assert_eq!(unknown.status, 404);
    for odd in ["abc", "-1", "0"] {
        assert_eq!(admin.open(&format!("/admin/emergencies/{odd}")).await.status, 404, "{odd}");
    }
}

#[tokio::test]
async fn the_privacy_policy_tells_of_emergency_access_as_it_is() {
    let app = TestApp::open().await;
    let policy = app.anonymous().open("/privacy").await.body;
    let section =
        policy.split("<h2>").find(|part| part.starts_with("Emergency access</h2>")).expect("a section of its own");
    let section = shown(&format!("<main><p>{section}</main>"));
    for told in
        ["not treating you", "or an administrator", "sixty minutes", "give a reason", "e-mail you at once", "reviews"]
    {
        assert!(section.contains(told), "{told}: {section}");
    }
    // And it is so.
    let world = &app.world;
    let open = async |reason: &str| {
        let brandt = world.actor(&world.brandt).await;
        let command = OpenEmergency::parse(&world.maya.patient.unwrap().to_string(), "", "", reason)?;
        records::open_emergency(&world.services, &brandt, command, None).await
    };
    assert!(open("").await.is_err(), "not without a reason");
    let chart = format!("/patients/{}", world.reference_of(&world.maya).await);
    let _ = open("Unconscious after a fall").await.unwrap();
    assert!(world.mail_to(&world.maya.email).await.is_some_and(|mail| mail.body.contains("emergency")));
    for (minutes, status) in [(59, 200), (1, 404)] {
        world.wait(jiff::SignedDuration::from_mins(minutes));
        let reader = app.browser(&world.brandt).await;
        assert_eq!(reader.open(&chart).await.status, status, "{minutes}");
    }
}

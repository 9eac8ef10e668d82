//! Plain forms, as a browser without JavaScript sends them: a redirect, and what was typed comes back once.

use domain::testing::PASSWORD;
use rstest::rstest;

use crate::support::{Engine, Proof, TestApp};

fn booking<'a>(doctor: &'a str, time: &'a str, reason: &'a str) -> [(&'a str, &'a str); 5] {
    [("doctor", doctor), ("date", "2026-11-25"), ("time", time), ("reason", reason), ("key", "drawn-with-the-form")]
}

#[rstest]
#[tokio::test]
async fn signing_in_gives_the_cookies_and_leads_on(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let app = TestApp::new(engine).await;
    let fields = [("username", "maya"), ("password", PASSWORD), ("next", "/appointments")];
    let reply = app.anonymous().submit("/fn/auth/sign_in", &fields).await;
    let agree = "/accept-policy?next=%2Fappointments";
    assert_eq!((reply.status.as_u16(), reply.header("location")), (302, agree), "{reply:?}");
    let cookies: Vec<_> = reply.cookies().iter().map(|cookie| cookie.split(';').next().unwrap()).collect();
    let caller = app.caller(Proof::Cookies(cookies.join("; ")));
    assert_eq!(caller.open(agree).await.status, 200);
    let agreed = caller.submit("/fn/auth/accept_policy", &[("next", "/appointments")]).await;
    assert_eq!(agreed.header("location"), "/appointments");
    let again = app.anonymous().submit("/fn/auth/sign_in", &fields).await;
    assert_eq!(again.header("location"), "/appointments", "it is asked once");
    let page = caller.open("/dashboard").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Maya"));
}

#[rstest]
#[case("//evil.example")]
#[case("https://evil.example/")]
#[case("/\\evil.example")]
#[tokio::test]
async fn signing_in_never_leads_to_another_site(#[case] next: &str) {
    let app = TestApp::open().await;
    let fields = [("username", "maya"), ("password", PASSWORD), ("next", next)];
    let reply = app.anonymous().submit("/fn/auth/sign_in", &fields).await;
    assert_eq!((reply.status.as_u16(), reply.header("location")), (302, "/accept-policy?next=%2Fdashboard"));
}

#[tokio::test]
async fn a_refused_sign_in_comes_back_with_the_name_and_without_the_password() {
    let app = TestApp::open().await;
    let fields = [("username", "maya-of-bridge-row"), ("password", "not the password")];
    let reply = app.anonymous().submit("/fn/auth/sign_in", &fields).await;
    assert_eq!(reply.status, 302);
    let back = reply.header("location").to_owned();
    assert!(back.starts_with("/login?") && back.contains("flash="), "{back}");
    assert!(!back.contains("maya") && !back.contains("password"), "{back}");

    let form_cookie = reply.cookies()[0].split(';').next().unwrap().to_owned();
    let caller = app.caller(Proof::Cookies(form_cookie));
    let page = caller.open(&back).await;
    assert!(page.body.contains("maya-of-bridge-row"), "what was typed is kept");
    assert!(!page.body.contains("not the password"));
    assert!(page.body.contains("user name or password is wrong"), "and what was wrong is told");
    assert!(!caller.open(&back).await.body.contains("maya-of-bridge-row"), "once");
    assert!(!app.anonymous().open(&back).await.body.contains("maya-of-bridge-row"), "and to nobody else");
}

#[tokio::test]
async fn an_empty_sign_in_and_an_empty_registration_say_by_each_field_what_is_missing() {
    let app = TestApp::open().await;
    let page = async |action: &str, fields: &[(&str, &str)]| {
        let reply = app.anonymous().submit(action, fields).await;
        let cookie = reply.cookies()[0].split(';').next().unwrap().to_owned();
        app.caller(Proof::Cookies(cookie)).open(reply.header("location")).await.body
    };
    let sign_in = page("/fn/auth/sign_in", &[("username", ""), ("password", "")]).await;
    for (field, sentence) in [("username", "Enter your user name."), ("password", "Enter your password.")] {
        assert!(sign_in.contains(&format!("href=\"#field-{field}\"")), "{field}: {sign_in}");
        assert_eq!(sign_in.matches(sentence).count(), 2, "above and beside {field}: {sign_in}");
    }
    assert!(!sign_in.contains("password is wrong"), "{sign_in}");
    let register = page("/fn/auth/register", &[("username", ""), ("password", "")]).await;
    assert!(register.contains("Choose a user name.") && register.contains("Use at least 12 characters."));
    assert!(!register.contains("Enter your password again"), "none was typed");
    let typed = page("/fn/auth/register", &[("username", ""), ("password", "violet harbour lamp seven")]).await;
    assert!(typed.contains("Enter your password again"), "one was typed and does not come back");
}

#[rstest]
#[tokio::test]
async fn booking_leads_to_the_confirmation_and_twice_is_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let maya = app.browser(&app.world.maya).await;
    let doctor = app.world.rivera.doctor.unwrap().to_string();
    let fields = booking(&doctor, "09:30", "Palpitations");
    let reply = maya.submit("/fn/appointments/book", &fields).await;
    let confirmation = reply.header("location").to_owned();
    assert_eq!(reply.status, 302);
    assert!(confirmation.starts_with("/appointments/APT-") && confirmation.ends_with("?booked=1"), "{confirmation}");
    assert_eq!(maya.submit("/fn/appointments/book", &fields).await.header("location"), confirmation);

    let page = maya.open(&confirmation).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Dr. Elena Rivera") && page.body.contains("09:30"));
}

#[tokio::test]
async fn a_taken_time_comes_back_with_the_reason_and_other_times() {
    let app = TestApp::open().await;
    let world = &app.world;
    world.book(&world.jonas, &world.rivera, jiff::civil::date(2026, 11, 25).at(9, 30, 0, 0)).await.unwrap();
    let maya = app.browser(&world.maya).await;
    let doctor = world.rivera.doctor.unwrap().to_string();
    let reply = maya.submit("/fn/appointments/book", &booking(&doctor, "09:30", "Palpitations since Sunday")).await;
    let back = reply.header("location").to_owned();
    assert_eq!(reply.status, 302);
    assert!(back.starts_with("/appointments/book?") && !back.contains("Palpitations"), "{back}");
    let page = maya.open(&back).await.body;
    assert!(page.contains("Palpitations since Sunday"));
    assert!(page.contains("time=10%3A00") || page.contains("time=10:00"), "a nearest time is a link");
}

#[tokio::test]
async fn an_error_never_leads_back_to_a_foreign_referer() {
    let app = TestApp::open().await;
    let maya = app.browser(&app.world.maya).await;
    for path in ["/fn/appointments/book", "/fn/appointments/step"] {
        let request = maya
            .request("POST", path)
            .header("accept", "text/html")
            .header("referer", "https://evil.example/form")
            .header("content-type", "application/x-www-form-urlencoded");
        let reply = app.send(request.body("appointment=x&doctor=x".into()).unwrap()).await;
        assert!(!reply.header("location").contains("evil"), "{reply:?}");
        assert!(reply.status.is_client_error() || reply.status.is_redirection(), "{reply:?}");
    }
}

#[tokio::test]
async fn a_script_gets_the_problem_and_its_status() {
    let app = TestApp::open().await;
    let maya = app.browser(&app.world.maya).await;
    let doctor = app.world.rivera.doctor.unwrap().to_string();
    let reply = maya.call("/fn/appointments/book", &booking(&doctor, "09:10", "Palpitations")).await;
    assert_eq!((reply.status.as_u16(), reply.json()["code"].as_str()), (422, Some("VALIDATION_ERROR")));
    let unreadable = maya.call("/fn/appointments/book", &[("doctor", "x")]).await;
    assert_eq!(unreadable.status, 400);
}

#[tokio::test]
async fn private_pages_send_to_sign_in_and_back() {
    let app = TestApp::open().await;
    for path in ["/dashboard", "/appointments", "/records", "/schedule", "/admin", "/admin/users"] {
        let reply = app.anonymous().open(path).await;
        assert_eq!(reply.status, 302, "{path}");
        let next = path.replace('/', "%2F");
        assert!(
            [format!("/login?next={path}"), format!("/login?next={next}")]
                .contains(&reply.header("location").to_owned()),
            "{path}: {}",
            reply.header("location")
        );
    }
}

#[tokio::test]
async fn a_page_of_another_role_is_refused_with_its_status() {
    let app = TestApp::open().await;
    let maya = app.browser(&app.world.maya).await;
    for path in ["/schedule", "/admin", "/admin/users"] {
        assert_eq!(maya.open(path).await.status, 403, "{path}");
    }
    let visit = jiff::civil::date(2026, 11, 25).at(9, 30, 0, 0);
    let visit = app.world.book(&app.world.jonas, &app.world.rivera, visit).await.unwrap();
    assert_eq!(maya.open(&format!("/appointments/{}", visit.reference)).await.status, 404);
}

#[tokio::test]
async fn the_calendar_file_is_for_the_people_of_the_visit() {
    let app = TestApp::open().await;
    let at = jiff::civil::date(2026, 11, 25).at(9, 30, 0, 0);
    let visit = app.world.book(&app.world.maya, &app.world.rivera, at).await.unwrap();
    let path = format!("/appointments/{}/calendar.ics", visit.reference);
    let file = app.browser(&app.world.maya).await.open(&path).await;
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(file.header("content-disposition"), format!("attachment; filename=\"{}.ics\"", visit.reference));
    let lower = format!("/appointments/{}/calendar.ics", visit.reference.to_lowercase());
    let again = app.browser(&app.world.maya).await.open(&lower).await;
    assert_eq!(again.header("content-disposition"), file.header("content-disposition"), "however it was asked for");
    assert_eq!(file.header("cache-control"), "no-store");
    assert!(file.body.starts_with("BEGIN:VCALENDAR"));
    assert_eq!(app.browser(&app.world.jonas).await.open(&path).await.status, 404);
    let away = app.anonymous().open(&path).await;
    assert_eq!(away.status, 303);
    assert!(away.header("location").starts_with("/login?next="));
}

#[tokio::test]
async fn staff_narrow_the_list_of_visits_by_its_address_and_a_wrong_day_comes_back_with_its_sentence() {
    let app = TestApp::open().await;
    let at = jiff::civil::date(2026, 11, 25).at(9, 30, 0, 0);
    let visit = app.world.book(&app.world.maya, &app.world.rivera, at).await.unwrap();
    let admin = app.browser(&app.world.admin).await;
    let page = admin.open("/appointments?from=2026-11-25&to=2026-11-25&status=scheduled").await;
    assert_eq!(page.status, 200);
    for words in ["1 appointment on Wed 25 November", "Maya Okafor", "Dr. Elena Rivera", &visit.reference] {
        assert!(page.body.contains(words), "{words}");
    }
    assert!(!page.body.contains("/appointments/book"), "they do not book here");
    let empty = admin.open("/appointments?from=2026-11-25&status=no_show").await;
    assert!(empty.body.contains("No appointments found") && !empty.body.contains("Maya Okafor"));
    let wrong = admin.open("/appointments?from=2026-11-25&to=2026-11-24").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("The last day must not be before the first."));
    assert!(wrong.body.contains("value=\"2026-11-24\""), "what was typed is kept");
}

#[tokio::test]
async fn the_page_of_ones_own_record_tells_staff_that_it_is_not_theirs() {
    let app = TestApp::open().await;
    assert_eq!(app.browser(&app.world.maya).await.open("/records").await.status, 200);
    for staff in [&app.world.rivera, &app.world.admin] {
        let page = app.browser(staff).await.open("/records").await;
        assert_eq!(page.status, 403, "{}", staff.username);
        assert!(page.body.contains("own appointments, records or profile"), "it says whose page it is");
    }
}

#[tokio::test]
async fn the_demo_leads_to_its_mail_and_shows_it_without_believing_what_is_in_it() {
    let world = domain::testing::TestWorld::new(Engine::Sqlite).await;
    let router = server::build_app(server::AppState::new(world.as_demo(), server::Limits::default()));
    let demo = TestApp { world, router };
    let odd = demo.world.new_patient("<b>odd</b>").await;
    let at = jiff::civil::date(2026, 11, 25).at(9, 30, 0, 0);
    let visit = demo.world.book(&odd, &demo.world.rivera, at).await.unwrap();
    let footer = "href=\"/demo/mailbox\"";
    assert!(demo.anonymous().open("/terms").await.body.contains(footer));
    let page = demo.anonymous().open("/demo/mailbox").await.body;
    assert!(page.contains("&lt;b&gt;odd") && !page.contains("<b>odd"), "names are text");
    let address = format!("{}/appointments/{}", domain::testing::PUBLIC_URL, visit.reference);
    assert_eq!(page.matches(&format!("href=\"{address}\"")).count(), 1, "our own addresses are links");

    let real = TestApp::open().await;
    assert!(!real.anonymous().open("/terms").await.body.contains(footer));
}

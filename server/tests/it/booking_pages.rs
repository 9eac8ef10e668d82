//! What the pages of booking and the refusals say to people: words instead of dates of machines, and a way on.

use rstest::rstest;

use crate::support::{Proof, TestApp};

#[rstest]
#[case::garbage("garbage", "09:30", "That date or time does not exist.")]
#[case::no_day_of_the_calendar("2026-02-30", "09:30", "That date or time does not exist.")]
#[case::no_time("2026-11-24", "noon", "That date or time does not exist.")]
#[case::past("2026-11-02", "09:30", "That time has passed.")]
#[case::beyond_the_horizon("2027-11-02", "09:30", "You can book up to 180 days ahead")]
#[case::a_sunday("2026-11-29", "09:30", "The doctor does not work at that time.")]
#[tokio::test]
async fn a_time_that_cannot_be_booked_is_told_in_words_beside_those_that_can(
    #[case] date: &str,
    #[case] time: &str,
    #[case] sentence: &str,
) {
    let app = TestApp::open().await;
    let doctor = app.world.rivera.doctor.unwrap();
    let path = format!("/appointments/book?doctor={doctor}&date={date}&time={time}");
    for caller in [app.anonymous(), app.browser(&app.world.maya).await] {
        let page = caller.open(&path).await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains(sentence), "{sentence} in {}", page.body);
        assert!(page.body.contains("Choose another time"));
        let text = shown(&page.body);
        assert!(!text.contains("YYYY") && !text.contains("2026-") && !text.contains("2027-"), "{text}");
        assert!(!text.contains("Book this time"), "{text}");
        assert!(page.body.contains("class=\"slot\""), "there are times to choose");
    }
}

#[tokio::test]
async fn a_taken_time_is_no_mistake_of_whoever_opens_its_address() {
    let app = TestApp::open().await;
    let world = &app.world;
    world.book(&world.jonas, &world.rivera, jiff::civil::date(2026, 11, 25).at(9, 0, 0, 0)).await.unwrap();
    let path = format!("/appointments/book?doctor={}&date=2026-11-25&time=09:00", world.rivera.doctor.unwrap());
    let page = app.browser(&world.maya).await.open(&path).await;
    assert_eq!(page.status, 200);
    let text = shown(&page.body);
    assert!(text.contains("This time is no longer free") && text.contains("Wed 25 November, 09:00"), "{text}");
    assert!(text.contains("Tue 24 November, 16:30") || text.contains("Wed 25 November, 09:30"), "{text}");
    assert!(!text.contains("2026-"), "{text}");
}

#[tokio::test]
async fn weeks_that_start_on_no_day_start_today() {
    let app = TestApp::open().await;
    let doctor = app.world.rivera.doctor.unwrap();
    for path in [format!("/doctors/{doctor}"), format!("/appointments/book?doctor={doctor}&step=time")] {
        let separator = if path.contains('?') { '&' } else { '?' };
        let page = app.anonymous().open(&format!("{path}{separator}from=garbage")).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(shown(&page.body).contains("Monday 23 November"), "{path}");
    }
}

#[tokio::test]
async fn a_move_to_a_time_that_is_none_is_told_with_its_status() {
    let app = TestApp::open().await;
    let world = &app.world;
    let at = jiff::civil::date(2026, 11, 25).at(9, 0, 0, 0);
    let visit = world.book(&world.maya, &world.rivera, at).await.unwrap();
    let maya = app.browser(&world.maya).await;
    for query in ["date=garbage&time=09:30", "date=2026-11-02&time=09:30", "date=2026-11-29&time=03:07"] {
        let page = maya.open(&format!("/appointments/{}/move?{query}", visit.reference)).await;
        assert_eq!(page.status, 422, "{query}");
        let text = shown(&page.body);
        assert!(text.contains("This time cannot be chosen") && !text.contains("2026-"), "{text}");
    }
}

#[tokio::test]
async fn a_page_of_another_role_says_whose_it_is_and_leads_on() {
    let app = TestApp::open().await;
    let world = &app.world;
    for (person, path, sentence, home) in [
        (&world.maya, "/schedule", "Only doctors can open it, and you are signed in as a patient.", "/dashboard"),
        (&world.rivera, "/admin/users?page=2", "Only administrators can open it", "/schedule"),
        (&world.admin, "/dashboard", "Only patients can open it", "/admin"),
    ] {
        let browser = app.browser(person).await;
        let page = browser.open(path).await;
        assert_eq!(page.status, 403, "{path}");
        let text = shown(&page.body);
        assert!(text.contains(sentence), "{text}");
        assert!(page.body.contains(&format!("href=\"{home}\"")) && text.contains("Go to your start page"), "{path}");
        assert!(page.body.contains(&format!("name=\"next\" value=\"{path}\"")), "somebody else comes back here");
        let leaves = browser.submit("/fn/auth/sign_out", &[("next", path)]).await;
        let next = leaves.header("location").strip_prefix("/login?next=").unwrap_or_default();
        assert_eq!(percent_encoding::percent_decode_str(next).decode_utf8().unwrap(), path);
        assert_eq!(browser.open(path).await.status, 302, "the session is over");
    }
}

#[rstest]
#[case("//evil.example")]
#[case("https://evil.example/")]
#[tokio::test]
async fn signing_out_never_leads_to_another_site(#[case] next: &str) {
    let app = TestApp::open().await;
    let reply = app.browser(&app.world.maya).await.submit("/fn/auth/sign_out", &[("next", next)]).await;
    assert_eq!((reply.status.as_u16(), reply.header("location")), (302, "/login?signed_out=1"));
}

#[tokio::test]
async fn the_clinics_number_dials() {
    let app = TestApp::open().await;
    for path in ["/".to_owned(), format!("/doctors/{}", app.world.rivera.doctor.unwrap())] {
        assert!(app.anonymous().open(&path).await.body.contains("href=\"tel:+353209100100\""), "{path}");
    }
}

#[tokio::test]
async fn a_doctor_is_chosen_by_a_link_that_reads_as_one_phrase() {
    let app = TestApp::open().await;
    domain::appointments::refresh_all_next_free(&app.world.services).await.unwrap();
    let page = app.anonymous().open("/doctors?search=heart").await;
    let text = shown(&page.body);
    assert!(text.contains("See times with Dr. Elena Rivera"), "{text}");
    assert!(text.contains("Next free time, today"), "{text}");
    assert!(!text.contains("Tomas Brandt"), "the skin is not the heart");
}

#[tokio::test]
async fn steps_are_counted_for_those_who_take_them_one_after_the_other() {
    let app = TestApp::open().await;
    let doctor = app.world.rivera.doctor.unwrap();
    let anybody = app.anonymous();
    let field = anybody.open("/appointments/book?specialty=cardiology").await.body;
    let times = format!("/appointments/book?doctor={doctor}&amp;specialty=cardiology");
    assert!(field.contains(&format!("href=\"{times}\"")), "{field}");
    let guided = times.replace("&amp;", "&");
    assert!(shown(&anybody.open(&guided).await.body).contains("Step 3 of 4"));
    let time = "&date=2026-11-25&time=09:00";
    let last = app.browser(&app.world.maya).await.open(&format!("{guided}{time}")).await.body;
    assert!(shown(&last).contains("Step 4 of 4") && last.contains("name=\"specialty\" value=\"cardiology\""));
    for unguided in [String::new(), time.to_owned(), "&date=2026-11-29&time=09:00".to_owned()] {
        let page = anybody.open(&format!("/appointments/book?doctor={doctor}{unguided}")).await.body;
        assert!(!shown(&page).contains("Step "), "{unguided}");
    }
}

#[tokio::test]
async fn a_refused_booking_comes_back_to_the_way_it_was_made_by() {
    let app = TestApp::open().await;
    let doctor = app.world.rivera.doctor.unwrap().to_string();
    let maya = app.browser(&app.world.maya).await;
    let long = "x".repeat(1_243);
    let fields = [("doctor", &*doctor), ("date", "2026-11-25"), ("time", "09:00"), ("reason", &*long), ("key", "k1")];
    for (way, is_counted) in [("cardiology", true), ("", false)] {
        let mut fields = fields.to_vec();
        fields.push(("specialty", way));
        let back = maya.submit("/fn/appointments/book", &fields).await.header("location").to_owned();
        let text = shown(&maya.open(&back).await.body);
        assert_eq!(text.contains("Step 4 of 4"), is_counted, "{back}");
        assert!(text.contains("You wrote 1,243 characters; please keep it to 1,000."), "{text}");
        assert!(text.contains("At most 1,000 characters."), "it was told before, too");
    }
}

#[tokio::test]
async fn a_stranger_keeps_the_chosen_time_through_opening_an_account_and_signing_in() {
    const NEW_PASSWORD: &str = "violet harbour lamp seven";
    let app = TestApp::open().await;
    let doctor = app.world.rivera.doctor.unwrap();
    let here = format!("/appointments/book?doctor={doctor}&date=2026-11-25&time=10:00");
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", &here).finish();
    let page = app.anonymous().open(&here).await.body;
    let leads = |page: &str, way: &str| {
        let mut links = page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"));
        links.any(|href| {
            let next = href.strip_prefix(way).and_then(|rest| rest.strip_prefix("?next="));
            next.is_some_and(|next| {
                url::form_urlencoded::parse(format!("next={next}").as_bytes()).next().unwrap().1 == here.as_str()
            })
        })
    };
    assert!(leads(&page, "/login") && leads(&page, "/register"), "{page}");
    assert!(leads(&app.anonymous().open(&format!("/login?{query}")).await.body, "/register"));
    assert!(leads(&app.anonymous().open(&format!("/register?{query}")).await.body, "/login"));

    let form = [
        ("username", "nora"),
        ("email", "nora@example.net"),
        ("password", NEW_PASSWORD),
        ("first_name", "Nora"),
        ("last_name", "Quinn"),
        ("accepts_policy", "true"),
        ("next", here.as_str()),
    ];
    let registered = app.anonymous().submit("/fn/auth/register", &form).await;
    let mut cookies = registered.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let cookie = cookies.find(|value| value.starts_with("securemed_next=")).expect("the way is remembered");
    let browser = app.caller(Proof::Cookies(cookie.split(';').next().unwrap().to_owned()));
    let mail = app.world.mail_to("nora@example.net").await.unwrap().body;
    let token = mail.split("token=").nth(1).unwrap().split_whitespace().next().unwrap();
    let verified = browser.submit("/fn/auth/verify_email", &[("token", token)]).await;
    let login = verified.header("location").to_owned();
    let mut fields = url::form_urlencoded::parse(login.split('?').nth(1).unwrap().as_bytes());
    assert!(fields.any(|(name, value)| name == "next" && value == here), "{login}");

    let signed_in = [("username", "nora"), ("password", NEW_PASSWORD), ("next", here.as_str())];
    let arrived = browser.submit("/fn/auth/sign_in", &signed_in).await;
    assert!(arrived.header("location").ends_with(&here), "{arrived:?}");
    for foreign in ["//evil.example", "https://evil.example/"] {
        let form = [("username", "vera"), ("email", "vera@example.net"), ("password", NEW_PASSWORD), ("next", foreign)];
        let refused = app.anonymous().submit("/fn/auth/register", &form).await;
        assert!(!refused.header("location").contains("evil"), "{refused:?}");
    }
}

#[tokio::test]
async fn what_can_no_longer_be_changed_online_is_not_promised() {
    let app = TestApp::open().await;
    let doctor = app.world.rivera.doctor.unwrap();
    let maya = app.browser(&app.world.maya).await;
    let promise = "You can cancel or move the appointment online until 24 hours";
    for (date, is_promised) in [("2026-11-23", false), ("2026-11-25", true)] {
        let page = maya.open(&format!("/appointments/book?doctor={doctor}&date={date}&time=10:00")).await.body;
        let text = shown(&page);
        assert_eq!(text.contains(promise), is_promised, "{text}");
        assert_eq!(text.contains("This appointment starts in less than 24 hours"), !is_promised, "{text}");
        assert!(text.contains("Dublin time") && !text.contains("Europe/Dublin"), "{text}");
        assert!(text.contains("Duration 30 minutes") || text.contains("Duration30 minutes"), "{text}");
    }
}

#[tokio::test]
async fn whoever_comes_too_late_to_cancel_or_move_reads_the_rule_and_the_number() {
    let app = TestApp::open().await;
    let world = &app.world;
    let visit = world.book(&world.maya, &world.rivera, jiff::civil::date(2026, 11, 23).at(15, 0, 0, 0)).await.unwrap();
    let maya = app.browser(&world.maya).await;
    for below in ["", "/cancel", "/move"] {
        let page = maya.open(&format!("/appointments/{}{below}", visit.reference)).await.body;
        let text = shown(&page);
        assert!(text.contains("online until 24 hours before they start"), "{below}: {text}");
        assert!(text.contains("Sun 22 November, 15:00") && page.contains("tel:+353209100100"), "{below}");
        assert!(!text.to_lowercase().contains("scheduled"), "{below}: {text}");
        assert!(!text.contains("It stays booked for"), "nothing is offered that it could wait for: {text}");
    }
    let admin = world.actor(&world.admin).await;
    domain::appointments::cancel(&world.services, &admin, visit.id).await.unwrap();
    let text = shown(&maya.open(&format!("/appointments/{}/move", visit.reference)).await.body);
    assert!(text.contains("This appointment is cancelled.") && !text.contains("24 hours"), "{text}");
    for caller in [maya, app.browser(&world.admin).await] {
        let text = shown(&caller.open(&format!("/appointments/{}/cancel", visit.reference)).await.body);
        assert_eq!(text.matches("This appointment is already cancelled").count(), 1, "{text}");
        assert!(
            !text.contains("Cancel this appointment?") && !text.contains("This appointment is cancelled"),
            "{text}"
        );
    }
}

#[rstest]
#[case::an_emergency("my chest pain", true, false, "1 doctor")]
#[case::nothing_urgent("heart", false, false, "1 doctor")]
#[case::a_part_of_it("heart portuguese", false, true, "1 doctor")]
#[case::an_emergency_that_nobody_here_treats("suicide", true, false, "No doctor found")]
#[tokio::test]
async fn a_search_that_cannot_wait_is_told_so_first_and_one_that_matches_in_part_is_labelled(
    #[case] search: &str,
    #[case] is_urgent: bool,
    #[case] is_partial: bool,
    #[case] found: &str,
) {
    let app = TestApp::open().await;
    let page = app.anonymous().open(&format!("/doctors?search={}", search.replace(' ', "+"))).await;
    assert_eq!(page.status, 200);
    let text = shown(&page.body);
    let notice = text.find("Call your local emergency number");
    let results = text.find(found).unwrap_or_else(|| panic!("{found} in {text}"));
    assert_eq!(notice.is_some(), is_urgent, "{text}");
    assert!(notice.is_none_or(|notice| notice < results), "above the results");
    assert_eq!(text.contains("No doctor matches all of"), is_partial, "{text}");
}

/// The text of a page as somebody reads it: without tags, scripts and styles, with single spaces.
pub fn shown(body: &str) -> String {
    let main = body.split_once("<main").map_or(body, |(_, rest)| rest);
    let main = main.split_once("</main>").map_or(main, |(main, _)| main);
    let mut text = String::new();
    let mut is_tag = true;
    for letter in main.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if !is_tag => text.push(letter),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

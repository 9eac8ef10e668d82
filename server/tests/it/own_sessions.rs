//! Where somebody is signed in, as a page: this device first and never one press from its end, the others one press away.
//! And a browser in which somebody signs in once more.

use domain::testing::PASSWORD;
use jiff::SignedDuration;
use rstest::rstest;

use crate::{
    booking_pages::shown,
    html,
    support::{Caller, Engine, Proof, Reply, TestApp},
};

const PAGE: &str = "/account/sessions";
const LEAVE: &str = "/account/sessions?leave=1";
const END: &str = "/fn/auth/end_session";
const SIGN_IN: &str = "/fn/auth/sign_in";

/// The lines of the table, in their order.
fn lines(page: &str) -> Vec<String> {
    let body = page.split("<tbody").nth(1).expect("a table").split("</tbody>").next().unwrap();
    body.split("<tr").skip(1).map(str::to_owned).collect()
}

/// Whether this browser is still signed in.
async fn is_in(caller: &Caller<'_>) -> bool {
    let page = caller.open("/dashboard").await;
    assert!(page.status == 200 || page.header("location").starts_with("/login?"), "{page:?}");
    page.status == 200
}

#[rstest]
#[tokio::test]
async fn this_device_stands_first_and_asks_before_it_is_signed_out(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let here = app.browser(&app.world.maya).await;
    app.world.wait(SignedDuration::from_mins(2));
    let there = app.browser(&app.world.maya).await;
    assert!(is_in(&there).await, "it was used later");

    let page = here.open(PAGE).await.body;
    let lines = lines(&page);
    let [this, other] = &lines[..] else { panic!("two devices: {page}") };
    assert!(this.contains("This device") && !other.contains("This device"), "{page}");
    assert!(
        this.contains(&format!("href=\"{LEAVE}\"")) && html::forms(this).is_empty(),
        "a link and no button: {this}"
    );
    let question = here.open(LEAVE).await.body;
    assert!(shown(&question).contains("Sign out of this device?") && !question.contains(END), "{question}");
    assert!(is_in(&here).await && is_in(&there).await, "asking ends nothing");

    let forms = html::forms(other);
    let id = forms[0].value("id").expect("which session");
    assert_eq!(forms[0].action, END);
    let ended = here.submit(END, &[("id", id)]).await;
    assert!(shown(&here.open(ended.header("location")).await.body).contains("That device is signed out."), "{ended:?}");
    assert!(is_in(&here).await && !is_in(&there).await, "the other one is one press away");

    let main = question.split("<main").nth(1).unwrap();
    let confirm = html::forms(main).into_iter().next().expect("the button of the question");
    assert_eq!(here.submit(&confirm.action, &[]).await.status, 302);
    assert!(!is_in(&here).await, "confirmed, this device is signed out");
}

/// The browser with the cookies that an answer gave, in place of those of these names that it had.
fn with_cookies<'a>(caller: &Caller<'a>, reply: &Reply) -> Caller<'a> {
    let given = reply.cookies().into_iter().filter_map(|cookie| cookie.split(';').next()).map(str::to_owned);
    let given: Vec<String> = given.collect();
    let name = |cookie: &str| cookie.split('=').next().unwrap_or_default().to_owned();
    let before = match caller.proof() {
        Proof::Cookies(cookies) => cookies.split("; ").map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let kept = before.into_iter().filter(|old| !given.iter().any(|new| name(new) == name(old)));
    let all: Vec<String> = kept.chain(given.iter().cloned()).collect();
    caller.with_proof(Proof::Cookies(all.join("; ")))
}

#[rstest]
#[case::again("maya", true)]
#[case::as_somebody_else("jonas", false)]
#[tokio::test]
async fn a_second_sign_in_in_the_same_browser_ends_the_first_session_and_no_other(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] username: &str,
    #[case] is_same: bool,
) {
    let app = TestApp::new(engine).await;
    let (first, elsewhere) = (app.browser(&app.world.maya).await, app.browser(&app.world.maya).await);
    let wrong = first.submit(SIGN_IN, &[("username", username), ("password", "not the password")]).await;
    assert!(wrong.header("location").contains("flash="), "{wrong:?}");
    assert!(is_in(&first).await, "who is not let in ends nothing");

    let reply = first.submit(SIGN_IN, &[("username", username), ("password", PASSWORD)]).await;
    let second = with_cookies(&first, &reply);
    assert!(is_in(&second).await, "{reply:?}");
    assert!(!is_in(&first).await, "the cookies of before open nothing");
    assert!(is_in(&elsewhere).await, "another browser goes on");
    let name = if is_same { "Maya Okafor" } else { "Jonas Lindqvist" };
    assert!(second.open("/dashboard").await.body.contains(name));
}

#[rstest]
#[tokio::test]
async fn a_second_sign_in_ends_the_first_session_when_its_second_step_is_done(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let (secret, _) = app.world.set_up_app(&app.world.maya).await;
    let (first, elsewhere) = (app.browser(&app.world.maya).await, app.browser(&app.world.maya).await);
    let reply = first.submit(SIGN_IN, &[("username", "maya"), ("password", PASSWORD)]).await;
    assert!(reply.header("location").starts_with("/login/code"), "{reply:?}");
    let waiting = with_cookies(&first, &reply);
    assert!(is_in(&first).await, "the password alone ends nothing");
    let code = app.world.app_code(&secret);
    let reply = waiting.submit("/fn/auth/finish_sign_in", &[("otp", &code)]).await;
    assert!(is_in(&with_cookies(&waiting, &reply)).await, "{reply:?}");
    assert!(!is_in(&first).await && is_in(&elsewhere).await);
}

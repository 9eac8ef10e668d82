//! What travels compressed, and what does not.

use axum::body::Body;
use http::header;
use rstest::rstest;

use crate::support::{Caller, Reply, TestApp};

async fn open(app: &TestApp, caller: &Caller<'_>, path: &str, site: Option<&str>) -> Reply {
    let mut request = caller.request("GET", path).header(header::ACCEPT_ENCODING, "gzip, deflate, br");
    if let Some(site) = site {
        let headers = request.headers_mut().unwrap();
        headers.insert("sec-fetch-site", site.parse().unwrap());
    }
    app.send(request.header(header::ACCEPT, "text/html,*/*").body(Body::empty()).unwrap()).await
}

#[rstest]
#[case("/")]
#[case("/doctors")]
#[case("/appointments")]
#[case("/api/appointments/doctors")]
#[tokio::test]
async fn pages_and_documents_are_compressed_for_those_who_ask(#[case] path: &str) {
    let app = TestApp::open().await;
    let maya = app.browser(&app.world.maya).await;
    let reply = open(&app, &maya, path, None).await;
    assert_eq!((reply.status.as_u16(), reply.header("content-encoding")), (200, "br"), "{path}");
    let plain = maya.get(path).await;
    assert_eq!((plain.status.as_u16(), plain.header("content-encoding")), (200, ""), "{path}");
    assert!(plain.vary().contains(&"accept-encoding".to_owned()), "{:?}", plain.headers);
}

#[rstest]
#[case::link_on_another_site("cross-site", "")]
#[case::link_on_a_sister_site("same-site", "")]
#[case::own_link("same-origin", "br")]
#[case::typed("none", "br")]
#[tokio::test]
async fn a_session_that_another_site_led_in_shows_no_lengths(#[case] site: &str, #[case] encoding: &str) {
    let app = TestApp::open().await;
    let maya = app.browser(&app.world.maya).await;
    let reply = open(&app, &maya, "/doctors?search=guess", Some(site)).await;
    assert_eq!((reply.status.as_u16(), reply.header("content-encoding")), (200, encoding));
    let nobody = app.anonymous();
    assert_eq!(open(&app, &nobody, "/doctors", Some(site)).await.header("content-encoding"), "br", "nothing to hide");
}

/// A page that takes the place of a refusal is not what was compressed: a browser that unpacked it would show nothing.
#[tokio::test]
async fn a_page_that_says_why_nothing_was_done_can_be_read_by_those_who_ask_for_compression() {
    let app = TestApp::open().await;
    app.world.services.db().clone().close().await.unwrap();
    let request = app
        .anonymous()
        .request("POST", "/fn/auth/sign_in")
        .header(header::ACCEPT_ENCODING, "gzip, deflate, br")
        .header(header::ACCEPT, "text/html,*/*")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let reply = app.send(request.body(Body::from("username=maya&password=wrong")).unwrap()).await;
    assert_eq!((reply.status.as_u16(), reply.header("content-encoding")), (503, ""));
    assert!(reply.body.contains("Busy at the moment"), "{reply:?}");
}

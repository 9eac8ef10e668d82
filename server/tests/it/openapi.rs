//! The document that is made from the code.

use crate::support::TestApp;

#[tokio::test]
async fn the_document_is_served_as_it_was_agreed() {
    let app = TestApp::open().await;
    let document = app.anonymous().get("/api/openapi.json").await.json();
    insta::assert_json_snapshot!(document);
}

#[tokio::test]
async fn the_readable_page_is_at_its_own_slash_with_its_own_policy() {
    let app = TestApp::open().await;
    let redirect = app.anonymous().get("/api/v1/docs").await;
    assert_eq!((redirect.status.as_u16(), redirect.header("location")), (303, "/api/docs/"));
    let page = app.anonymous().get("/api/docs/").await;
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy");
    assert!(policy.contains("script-src 'self';") && policy.contains("style-src 'self' 'unsafe-inline'"), "{policy}");
    assert!(!page.body.contains("<script>"), "no inline script under this policy");
}

//! Whose role may never call a server function reads that, whatever they send: nothing at all, or what nobody can read.

use app::server_ctx::audience;
use domain::access::For;

use super::{clinical_rows::calls, *};

/// Patient, doctor, administrator.
const ROLES: [&str; 3] = ["patient", "doctor", "administrator"];

/// Which roles the matrix shuts out of each server function, whatever it is about; and the names of its fields.
fn shut_out() -> Vec<(&'static str, [bool; 3], Vec<&'static str>)> {
    let all = |statuses: &[u16]| statuses.iter().all(|status| *status == 403);
    let other = call_rows().into_iter().map(|row| {
        let e = row.expected;
        // What a form holds is the same for every cell; no field is needed to break it.
        (row.path, [all(&e[1..3]), all(&e[3..5]), all(&e[5..])], Vec::new())
    });
    let clinical = calls().into_iter().map(|row| {
        let e = row.expected;
        let fields = (row.fields)("").into_iter().map(|(name, _)| name).collect();
        (row.route, [all(&e[1..3]), all(&e[3..6]), all(&e[6..])], fields)
    });
    other.chain(clinical).collect()
}

/// Fields that some server function reads as a number, a date or one of a few words.
const READ: [&str; 16] = [
    "id",
    "appointment",
    "doctor",
    "event",
    "question",
    "version",
    "page",
    "state",
    "show",
    "older",
    "date",
    "born",
    "kind",
    "role",
    "test",
    "action",
];

#[tokio::test]
async fn a_role_is_told_before_what_is_wrong_with_a_form() {
    let app = TestApp::open().await;
    let world = &app.world;
    let people = [&world.maya, &world.rivera, &world.admin];
    let (mut wrong, mut refused) = (Vec::new(), 0);
    for (role, person) in (0..).zip(people) {
        for (route, shut, fields) in shut_out() {
            // Some of these end a session.
            let caller = app.browser(person).await;
            let (_, path) = route.split_once(' ').unwrap();
            let broken: Vec<(&str, &str)> =
                READ.iter().chain(&fields).map(|name| (*name, "<no such>\u{202e}")).collect();
            for form in [&[][..], &broken] {
                let reply = caller.call(path, form).await;
                let is_refused = reply.status == 403 && reply.json()["code"] == "FORBIDDEN";
                refused += usize::from(is_refused);
                if is_refused != shut[role] {
                    wrong.push(format!("{} {path} {form:?}: {} {:.200}", ROLES[role], reply.status, reply.body));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(refused > 150, "only {refused} forms were refused");
}

#[tokio::test]
async fn nobody_is_asked_to_sign_in_before_what_is_wrong_with_a_form() {
    let app = TestApp::open().await;
    for (path, _) in server_fn_paths() {
        let reply = app.anonymous().call(path, &[]).await;
        let is_public = audience(path) == Some(For::Everybody);
        // Some of these go by a ticket in a cookie, which nobody has.
        assert!(is_public || reply.status == 401, "{path}: {} {}", reply.status, reply.body);
    }
}

#[tokio::test]
async fn a_form_of_another_role_comes_back_with_that_instead_of_its_errors() {
    let app = TestApp::open().await;
    let maya = app.browser(&app.world.maya).await;
    let reply = maya.submit("/fn/records/review-emergency", &[("id", "1"), ("finding", "no such")]).await;
    assert!(reply.status.is_redirection(), "{reply:?}");
    assert_eq!(maya.open(reply.header("location")).await.status, 403);
    let admin = app.browser(&app.world.admin).await;
    let reply = admin.call("/fn/records/review-emergency", &[("id", "1"), ("finding", "no such")]).await;
    assert_eq!((reply.status.as_u16(), reply.json()["code"].as_str()), (422, Some("VALIDATION_ERROR")));
}

#[test]
fn every_server_function_says_whom_it_is_for() {
    for (path, _) in server_fn_paths() {
        assert!(audience(path).is_some(), "{path} stands in no list of `app::server_ctx`");
    }
    assert_eq!(audience("/dashboard"), None);
}

#[test]
fn the_lists_and_the_matrix_name_the_same_people() {
    for (route, shut, _) in shut_out() {
        let (_, path) = route.split_once(' ').unwrap();
        let expected = match audience(path).unwrap() {
            For::Everybody | For::SignedIn => [false; 3],
            For::Patients => [false, true, true],
            For::Doctors => [true, false, true],
            For::PatientsAndDoctors => [false, false, true],
            For::Staff => [true, false, false],
            For::Admins => [true, true, false],
        };
        assert_eq!(shut, expected, "{path}");
    }
}

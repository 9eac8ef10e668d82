//! Nothing that is typed or pasted is shortened: what is too long is refused beside its field, with both numbers, and
//! comes back whole with everything else.

use domain_types::records::{LONGEST_LINE, LONGEST_REMARK};
use rstest::rstest;
use serde_json::json;

use crate::{
    every_page::{Seen, every_page},
    html,
    registering::given,
    support::TestApp,
};

#[tokio::test]
async fn no_field_of_any_page_cuts_what_is_pasted() {
    let app = TestApp::open().await;
    let mut fields = 0;
    for Seen { address, page, .. } in every_page(&app).await {
        for element in html::elements(&page) {
            if matches!(element.name.as_str(), "input" | "textarea") {
                assert_eq!(element.get("maxlength"), None, "{:?} on {address}", element.get("name"));
                fields += 1;
            }
        }
    }
    assert!(fields > 300, "{fields}");
}

fn told(typed: &str, most: usize) -> String {
    let grouped = |number: usize| match number {
        1_000.. => format!("{},{:03}", number / 1_000, number % 1_000),
        _ => number.to_string(),
    };
    format!("You wrote {} characters; please keep it to {}.", grouped(typed.chars().count()), grouped(most))
}

/// The page on which a form stands again in which one field was too long.
fn holds_everything(page: &str, act: &str, fields: &[(&str, &str)], (field, most): (&str, usize)) {
    let long = fields.iter().find(|(name, _)| *name == field).expect("it is sent").1;
    assert!(html::unescaped(page).contains(&told(long, most)), "{act} {field}: {page}");
    let forms = html::forms(page);
    let form = forms.iter().find(|form| form.action == act).expect("the form is there again");
    let is_there = |typed: &str| {
        let in_area = || html::elements(page).iter().any(|element| html::unescaped(&element.text).trim() == typed);
        form.fields.iter().any(|field| field.get("value") == Some(typed)) || in_area()
    };
    for (name, typed) in fields.iter().filter(|(name, _)| !name.contains("password")) {
        assert!(is_there(typed), "{act}: {name} came back otherwise");
    }
}

#[rstest]
#[case("first_name", 80, "Maya ")]
#[case("last_name", 80, "Okafor ")]
#[case("phone", 60, "+353 20 910 0100 ")]
#[case("address", 300, "7 Heron Quay ")]
#[case("emergency_contact_name", 100, "My brother Chidi ")]
#[case("emergency_contact_phone", 60, "+353 20 910 0101 ")]
#[tokio::test]
async fn what_is_too_long_for_a_profile_is_told_on_the_page_and_to_programs(
    #[case] field: &str,
    #[case] most: usize,
    #[case] words: &str,
) {
    let app = TestApp::open().await;
    let maya = app.browser(&app.world.maya).await;
    let long = words.repeat(40).trim_end().to_owned();
    let mut fields = vec![("first_name", "Maya"), ("last_name", "Okafor"), ("address", "9 Otter Bank")];
    fields.retain(|(name, _)| *name != field);
    fields.push((field, &long));
    let sent = maya.submit("/fn/auth/change_profile", &fields).await;
    let page = maya.open(sent.header("location")).await.body;
    holds_everything(&page, "/fn/auth/change_profile", &fields, (field, most));

    let body = serde_json::Value::Object(fields.iter().map(|(name, text)| ((*name).into(), json!(text))).collect());
    let refused = app.program(&app.world.maya).await.json("PUT", "/api/patients/profile", &body).await;
    assert_eq!((refused.status.as_u16(), &refused.json()["details"][field][0]), (422, &json!(told(&long, most))));
}

#[rstest]
#[case::first_name("first_name", 80)]
#[case::last_name("last_name", 80)]
#[case::user_name("username", 30)]
#[case::address("email", 254)]
#[tokio::test]
async fn what_a_stranger_types_is_not_cut_either(#[case] field: &str, #[case] most: usize) {
    let app = TestApp::open().await;
    let long = "ana".repeat(1_000);
    let long = if field == "email" { format!("ana@{long}.example.org") } else { long };
    let mut fields = vec![("first_name", "Ana"), ("last_name", "Duarte"), ("username", "ana.duarte")];
    fields.push(("email", "ana@example.org"));
    fields.retain(|(name, _)| *name != field);
    fields.extend([(field, long.as_str()), ("phone", "+353 20 910 0100")]);
    let sent = app.anonymous().submit("/fn/auth/register", &fields).await;
    let page = app.caller(given(&sent)).open(sent.header("location")).await.body;
    holds_everything(&page, "/fn/auth/register", &fields, (field, most));
}

#[rstest]
#[case::allergies("allergy", "name", LONGEST_LINE, "codeine, latex and penicillin; ")]
#[case::reaction("allergy", "reaction", LONGEST_LINE, "a rash ")]
#[case::problem("problem", "name", LONGEST_LINE, "asthma ")]
#[case::since("problem", "since", LONGEST_LINE, "a long time ago ")]
#[case::note("problem", "note", LONGEST_REMARK, "a long note ")]
#[case::medicine("medication", "name", LONGEST_LINE, "paracetamol ")]
#[case::dosage("medication", "dosage", LONGEST_LINE, "500 mg ")]
#[case::batch("immunisation", "batch", LONGEST_LINE, "AB 12 ")]
#[tokio::test]
async fn what_is_too_long_for_a_chart_is_told_and_kept(
    #[case] kind: &str,
    #[case] field: &str,
    #[case] most: usize,
    #[case] words: &str,
) {
    let app = TestApp::open().await;
    let world = &app.world;
    world.book(&world.maya, &world.rivera, jiff::civil::datetime(2026, 11, 25, 9, 0, 0, 0)).await.unwrap();
    let patient = world.reference_of(&world.maya).await;
    let rivera = app.browser(&world.rivera).await;
    let long = words.repeat(300).trim_end().to_owned();
    let mut fields = vec![("patient", patient.as_str()), ("kind", kind), ("name", "Something")];
    fields.retain(|(name, _)| *name != field);
    fields.push((field, &long));
    let sent = rivera.submit("/fn/records/add-item", &fields).await;
    let page = rivera.open(sent.header("location")).await.body;
    let fields: Vec<_> = fields.into_iter().filter(|(name, _)| *name != "kind").collect();
    holds_everything(&page, "/fn/records/add-item", &fields, (field, most));
}

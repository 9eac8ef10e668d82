//! All that is wrong with a form is told at once: in the title, in a summary, each sentence beside its field, what was typed
//! still there, and no password kept.

use crate::{
    html,
    support::{Caller, TestApp},
};

/// The page to which a refused form leads.
async fn refused(caller: &Caller<'_>, path: &str, fields: &[(&str, &str)]) -> String {
    let reply = caller.submit(path, fields).await;
    assert_eq!(reply.status, 302, "{reply:?}");
    let back = reply.header("location");
    assert!(back.contains("flash="), "{back}");
    caller.open(back).await.body
}

/// The sentence beside a field, whose control names it as its error.
fn beside(page: &str, field: &str) -> Option<String> {
    let id = format!("field-{field}-error");
    let elements = html::elements(page);
    let at = elements.iter().position(|element| element.get("id") == Some(&id))?;
    let control = elements.iter().find(|element| element.get("id") == Some(&format!("field-{field}")));
    let control = control.expect("the field is there");
    assert_eq!(control.get("aria-invalid"), Some("true"), "{control:?}");
    assert!(control.get("aria-describedby").is_some_and(|ids| ids.split(' ').any(|one| one == id)), "{control:?}");
    let span = elements[at..].iter().find(|element| element.name == "span")?;
    Some(html::unescaped(&span.text))
}

/// What stands in a field when the page arrives.
fn typed(page: &str, field: &str) -> String {
    let element = html::elements(page).into_iter().find(|element| element.get("name") == Some(field));
    element.expect("the field is there").get("value").unwrap_or_default().to_owned()
}

/// The sentences of the summary on top of the form.
fn summary(page: &str) -> usize {
    let summary = page.split("form-errors").nth(1).expect("a summary").split("</ul>").next().unwrap();
    summary.matches("<li>").count()
}

#[tokio::test]
async fn every_wrong_reading_is_told_beside_its_field_and_stays_as_it_was_typed() {
    let app = TestApp::open().await;
    let world = &app.world;
    let day = jiff::civil::date(2026, 11, 25).at(9, 30, 0, 0);
    world.book(&world.maya, &world.rivera, day).await.unwrap();
    let patient = world.reference_of(&world.maya).await;
    let readings = [
        ("systolic_bp", "80"),
        ("diastolic_bp", "120"),
        ("heart_rate", "fast"),
        ("weight", "-3"),
        ("temperature", "366"),
        ("oxygen_saturation", "97"),
    ];
    let of_maya = [&[("patient", patient.as_str())][..], &readings].concat();
    for (caller, fields) in
        [(app.browser(&world.maya).await, readings.to_vec()), (app.browser(&world.rivera).await, of_maya)]
    {
        let page = refused(&caller, "/fn/records/enter-vitals", &fields).await;
        for field in ["diastolic_bp", "heart_rate", "weight", "temperature"] {
            assert!(beside(&page, field).is_some_and(|sentence| sentence.ends_with('.')), "{field}: {page}");
        }
        assert_eq!((beside(&page, "oxygen_saturation"), beside(&page, "systolic_bp")), (None, None));
        assert_eq!(summary(&page), 4, "{page}");
        for (field, value) in readings {
            assert_eq!(typed(&page, field), value);
        }
    }
}

#[tokio::test]
async fn both_passwords_are_judged_together_and_neither_comes_back() {
    let app = TestApp::open().await;
    let maya = app.browser(&app.world.maya).await;
    let change = "/fn/auth/change_password";
    let page = refused(&maya, change, &[("current_password", "not my password"), ("password", "short one")]).await;
    assert_eq!(beside(&page, "current_password").as_deref(), Some("That password is not correct."));
    assert!(beside(&page, "password").is_some_and(|sentence| sentence.contains("12 characters")), "{page}");
    assert_eq!(summary(&page), 2);
    for (field, said) in [("current_password", "not my password"), ("password", "short one")] {
        assert_eq!(typed(&page, field), "");
        assert!(!page.contains(said), "{said}");
    }
    let fields = [("current_password", domain::testing::PASSWORD), ("password", "short one")];
    let page = refused(&maya, change, &fields).await;
    assert_eq!(beside(&page, "current_password"), None, "the present one is right");
    assert!(beside(&page, "password").is_some());
    let page =
        refused(&maya, change, &[("current_password", "wrong"), ("password", "violet harbour lamp seven")]).await;
    assert!(beside(&page, "current_password").is_some() && beside(&page, "password").is_none());
}

/// The label of a field, and whether the field itself says that it is needed.
fn labelled(page: &str) -> Vec<(String, String, bool)> {
    let elements = html::elements(page);
    let controls = elements.iter().filter(|element| matches!(element.name.as_str(), "input" | "select" | "textarea"));
    let of = |id: &str| {
        let at = elements.iter().position(|element| element.name == "label" && element.get("for") == Some(id))?;
        let label = elements[at..].iter().take_while(|element| element.name != "/label");
        Some(label.map(|element| element.text.replace("!>", "")).collect::<String>())
    };
    let named = controls.filter_map(|control| Some((control, of(control.get("id")?)?)));
    named
        .map(|(control, label)| {
            let name = control.get("name").unwrap_or_default().to_owned();
            (name, label, control.get("required").is_some())
        })
        .collect()
}

#[tokio::test]
async fn a_field_that_may_stay_empty_says_so_and_no_other_does() {
    let app = TestApp::open().await;
    let world = &app.world;
    world.book(&world.maya, &world.rivera, jiff::civil::date(2026, 11, 25).at(9, 30, 0, 0)).await.unwrap();
    let chart = format!("/patients/{}", world.reference_of(&world.maya).await);
    let (nobody, maya, rivera) = (app.anonymous(), app.browser(&world.maya).await, app.browser(&world.rivera).await);
    let pages = [
        (&nobody, "/register".to_owned()),
        (&maya, "/account/profile".to_owned()),
        (&rivera, format!("{chart}/prescriptions/new")),
        (&rivera, format!("{chart}/lists/new?kind=medication")),
    ];
    for (caller, address) in pages {
        let page = caller.open(&address).await;
        assert_eq!(page.status, 200, "{address}");
        let fields = labelled(&page.body);
        for (name, label, is_needed) in &fields {
            assert_ne!(label.contains("(optional)"), *is_needed, "{name} on {address}: {label}");
        }
        let needed = fields.iter().filter(|(_, _, is_needed)| *is_needed).count();
        assert!(needed > 0 && needed < fields.len(), "both kinds on {address}: {fields:?}");
    }
}

#[tokio::test]
async fn the_title_of_a_page_says_that_its_form_was_refused_and_only_then() {
    let app = TestApp::open().await;
    let maya = app.browser(&app.world.maya).await;
    let title = |page: &str| {
        let title = html::elements(page).into_iter().find(|element| element.name == "title").expect("a title");
        title.text.trim().to_owned()
    };
    let fresh = maya.open("/account/profile").await.body;
    assert_eq!(title(&fresh), "Profile · SecureMed");
    assert!(!fresh.contains("role=\"alert\""));
    let wrong = [("first_name", ""), ("last_name", "Okafor"), ("date_of_birth", "1990-02-30"), ("phone", "?")];
    let page = refused(&maya, "/fn/auth/change_profile", &wrong).await;
    assert_eq!(title(&page), "Error: Profile · SecureMed");
    let summary = html::elements(&page).into_iter().find(|element| element.get("role") == Some("alert"));
    assert!(summary.is_some_and(|summary| summary.get("tabindex") == Some("-1") && summary.get("autofocus").is_some()));
    for field in ["first_name", "date_of_birth", "phone"] {
        assert!(beside(&page, field).is_some(), "{field}");
        assert!(page.contains(&format!("href=\"#field-{field}\"")), "the summary leads to {field}");
    }
}

//! Nothing that somebody typed becomes markup: every text field of every form is filled with it, as everybody who finds
//! the form, and every page is looked at, as everybody who reads it.

use std::collections::BTreeMap;

use jiff::civil::datetime;

use crate::{
    html::{self, Element, Form},
    support::{Caller, TestApp},
};

/// What a line takes.
const SHORT: &str = "\"></title></textarea><b data-xss>";
/// What a text takes.
const LONG: &str = "</textarea></title></script>--><xss-a data-xss=1><meta http-equiv=refresh \
    content=\"0;url=https://evil.example/\"><base href=//evil.example><form action=https://evil.example/><b>\"><img src=x \
    data-xss=2>' data-xss=3 ]]> {{7*7}} &lt;b&gt;";

/// What ends a session, or changes how somebody signs in.
const LEFT_OUT: [&str; 8] = [
    "/fn/auth/sign_out",
    "/fn/auth/sign_in",
    "/fn/auth/end_session",
    "/fn/auth/end_other_sessions",
    "/fn/auth/begin_factor",
    "/fn/auth/change_password",
    "/fn/records/discard",
    "/records/documents",
];

/// Fields that hold something else than words where they are lines of text.
const MEASURED: [(&str, &str); 14] = [
    ("date", "2026-11-20"),
    ("since", "2026-05-01"),
    ("born", "1990-04-01"),
    ("date_of_birth", "1990-04-01"),
    ("phone", "+353 20 910 0100"),
    ("emergency_contact_phone", "+353 20 910 0100"),
    ("email", "somebody@example.org"),
    ("value", "4.1"),
    ("low", "3.5"),
    ("high", "5.1"),
    ("systolic_bp", "140"),
    ("diastolic_bp", "90"),
    ("temperature", "36.8"),
    ("weight", "72"),
];

/// Which words go into a form.
#[derive(Clone, Copy, PartialEq)]
enum Round {
    /// Markup everywhere: most forms are refused and come back.
    Refused,
    /// Markup where words are expected: it is stored.
    Stored,
}

fn filled(form: &Form, round: Round) -> Vec<(String, String)> {
    let mut values: Vec<(String, String)> = Vec::new();
    let mut choice: Option<String> = None;
    for field in &form.fields {
        let name = field.get("name").unwrap_or_default().to_owned();
        match (field.name.as_str(), field.get("type").unwrap_or("text")) {
            ("select", _) => choice = Some(name),
            ("option", _) => {
                let value = field.get("value").unwrap_or_default();
                if let Some(name) = choice.take_if(|_| !value.is_empty()) {
                    values.push((name, value.to_owned()));
                }
            }
            // Of several choices a browser sends one.
            ("input", "radio") if values.iter().any(|(chosen, _)| *chosen == name) => {}
            ("input", "hidden" | "radio" | "checkbox") => {
                values.push((name, field.get("value").unwrap_or_default().to_owned()));
            }
            ("input", "password" | "file") | ("button", _) => {}
            ("textarea", _) => values.push((name, LONG.to_owned())),
            _ => values.push((name.clone(), line(field, &name, round))),
        }
    }
    values
}

fn line(field: &Element, name: &str, round: Round) -> String {
    // "results[0][value]"
    let last = name.trim_end_matches(']').rsplit('[').next().unwrap_or(name);
    let measured = MEASURED.iter().find(|(field, _)| *field == last).map(|(_, value)| *value);
    match (round, measured) {
        (Round::Stored, Some(value)) => value.to_owned(),
        (Round::Stored, None) if field.get("inputmode") == Some("decimal") => "72".to_owned(),
        (Round::Stored, None) if field.get("type") == Some("date") => "2026-11-20".to_owned(),
        _ => SHORT.to_owned(),
    }
}

/// What is wrong with a page.
fn injected(page: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    if page.contains("<xss") {
        wrong.push("what was typed stands there unescaped".to_owned());
    }
    let elements = html::elements(page);
    for element in &elements {
        let Element { name, .. } = element;
        let foreign = |attribute| element.get(attribute).is_some_and(|to| !to.starts_with('/') || to.starts_with("//"));
        let is_odd =
            name.starts_with("xss") || matches!(name.as_str(), "base" | "iframe" | "object" | "embed" | "noscript");
        let leads_away = name == "meta" && element.get("http-equiv").is_some();
        let posts_away = element.get("formaction").is_some() && foreign("formaction")
            || name == "form" && element.get("action").is_some_and(|action| !action.is_empty()) && foreign("action");
        let has_script = element.attributes.iter().any(|(name, _)| name.starts_with("on") || name.contains("xss"));
        let is_script = name == "script" && element.get("nonce").is_none();
        if is_odd || leads_away || posts_away || has_script || is_script {
            wrong.push(format!("{element:?}"));
        }
    }
    let titles = elements.iter().filter(|element| element.name == "title").count();
    let marks = elements.iter().filter(|element| element.name == "svg").count();
    if titles == 0 || titles > 1 + marks {
        wrong.push(format!("{titles} titles"));
    }
    wrong
}

/// Opens every page, fills every form once, and looks at what comes back.
async fn attack(caller: &Caller<'_>, from: &[&str], round: Round, tried: &mut BTreeMap<String, String>) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut sent = std::collections::BTreeSet::new();
    for (address, page) in html::walk(caller, from).await {
        wrong.extend(injected(&page).into_iter().map(|what| format!("{address}: {what}")));
        for form in html::forms(&page) {
            if form.method != "post" || LEFT_OUT.contains(&form.action.as_str()) {
                continue;
            }
            let fields = filled(&form, round);
            let names: Vec<_> = fields.iter().map(|(name, _)| name.as_str()).collect();
            if !sent.insert((form.action.clone(), names.join(" "), form.value("kind").map(str::to_owned))) {
                continue;
            }
            let values: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let reply = caller.clone().on_page(&address).with_form_of("").submit(&form.action, &values).await;
            let to = reply.header("location").to_owned();
            assert!(reply.status.is_redirection(), "{} from {address}: {reply:?}", form.action);
            for (name, _) in values.iter().filter(|(_, value)| [SHORT, LONG].contains(value)) {
                let outcome = if to.contains("flash=") { "refused" } else { "stored" };
                let known = tried.entry(format!("{} {name}", form.action)).or_insert_with(|| outcome.to_owned());
                if outcome == "stored" {
                    *known = outcome.to_owned();
                }
            }
            if to.starts_with('/') {
                let page = caller.open(&to).await.body;
                wrong.extend(injected(&page).into_iter().map(|what| format!("{} led to {to}: {what}", form.action)));
            }
        }
    }
    wrong
}

#[tokio::test]
async fn nothing_that_is_typed_anywhere_becomes_markup_for_anybody() {
    let app = TestApp::sqlite().await;
    let world = &app.world;
    world.book(&world.jonas, &world.rivera, datetime(2026, 11, 25, 9, 0, 0, 0)).await.unwrap();
    world.book(&world.jonas, &world.rivera, datetime(2026, 11, 24, 9, 0, 0, 0)).await.unwrap();
    world.note_look(&world.rivera, &world.jonas).await;
    let patient = world.reference_of(&world.jonas).await;
    let (chart, new) = (format!("/patients/{patient}"), |what: &str| format!("/patients/{patient}/{what}/new"));
    let kinds = ["allergy", "problem", "medicine", "vaccination"].map(|kind| format!("{}?kind={kind}", new("lists")));
    let (notes, labs, medicines, vitals) = (new("notes"), new("labs"), new("prescriptions"), new("vitals"));
    let doctor = world.rivera.doctor.unwrap();
    let book = format!("/appointments/book?doctor={doctor}&date=2026-11-26&time=10:00");
    let search = "?search=%3C%2Ftitle%3E%3Cb+data-xss%3E&flash=%3Cb+data-xss%3E";
    let (patients, doctors) = (format!("/patients{search}"), format!("/doctors{search}"));
    let next = "/login?next=%2F%3C%2Ftitle%3E%3Cb+data-xss%3E";
    let users = format!("/admin/users{search}");

    let nobody = app.anonymous();
    let (jonas, rivera) = (app.browser(&world.jonas).await, app.browser(&world.rivera).await);
    let (brandt, admin) = (app.browser(&world.brandt).await, app.browser(&world.admin).await);
    let mut rivera_from = vec!["/schedule?date=2026-11-24", "/inbox", "/emergency", &chart, &patients];
    rivera_from.extend([&notes, &labs, &medicines, &vitals].map(String::as_str));
    rivera_from.extend(kinds.iter().map(String::as_str));
    let everybody = [
        (&nobody, vec!["/", &doctors, next, "/register", "/forgot-password", "/verify-email?again=1"]),
        (&jonas, vec!["/dashboard", "/account/profile", "/account/looks", "/records/vitals/new", &book, "/records"]),
        (&rivera, rivera_from),
        (&brandt, vec!["/emergency", &chart, "/patients"]),
        (&admin, vec!["/admin", "/admin/questions", "/admin/emergencies", "/admin/mail", &users, "/appointments"]),
    ];
    let mut tried = BTreeMap::new();
    let mut wrong = Vec::new();
    // What one stores another reads, and what was begun is finished in the next round.
    for round in [Round::Refused, Round::Stored, Round::Stored] {
        for (caller, from) in &everybody {
            wrong.extend(attack(caller, from, round, &mut tried).await);
        }
    }
    for (caller, from) in &everybody {
        for (address, page) in html::walk(caller, from).await {
            wrong.extend(injected(&page).into_iter().map(|what| format!("{address}: {what}")));
        }
    }
    println!("The fields that were tried:");
    for (field, outcome) in &tried {
        println!("  {field}: {outcome}");
    }
    assert!(wrong.is_empty(), "{} of them: {wrong:#?}", wrong.len());
    // Which forms accept what was typed differs with what each walk finds first; every form that does not comes back with
    // it. What is surely stored is looked at in Chromium (`typed.spec.ts`).
    assert!(tried.len() > 40, "only {} fields were tried", tried.len());
}

//! Whoever is in another zone than the clinic sees the clinic's beside every time, on every page: `zone_hider.js` hides it
//! from those who are in it. A page with a clock time that nothing says the zone of fails here.

use domain::{seed, testing::TestWorld};
use server::{AppState, build_app};

use crate::{
    html::{self, Element},
    support::{Caller, Proof, TestApp, UNHURRIED},
};

const DEMO_PASSWORD: &str = "a plain demo sentence";

/// A line of a page, for all of whose times one mark is enough. An element with `data-times` is one too: a calendar, for
/// example, says the zone once.
const LINES: [&str; 10] = ["li", "tr", "p", "dd", "h1", "h2", "h3", "summary", "time", "option"];
/// What has no end.
const VOID: [&str; 7] = ["input", "br", "meta", "link", "hr", "img", "wbr"];
/// What somebody wrote, and what repeats for screen readers what stands beside it.
const NOT_OURS: [&str; 4] = ["kept-words", "visually-hidden", "entry-text", "bio"];

/// "9:30" or "09:30" in a text.
fn clock_time(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let part_of_more =
        |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|b| b.is_ascii_digit() || *b == b':');
    text.match_indices(':').find_map(|(colon, _)| {
        let begin =
            (colon.checked_sub(2)).filter(|&at| is_digit(at)).or(colon.checked_sub(1).filter(|&at| is_digit(at)))?;
        let end = colon + 3;
        let is_whole = is_digit(colon + 1) && is_digit(colon + 2);
        let stands_alone = !part_of_more(begin.checked_sub(1)) && !part_of_more(Some(end));
        (is_whole && stands_alone).then(|| &text[begin..end])
    })
}

struct Node {
    element: Element,
    parent: Option<usize>,
    /// Whether it holds the name of the zone.
    is_marked: bool,
}

/// The times in the main part of a page that have no zone beside them, each with the text that it stands in.
fn without_zone(page: &str) -> Vec<String> {
    let main = page.find("<main").map_or("", |at| &page[at..]);
    let main = &main[..main.find("</main").unwrap_or(main.len())];
    let mut nodes: Vec<Node> = Vec::new();
    let mut times: Vec<(Option<usize>, String)> = Vec::new();
    let mut open: Option<usize> = None;
    for element in html::elements(main) {
        if let Some(name) = element.name.strip_prefix('/') {
            let mut at = open;
            while let Some(one) = at.filter(|&one| nodes[one].element.name != name) {
                at = nodes[one].parent;
            }
            open = at.map_or(open, |found| nodes[found].parent);
        } else {
            nodes.push(Node { element: element.clone(), parent: open, is_marked: false });
            if !VOID.contains(&element.name.as_str()) {
                open = Some(nodes.len() - 1);
            }
        }
        let text = html::unescaped(&element.text);
        let has_mark =
            element.get("class") == Some("zone-mark") || text.contains(" time)") || text.contains("All times in");
        let mut at = open;
        while let Some(one) = at.filter(|_| has_mark) {
            nodes[one].is_marked = true;
            at = nodes[one].parent;
        }
        if clock_time(&text).is_some() {
            times.push((open, text));
        }
    }
    let ancestors = |at: Option<usize>| std::iter::successors(at, |&one| nodes[one].parent).map(|one| &nodes[one]);
    let is_ours = |at| {
        !ancestors(at).any(|node| {
            let classes = node.element.get("class").unwrap_or_default();
            matches!(node.element.name.as_str(), "script" | "textarea")
                || classes.split(' ').any(|class| NOT_OURS.contains(&class))
        })
    };
    let is_told = |at| {
        ancestors(at).any(|node| {
            let is_line = LINES.contains(&node.element.name.as_str()) || node.element.get("data-times").is_some();
            is_line && node.is_marked
        })
    };
    times.into_iter().filter(|(at, _)| is_ours(*at) && !is_told(*at)).map(|(_, text)| text.trim().to_owned()).collect()
}

/// The demo clinic, with what people did in it today.
async fn demo() -> TestApp {
    let world = TestWorld::new(crate::support::Engine::Sqlite).await;
    world.emptied().await;
    let options = seed::SeedOptions {
        doctors: 9,
        patients: 60,
        days: 30,
        demo_password: Some(DEMO_PASSWORD.into()),
        ..seed::SeedOptions::default()
    };
    seed::run(&world.services, options, &mut |_| ()).await.unwrap();
    world.set("identity", r#"{"staff_second_factor": false}"#).await;
    let router = build_app(AppState::new(world.as_demo(), UNHURRIED));
    TestApp { world, router }
}

async fn signed_in<'a>(app: &'a TestApp, username: &str) -> Caller<'a> {
    let fields = [("username", username), ("password", DEMO_PASSWORD)];
    let reply = app.anonymous().submit("/fn/auth/sign_in", &fields).await;
    let cookies: Vec<_> = reply.cookies().iter().map(|cookie| cookie.split(';').next().unwrap()).collect();
    let caller = app.caller(Proof::Cookies(cookies.join("; ")));
    caller.submit("/fn/auth/accept_policy", &[]).await;
    caller
}

#[tokio::test]
async fn every_clock_time_on_every_page_has_the_zone_of_the_clinic_beside_it() {
    let app = demo().await;
    let (maya, rivera) = (signed_in(&app, "patient").await, signed_in(&app, "dr.rivera").await);
    let admin = signed_in(&app, "admin").await;
    let charts = html::walk(&rivera, &["/patients"]).await;
    let chart = charts.keys().find(|address| address.starts_with("/patients/PT-")).expect("a chart").clone();
    let patient = chart.trim_start_matches("/patients/").split('/').next().unwrap().to_owned();
    // A draft, an addition to an entry, a message that did not go out, and a record that is open in an emergency.
    rivera.submit("/fn/records/begin-note", &[("patient", &patient)]).await;
    let reason = [("patient", patient.as_str()), ("reason", "Unconscious after a fall, nobody else is here")];
    let opened = admin.submit("/fn/records/open-emergency", &reason).await.header("location").to_owned();
    assert_eq!(opened, format!("/patients/{patient}"));
    let charts = html::walk(&rivera, &[&chart]).await;
    let signed = charts.iter().find(|(address, page)| address.starts_with("/records/REC-") && page.contains("/add\""));
    let (entry, _) = signed.expect("an entry to which something can be added");
    let reference = entry.trim_start_matches("/records/").split(['/', '?']).next().unwrap();
    let added = rivera.submit("/fn/records/add-to", &[("reference", reference), ("text", "Seen again.")]).await;
    assert!(added.header("location").contains("done="), "{added:?}");
    let everybody = [
        (app.anonymous(), vec!["/", "/doctors"]),
        (maya, vec!["/dashboard", "/account", "/account/looks", "/records", "/appointments", "/appointments?tab=past"]),
        (rivera, vec!["/schedule", "/inbox", "/patients", "/appointments", "/account", entry.as_str()]),
        (admin, vec!["/admin", "/admin/mail", "/admin/emergencies", "/admin/questions", "/demo/mailbox", &opened]),
    ];
    let (mut wrong, mut pages, mut times) = (Vec::new(), 0, 0);
    for (caller, from) in &everybody {
        for (address, page) in html::walk(caller, from).await {
            pages += 1;
            times += page.matches("zone-mark").count();
            wrong.extend(without_zone(&page).into_iter().map(|text| format!("{address}: {text}")));
        }
    }
    assert!(wrong.is_empty(), "{} times without their zone: {wrong:#?}", wrong.len());
    assert!(pages > 100 && times > 300, "{pages} pages with {times} marks were read");
}

#[test]
fn a_time_without_its_zone_is_found() {
    let page = |inside: &str| format!("<body><main>{inside}</main></body>");
    let mark = "<span class=\"zone-mark\" data-zone=\"Europe/Dublin\"> Dublin time</span>";
    for told in [
        &format!("<p><time>Tue 1 December, 09:30</time> {mark}</p>"),
        &format!("<li><p>Moved to 10:00</p><p>{mark}</p></li>"),
        &format!("<div data-times=\"\"><p>{mark}</p><dl><dd>09:00–12:00</dd></dl></div>"),
        "<p>Saved at 09:30 (Dublin time)</p>",
        "<p class=\"kept-words\">I wake up at 05:00</p>",
        "<p>Blood pressure 1:2, 12:345 and 1:23:45</p>",
    ] {
        assert!(without_zone(&page(told)).is_empty(), "{told}");
    }
    for untold in [
        "<p>Saved at 09:30</p>",
        &format!("<div><p>09:30</p><p>{mark}</p></div>"),
        &format!("<ul><li>09:30</li><li>{mark}</li></ul>"),
    ] {
        assert_eq!(without_zone(&page(untold)).len(), 1, "{untold}");
    }
}

//! Nothing that somebody typed becomes markup: the ends of a title and of a text area stand in every text field of every
//! form and of every body that programs send, as far as its rule takes them, and every page is looked at, as everybody who
//! reads it.
//!
//! `injection_fields.txt` names each field, and whether what was typed is stored or by which sentence it is refused. A text
//! field that is not in it, or behaves otherwise, fails the test.

mod acts;
mod forms;
mod programs;

use std::collections::{BTreeSet, btree_map::Entry};

use domain::testing::TestWorld;
use server::{AppState, build_app};

use crate::{
    html::{self, Element},
    support::{Engine, TestApp, UNHURRIED},
};

use forms::Trial;

/// What a line takes, behind its number.
const SHORT: &str = "\"></title></textarea><b data-xss>";
/// What a text takes, behind its number.
const LONG: &str = "</textarea></title></script>--><xss-a data-xss=1><meta http-equiv=refresh \
    content=\"0;url=https://evil.example/\"><base href=//evil.example><form action=https://evil.example/><b>\"><img src=x \
    data-xss=2>' data-xss=3 ]]> {{7*7}} &lt;b&gt;";

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

/// A form that came back says so in the title of its page, in a summary that is announced, and takes the focus; a page
/// on which nothing is wrong has neither.
fn untold(page: &str) -> Option<String> {
    let elements = html::elements(page);
    let has = |element: &Element, class| element.get("class").is_some_and(|all| all.split(' ').any(|one| one == class));
    // What waits until somebody has signed in is no error.
    let summary = elements.iter().find(|element| has(element, "form-errors") && has(element, "alert"));
    let is_told = summary.is_some_and(|summary| {
        summary.get("role") == Some("alert")
            && summary.get("tabindex") == Some("-1")
            && summary.get("autofocus").is_some()
    });
    let title = elements.iter().find(|element| element.name == "title").map_or("", |title| title.text.trim());
    let is_in_title = title.starts_with("Error: ");
    (summary.is_some() != is_told || is_told != is_in_title).then(|| format!("{title:?} above {summary:?}"))
}

/// The numbers of what was typed that stand on a page; what is wrong when one of them does unescaped.
fn numbers(page: &str) -> (BTreeSet<usize>, Vec<String>) {
    let (mut found, mut wrong) = (BTreeSet::new(), Vec::new());
    for (at, _) in page.match_indices("xss-no-") {
        let rest = &page[at + "xss-no-".len()..];
        let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        let Ok(number) = rest[..digits].parse() else { continue };
        let after = &rest[digits..];
        if after.starts_with('<') || after.starts_with("\"><") {
            wrong.push(format!("number {number} stands there unescaped"));
        }
        found.insert(number);
    }
    (found, wrong)
}

/// The entries to which a page leads.
fn entries_on(page: &str) -> Vec<String> {
    let links = html::elements(page).into_iter().filter_map(|element| element.get("href").map(str::to_owned));
    links.filter(|link| link.starts_with("/records/REC-") && link.matches('/').count() == 2).collect()
}

/// A small clinic that is a demo besides, so that its mail can be read.
async fn clinic() -> TestApp {
    let world = TestWorld::new(Engine::Sqlite).await;
    let router = build_app(AppState::new(world.as_demo(), UNHURRIED));
    TestApp { world, router }
}

#[tokio::test]
async fn nothing_that_is_typed_anywhere_becomes_markup_for_anybody() {
    let app = clinic().await;
    let mut trial = Trial::default();
    let people = acts::all(&app, &mut trial).await;
    programs::all(&app, &mut trial).await;
    for (caller, from) in &people {
        let from: Vec<&str> = from.iter().map(String::as_str).collect();
        let mut pages = html::walk(caller, &from).await;
        let entries: BTreeSet<String> = pages.values().flat_map(|page| entries_on(page)).collect();
        for address in trial.led.clone().into_iter().chain(entries) {
            if let Entry::Vacant(unseen) = pages.entry(address) {
                let page = caller.open(unseen.key()).await.body;
                unseen.insert(page);
            }
        }
        for (address, page) in pages {
            trial.look_at(&address, &page);
        }
    }
    let Trial { wrong, tried, found, stored, shown, .. } = trial;
    assert!(wrong.is_empty(), "{} of them: {wrong:#?}", wrong.len());
    let tried: String = tried.iter().map(|(field, outcome)| format!("{field}: {outcome}\n")).collect();
    let missing: Vec<_> = found.iter().filter(|field| !tried.contains(&format!("{field}: "))).collect();
    assert!(missing.is_empty(), "nobody typed anything into these: {missing:#?}");
    assert_eq!(tried, include_str!("injection_fields.txt"), "the list of the fields is another one:\n{tried}");
    let hidden: Vec<_> = stored.iter().filter(|(number, _)| !shown.contains(*number)).collect();
    assert!(hidden.is_empty(), "no page shows what was stored: {hidden:#?}");
}

//! Fills forms as they are drawn: markup in every field of words, and what a field of something else can mean.

use std::collections::{BTreeMap, BTreeSet};

use super::{LONG, SHORT, injected, numbers, untold};
use crate::{
    html::{self, Element, Form},
    support::{Caller, Proof},
};

/// Fields that hold something else than words, with a value that they take. Markup is refused in each.
const MEASURED: [(&str, &str); 25] = [
    ("born", ""),
    ("code", "123456"),
    ("date", "2026-11-20"),
    ("date_of_birth", "1990-04-01"),
    ("diastolic_bp", "80"),
    ("email", "somebody@example.org"),
    ("emergency_contact_name", "Chidi Okafor"),
    ("emergency_contact_phone", "+353 20 910 0101"),
    ("first_name", "Alex"),
    ("from", "2026-11-23"),
    ("heart_rate", "72"),
    ("high", "5.1"),
    ("last_name", "Byrne"),
    ("low", "3.5"),
    ("otp", "123456"),
    ("oxygen_saturation", "97"),
    ("patient", ""),
    ("phone", "+353 20 910 0100"),
    ("recovery_code", "aaaa-bbbb-cccc"),
    ("systolic_bp", "120"),
    ("temperature", "36.8"),
    ("time", "08:30"),
    ("to", ""),
    ("username", "somebody"),
    ("weight", "72"),
];

/// What was typed so far, and what came of it.
#[derive(Default)]
pub(super) struct Trial {
    /// By field: "stored", "carried" to another page, "searched for", or the sentence of its refusal.
    pub tried: BTreeMap<String, String>,
    /// Every text field that stands on some page.
    pub found: BTreeSet<String>,
    /// By its number, the field into which it was typed.
    pub stored: BTreeMap<usize, String>,
    /// Where forms led.
    pub led: BTreeSet<String>,
    /// The numbers that stand on some page.
    pub shown: BTreeSet<usize>,
    pub wrong: Vec<String>,
    /// The number that was given last.
    pub last: usize,
}

/// What became of a form.
pub(super) struct Sent<'a> {
    /// Where it led, with what was wrong left out.
    pub led: String,
    pub page: String,
    /// The caller, with the cookies that came along.
    pub caller: Caller<'a>,
}

impl Sent<'_> {
    fn is_refused(&self) -> bool {
        self.page.contains("form-errors")
    }
}

/// The name of an act: its address, and of which kind it is where one address takes several.
fn name_of(form: &Form, action: &str) -> String {
    match form.value("kind").filter(|kind| !kind.is_empty()) {
        Some(kind) => format!("{action} {kind}"),
        None => action.to_owned(),
    }
}

/// `results[3][low]` as `results[][low]`: all rows are alike.
pub(super) fn field_of(act: &str, name: &str) -> String {
    let plain: String = name.chars().filter(|letter| !letter.is_ascii_digit()).collect();
    if plain.contains("[]") { format!("{act} {plain}") } else { format!("{act} {name}") }
}

/// Where a form can be sent: its own address, and those of its buttons.
fn actions(form: &Form) -> Vec<&str> {
    let buttons = form.fields.iter().filter_map(|field| field.get("formaction"));
    std::iter::once(form.action.as_str()).chain(buttons).collect()
}

/// Whether somebody types words, or something like them, into it.
fn is_text(field: &Element) -> bool {
    let kind = field.get("type").unwrap_or("text");
    let is_line = field.name == "input"
        && !matches!(kind, "hidden" | "password" | "checkbox" | "radio" | "file" | "submit" | "button");
    (is_line || field.name == "textarea") && field.get("name").is_some() && field.get("readonly").is_none()
}

fn measured(name: &str) -> Option<&'static str> {
    let last = name.trim_end_matches(']').rsplit('[').next().unwrap_or(name);
    MEASURED.iter().find(|(field, _)| *field == last).map(|(_, value)| *value)
}

impl Trial {
    /// Notes what a page shows of what was typed, what is wrong with it, and which fields it has.
    pub(super) fn look_at(&mut self, address: &str, page: &str) {
        let (shown, unescaped) = numbers(page);
        self.shown.extend(shown);
        let wrong = injected(page).into_iter().chain(unescaped).chain(untold(page));
        self.wrong.extend(wrong.map(|what| format!("{address}: {what}")));
        for form in html::forms(page) {
            let names = form.fields.iter().filter(|field| is_text(field)).filter_map(|field| field.get("name"));
            for name in names {
                for action in actions(&form) {
                    self.found.insert(field_of(&name_of(&form, action), name));
                }
            }
        }
    }

    /// The next number, with markup behind it.
    pub(super) fn marked(&mut self, is_long: bool) -> String {
        self.last += 1;
        format!("xss-no-{}{}", self.last, if is_long { LONG } else { SHORT })
    }

    /// Sends a form and opens the page to which it leads.
    async fn send<'a>(
        &mut self,
        caller: &Caller<'a>,
        from: &str,
        action: &str,
        values: &[(String, String)],
    ) -> Sent<'a> {
        let values: Vec<_> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let reply = caller.clone().on_page(from).with_form_of("").submit(action, &values).await;
        let led = reply.header("location").to_owned();
        assert!(reply.status.is_redirection() && led.starts_with('/'), "{action} from {from}: {reply:?}");
        let cookies = reply.cookies().into_iter().filter_map(|cookie| cookie.split(';').next());
        let caller = match caller.proof() {
            Proof::None => caller.with_proof(Proof::Cookies(cookies.collect::<Vec<_>>().join("; "))),
            _ => caller.clone(),
        };
        let page = caller.open(led.split('#').next().unwrap_or_default()).await.body;
        self.look_at(&format!("{action} led to {led}"), &page);
        Sent { led, page, caller }
    }

    /// Fills a form of a page and sends it: first with markup in each field of something else than words, each of which
    /// has to be refused, and then with markup in all fields of words. `given` says what other fields hold.
    pub(super) async fn fill<'a>(
        &mut self,
        caller: &Caller<'a>,
        (address, action): (&str, &str),
        given: &[(&str, &str)],
    ) -> Sent<'a> {
        let page = self.open(caller, address).await;
        self.fill_page(caller, (address, action), &page, given).await
    }

    /// Goes on with the page to which a form led.
    pub(super) async fn go_on<'a>(&mut self, sent: &Sent<'a>, action: &str, given: &[(&str, &str)]) -> Sent<'a> {
        self.fill_page(&sent.caller, (&sent.led, action), &sent.page, given).await
    }

    async fn fill_page<'a>(
        &mut self,
        caller: &Caller<'a>,
        (address, action): (&str, &str),
        page: &str,
        given: &[(&str, &str)],
    ) -> Sent<'a> {
        let (act, values, others) = self.drawn((address, action), page, given);
        self.refuse(caller, (address, action), &act, &values, &others).await;
        let sent = self.send(caller, address, action, &values).await;
        assert!(!sent.is_refused(), "{act} from {address} was refused: {values:#?}\n{}", sent.page);
        let is_kept = sent.led.contains("flash=");
        for (name, value) in values.iter().filter(|(_, value)| value.starts_with("xss-no-")) {
            let field = field_of(&act, name);
            if !is_kept {
                self.stored.extend(numbers(value).0.into_iter().map(|number| (number, field.clone())));
            }
            self.tried.insert(field, if is_kept { "carried" } else { "stored" }.to_owned());
        }
        if !is_kept {
            self.led.insert(sent.led.split('#').next().unwrap_or_default().to_owned());
        }
        sent
    }

    async fn open(&mut self, caller: &Caller<'_>, address: &str) -> String {
        let page = caller.open(address).await;
        assert_eq!(page.status, 200, "{address}");
        self.look_at(address, &page.body);
        page.body
    }

    /// Only the fields of a form that refuse markup: the form itself is for somebody who knows a code, or a name.
    pub(super) async fn refused(&mut self, caller: &Caller<'_>, at: (&str, &str), given: &[(&str, &str)]) {
        let page = self.open(caller, at.0).await;
        let (act, values, others) = self.drawn(at, &page, given);
        self.refuse(caller, at, &act, &values, &others).await;
        let sent = self.send(caller, at.0, at.1, &values).await;
        for (name, _) in values.iter().filter(|(_, value)| value.starts_with("xss-no-")) {
            assert!(sent.is_refused(), "{act} {name} takes markup: {}", sent.led);
            self.tried.insert(field_of(&act, name), format!("refused: {}", sentence(&sent.page, name)));
        }
    }

    /// The form with this address on a page: its name, its fields as they are sent, and those that are no words.
    fn drawn(
        &mut self,
        (address, action): (&str, &str),
        page: &str,
        given: &[(&str, &str)],
    ) -> (String, Vec<(String, String)>, Vec<String>) {
        let kind = given.iter().find(|(name, _)| *name == "kind").map(|(_, kind)| *kind);
        let form = html::forms(page)
            .into_iter()
            .find(|form| actions(form).contains(&action) && kind.is_none_or(|kind| form.value("kind") == Some(kind)))
            .unwrap_or_else(|| panic!("{address} has no form for {action}"));
        let act = name_of(&form, action);
        let (mut values, mut others): (Vec<(String, String)>, Vec<String>) = (Vec::new(), Vec::new());
        let mut choice: Option<String> = None;
        for field in &form.fields {
            let name = field.get("name").unwrap_or_default().to_owned();
            let default = field.get("value").unwrap_or_default().to_owned();
            let fixed = given.iter().find(|(given, _)| *given == name).map(|(_, value)| (*value).to_owned());
            match (field.name.as_str(), field.get("type").unwrap_or("text")) {
                ("select", _) => choice = Some(name),
                ("option", _) => {
                    if let Some(name) = choice.take_if(|_| !default.is_empty()) {
                        let fixed =
                            given.iter().find(|(given, _)| *given == name).map(|(_, value)| (*value).to_owned());
                        values.push((name, fixed.unwrap_or(default)));
                    }
                }
                // Of several choices a browser sends one.
                ("input", "radio") if values.iter().any(|(chosen, _)| *chosen == name) => {}
                ("input", "hidden" | "radio" | "checkbox" | "password") => {
                    values.push((name, fixed.unwrap_or(default)))
                }
                ("button", _) if fixed.as_ref() == Some(&default) => values.push((name, default)),
                // One row is filled; those behind it are as it is.
                _ if !is_text(field) || name.contains("results[") && !name.starts_with("results[0]") => {}
                _ => {
                    let known = fixed.or_else(|| measured(&name).map(str::to_owned));
                    if measured(&name).is_some() {
                        others.push(name.clone());
                    }
                    let value = match known {
                        Some(value) => value,
                        None => self.marked(field.name == "textarea"),
                    };
                    values.push((name, value));
                }
            }
        }
        (act, values, others)
    }

    async fn refuse(
        &mut self,
        caller: &Caller<'_>,
        (page, action): (&str, &str),
        act: &str,
        values: &[(String, String)],
        others: &[String],
    ) {
        for other in others {
            let field = field_of(act, other);
            if self.tried.contains_key(&field) {
                continue;
            }
            let broken: Vec<_> = values
                .iter()
                .map(|(name, value)| (name.clone(), if name == other { format!("xss{SHORT}") } else { value.clone() }))
                .collect();
            let sent = self.send(caller, page, action, &broken).await;
            let outcome = match sent.is_refused() {
                true => format!("refused: {}", sentence(&sent.page, other)),
                // A form that only grows comes back with whatever was typed.
                false => "carried".to_owned(),
            };
            assert!(sent.led.contains("flash="), "{field} takes markup: {}", sent.led);
            self.tried.insert(field, outcome);
        }
    }

    /// Brings a document whose note, and whose name, have markup in them.
    pub(super) async fn bring(&mut self, caller: &Caller<'_>, page: &str, action: &str) {
        self.open(caller, page).await;
        let note = self.marked(true);
        let name = format!("xss-no-{}<b data-xss>.txt", self.last);
        let reply = caller.upload(action, &[("note", &note)], (&name, b"No pain today.")).await;
        let led = reply.header("location").to_owned();
        let entry = caller.open(&led).await.body;
        self.look_at(&led, &entry);
        assert!(led.starts_with("/records/REC-"), "{led}: {entry}");
        self.stored.insert(self.last, format!("{action} note"));
        self.tried.insert(format!("{action} note"), "stored".to_owned());
        let is_shown = entry.contains("&lt;b data-xss&gt;.txt");
        let outcome = if is_shown { "stored" } else { "stored without its markup" };
        self.tried.insert(format!("{action} name of the file"), outcome.to_owned());
        self.led.insert(led.split('?').next().unwrap_or_default().to_owned());
    }

    /// Sends a search with markup in it.
    pub(super) async fn search(&mut self, caller: &Caller<'_>, page: &str, field: &str) {
        let query =
            url::form_urlencoded::Serializer::new(String::new()).append_pair(field, &format!("xss{SHORT}")).finish();
        let address = format!("{page}?{query}");
        let found = caller.open(&address).await;
        assert!(found.status.as_u16() < 500, "{address}: {}", found.status);
        self.look_at(&address, &found.body);
        self.tried.insert(field_of(page, field), "searched for".to_owned());
    }
}

/// The sentence beside a field, or the one on top of the form.
fn sentence(page: &str, field: &str) -> String {
    let elements = html::elements(page);
    let beside = format!("field-{field}-error");
    let summary = || {
        let is_it = |element: &Element| element.get("class").is_some_and(|class| class.contains("form-errors"));
        let start = elements.iter().position(is_it)?;
        Some(start + elements[start..].iter().position(|element| element.name == "/h2")?)
    };
    let start = elements.iter().position(|element| element.get("id") == Some(&beside)).or_else(summary);
    let ends = ["/p", "/ul", "/div"];
    let words = elements[start.unwrap_or(elements.len())..]
        .iter()
        .take_while(|element| !ends.contains(&element.name.as_str()))
        .flat_map(|element| element.text.split_whitespace().filter(|word| *word != "!>").map(html::unescaped));
    words.collect::<Vec<_>>().join(" ").replace("!>", "")
}

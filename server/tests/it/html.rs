//! Reads pages as far as tests need it: which elements there are, the forms with their fields, the links. Text is never
//! taken for an element, and what stands in a script is nobody's element.

use std::collections::{BTreeMap, VecDeque};

use crate::support::Caller;

/// The beginning of an element, as the parser of a browser would see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// What follows up to the next tag.
    pub text: String,
}

impl Element {
    pub fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == attribute).map(|(_, value)| value.as_str())
    }
}

/// A form and its fields, in the order of the page.
#[derive(Clone, Debug)]
pub struct Form {
    pub method: String,
    pub action: String,
    /// Whether the browser leaves it to us to say what is wrong.
    pub is_novalidate: bool,
    pub fields: Vec<Element>,
}

impl Form {
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|field| field.get("name") == Some(name))?.get("value")
    }
}

/// `&lt;` → `<`
pub fn unescaped(text: &str) -> String {
    html_escape::decode_html_entities(text).into_owned()
}

/// Every element of a page; ends of elements are named `/form`.
pub fn elements(page: &str) -> Vec<Element> {
    let mut found: Vec<Element> = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        if let Some(last) = found.last_mut() {
            last.text.push_str(&rest[..start]);
        }
        rest = &rest[start + 1..];
        let closing = rest.strip_prefix('/').unwrap_or(rest);
        if !closing.starts_with(|first: char| first.is_ascii_alphabetic()) {
            continue;
        }
        let (element, after) = element(rest);
        rest = after;
        // The contents of these are no markup.
        if matches!(element.name.as_str(), "script" | "style") {
            let end = rest.find(&format!("</{}", element.name)).unwrap_or(rest.len());
            rest = &rest[end..];
        }
        found.push(element);
    }
    found
}

/// Reads one tag, from behind its `<`, and what follows it.
fn element(text: &str) -> (Element, &str) {
    let name_end = text.find(|letter: char| letter.is_whitespace() || letter == '>').unwrap_or(text.len());
    let name = text[..name_end].trim_end_matches('/').to_lowercase();
    let mut element = Element { name, attributes: Vec::new(), text: String::new() };
    let mut rest = &text[name_end..];
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (element, after);
        }
        if rest.is_empty() {
            return (element, rest);
        }
        let end = rest.find(|letter: char| letter.is_whitespace() || "=>/".contains(letter)).unwrap_or(rest.len());
        let name = rest[..end.max(1)].to_lowercase();
        rest = rest[end.max(1)..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            (value, rest) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((after, "")),
                _ => after.split_at(after.find(|l: char| l.is_whitespace() || l == '>').unwrap_or(after.len())),
            };
        }
        element.attributes.push((name, unescaped(value)));
    }
}

/// The forms of a page.
pub fn forms(page: &str) -> Vec<Form> {
    let mut found: Vec<Form> = Vec::new();
    let mut is_open = false;
    for element in elements(page) {
        match element.name.as_str() {
            "form" => {
                let attribute = |name| element.get(name).unwrap_or_default().to_owned();
                let is_novalidate = element.get("novalidate").is_some();
                let (method, action) = (attribute("method"), attribute("action"));
                found.push(Form { method, action, is_novalidate, fields: Vec::new() });
                is_open = true;
            }
            "/form" => is_open = false,
            "input" | "select" | "textarea" | "option" | "button" if is_open => {
                found.last_mut().expect("a form is open").fields.push(element);
            }
            _ => {}
        }
    }
    found
}

/// How many pages of one kind are looked at: those whose addresses differ in numbers and references only.
const OF_A_KIND: usize = 3;

/// The kind of an address: without its numbers, references and values.
fn kind(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let has_digit = |part: &str| part.bytes().any(|byte| byte.is_ascii_digit());
    let path: Vec<_> =
        path.split('/').map(|part| if has_digit(part) || part.contains('%') { "#" } else { part }).collect();
    let query: Vec<_> = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
    format!("{}?{}", path.join("/"), query.join("&"))
}

/// Opens every page that links lead to from these, a few of each kind, and gives their bodies by their addresses.
pub async fn walk(caller: &Caller<'_>, from: &[&str]) -> BTreeMap<String, String> {
    let mut waiting: VecDeque<String> = from.iter().map(|&page| page.to_owned()).collect();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut pages = BTreeMap::new();
    while let Some(address) = waiting.pop_front() {
        if pages.contains_key(&address) {
            continue;
        }
        let seen = kinds.entry(kind(&address)).or_default();
        *seen += 1;
        if *seen > OF_A_KIND {
            continue;
        }
        let reply = caller.open(&address).await;
        assert!(reply.status.as_u16() < 500, "{address}: {}", reply.status);
        if !reply.header("content-type").starts_with("text/html") {
            continue;
        }
        for element in elements(&reply.body) {
            let link = element.get("href").filter(|_| element.name == "a").unwrap_or_default();
            let link = link.split('#').next().unwrap_or_default();
            if link.starts_with('/') && !link.starts_with("/api") {
                waiting.push_back(link.to_owned());
            }
        }
        pages.insert(address, reply.body);
    }
    pages
}

#[test]
fn markup_is_told_from_text() {
    let page =
        r#"<p class="a &quot;b>">1 < 2 &lt;b&gt;</p><script>"<i>"</script><textarea name=note>x</textarea><br/>"#;
    let names: Vec<_> = elements(page).into_iter().map(|element| element.name).collect();
    assert_eq!(names, ["p", "/p", "script", "/script", "textarea", "/textarea", "br"]);
    assert_eq!(elements(page)[0].get("class"), Some("a \"b>"));
    assert_eq!(elements("<b data-x=1>")[0].get("data-x"), Some("1"));
}

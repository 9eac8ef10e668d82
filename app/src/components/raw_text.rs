//! The two elements whose text the framework writes as it is: here it is escaped, and nowhere else are they named.
//!
//! - `leptos_meta` 0.8 puts the title between its tags unescaped (`ServerMetaContextOutput::inject_meta_context`).
//! - `tachys` 0.2 declares `textarea`, like `script` and `style`, an element whose children are not escaped
//!   (`html/element/elements.rs`).
//!
//! HTML reads both as *escapable raw text*: `&lt;` is a letter in them, but `</title>` and `</textarea>` end them, and
//! what follows in a name or a note would be markup. A test reads the sources of all pages for other uses.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use html_escape::encode_text;
use leptos::prelude::*;
use leptos_meta::Title;

const SITE: &str = "SecureMed";

/// Whether the page that is being drawn tells what was wrong with a form.
#[derive(Clone, Default)]
struct TellsErrors(Arc<AtomicBool>);

/// Says in the title that something was wrong, so that a screen reader says it first.
pub(super) fn title_tells_errors() {
    if let Some(TellsErrors(tells)) = use_context() {
        tells.store(true, Ordering::Relaxed);
    }
}

/// The title of a page that sets none, and what every title has in common.
#[component]
pub fn SiteTitle() -> impl IntoView {
    let TellsErrors(tells) = TellsErrors::default();
    provide_context(TellsErrors(Arc::clone(&tells)));
    // Asked for when the page is drawn.
    let formatter = move |title: String| if tells.load(Ordering::Relaxed) { format!("Error: {title}") } else { title };
    view! { <Title text=SITE formatter/> }
}

/// The title of a page, before the name of the site.
#[component]
pub fn PageTitle(#[prop(into)] text: String) -> impl IntoView {
    let title = if text == SITE { text } else { format!("{text} · {SITE}") };
    view! { <Title text=encode_text(&title).into_owned()/> }
}

/// The control for several lines of text.
#[component]
pub fn Textarea(
    #[prop(into)] id: String,
    #[prop(into)] name: String,
    /// What was typed before.
    value: String,
    rows: u32,
    #[prop(optional)] required: bool,
    #[prop(optional_no_strip)] autocomplete: Option<&'static str>,
    /// The ids of what describes it.
    #[prop(optional_no_strip)]
    described: Option<String>,
    #[prop(optional)] is_wrong: bool,
) -> impl IntoView {
    view! {
        <textarea
            class="input"
            id=id
            name=name
            rows=rows
            required=required
            autocomplete=autocomplete
            aria-describedby=described
            aria-invalid=is_wrong.then_some("true")
            inner_html=lines(&value)
        ></textarea>
    }
}

/// The text as the parser gives it back: it drops one newline at the beginning (HTML, 13.2.6.4.7).
fn lines(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("\n{}", encode_text(text)) }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    const ODD: &str = "</textarea></title><b>\"><img src=x> & ]]> {{";

    fn textarea(value: &str) -> String {
        view! { <Textarea id="note" name="note" value=value.to_owned() rows=4/> }.to_html()
    }

    #[test]
    fn text_of_a_textarea_stays_text() {
        let html = textarea(ODD);
        assert!(
            html.contains(
                "\n&lt;/textarea&gt;&lt;/title&gt;&lt;b&gt;\"&gt;&lt;img src=x&gt; &amp; ]]&gt; {{</textarea>"
            )
        );
        assert_eq!(html.matches('<').count(), 2, "{html}");
        assert!(textarea("").ends_with("></textarea>"));
    }

    #[test]
    fn a_line_that_was_left_empty_is_not_lost() {
        assert!(textarea("\nsecond").contains(">\n\nsecond</textarea>"));
    }

    /// Every source of the pages but this one.
    fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("raw_text.rs") {
                found.push((path.display().to_string(), fs::read_to_string(&path).unwrap_or_default()));
            }
        }
    }

    #[test]
    fn no_other_source_names_an_element_whose_text_is_not_escaped() {
        let mut found = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        assert!(found.len() > 100);
        let elsewhere =
            ["<textarea", "<Title", "leptos_meta::Title", "html::textarea", "<style", "<noscript", "html::style"];
        for (path, source) in &found {
            for name in elsewhere {
                assert!(!source.contains(name), "{path} names {name}");
            }
            // Markup as a text: the icons, and the scripts of the shell.
            let is_known = path.ends_with("components/icon.rs") || path.ends_with("src/shell.rs");
            assert!(is_known || !source.contains("inner_html"), "{path} writes markup of its own");
            assert!(path.ends_with("src/shell.rs") || !source.contains("<script r#type"), "{path} has a script");
        }
    }
}

//! What a result asks for, in one set of words and marks: a shape, a word and a colour, never the colour alone.

use domain_types::records::{Advice, LabResultView, Level, ValueLine};
use leptos::prelude::*;

use super::test_address;
use crate::components::{Alert, Badge, Glyph, Icon, PhoneLink, TextLink, Tone};

/// The colour and the pictogram of a level. What is critical has both for itself.
const fn mark_of(level: Level) -> (Tone, Glyph) {
    match level {
        Level::Critical => (Tone::Danger, Glyph::Octagon),
        Level::Far | Level::Out | Level::Slight => (Tone::Warning, Glyph::Warning),
        Level::Open => (Tone::Neutral, Glyph::Info),
        Level::Fine => (Tone::Success, Glyph::CheckCircle),
    }
}

/// The status of a result: "Above the range", "Critical: far above the range".
#[component]
pub fn StatusOfResult(level: Level, #[prop(into)] status: String) -> impl IntoView {
    let (tone, icon) = mark_of(level);
    view! { <Badge tone icon>{status}</Badge> }
}

/// Values out of their range, a line each.
pub(super) fn flags(values: Vec<ValueLine>) -> Option<AnyView> {
    let line = |value: ValueLine| {
        let (_, glyph) = mark_of(value.level);
        let class = (value.level == Level::Critical).then_some("is-critical");
        view! { <li class=class><Icon glyph/> <span>{value.words}</span></li> }
    };
    (!values.is_empty())
        .then(|| view! { <ul class="entry-flags">{values.into_iter().map(line).collect_view()}</ul> }.into_any())
}

/// Results that are out of their range, each leading to its values over time.
#[component]
pub fn OutOfRangeList(results: Vec<LabResultView>) -> impl IntoView {
    let lines = results
        .into_iter()
        .map(|result| {
            let href = test_address(&result.slug);
            let (_, glyph) = mark_of(result.level());
            let class = (result.level() == Level::Critical).then_some("is-critical");
            let words = format!(": {}", result.in_words());
            view! {
                <li class=class>
                    <Icon glyph/>
                    <span>
                        <TextLink href>{result.value.test}</TextLink> {words} " · " {result.date_label}
                        {result.later.map(|later| format!(". Later: {later}"))}
                    </span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="entry-flags">{lines}</ul> }
}

/// What a patient should do about results, by the most urgent of them. Nothing where nothing is out of the ordinary.
#[component]
pub fn OutOfRangeAdvice(
    level: Level,
    /// Of the clinic.
    phone: String,
) -> impl IntoView {
    level.advice().map(|Advice { title, words, after_phone }| {
        let phone = after_phone.map(|after| view! { <PhoneLink number=phone/> {after} });
        match title {
            Some(title) => view! { <Alert tone=Tone::Danger title><p>{words} {phone}</p></Alert> }.into_any(),
            None if level == Level::Far => view! { <p>{words} {phone}</p> }.into_any(),
            None => view! { <p class="text-muted">{words} {phone}</p> }.into_any(),
        }
    })
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_called_harmless_that_is_more_than_slightly_out() {
        for level in Level::ALL.iter().copied() {
            let html = view! { <OutOfRangeAdvice level phone="+353 20 910 0100".to_owned()/> }.to_html();
            assert_eq!(html.contains("harmless"), level == Level::Slight, "{level}");
            assert_eq!(html.contains("emergency number"), level == Level::Critical, "{level}");
        }
    }

    #[test]
    fn what_is_critical_has_a_shape_and_a_word_of_its_own() {
        let html = |level| view! { <StatusOfResult level status="Critical: above the range"/> }.to_html();
        let (critical, above) = (html(Level::Critical), html(Level::Far));
        assert!(critical.contains("octagon") && critical.contains("badge-danger"), "{critical}");
        assert!(!above.contains("octagon") && !above.contains("badge-danger"), "{above}");
    }
}

//! Links inside text, and the way back.

use std::ops::Range;

use leptos::prelude::*;

use super::{Glyph, Icon};

/// A link in running text.
#[component]
pub fn TextLink(#[prop(into)] href: String, children: Children) -> impl IntoView {
    view! { <a class="link" href=href>{children()}</a> }
}

/// A telephone number that dials when it is tapped.
#[component]
pub fn PhoneLink(#[prop(into)] number: String) -> impl IntoView {
    let href = dial(&number);
    // A number of usual length stays on one line; one with an extension may not fit there.
    let class = if number.len() > 24 { "link tnum" } else { "link tnum whitespace-nowrap" };
    view! { <a class=class href=href>{number}</a> }
}

/// A sentence of the services, in which a telephone number becomes a link that dials.
#[component]
pub fn Sentence(#[prop(into)] text: String) -> impl IntoView {
    match number_in(&text) {
        Some(place) => {
            let (before, after) = (text[..place.start].to_owned(), text[place.end..].to_owned());
            view! { {before} <PhoneLink number=text[place].to_owned()/> {after} }.into_any()
        }
        None => text.into_any(),
    }
}

/// Where an international number stands: a plus sign, then at least seven digits with spaces between them.
fn number_in(text: &str) -> Option<Range<usize>> {
    text.match_indices('+').find_map(|(start, _)| {
        let rest = &text[start + 1..];
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != ' ').unwrap_or(rest.len());
        let number = rest[..end].trim_end();
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        (digits >= 7).then(|| start..start + 1 + number.len())
    })
}

/// "+353 20 910 0100 ext 12" → "tel:+353209100100;ext=12" (RFC 3966). The zero in brackets is not dialled behind the code
/// of a country.
fn dial(number: &str) -> String {
    let (number, extension) = number.split_once(" ext ").unwrap_or((number, ""));
    let number = if number.starts_with("(0)") { number.to_owned() } else { number.replace("(0)", "") };
    let digits: String = number.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect();
    match extension {
        "" => format!("tel:{digits}"),
        extension => format!("tel:{digits};ext={extension}"),
    }
}

/// The way back to the step before, above a page's heading.
#[component]
pub fn BackLink(#[prop(into)] href: String, children: Children) -> impl IntoView {
    view! {
        <a class="back-link" href=href>
            <Icon glyph=Glyph::ArrowLeft/>
            <span>{children()}</span>
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dialled_has_no_signs_for_the_eye() {
        assert_eq!(dial("+353 20 910 0100"), "tel:+353209100100");
        assert_eq!(dial("(020) 910-0100"), "tel:0209100100");
        assert_eq!(dial("+353 (0)20 910 0100 ext 12"), "tel:+353209100100;ext=12");
        assert_eq!(dial("(0)20 910 0100"), "tel:0209100100");
    }

    #[test]
    fn a_number_is_found_in_a_sentence_and_nothing_else_is() {
        let found = |text: &'static str| number_in(text).map(|place| &text[place]);
        assert_eq!(found("Please call +353 20 910 0100."), Some("+353 20 910 0100"));
        assert_eq!(found("Call +353209100100 or wait"), Some("+353209100100"));
        assert_eq!(found("1 + 1 and C++, é+12 34"), None);
        assert_eq!(found("no number"), None);
    }
}

//! What people write into a record, before it is stored: read alike on a page, on paper and by a program.
//!
//! - Every line break becomes one kind (CR, VT, FF, NEL, U+2028 and U+2029 too). Tabs and columns of spaces stay.
//! - Controls of the writing direction are refused: behind U+202E "10 mg" reads "01 mg" on one screen and not on another
//!   (Unicode Standard Annex 9, section 2; Unicode Technical Report 36, section 2).
//! - What is never seen is dropped: soft hyphens, spaces without width, fillers, tags. Joiners stay where a script or a
//!   picture sign needs them.
//! - Other control characters are refused.

/// The text as it is stored.
///
/// # Errors
/// A sentence for the field, which says where the hidden character is.
pub fn written(text: &str) -> Result<String, String> {
    let text = seen(&one_line_break(text));
    let text = without_blank_edges(&text);
    match text.char_indices().find(|(_, letter)| turns(*letter) || is_not_stored(*letter)) {
        None => Ok(text.to_owned()),
        Some((place, letter)) => {
            let fault = if turns(letter) {
                "There is a hidden character that changes the direction of the text"
            } else {
                "There is a control character that we cannot store"
            };
            Err(format!("{fault}, {}. Delete it, or type this part again.", whereabouts(&text[..place])))
        }
    }
}

/// Refuses a text that is longer than it may be, with both numbers: nothing is ever cut.
///
/// # Errors
/// A sentence for the field.
pub fn at_most(most: usize, text: &str) -> Result<(), String> {
    match text.chars().count() {
        count if count > most => {
            Err(format!("You wrote {} characters; please keep it to {}.", grouped(count), grouped(most)))
        }
        _ => Ok(()),
    }
}

/// The limit beside a field, before anything is written.
#[must_use]
pub fn limit_words(most: usize) -> String {
    format!("At most {} characters.", grouped(most))
}

/// "1,243": a number as people write it.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "after “Take 10”": the last words before a character that nobody sees.
fn whereabouts(before: &str) -> String {
    const MOST: usize = 20;
    let plain = before.rsplit('\n').next().unwrap_or_default().trim();
    let start = plain.char_indices().rev().nth(MOST - 1).map_or(0, |(place, _)| place);
    match &plain[start..] {
        "" if before.trim().is_empty() => "at the beginning".to_owned(),
        "" => "at the beginning of a line".to_owned(),
        words => format!("after “{words}”"),
    }
}

/// The text with one kind of line break.
fn one_line_break(text: &str) -> String {
    let is_break = |letter| matches!(letter, '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    text.replace("\r\n", "\n").replace(is_break, "\n")
}

/// The text without what is never seen.
fn seen(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut letters = text.chars().filter(|letter| !is_unseen(*letter)).peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let holds = |other: char| !other.is_ascii() && !other.is_whitespace();
        let is_needed = match letter {
            '\u{200C}' | '\u{200D}' => holds(before) && letters.peek().copied().is_some_and(holds),
            '\u{FE00}'..='\u{FE0F}' => holds(before),
            _ => true,
        };
        if is_needed {
            kept.push(letter);
            before = letter;
        }
    }
    kept
}

/// The text without blank lines around it and without spaces at its end. The first of several lines keeps its
/// indentation when it stands in a column: a head above it would move otherwise.
fn without_blank_edges(text: &str) -> &str {
    let text = text.trim_end();
    let inner = text.trim_start();
    let indent = &text[..text.len() - inner.len()];
    let indent = indent.rsplit('\n').next().unwrap_or_default();
    let is_column = inner.contains('\n') && (indent.contains('\t') || indent.chars().count() > 1);
    if is_column { &text[text.len() - inner.len() - indent.len()..] } else { inner }
}

/// Whether a character turns the writing direction of others (UAX 9, table 4, and its implicit marks).
#[must_use]
pub const fn turns(letter: char) -> bool {
    reorders(letter) || matches!(letter, '\u{61C}' | '\u{200E}' | '\u{200F}')
}

/// Whether a character shows those behind it in another order, "10 mg" as "01 mg": the embeddings, overrides and isolates
/// of UAX 9. The marks, which only say which script a sign belongs to, do not.
#[must_use]
pub const fn reorders(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character has neither a shape nor a width and no use in writing (Unicode's Default_Ignorable_Code_Point,
/// without what [`turns`] the direction, joiners, and variants of a shape).
#[must_use]
pub const fn is_unseen(letter: char) -> bool {
    matches!(letter,
        '\u{AD}' | '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}'
        | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Control characters, and what Unicode says is no character.
fn is_not_stored(letter: char) -> bool {
    let code = letter as u32;
    (letter.is_control() && !matches!(letter, '\n' | '\t'))
        || matches!(code, 0xFDD0..=0xFDEF)
        || code & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::override_to_the_left("Take \u{202E}01 mg\u{202C} daily", "after “Take”")]
    #[case::isolate("\u{2067}10 mg\u{2069}", "at the beginning")]
    #[case::embedding("10\u{202B} mg", "after “10”")]
    #[case::mark("10 mg\u{200F}", "after “10 mg”")]
    #[case::left_mark("10\u{200E} mg", "after “10”")]
    #[case::arabic_mark("10\u{61C} mg", "after “10”")]
    #[case::on_a_line_of_its_own("10 mg\n\u{2066}twice", "at the beginning of a line")]
    fn a_control_of_the_writing_direction_is_refused_where_it_stands(#[case] text: &str, #[case] place: &str) {
        let sentence = written(text).unwrap_err();
        assert!(sentence.contains("direction of the text") && sentence.contains(place), "{sentence}");
        let plain: String = text.chars().filter(|letter| !turns(*letter)).collect();
        assert!(written(&plain).is_ok());
    }

    #[test]
    fn what_is_too_long_is_told_with_both_numbers() {
        assert_eq!(at_most(3, "é€𐍈"), Ok(()));
        assert_eq!(at_most(3, "four").unwrap_err(), "You wrote 4 characters; please keep it to 3.");
        let told = at_most(20_000, &"x".repeat(1_234_567)).unwrap_err();
        assert_eq!(told, "You wrote 1,234,567 characters; please keep it to 20,000.");
    }

    #[test]
    fn writing_from_right_to_left_needs_no_controls_and_is_kept() {
        for text in [
            "אמוקסיצילין 500 מ״ג",
            "أموكسيسيلين 500 ملغ",
            "می\u{200C}خواهم",
            "क\u{94D}\u{200D}ष",
            "👩\u{200D}⚕\u{FE0F}",
        ] {
            assert_eq!(written(text).as_deref(), Ok(text));
        }
    }

    #[rstest]
    #[case("a\r\nb\rc\u{B}d\u{C}e\u{85}f\u{2028}g\u{2029}h", "a\nb\nc\nd\ne\nf\ng\nh")]
    #[case("\r\n\n  Cough \r\n", "Cough")]
    #[case("\u{85}\u{2028}", "")]
    fn every_line_break_becomes_one_kind(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(written(text).as_deref(), Ok(expected));
    }

    #[rstest]
    #[case("\tMorning\tEvening\nMon\t120\t130", "\tMorning\tEvening\nMon\t120\t130")]
    #[case("\n\n      Na     K\nMon  140    4.1  ", "      Na     K\nMon  140    4.1")]
    #[case(" From the\nhospital ", "From the\nhospital")]
    #[case("\t10 mg", "10 mg")]
    fn tabs_and_columns_survive(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(written(text).as_deref(), Ok(expected));
    }

    #[rstest]
    #[case("Peni\u{AD}cil\u{200B}lin\u{FEFF}", "Penicillin")]
    #[case("1\u{200D}0\u{200C} mg\u{2060}", "10 mg")]
    #[case("Penicillin\u{FE0F}\u{E0061}", "Penicillin")]
    #[case("\u{200B}\u{3164}\u{115F}\u{200D}", "")]
    fn what_is_never_seen_is_dropped(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(written(text).as_deref(), Ok(expected));
    }

    #[test]
    fn other_control_characters_are_refused() {
        for letter in ['\0', '\u{7}', '\u{8}', '\u{1B}', '\u{7F}', '\u{9B}', '\u{FFFF}', '\u{FDD0}'] {
            let sentence = written(&format!("10{letter} mg")).unwrap_err();
            assert!(sentence.contains("we cannot store, after “10”"), "{letter:?}: {sentence}");
        }
        assert!(written("10\t mg").is_ok());
    }

    proptest! {
        #[test]
        fn what_was_stored_is_stored_again_unchanged(text in "(?s)(.|[ \t\n\u{200D}\u{FE0F}é]){0,40}") {
            if let Ok(stored) = written(&text) {
                prop_assert_eq!(written(&stored), Ok(stored.clone()));
            }
        }
    }
}

//! Text before it is drawn: what is dropped, and where lines break.

use unicode_bidi::{Direction, get_base_direction};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{
    fonts::{Fonts, is_joiner},
    style::Style,
};

/// Begins a line of a paragraph that runs from right to left. Texts themselves lose it when they are cleaned.
pub(super) const RIGHT_TO_LEFT: char = '\u{200F}';

/// The text with what can be drawn: letters and their accents in one, one kind of line break, plain spaces and tabs, and
/// no characters that only steer a screen.
pub(super) fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").nfc().filter_map(drawable).collect()
}

/// Cleaned and on one line.
pub(super) fn one_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn drawable(char: char) -> Option<char> {
    match char {
        '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{2028}' | '\u{2029}' | '\u{85}' => Some('\n'),
        '\t' => Some(char),
        '\u{a0}' | '\u{2007}' | '\u{202f}' => Some('\u{a0}'),
        char if char.is_whitespace() => Some(' '),
        char if char.is_control() || is_unseen(char) => None,
        char => Some(char),
    }
}

/// What is never seen, what turns the direction, variants of shapes, and what Unicode says is no character.
fn is_unseen(char: char) -> bool {
    let code = u32::from(char);
    domain_types::text::is_unseen(char)
        || domain_types::text::turns(char)
        || matches!(code, 0xFDD0..=0xFDEF | 0xFE00..=0xFE0F)
        || code & 0xFFFE == 0xFFFE
}

/// The lines of a text that is cleaned and not wider than `width`. A line that ends between two words ends with a space,
/// for whoever listens to it. There is always a line, if only of a space.
pub(super) fn wrap(fonts: &Fonts, style: Style, width: f32, text: &str) -> Vec<String> {
    let clean = clean(text);
    let mut lines = Vec::new();
    for paragraph in clean.trim_end().split('\n') {
        let mark = if get_base_direction(paragraph) == Direction::Rtl { "\u{200F}" } else { "" };
        wrap_one(fonts, style, width, mark, paragraph.trim_end(), &mut lines);
    }
    lines
}

/// The lines of a paragraph, each with the mark of its direction.
fn wrap_one(fonts: &Fonts, style: Style, width: f32, mark: &str, text: &str, lines: &mut Vec<String>) {
    let mut line = mark.to_owned();
    let fits = |line: &str| fonts.width(style, line.trim_end()) <= width;
    for word in words(text) {
        if line != mark && !fits(&format!("{line}{word}")) {
            lines.push(std::mem::replace(&mut line, mark.to_owned()));
        }
        if fits(&format!("{mark}{word}")) {
            line.push_str(word);
            continue;
        }
        for cluster in clusters(word) {
            if line != mark && !fits(&format!("{line}{cluster}")) {
                lines.push(std::mem::replace(&mut line, mark.to_owned()));
            }
            line.push_str(cluster);
        }
    }
    line.push(' ');
    lines.push(line);
}

/// Units that stay with the number before them: "500 mg" on two lines is easily misread.
const UNITS: [&str; 24] = [
    "%", "°C", "kg", "g", "mg", "µg", "μg", "mcg", "ng", "l", "L", "dl", "ml", "mL", "m", "cm", "mm", "mmHg", "mmol/l",
    "mmol/L", "mmol/mol", "IU", "units", "bpm",
];

/// Pieces that stay on one line: words with the spaces after them, and the parts of words with hyphens or slashes.
fn words(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut before, mut last) = (0, ' ', ' ');
    for (place, char) in text.char_indices() {
        let is_space = |char| matches!(char, ' ' | '\t');
        let after_space = is_space(last) && !is_space(char) && place > 0 && !belongs(before, &text[place..]);
        let after_hyphen = matches!(last, '-' | '–' | '—' | '/') && before.is_alphabetic() && char.is_alphabetic();
        if after_space || after_hyphen {
            pieces.push(&text[start..place]);
            start = place;
        }
        (before, last) = (last, char);
    }
    pieces.push(&text[start..]);
    pieces
}

/// Whether what follows a space belongs to what ends before it: a unit to its number, a number to its sign.
fn belongs(before: char, after: &str) -> bool {
    let word = after.split(' ').next().unwrap_or_default().trim_end_matches(['.', ',', ';', ':', ')']);
    match before {
        '≥' | '≤' | '<' | '>' | '±' => word.starts_with(|char: char| char.is_ascii_digit()),
        before => before.is_ascii_digit() && UNITS.contains(&word),
    }
}

/// Characters, each with its accents.
pub(super) fn clusters(word: &str) -> Vec<&str> {
    let stays = |char| is_combining_mark(char) || is_joiner(char);
    let mut starts: Vec<usize> = word.char_indices().filter(|(_, c)| !stays(*c)).map(|(i, _)| i).collect();
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([word.len()]);
    starts.iter().zip(ends).map(|(start, end)| &word[*start..end]).collect()
}

/// The text on one line, cut with "…" when it is wider than `width`.
pub(super) fn shorten(fonts: &Fonts, style: Style, width: f32, text: &str) -> String {
    let mut line = one_line(text);
    if fonts.width(style, &line) <= width {
        return line;
    }
    while line.pop().is_some() {
        let cut = format!("{}…", line.trim_end());
        if fonts.width(style, &cut) <= width {
            return cut;
        }
    }
    line
}

/// The first characters of a text, for a bookmark.
pub(super) fn label(text: &str) -> String {
    one_line(text).chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::style::BODY;

    fn lines(width: f32, text: &str) -> Vec<String> {
        wrap(&Fonts::load(None).unwrap(), BODY, width, text)
    }

    #[test]
    fn lines_break_between_words_and_where_the_text_says() {
        assert_eq!(lines(1000.0, "Take one\r\nin the morning"), ["Take one ", "in the morning "]);
        assert_eq!(lines(60.0, "Take one in the morning"), ["Take one in ", "the morning "]);
        assert_eq!(lines(1000.0, "a\n\nb\n"), ["a ", " ", "b "]);
    }

    #[test]
    fn a_word_that_is_too_long_is_broken_hard() {
        let lines = lines(40.0, "Pneumonoultramicroscopic");
        assert!(lines.len() > 2);
        assert_eq!(lines.concat(), "Pneumonoultramicroscopic ");
    }

    #[test]
    fn hyphens_may_end_a_line_but_dates_and_references_stay_whole() {
        assert_eq!(
            words("follow-up on 2026-11-25 and/or 1/2"),
            ["follow-", "up ", "on ", "2026-11-25 ", "and/", "or ", "1/2"]
        );
    }

    #[test]
    fn a_number_keeps_its_sign_and_its_unit() {
        assert_eq!(words("take 500 mg, not 5 times"), ["take ", "500 mg, ", "not ", "5 ", "times"]);
        assert_eq!(words("SpO₂ ≥ 97 %."), ["SpO₂ ", "≥ 97 %."]);
    }

    #[test]
    fn nothing_is_still_a_line() {
        assert_eq!(lines(100.0, ""), [" "]);
        assert_eq!(lines(0.0, "ab"), ["a", "b "]);
    }

    #[test]
    fn what_only_steers_a_screen_is_dropped() {
        assert_eq!(clean("a\0b\u{1b}[2J\u{feff}\u{202e}c\u{ffff}\td\u{2003}e"), "ab[2Jc\td e");
        assert_eq!(clean("Zoe\u{308}"), "Zoë");
        assert_eq!(one_line(" a\n b "), "a b");
    }

    #[test]
    fn what_is_too_wide_for_its_place_ends_with_dots() {
        let fonts = Fonts::load(None).unwrap();
        let cut = shorten(&fonts, BODY, 60.0, "Northgate General Hospital");
        assert!(cut.ends_with('…') && fonts.width(BODY, &cut) <= 60.0, "{cut}");
        assert_eq!(shorten(&fonts, BODY, 600.0, "Northgate"), "Northgate");
        assert_eq!(shorten(&fonts, BODY, 0.0, "Northgate"), "");
    }

    proptest! {
        #[test]
        fn lines_fit_and_lose_nothing(text in "\\PC{0,200}", width in 30.0_f32..400.0) {
            let fonts = Fonts::load(None).unwrap();
            let lines = wrap(&fonts, BODY, width, &text);
            for line in &lines {
                prop_assert!(clusters(line).len() <= 3 || fonts.width(BODY, line.trim_end()) <= width, "{line:?}");
            }
            let (before, after) = (clean(&text), lines.concat().replace(RIGHT_TO_LEFT, ""));
            prop_assert_eq!(before.split_whitespace().collect::<String>(), after.split_whitespace().collect::<String>());
        }
    }
}

//! Characters that nobody sees.

use crate::text::reorders;

/// Control characters, and those that turn the direction of what follows ([`reorders`]): they
/// make a text look like another.
pub(super) fn turns(letter: char) -> bool {
    letter.is_control() || reorders(letter)
}

/// Zero-width joiner and non-joiner: within words of Persian, Hindi and other languages they are spelling.
pub(super) fn joins(letter: char) -> bool {
    matches!(letter, '\u{200C}' | '\u{200D}')
}

/// Everything without a form of its own (Unicode's Default_Ignorable_Code_Point, and the blank of Braille).
pub(super) fn is_unseen(letter: char) -> bool {
    turns(letter)
        || matches!(letter,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// The text without them. Joiners between two letters stay.
pub(super) fn without_unseen(text: &str) -> String {
    let letters: Vec<char> = text.chars().filter(|letter| joins(*letter) || !is_unseen(*letter)).collect();
    let is_word = |place: Option<&char>| {
        place.is_some_and(|letter| !joins(*letter) && !letter.is_ascii() && !letter.is_whitespace())
    };
    let stays = |(place, letter): (usize, &char)| {
        let before = place.checked_sub(1).and_then(|before| letters.get(before));
        (!joins(*letter) || (is_word(before) && is_word(letters.get(place + 1)))).then_some(*letter)
    };
    letters.iter().enumerate().filter_map(stays).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_dropped_and_joiners_within_words_stay() {
        assert_eq!(without_unseen("\u{feff}Ma\u{200b}ya\u{ad}\u{200e}"), "Maya");
        assert_eq!(without_unseen("\u{200d}Maya\u{200c}"), "Maya");
        assert_eq!(without_unseen("علی\u{200c}رضا"), "علی\u{200c}رضا");
        assert_eq!(without_unseen("क्\u{200d}ष"), "क्\u{200d}ष");
        assert_eq!(without_unseen("\u{200b}\u{3164}\u{2800}"), "");
    }
}

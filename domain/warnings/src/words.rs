//! From free text to words: however it was typed, the same name gives the same words.

use std::ops::Range;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Lower case, without accents, ligatures and wide letters undone.
    pub(super) plain: String,
    /// Where it stands in the text.
    pub(super) place: Range<usize>,
    /// Whether a sign between the parts of a combination stands before it: "/", "+", ",", brackets and the like.
    pub(super) begins: bool,
    /// Whether it stands in brackets.
    pub(super) bracketed: bool,
    /// Whether a blank stands directly before it: "3 300" are two numbers, "3.5" is one.
    pub(super) spaced: bool,
}

/// The words of a text, cut where letters meet digits.
pub(super) fn read(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut depth, mut begins, mut is_open, mut was_digit) = (0_u32, true, false, false);
    let mut signs = String::new();
    for (place, letter) in text.char_indices() {
        if letter == '.' && is_open && joins_initials(text, place) {
            continue;
        }
        signs.clear();
        decompose_compatible(letter, |part| signs.extend(part.to_lowercase()));
        for sign in signs.chars() {
            if is_silent(sign) {
                continue;
            }
            if sign == '+' && is_open && !was_digit && ends_a_name(text, place + letter.len_utf8()) {
                let place = place..place + letter.len_utf8();
                words.push(Word {
                    plain: "plus".to_owned(),
                    place,
                    begins: false,
                    bracketed: depth > 0,
                    spaced: false,
                });
                is_open = false;
                continue;
            }
            let end = place + letter.len_utf8();
            if is_combining_mark(sign) {
                // Of a script whose letters are nothing without it: the sound of a kana, the vowel of an Indic letter.
                if let Some(word) = words.last_mut().filter(|_| is_open) {
                    word.plain.push(sign);
                    word.place.end = end;
                }
                continue;
            }
            if !sign.is_alphanumeric() {
                is_open = false;
                // A hyphen holds a name together, and blanks and dots say nothing.
                begins |= !(sign.is_whitespace() || matches!(sign, '-' | '\u{2010}' | '\u{2011}' | '.' | '%'));
                match sign {
                    '(' | '[' | '{' => depth += 1,
                    ')' | ']' | '}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                continue;
            }
            match words.last_mut().filter(|_| is_open && sign.is_numeric() == was_digit) {
                Some(word) => {
                    push_plain(&mut word.plain, sign);
                    word.place.end = end;
                }
                None => {
                    let mut plain = String::new();
                    push_plain(&mut plain, sign);
                    let spaced = text.get(..place).is_some_and(|before| before.ends_with(char::is_whitespace));
                    words.push(Word { plain, place: place..end, begins, bracketed: depth > 0, spaced });
                    begins = false;
                }
            }
            (is_open, was_digit) = (true, sign.is_numeric());
        }
    }
    words
}

/// Whether a number begins with its decimal point: ".5" is a tenth of "5".
pub(super) fn begins_with_point(text: &str, word: &Word) -> bool {
    let mut before = text.get(..word.place.start).unwrap_or_default().chars().rev();
    matches!(before.next(), Some('.' | ',')) && before.next().is_none_or(char::is_whitespace)
}

/// The words alone.
pub(super) fn plain(text: &str) -> Vec<String> {
    read(text).into_iter().map(|word| word.plain).collect()
}

/// Whether a plus sign belongs to the name that it stands behind: "Micardis+ 80 mg".
fn ends_a_name(text: &str, end: usize) -> bool {
    text.get(end..).and_then(|after| after.chars().next()).is_none_or(char::is_whitespace)
}

/// Whether a dot stands between initials: "i.v.", "N.K.D.A."
fn joins_initials(text: &str, place: usize) -> bool {
    let (before, after) = (text.get(..place).unwrap_or_default(), text.get(place + 1..).unwrap_or_default());
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphabetic);
    let (mut before, mut after) = (before.chars().rev(), after.chars());
    is_letter(before.next()) && !is_letter(before.next()) && is_letter(after.next()) && !is_letter(after.next())
}

/// Accents, the apostrophes of "St John's" and signs without a width belong to the word that they stand in.
fn is_silent(sign: char) -> bool {
    matches!(
        sign,
        '\u{300}'..='\u{36f}' | '\'' | '\u{2018}' | '\u{2019}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}

/// Adds a lower-case letter; those that are no letter with an accent are written as people write them without.
fn push_plain(word: &mut String, letter: char) {
    match letter {
        'đ' | 'ð' => word.push('d'),
        'ħ' => word.push('h'),
        'ı' => word.push('i'),
        'ł' => word.push('l'),
        'ø' => word.push('o'),
        'ŧ' => word.push('t'),
        // The micro sign, which decomposes to the letter.
        'μ' => word.push('u'),
        'æ' => word.push_str("ae"),
        'œ' => word.push_str("oe"),
        'ß' => word.push_str("ss"),
        'þ' => word.push_str("th"),
        other => word.push(other),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::capitals("AMOXICILLIN", "amoxicillin")]
    #[case::composed("Ibuprof\u{e8}ne", "ibuprofene")]
    #[case::decomposed("Ibuprofe\u{300}ne", "ibuprofene")]
    #[case::wide("\u{ff21}spirin", "aspirin")]
    #[case::a_ligature("\u{fb01}brate", "fibrate")]
    #[case::invisible("amoxi\u{200b}cil\u{ad}lin", "amoxicillin")]
    #[case::digits("Amoxicillin500mg", "amoxicillin 500 mg")]
    #[case::micro("100\u{b5}g", "100 ug")]
    #[case::an_apostrophe("St John\u{2019}s wort", "st johns wort")]
    #[case::a_dotted_capital("\u{130}buprofen", "ibuprofen")]
    #[case::another_script("Амоксициллин", "амоксициллин")]
    #[case::initials("500 mg i.v. or p.o.", "500 mg iv or po")]
    #[case::a_plus("Micardis+ 80 mg", "micardis plus 80 mg")]
    #[case::a_sum("aspirin + codeine, aspirin+codeine", "aspirin codeine aspirin codeine")]
    #[case::an_end("Penicillin V. Rash", "penicillin v rash")]
    #[case::nothing(" -/()", "")]
    fn the_same_name_gives_the_same_words(#[case] text: &str, #[case] words: &str) {
        assert_eq!(plain(text).join(" "), words);
    }

    #[test]
    fn the_parts_of_a_combination_begin_anew_and_a_hyphen_begins_nothing() {
        let parts = |text: &str| {
            let begins = |word: &Word| word.begins;
            read(text).iter().map(|word| if begins(word) { "|" } else { "." }).collect::<String>()
        };
        assert_eq!(parts("co-amoxiclav 500/125 (as sodium)"), "|..||.");
        assert_eq!(parts("a + b, c"), "|||");
        assert!(read("a (b) c").iter().map(|word| word.bracketed).eq([false, true, false]));
    }

    #[test]
    fn a_word_knows_where_it_stands() {
        let text = "Pe\u{301}nicilline, forte";
        let places: Vec<&str> = read(text).into_iter().map(|word| &text[word.place]).collect();
        assert_eq!(places, ["Pe\u{301}nicilline", "forte"]);
    }
}

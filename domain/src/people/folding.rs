//! One form for all ways in which a name is written.

use std::collections::BTreeSet;

use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

use super::titles::without_titles;

/// A stretch of text between spaces, as it may be compared: one of the ways in which it can be meant, each of which is
/// some words. "O'Hanlon" is `o` and `hanlon`, or `ohanlon`; "Müller" is `muller`, or `mueller`; "Ryan-O'Hara" is
/// also `ryan` and `ohara`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term(Vec<Vec<String>>);

impl Term {
    /// The ways to read it; at least one.
    pub(crate) fn ways(&self) -> &[Vec<String>] {
        &self.0
    }

    /// Its words, taken apart at hyphens and apostrophes.
    pub(crate) fn parts(&self) -> &[String] {
        self.0.first().map(Vec::as_slice).unwrap_or_default()
    }

    /// Its letters without what stands between them.
    pub(crate) fn joined(&self) -> String {
        self.parts().concat()
    }

    /// The same, from a part on.
    pub(crate) fn without_last(&self) -> Option<Self> {
        let (_, first) = self.parts().split_last()?;
        (!first.is_empty()).then(|| Self(ways(&[first.to_vec()])))
    }

    fn is_written_in_letters(&self) -> bool {
        self.parts().iter().all(|part| part.chars().all(char::is_alphabetic))
    }

    fn is_said_by(&self, words: &BTreeSet<String>) -> bool {
        self.0.iter().any(|way| way.iter().all(|word| words.contains(word)))
    }
}

/// What stands before a name apart or together with it: "Mc Cabe" and "McCabe", "O Brien" and "O’Brien".
const BEFORE_A_NAME: [&str; 3] = ["mac", "mc", "o"];

/// The terms of a text in their order; what holds no letter, digit or sign is none. "Mc Cabe" is one term, as "O'Brien".
pub(crate) fn terms(text: &str) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    let mut before: Option<&str> = None;
    for word in words_apart(text) {
        let Some(alone) = term(word) else { continue };
        let together = before.take().and_then(|first| term(&format!("{first}'{word}")));
        if let Some(together) = together.filter(|_| alone.is_written_in_letters()) {
            terms.pop();
            terms.push(together);
            continue;
        }
        if BEFORE_A_NAME.contains(&alone.joined().as_str()) {
            before = Some(word);
        }
        terms.push(alone);
    }
    terms
}

fn words_apart(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| letter.is_whitespace() || separates(letter))
}

fn term(text: &str) -> Option<Term> {
    let parts = parts(text.chars());
    if parts.is_empty() {
        return None;
    }
    let mut ways = ways(&parts);
    // German and the Nordic languages also write these letters as two.
    let spelled: String = text.nfc().flat_map(|letter| spelled_out(letter).chars().chain(plain(letter))).collect();
    for way in self::ways(&self::parts(spelled.chars())) {
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    Some(Term(ways))
}

/// All apart, joined between the hyphens, and all joined.
fn ways(parts: &[Vec<String>]) -> Vec<Vec<String>> {
    let between_hyphens: Vec<String> = parts.iter().map(|part| part.concat()).collect();
    let mut ways = vec![parts.concat()];
    for way in [between_hyphens.clone(), vec![between_hyphens.concat()]] {
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways
}

/// Every word by which a name is found.
pub(super) fn words_of(text: &str) -> BTreeSet<String> {
    terms(text).into_iter().flat_map(|term| term.0).flatten().collect()
}

/// A text as its folded words, with a space between them.
pub(crate) fn key(text: &str) -> String {
    let words: Vec<String> = terms(text).iter().flat_map(|term| term.parts().to_vec()).collect();
    words.join(" ")
}

/// A name as it stands in a list: apostrophes and hyphens count for nothing there.
pub(super) fn order_of(text: &str) -> String {
    words_apart(text).filter_map(term).map(|term| term.joined()).collect::<Vec<_>>().join(" ")
}

/// How far a typed name is that of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    /// All words of one are words of the other.
    Same,
    /// Every typed word is one of the name, which has more of them.
    Part,
    Different,
}

/// Compares names as sets of words, whole word by whole word.
pub(crate) fn compare(typed: &str, name: &str) -> Match {
    let (typed, name) = (without_titles(terms(typed)), terms(name));
    let words = |terms: &[Term]| terms.iter().flat_map(|term| term.0.iter().flatten().cloned()).collect();
    let (typed_words, name_words) = (words(&typed), words(&name));
    if typed.is_empty() || !typed.iter().all(|term| term.is_said_by(&name_words)) {
        Match::Different
    } else if name.iter().all(|term| term.is_said_by(&typed_words)) {
        Match::Same
    } else {
        Match::Part
    }
}

/// The words of a stretch of text without spaces: NFKD, without marks, in lower case, apart at hyphens, and between them
/// at apostrophes.
fn parts(text: impl Iterator<Item = char>) -> Vec<Vec<String>> {
    let plain_break = |letter| match letter {
        dash if is_dash(dash) => '-',
        other if is_break(other) => '\'',
        letter => letter,
    };
    let mut parts = vec![vec![String::new()]];
    for letter in text.map(plain_break).nfkd() {
        let Some(words) = parts.last_mut() else { break };
        if is_dash(letter) {
            parts.push(vec![String::new()]);
        } else if is_break(letter) || letter.is_whitespace() {
            words.push(String::new());
        } else if let Some(part) = words.last_mut()
            && !is_silent(letter)
        {
            for small in letter.to_lowercase().filter(|letter| !is_silent(*letter)) {
                match in_plain_letters(small) {
                    Some(plain) => part.push_str(plain),
                    None => part.push(small),
                }
            }
        }
    }
    for words in &mut parts {
        words.retain(|word| !word.is_empty());
    }
    parts.retain(|words| !words.is_empty());
    parts
}

/// Marks above and below letters, and what nobody sees. Vowel signs of Indic scripts are letters, not marks.
fn is_silent(letter: char) -> bool {
    canonical_combining_class(letter) != 0
        || letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Hyphens, apostrophes and dots of all keyboards: they divide a word, or do not.
pub(super) fn is_break(letter: char) -> bool {
    is_dash(letter)
        || matches!(
            letter,
            '\'' | '`'
                | '´'
                | '‘'
                | '’'
                | '‛'
                | '′'
                | 'ʹ'
                | 'ʻ'
                | 'ʼ'
                | 'ʽ'
                | 'ʾ'
                | 'ʿ'
                | 'ˈ'
                | '\u{a78c}'
                | '＇'
                | '׳'
                | '.'
                | '·'
                | '‧'
                | '・'
                | '．'
                | '｡'
                | '…'
        )
}

pub(super) fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '־' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// What stands between words besides spaces.
pub(super) fn separates(letter: char) -> bool {
    matches!(
        letter,
        ',' | ';'
            | ':'
            | '!'
            | '?'
            | '"'
            | '('
            | ')'
            | '['
            | ']'
            | '/'
            | '+'
            | '&'
            | '“'
            | '”'
            | '„'
            | '«'
            | '»'
            | '，'
            | '、'
            | '،'
            | '；'
            | '：'
    )
}

/// Letters that are no composition of a plain letter and a mark (Unicode decomposes none of these).
fn in_plain_letters(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ł' | 'ƚ' => "l",
        'ø' | 'ɔ' => "o",
        'đ' | 'ð' | 'ɖ' | 'ɗ' => "d",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' | 'ɨ' => "i",
        'ȷ' => "j",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ŋ' => "ng",
        'ĸ' | 'ƙ' => "k",
        'ə' | 'ǝ' => "a",
        'ɛ' => "e",
        'ɓ' => "b",
        'ƴ' => "y",
        'ƶ' => "z",
        'ʉ' => "u",
        'ς' => "σ",
        _ => return None,
    })
}

fn spelled_out(letter: char) -> &'static str {
    match letter {
        'ä' | 'Ä' => "ae",
        'ö' | 'Ö' | 'ø' | 'Ø' => "oe",
        'ü' | 'Ü' => "ue",
        'å' | 'Å' => "aa",
        _ => "",
    }
}

fn plain(letter: char) -> Option<char> {
    spelled_out(letter).is_empty().then_some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Bríd Ní Chonaill", "brid ni chonaill")]
    #[case("Bri\u{301}d", "brid")]
    #[case("Łukasz GROẞ", "lukasz gross")]
    #[case("İrem Yıldız", "irem yildiz")]
    #[case("Søren Ðæþ Œuvre", "soren daeth oeuvre")]
    #[case("O'Hanlon", "o hanlon")]
    #[case("O’Hanlon, Nóra", "o hanlon nora")]
    #[case("OʼHanlon", "o hanlon")]
    #[case("O´Hanlon O`Hanlon O＇Hanlon", "o hanlon o hanlon o hanlon")]
    #[case("Anne‑Marie J.P. Byrne", "anne marie j p byrne")]
    #[case("ﬁona \u{202e}x\u{200d}y", "fiona xy")]
    #[case("राम", "राम")]
    #[case("Ἀλέξανδρος", "αλεξανδροσ")]
    #[case("100% a_b", "100% a_b")]
    #[case(" , . - ' ", "")]
    fn a_name_is_folded_into_plain_words(#[case] name: &str, #[case] folded: &str) {
        assert_eq!(key(name), folded);
    }

    #[test]
    fn a_name_with_an_apostrophe_or_two_spellings_has_the_words_of_each() {
        let words = |name: &str| words_of(name).into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(words("O'Hanlon"), "hanlon o ohanlon");
        assert_eq!(words("Mu\u{308}ller"), "mueller muller");
        assert_eq!(words("Anne-Marie"), "anne annemarie marie");
        assert_eq!(words("Chonaill-O’Hara"), "chonaill chonaillohara hara o ohara");
    }

    #[test]
    fn what_stands_before_a_name_is_written_apart_or_together() {
        let words = |name: &str| words_of(name).into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!([words("Mc Cabe"), words("O Brien")], ["cabe mc mccabe", "brien o obrien"]);
        assert_eq!(words("Anne O"), "anne o");
        let ways = |typed: &str| terms(typed).iter().map(|term| term.ways().to_vec()).collect::<Vec<_>>();
        assert_eq!(ways("Mc Cabe"), ways("Mc'Cabe"));
        assert_eq!(ways("mc 1990").len(), 2, "a number is no name");
    }

    #[rstest]
    #[case("Anne Mc Cabe", "Anne McCabe", Match::Same)]
    #[case("Anne McCabe", "Anne Mc Cabe", Match::Same)]
    #[case("O Brien", "Nora O’Brien", Match::Part)]
    #[case("ni chonaill, brid", "Bríd Ní Chonaill", Match::Same)]
    #[case("OHanlon anne marie", "Anne-Marie O’Hanlon", Match::Same)]
    #[case("Anne-Marie O'Hanlon", "Annemarie OHanlon", Match::Same)]
    #[case("Mueller", "Müller", Match::Same)]
    #[case("Brid Chonaill-OHara", "Bríd Chonaill-O’Hara", Match::Same)]
    #[case("Mrs. Brid Ni Chonaill", "Bríd Ní Chonaill", Match::Same)]
    #[case("Mrs", "Bríd Ní Chonaill", Match::Different)]
    #[case("brid chonaill", "Bríd Ní Chonaill", Match::Part)]
    #[case("bri chonaill", "Bríd Ní Chonaill", Match::Different)]
    #[case("brid ni chonaill murphy", "Bríd Ní Chonaill", Match::Different)]
    #[case(" . ", "Bríd", Match::Different)]
    fn names_are_compared_as_sets_of_words(#[case] typed: &str, #[case] name: &str, #[case] found: Match) {
        assert_eq!(compare(typed, name), found);
    }

    #[test]
    fn a_list_passes_over_marks_and_apostrophes() {
        let mut names = ["o'neill", "Łukasz", "Lukas", "Olsen", "lucas", "Ó Sé", "O’Hara", "Zoë"];
        names.sort_by_key(|name| order_of(name));
        assert_eq!(names, ["lucas", "Lukas", "Łukasz", "Ó Sé", "O’Hara", "Olsen", "o'neill", "Zoë"]);
    }
}

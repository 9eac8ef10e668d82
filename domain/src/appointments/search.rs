//! What a search of the directory means: which of its words say something, and whom they find.

use entity::{doctor, specialty};
use sea_orm::sea_query::{CaseStatement, Condition, Expr, ExprTrait, Func, LikeExpr};

/// More words than these are not looked for.
const MOST_WORDS: usize = 8;

/// Words that narrow nothing down: "Dr. Rivera" is looked for by the name alone, "doctor for the heart" by the heart.
const FILLERS: &str = "a about again all am an and any at bad badly been clinic doc doctor doctors dr expert feel \
                       feeling for from good got has have having help her his i i'm in is issue issues it its keep \
                       keeps me my need of on or our physician please problem problems really see someone speak \
                       speaking speaks specialist specialists that the their there to trouble troubles very want when \
                       who with";

/// What hurts says more than that it does: these count when there is nothing else.
const COMPLAINTS: &str = "ache aches aching hurt hurts hurting pain pains painful sore";

/// How much more a name or a complaint matters than a language.
const MATTER: i32 = 16;

/// The words of a search that say something, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Search(Vec<String>);

impl Search {
    pub(super) fn parse(search: &str) -> Self {
        let said = search.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '/' | '+' | '&'));
        let is_one_of = |words: &str, word: &str| words.split(' ').any(|known| known == word);
        let words: Vec<String> = said.map(bare).filter(|word| !word.is_empty() && !is_one_of(FILLERS, word)).collect();
        let (complaints, mut matters): (Vec<_>, Vec<_>) =
            words.into_iter().partition(|word| is_one_of(COMPLAINTS, word));
        if matters.is_empty() {
            matters = complaints;
        }
        matters.truncate(MOST_WORDS);
        Self(matters)
    }

    pub(super) fn is_one_word(&self) -> bool {
        self.0.len() < 2
    }

    /// Every word is part of the doctor's name, begins a word that the specialty is found by, or a language.
    pub(super) fn every_word(&self) -> Condition {
        self.0.iter().fold(Condition::all(), |all, word| all.add(by_name_or_field(word).or(by_language(word))))
    }

    /// How much of the search a doctor matches: nothing is 0.
    pub(super) fn likeness(&self) -> Expr {
        let word = |word: &String| -> Expr {
            CaseStatement::new().case(by_name_or_field(word), MATTER).case(by_language(word), 1).finally(0).into()
        };
        self.0.iter().map(word).reduce(Expr::add).unwrap_or_else(|| Expr::value(0))
    }
}

/// A word without the signs around it: "child’s" is "child".
fn bare(word: &str) -> String {
    let word = word.trim_matches(['.', ':', '!', '?', '"', '\'', '“', '”', '‘', '’', '(', ')']).to_lowercase();
    let owner = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"));
    owner.map_or(word.clone(), str::to_owned)
}

fn by_name_or_field(word: &str) -> Expr {
    let stem = stem(word);
    let field = || Expr::col(("s", specialty::Column::SearchKey));
    Expr::col(("d", doctor::Column::SearchKey))
        .like(contains(word))
        .or(field().like(pattern("", stem, "%")))
        // At the beginning of a word: whoever has trouble with an ear needs no heart specialist.
        .or(field().like(pattern("% ", stem, "%")))
}

fn by_language(word: &str) -> Expr {
    let languages = || Func::lower(Expr::col(("d", doctor::Column::Languages)));
    Expr::from(languages()).like(pattern("", word, "%")).or(Expr::from(languages()).like(pattern("% ", word, "%")))
}

/// "kids" finds "kid", and "knee" finds "knees".
fn stem(word: &str) -> &str {
    word.strip_suffix('s').filter(|stem| stem.chars().count() > 2).unwrap_or(word)
}

/// A pattern that finds `word` anywhere, taken literally.
pub(crate) fn contains(word: &str) -> LikeExpr {
    pattern("%", &word.to_lowercase(), "%")
}

/// Two patterns that find a text in which `word` begins the first word, or a later one.
pub(crate) fn begins_word(word: &str) -> [LikeExpr; 2] {
    [pattern("", word, "%"), pattern("% ", word, "%")]
}

/// A pattern that finds `word`, taken literally, between two pieces of pattern.
pub(super) fn pattern(before: &str, word: &str, after: &str) -> LikeExpr {
    let mut pattern = String::from(before);
    // PostgreSQL's text cannot hold a NUL, so none is looked for.
    for letter in word.chars().filter(|letter| *letter != '\0') {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push_str(after);
    LikeExpr::new(pattern).escape('\\')
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::a_complaint_gives_way_to_what_hurts("Pain in my chest", "chest")]
    #[case::and_stands_alone_where_there_is_nothing_else("it hurts", "hurts")]
    #[case::titles_say_nothing("Dr. Rivera", "rivera")]
    #[case::whose_it_is_says_nothing("my child’s ear", "child ear")]
    #[case::several_at_once("skin,hair/nails", "skin hair nails")]
    #[case::problems_say_nothing("heart problems!", "heart")]
    #[case::nothing("doctor for the", "")]
    #[case::nothing_at_all(" . ", "")]
    fn only_words_that_say_something_are_looked_for(#[case] search: &str, #[case] words: &str) {
        assert_eq!(Search::parse(search).0.join(" "), words);
    }

    #[test]
    fn nobody_needs_more_than_eight_words() {
        assert_eq!(Search::parse(&"knee ".repeat(100)).0.len(), MOST_WORDS);
    }
}

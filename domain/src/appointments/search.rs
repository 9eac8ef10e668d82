//! What a search of the directory means: which of its words say something, and whom they find.

use entity::{doctor, specialty};
use sea_orm::sea_query::{CaseStatement, Condition, Expr, ExprTrait};

use crate::{
    patterns::begins_word,
    people::{Term, called, is_title, named, terms},
};

/// More words than these are not looked for.
const MOST_WORDS: usize = 8;

/// Words that narrow nothing down: "doctor for the heart" is looked for by the heart. They may be names all the same.
const FILLERS: &str = "a about again all am an and any at bad badly been best can clinic expert feel feeling find \
                       for from good got has have having help her his i im in is issue issues it its keep keeps me my \
                       near need of on or our please problem problems really see someone speak speaking speaks \
                       specialist specialists that the their there to trouble troubles very want when who with";

/// Said in the place of a name.
const TITLES: &str = "doc doctors physician";

/// What hurts says more than that it does: these count when there is nothing else.
const COMPLAINTS: &str = "ache aches aching hurt hurts hurting pain pains painful sore";

/// How much more a name or a complaint matters than a language.
const MATTER: i32 = 16;

/// Whether a word stands before a name. Whoever seeks a doctor and writes "MS" has an illness in mind.
fn is_before_a_name(term: &Term) -> bool {
    is_title(term) && term.joined() != "ms"
}

/// The words of a search that say something, and all of them as they may make up a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Search {
    matters: Vec<Term>,
    name: Vec<Term>,
}

impl Search {
    pub(super) fn parse(search: &str) -> Self {
        let said: Vec<Term> = terms(search).into_iter().map(without_owner).collect();
        let is_one_of = |words: &str, term: &Term| words.split(' ').any(|known| known == term.joined());
        let named: Vec<Term> =
            said.iter().filter(|term| !is_before_a_name(term) && !is_one_of(TITLES, term)).cloned().collect();
        let (complaints, mut matters): (Vec<_>, Vec<_>) = named
            .iter()
            .filter(|term| !is_one_of(FILLERS, term))
            .cloned()
            .partition(|term| is_one_of(COMPLAINTS, term));
        if matters.is_empty() {
            matters = complaints;
        }
        matters.truncate(MOST_WORDS);
        let name = if named.is_empty() { said } else { named };
        Self { matters, name: if name.len() > MOST_WORDS { Vec::new() } else { name } }
    }

    pub(super) fn is_one_word(&self) -> bool {
        self.matters.len() < 2
    }

    /// Whether all of it may be a name only by words that otherwise say nothing: "Good", "An Li".
    pub(super) fn may_be_a_name(&self) -> bool {
        self.name.len() > self.matters.len()
    }

    /// Every word, those that say nothing too, begins a word of the doctor's name; one as short as "a" is a whole word.
    pub(super) fn whole_name(&self) -> Condition {
        let word = |term: &Term| match term.joined().chars().count() {
            ..=2 => called(&account, term),
            _ => named(&account, term),
        };
        self.name.iter().fold(Condition::all(), |all, term| all.add(word(term)))
    }

    /// Every word begins one of the doctor's name, of those that the specialty is found by, or of a language.
    pub(super) fn every_word(&self) -> Condition {
        self.matters.iter().fold(Condition::all(), |all, term| all.add(by_name_or_field(term).add(by_language(term))))
    }

    /// How much of the search a doctor matches: nothing is 0.
    pub(super) fn likeness(&self) -> Expr {
        let word = |term: &Term| -> Expr {
            CaseStatement::new().case(by_name_or_field(term), MATTER).case(by_language(term), 1).finally(0).into()
        };
        self.matters.iter().map(word).reduce(Expr::add).unwrap_or_else(|| Expr::value(0))
    }
}

/// "child’s" is "child".
fn without_owner(term: Term) -> Term {
    let is_owned = term.parts().len() > 1 && term.parts().last().is_some_and(|part| part == "s");
    is_owned.then(|| term.without_last()).flatten().unwrap_or(term)
}

fn account() -> Expr {
    Expr::col(("u", entity::user::Column::Id))
}

fn by_name_or_field(term: &Term) -> Condition {
    named(&account, term).add(begins(term, stem, || Expr::col(("s", specialty::Column::SearchKey))))
}

fn by_language(term: &Term) -> Condition {
    begins(term, |word| word, || Expr::col(("d", doctor::Column::SearchKey)))
}

/// Each part of the term, as far as `shortened` leaves it, begins a word of the folded text in a column: whoever has
/// trouble with an ear needs no heart specialist.
fn begins(term: &Term, shortened: impl Fn(&str) -> &str, column: impl Fn() -> Expr) -> Condition {
    let word = |word: &String| {
        let [first, later] = begins_word(shortened(word));
        column().like(first).or(column().like(later))
    };
    let way = |words: &Vec<String>| words.iter().fold(Condition::all(), |all, one| all.add(word(one)));
    term.ways().iter().fold(Condition::any(), |any, words| any.add(way(words)))
}

/// "kids" finds "kid", and "knee" finds "knees".
fn stem(word: &str) -> &str {
    word.strip_suffix('s').filter(|stem| stem.chars().count() > 2).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn words(terms: &[Term]) -> String {
        terms.iter().map(|term| term.parts().join("-")).collect::<Vec<_>>().join(" ")
    }

    #[rstest]
    #[case::a_complaint_gives_way_to_what_hurts("Pain in my chest", "chest")]
    #[case::and_stands_alone_where_there_is_nothing_else("it hurts", "hurts")]
    #[case::titles_say_nothing("Dr. Rivera", "rivera")]
    #[case::whose_it_is_says_nothing("my ear’s ache", "ear")]
    #[case::several_at_once("skin,hair/nails", "skin hair nails")]
    #[case::problems_say_nothing("heart problems!", "heart")]
    #[case::a_name_with_an_apostrophe("Dr O’Hanlon", "o-hanlon")]
    #[case::nothing("doctor for the", "")]
    #[case::nothing_at_all(" . ", "")]
    fn only_words_that_say_something_are_looked_for(#[case] search: &str, #[case] said: &str) {
        assert_eq!(words(&Search::parse(search).matters), said);
    }

    #[rstest]
    #[case("Dr Good", "good")]
    #[case("An Li", "an li")]
    #[case("Doctor", "doctor")]
    fn words_that_say_nothing_may_be_a_name(#[case] search: &str, #[case] name: &str) {
        let search = Search::parse(search);
        assert_eq!((words(&search.name).as_str(), search.may_be_a_name()), (name, true));
    }

    #[test]
    fn nobody_needs_more_than_eight_words() {
        assert_eq!(Search::parse(&"knee ".repeat(100)).matters.len(), MOST_WORDS);
    }
}

//! What staff type to find a person: names, references, a day of birth, an e-mail address, a telephone number.

use domain_types::ReferenceKind;
use entity::{patient, user, user_word};
use jiff::civil::Date;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement};

use super::{
    Term,
    days::day,
    folding::{is_dash, terms},
    keys::cut,
    telephone::{self, Number},
    titles::is_title,
};
use crate::{addresses, patterns::begins_with, time::date_to_db};

/// More words than a name has are not looked for.
const MOST_WORDS: usize = 12;
/// Characters of a reference after its prefix.
const REFERENCE: usize = 8;

/// The beginning of a reference, or a whole one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    pub kind: ReferenceKind,
    text: String,
}

impl Reference {
    fn new(kind: ReferenceKind, letters: &str) -> Self {
        // Crockford's base 32 reads these as the digits that they look like.
        let plain = |letter: char| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            letter => letter,
        };
        Self { kind, text: format!("{kind}-{}", letters.chars().map(plain).collect::<String>()) }
    }

    fn is_whole(&self) -> bool {
        self.text.len() == self.kind.prefix().len() + 1 + REFERENCE
    }

    /// Whether a column holds it, or begins with it as long as it is not whole.
    pub(crate) fn is_in(&self, column: Expr) -> Expr {
        if self.is_whole() { column.eq(self.text.clone()) } else { column.like(begins_with(&self.text)) }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Sought {
    Name(Term),
    Reference(Reference),
    Born(Date),
    Email(String),
    Phone(Number),
    /// What can be read in several ways: a reference without its prefix may be somebody's name.
    Any(Vec<Self>),
    /// A day that is in no calendar.
    Nobody,
}

/// A search among people; each part of it has to be true of whoever is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PersonSearch {
    sought: Vec<Sought>,
    /// Something was typed that nobody can be called.
    is_void: bool,
}

impl PersonSearch {
    pub(crate) fn parse(text: &str) -> Self {
        let pieces: Vec<&str> = text
            .split(|letter: char| letter.is_whitespace() || ",;:()".contains(letter))
            .filter(|piece| !piece.chars().all(is_dash))
            .collect();
        let (mut sought, mut rest) = (Vec::new(), pieces.as_slice());
        while let Some((piece, others)) = rest.split_first() {
            if let Some((born, taken)) = day(rest) {
                sought.push(born.map_or(Sought::Nobody, Sought::Born));
                rest = &rest[taken..];
                continue;
            }
            if let Some((number, taken)) = number_and_no_name(rest) {
                sought.push(Sought::Phone(number));
                rest = &rest[taken..];
                continue;
            }
            if let Some((read, taken)) = of_two_pieces(rest) {
                sought.push(read);
                rest = &rest[taken..];
                continue;
            }
            if piece.contains(['@', '\u{FF20}']) {
                let known = addresses::email(piece).map(|email| email.as_str().to_owned());
                sought.push(known.map_or(Sought::Nobody, Sought::Email));
            } else {
                let number = Number::read(piece);
                sought.extend(terms(piece).into_iter().map(|term| name_or_reference(term, number.clone())));
            }
            rest = others;
        }
        if !sought.iter().all(is_said_before_a_name) {
            sought.retain(|one| !is_said_before_a_name(one));
        }
        sought.truncate(MOST_WORDS);
        Self { is_void: sought.is_empty() && !text.trim().is_empty(), sought }
    }

    /// The whole reference of a visit among what was typed, with or without its prefix.
    pub(crate) fn visit(&self) -> Option<&Reference> {
        let all = self.sought.iter().flat_map(|sought| match sought {
            Sought::Any(readings) => readings.as_slice(),
            one => std::slice::from_ref(one),
        });
        all.filter_map(|sought| match sought {
            Sought::Reference(reference) => Some(reference),
            _ => None,
        })
        .find(|reference| reference.kind == ReferenceKind::Appointment && reference.is_whole())
    }

    /// Whether the account with the id `person` is meant; `visit` narrows to accounts that have a visit of a reference.
    pub(crate) fn finds(&self, person: impl Fn() -> Expr, visit: impl Fn(&Reference) -> Condition) -> Condition {
        let of_reference = |reference: &Reference| match reference.kind {
            ReferenceKind::Appointment => visit(reference),
            _ => {
                let is_it = reference.is_in(Expr::col(patient::Column::Reference));
                Condition::all().add(person().in_subquery(patients(is_it)))
            }
        };
        let start = if self.is_void { nobody() } else { Condition::all() };
        self.sought.iter().fold(start, |all, sought| all.add(sought.finds(&person, &of_reference)))
    }
}

impl Sought {
    fn finds(&self, person: &impl Fn() -> Expr, of_reference: &impl Fn(&Reference) -> Condition) -> Condition {
        let patient = |is_it: Expr| Condition::all().add(person().in_subquery(patients(is_it)));
        match self {
            Self::Name(term) => named(person, term),
            Self::Reference(reference) => of_reference(reference),
            Self::Born(day) => match date_to_db(*day) {
                Ok(day) => patient(Expr::col(patient::Column::DateOfBirth).eq(day)),
                Err(_) => nobody(),
            },
            Self::Email(address) => {
                let mut query = Query::select();
                query.column(user::Column::Id).from(user::Entity);
                query.and_where(Expr::col(user::Column::Email).eq(address.clone()));
                Condition::all().add(person().in_subquery(query))
            }
            Self::Phone(number) => patient(telephone::is_of_patient(number)),
            Self::Any(readings) => {
                readings.iter().fold(Condition::any(), |any, reading| any.add(reading.finds(person, of_reference)))
            }
            Self::Nobody => nobody(),
        }
    }
}

fn is_said_before_a_name(sought: &Sought) -> bool {
    matches!(sought, Sought::Name(term) if is_title(term))
}

/// A number that only a telephone can have, and of how many pieces it is made: it stands in several pieces, or in one
/// that is no word.
fn number_and_no_name(pieces: &[&str]) -> Option<(Number, usize)> {
    let has_day = |at: &usize| matches!(day(&pieces[*at..]), Some((Some(_), _)));
    let end = (1..pieces.len().min(MOST_WORDS)).find(has_day).unwrap_or(pieces.len().min(MOST_WORDS));
    let (number, taken) =
        (1..=end).rev().find_map(|taken| Number::read(&pieces[..taken].join(" ")).map(|number| (number, taken)))?;
    let is_word = || !pieces[0].contains(['+', '\u{FF0B}']) && terms(pieces[0]).len() == 1;
    (taken > 1 || !is_word()).then_some((number, taken))
}

/// What stands in two pieces and is one: "PT 7K3M9Q2X", and "Mc Cabe", who is also called McCabe.
fn of_two_pieces(pieces: &[&str]) -> Option<(Sought, usize)> {
    let [first, second, ..] = pieces else { return None };
    let (first_terms, second_terms) = (terms(first), terms(second));
    let ([first_term], [second_term]) = (first_terms.as_slice(), second_terms.as_slice()) else { return None };
    if let Some(kind) = prefix_of(&first_term.joined())
        && second_term.parts().len() == 1
        && let letters = second_term.joined()
        && letters.len() <= REFERENCE
        && letters.bytes().all(|byte| byte.is_ascii_alphanumeric())
    {
        let reference = Sought::Reference(Reference::new(kind, &letters));
        return match letters.bytes().any(|byte| byte.is_ascii_digit()) {
            true => Some((reference, 2)),
            // "Pt" stands for a patient before a name.
            false if letters.len() == REFERENCE => {
                Some((Sought::Any(vec![reference, Sought::Name(second_term.clone())]), 2))
            }
            false => None,
        };
    }
    let name = terms(&format!("{first} {second}"));
    (name.len() == 1).then(|| (Sought::Name(name[0].clone()), 2))
}

/// What a reference with this prefix is of.
fn prefix_of(word: &str) -> Option<ReferenceKind> {
    let kinds = [ReferenceKind::Appointment, ReferenceKind::Patient];
    kinds.into_iter().find(|kind| kind.prefix().eq_ignore_ascii_case(word))
}

fn nobody() -> Condition {
    Condition::all().add(Expr::value(false))
}

fn name_or_reference(term: Term, number: Option<Number>) -> Sought {
    if let [prefix, letters] = term.parts()
        && let Some(kind) = prefix_of(prefix)
        && letters.is_ascii()
        && letters.len() <= REFERENCE
    {
        return Sought::Reference(Reference::new(kind, letters));
    }
    let joined = term.joined();
    let mut readings: Vec<Sought> = number.map(Sought::Phone).into_iter().collect();
    if term.parts().len() == 1 && joined.len() == REFERENCE && joined.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let both = [ReferenceKind::Patient, ReferenceKind::Appointment];
        readings.extend(both.map(|kind| Sought::Reference(Reference::new(kind, &joined))));
    }
    let name = Sought::Name(term);
    if readings.is_empty() {
        return name;
    }
    readings.push(name);
    Sought::Any(readings)
}

/// Whether each word of one way to read the term begins a word of the person's.
pub(crate) fn named(person: &impl Fn() -> Expr, term: &Term) -> Condition {
    has_words(person, term, |word| {
        let after = format!("{word}{}", char::MAX);
        Expr::col(user_word::Column::Word).gte(word).and(Expr::col(user_word::Column::Word).lt(after))
    })
}

/// Whether each word of one way to read the term is a whole word of the person's.
pub(crate) fn called(person: &impl Fn() -> Expr, term: &Term) -> Condition {
    has_words(person, term, |word| Expr::col(user_word::Column::Word).eq(word))
}

fn has_words(person: &impl Fn() -> Expr, term: &Term, is_it: impl Fn(String) -> Expr) -> Condition {
    let has = |word: &String| {
        let mut query = Query::select();
        query.column(user_word::Column::UserId).from(user_word::Entity).and_where(is_it(cut(word.clone())));
        person().in_subquery(query)
    };
    let way = |words: &Vec<String>| words.iter().fold(Condition::all(), |all, word| all.add(has(word)));
    term.ways().iter().fold(Condition::any(), |any, words| any.add(way(words)))
}

/// The accounts of patients of whom something is true.
fn patients(is_true: Expr) -> SelectStatement {
    let mut query = Query::select();
    query.column(patient::Column::UserId).from(patient::Entity).and_where(is_true);
    query
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("1990-05-03")]
    #[case("1990‑5‑3")]
    #[case("03/05/1990")]
    #[case("3.5.1990")]
    #[case("3 May 1990")]
    #[case("3rd MAY, 1990")]
    #[case("May 3, 1990")]
    fn a_day_of_birth_is_read_as_people_write_it(#[case] text: &str) {
        let born = Sought::Born(jiff::civil::date(1990, 5, 3));
        assert_eq!(PersonSearch::parse(text).sought, std::slice::from_ref(&born));
        let with_name = PersonSearch::parse(&format!("Byrne {text}")).sought;
        assert_eq!((with_name.len(), &with_name[1]), (2, &born));
    }

    #[rstest]
    #[case::no_such_day("31/02/1990", true)]
    #[case::no_address("@gmail.com", true)]
    #[case::a_number("1990", false)]
    #[case::a_month_as_a_name("April May", false)]
    fn what_is_no_day_is_looked_for_as_it_is(#[case] text: &str, #[case] is_nobody: bool) {
        assert_eq!(PersonSearch::parse(text).sought == [Sought::Nobody], is_nobody);
    }

    #[rstest]
    #[case("pt-7k3m9q2x", ReferenceKind::Patient, "PT-7K3M9Q2X")]
    #[case("APT–7K3M", ReferenceKind::Appointment, "APT-7K3M")]
    #[case("PT-OIL00000", ReferenceKind::Patient, "PT-01100000")]
    fn a_reference_is_read_by_its_prefix(#[case] text: &str, #[case] kind: ReferenceKind, #[case] read: &str) {
        let reference = Reference { kind, text: read.into() };
        assert_eq!(PersonSearch::parse(text).sought, [Sought::Reference(reference)]);
    }

    #[rstest]
    #[case("+353 20 918 5608")]
    #[case("00353 (20) 918-5608")]
    #[case("+353209185608")]
    #[case("020 918 5608")]
    #[case("020/9185608")]
    #[case("020 - 918 - 5608")]
    #[case("+353 (0) 20 918 5608, extension: 12")]
    #[case("020 918 5608 ext. 12")]
    #[case("020 918 5608;ext=12")]
    #[case("020 918 5608 x12")]
    fn a_telephone_number_is_read_as_one_with_its_extension(#[case] text: &str) {
        let number = Sought::Phone(Number::read(text).unwrap());
        assert_eq!(PersonSearch::parse(text).sought, std::slice::from_ref(&number));
        for others in [format!("Byrne {text}"), format!("{text} Byrne"), format!("{text} 1990-05-03")] {
            let sought = PersonSearch::parse(&others).sought;
            assert!(sought.len() == 2 && sought.contains(&number), "{others}: {sought:?}");
        }
    }

    #[rstest]
    #[case("0209185608")]
    #[case("020-918-5608")]
    #[case("12345678")]
    fn digits_in_one_piece_may_be_a_telephone_number(#[case] text: &str) {
        let number = Sought::Phone(Number::read(text).unwrap());
        let sought = PersonSearch::parse(text).sought;
        assert!(matches!(&sought[..], [Sought::Any(readings)] if readings.contains(&number)), "{sought:?}");
    }

    #[rstest]
    #[case("pt zv2m4z8r", "PT-ZV2M4Z8R")]
    #[case("PT: ZV2M4Z8R", "PT-ZV2M4Z8R")]
    #[case("PT - zv2m4z8r", "PT-ZV2M4Z8R")]
    #[case("pt- zv2m", "PT-ZV2M")]
    #[case("Apt 7k3m9q2x", "APT-7K3M9Q2X")]
    #[case("pt 12345678", "PT-12345678")]
    fn a_reference_is_read_with_anything_behind_its_prefix(#[case] text: &str, #[case] read: &str) {
        let sought = PersonSearch::parse(text).sought;
        assert!(matches!(&sought[..], [Sought::Reference(it)] if it.text == read), "{sought:?}");
    }

    #[test]
    fn whoever_writes_pt_before_a_name_means_the_name() {
        for (typed, many) in [("pt sullivan", 1), ("Pt Byrne", 2)] {
            let sought = PersonSearch::parse(typed).sought;
            assert!(sought.len() == many && !sought.iter().any(|one| matches!(one, Sought::Reference(_))), "{typed}");
        }
    }

    #[test]
    fn what_stands_before_a_name_is_read_with_it() {
        for typed in ["Mc Cabe", "mc cabe", "Mac  Cabe", "O Brien", "O' Brien"] {
            let sought = PersonSearch::parse(&format!("Anne {typed} 1990-05-03")).sought;
            assert!(matches!(&sought[..], [Sought::Name(_), Sought::Name(_), Sought::Born(_)]), "{typed}: {sought:?}");
        }
    }

    #[test]
    fn titles_say_nothing_beside_a_name() {
        let sought = |text| PersonSearch::parse(text).sought;
        for typed in ["Mrs Okafor", "MR. okafor", "Dr Okafor", "Okafor, Ms"] {
            assert_eq!(sought(typed), sought("okafor"), "{typed}");
        }
        assert_eq!(sought("Mrs").len(), 1);
    }

    #[test]
    fn what_says_nothing_finds_nobody_and_nothing_finds_everybody() {
        assert!(PersonSearch::parse("., -").is_void);
        assert!(!PersonSearch::parse("  ").is_void);
        assert!(!PersonSearch::parse("%").is_void);
    }
}

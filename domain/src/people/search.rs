//! What staff type to find a person: names, references, a day of birth, an e-mail address, a telephone number.

use domain_types::ReferenceKind;
use entity::{patient, user, user_word};
use jiff::civil::Date;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement};

use super::{
    Term,
    folding::{is_dash, terms},
    keys::cut,
    telephone,
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
    /// The digits of a telephone number.
    Phone(String),
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
            .split(|letter: char| letter.is_whitespace() || ",;()".contains(letter))
            .filter(|p| !p.is_empty())
            .collect();
        let (mut sought, mut rest) = (Vec::new(), pieces.as_slice());
        while let Some((piece, others)) = rest.split_first() {
            if let Some((born, taken)) = day(rest) {
                sought.push(born.map_or(Sought::Nobody, Sought::Born));
                rest = &rest[taken..];
                continue;
            }
            if let Some((digits, taken)) = spaced_number(rest) {
                sought.push(Sought::Phone(digits));
                rest = &rest[taken..];
                continue;
            }
            if piece.contains(['@', '\u{FF20}']) {
                let known = addresses::email(piece).map(|email| email.as_str().to_owned());
                sought.push(known.map_or(Sought::Nobody, Sought::Email));
            } else {
                sought.extend(terms(piece).into_iter().map(name_or_reference));
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
            Self::Phone(digits) => patient(telephone::is_of_patient(digits)),
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

/// The digits of a number that only a telephone can have, and of how many pieces it is made: it begins with a plus sign,
/// or stands in several pieces.
fn spaced_number(pieces: &[&str]) -> Option<(String, usize)> {
    let is_piece = |piece: &&&str| piece.chars().all(|letter| letter.is_ascii_digit() || "+-/.".contains(letter));
    let taken = pieces.iter().take_while(is_piece).count();
    let digits = telephone::digits(&pieces[..taken].concat())?;
    (taken > 1 || pieces[0].starts_with('+')).then_some((digits, taken))
}

fn nobody() -> Condition {
    Condition::all().add(Expr::value(false))
}

fn name_or_reference(term: Term) -> Sought {
    if let [prefix, letters] = term.parts() {
        for kind in [ReferenceKind::Appointment, ReferenceKind::Patient] {
            if kind.prefix().eq_ignore_ascii_case(prefix) && letters.is_ascii() && letters.len() <= REFERENCE {
                return Sought::Reference(Reference::new(kind, letters));
            }
        }
    }
    let joined = term.joined();
    let mut readings: Vec<Sought> = telephone::digits(&joined).map(Sought::Phone).into_iter().collect();
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

/// A day at the beginning of these pieces, and of how many it is made: "1990-05-03", "03/05/1990" as the pages write
/// days before months, "3 May 1990". `None` inside when it looks like a day and is none.
fn day(pieces: &[&str]) -> Option<(Option<Date>, usize)> {
    let numbers: Option<Vec<&str>> = pieces
        .first()
        .map(|first| first.split(|letter: char| is_dash(letter) || matches!(letter, '/' | '.')).collect());
    if let Some([first, second, third]) = numbers.as_deref() {
        let order = if first.len() == 4 { [first, second, third] } else { [third, second, first] };
        return (order[0].len() == 4).then(|| number(order[0])).flatten().and_then(|year| {
            let (month, day) = (small(order[1])?, small(order[2])?);
            Some((date(year, month, day), 1))
        });
    }
    let [first, second, third, ..] = pieces else { return None };
    let year = (third.len() == 4).then(|| number(third)).flatten()?;
    let (day, month) = match (ordinal(first), month(second)) {
        (Some(day), Some(month)) => (day, month),
        _ => (ordinal(second)?, month(first)?),
    };
    Some((date(year, month, day), 3))
}

fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

fn number(digits: &str) -> Option<i16> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

fn small(digits: &str) -> Option<i8> {
    if digits.len() > 2 { None } else { number(digits).and_then(|number| i8::try_from(number).ok()) }
}

/// "3", "3rd", "3."
fn ordinal(text: &str) -> Option<i8> {
    let text = text.to_lowercase();
    let digits = ["st", "nd", "rd", "th", "."].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(&text);
    small(digits)
}

/// The number of a month that is named, by three letters or more.
fn month(name: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = name.trim_end_matches('.').to_lowercase();
    let place = MONTHS.iter().position(|month| name.len() >= 3 && month.starts_with(&name))?;
    i8::try_from(place + 1).ok()
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
    #[case("+353 20 918 5608", "353209185608")]
    #[case("00353 (20) 918-5608", "353209185608")]
    #[case("+353209185608", "353209185608")]
    #[case("020 918 5608", "0209185608")]
    fn a_telephone_number_is_read_by_its_digits(#[case] text: &str, #[case] digits: &str) {
        assert_eq!(PersonSearch::parse(text).sought, [Sought::Phone(digits.into())]);
        assert_eq!(PersonSearch::parse(&format!("Byrne {text}")).sought.len(), 2);
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

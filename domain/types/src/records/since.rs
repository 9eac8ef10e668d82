//! Since when something holds, in the patient's words: what looks like a day, a month or a year has to be one, and behind
//! us. Words that are no date are kept as they are: "since childhood", "after the accident".

use jiff::{civil::Date, fmt::strtime::BrokenDownTime};

/// What can be written, at the end of every refusal.
const SUCH_AS: &str = "Write a day such as 28 March 2019, a month such as March 2019, a year, or words such as “since \
    childhood”.";
/// Nobody who is alive had anything before.
const EARLIEST: i32 = 1900;
/// Words that say how exactly a date is meant.
const AROUND: &[&str] = &[
    "since",
    "from",
    "about",
    "around",
    "approximately",
    "approx",
    "roughly",
    "circa",
    "ca",
    "c",
    "on",
    "in",
    "the",
    "of",
    "year",
    "early",
    "mid",
    "middle",
    "late",
    "end",
    "beginning",
    "start",
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "before",
    "after",
    "ad",
];

/// A part of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// A number and how many digits it has.
    Number(i32, usize),
    /// A month that is named.
    Month(i8),
}

/// Why something cannot be a beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    NoSuchDay,
    NoSuchYear,
    Future,
}

/// Whether something can have begun then; `today` is in the clinic's zone.
///
/// # Errors
/// A sentence for the field.
pub(super) fn check(text: &str, today: Date) -> Result<(), String> {
    let fault = match fault(text, today) {
        None => return Ok(()),
        Some(fault) => fault,
    };
    Err(match fault {
        Fault::NoSuchDay => format!("There is no such day or month; a day comes before its month. {SUCH_AS}"),
        Fault::NoSuchYear => format!("This is no year in which it can have begun. {SUCH_AS}"),
        Fault::Future => format!("This is in the future. {SUCH_AS}"),
    })
}

fn fault(text: &str, today: Date) -> Option<Fault> {
    let text: String = text.to_lowercase().chars().map(plain).collect();
    let text = text.trim();
    if is_ahead(text) {
        return Some(Fault::Future);
    }
    // "2019-03-28T10:00" is a day with a time.
    let text = text.split_once('t').filter(|(day, _)| day.parse::<Date>().is_ok()).map_or(text, |(day, _)| day);
    if let Some(number) = text.strip_prefix('-')
        && number.trim().starts_with(|first: char| first.is_ascii_digit())
    {
        return Some(Fault::NoSuchYear);
    }
    // Two beginnings, "2019 or 2020" and "March to May 2019", are looked at one by one.
    let words: Vec<&str> = text.split(|l: char| l.is_whitespace() || ",;()?~".contains(l)).collect();
    let is_time = |word: &str| word.contains(':') && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty() && !is_time(word)).collect();
    let is_between = |word: &&str| matches!(*word, "or" | "to" | "and" | "until" | "-");
    let mut faults = Vec::new();
    for stretch in words.split(is_between) {
        faults.push(parts(stretch).map(|parts| beginning(&parts, today)));
    }
    // A word that is no part of a date makes words of all.
    if faults.iter().any(Option::is_none) { None } else { faults.into_iter().flatten().flatten().next() }
}

/// Digits and hyphens of any keyboard as ASCII has them.
fn plain(letter: char) -> char {
    match letter {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' => '-',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        letter => letter,
    }
}

/// Words that say that it has not begun.
fn is_ahead(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_span = |word: &str| {
        matches!(
            word.trim_end_matches('s'),
            "day" | "week" | "month" | "year" | "spring" | "summer" | "autumn" | "winter"
        ) || month(word).is_some()
    };
    match words.as_slice() {
        [.., "tomorrow"] => words.len() < 5,
        ["next", span] => is_span(span),
        ["in", number, span] => is_span(span) && number.bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}

/// The parts of a date; `None` when these are words.
fn parts(words: &[&str]) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    for word in words {
        let bare = word.trim_end_matches('.');
        if AROUND.contains(&bare) {
            continue;
        }
        for piece in bare.split(['-', '/', '.']).filter(|piece| !AROUND.contains(piece)) {
            parts.push(part(piece)?);
        }
    }
    Some(parts)
}

fn part(piece: &str) -> Option<Part> {
    let ends = ["st", "nd", "rd", "th", "'s", "’s", "s"];
    let bare = piece.trim_start_matches(['\'', '’', '‘']);
    let digits = ends.iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let number = digits.parse().unwrap_or(i32::MAX);
        // "the 90s", "’19": which century is meant cannot be wrong.
        let has_no_century = digits.len() == 2 && (bare.len() < piece.len() || bare.ends_with('s'));
        return Some(if has_no_century { Part::Number(1900 + number, 4) } else { Part::Number(number, digits.len()) });
    }
    month(piece).map(Part::Month)
}

/// The number of a month that is named, whole or by its beginning.
fn month(word: &str) -> Option<i8> {
    let word = if word == "sept" { "sep" } else { word };
    let read = |format| BrokenDownTime::parse(format, word).ok().and_then(|read| read.month());
    read("%B").or_else(|| read("%b"))
}

/// What is wrong with a date of these parts.
fn beginning(parts: &[Part], today: Date) -> Option<Fault> {
    use Part::{Month, Number};
    let is_year = |digits: usize| digits == 4;
    match *parts {
        [] | [Month(_)] => None,
        [Number(year, digits)] => whole_year(year, digits, today),
        // "2019/20" and "2019-2020": from one year to the next.
        [Number(year, 4), Number(next, digits)] if digits == 4 || next == (year + 1).rem_euclid(100) && next > 12 => {
            let next = if digits == 4 { next } else { year + 1 };
            whole_year(year, 4, today).or_else(|| whole_year(next, 4, today))
        }
        [Number(year, 4), Number(month, _)] | [Number(month, _), Number(year, 4)] => {
            of_month(year, i8::try_from(month).unwrap_or(0), today)
        }
        [Month(month), Number(year, digits)] | [Number(year, digits), Month(month)] if is_year(digits) => {
            of_month(year, month, today)
        }
        // "29 February": of some year, the longest one.
        [Month(month), Number(day, _)] | [Number(day, _), Month(month)] => {
            of_day(2000, month, day, today).filter(|fault| *fault == Fault::NoSuchDay)
        }
        [Number(year, 4), Number(month, _), Number(day, _)] | [Number(day, _), Number(month, _), Number(year, 4)] => {
            of_day(year, i8::try_from(month).unwrap_or(0), day, today)
        }
        [Number(day, _), Number(month, _), Number(year, 2)] => {
            of_day(full(year, today), i8::try_from(month).unwrap_or(0), day, today)
        }
        [Number(year, 4), Month(month), Number(day, _)]
        | [Number(day, _), Month(month), Number(year, 4)]
        | [Month(month), Number(day, _), Number(year, 4)] => of_day(year, month, day, today),
        [Number(day, _), Month(month), Number(year, 2)] | [Month(month), Number(day, _), Number(year, 2)] => {
            of_day(full(year, today), month, day, today)
        }
        _ => Some(Fault::NoSuchDay),
    }
}

/// "90" is 1990, and "19" is 2019: never a year that is still to come.
fn full(year: i32, today: Date) -> i32 {
    let century = i32::from(today.year()) / 100 * 100;
    if century + year > i32::from(today.year()) { century - 100 + year } else { century + year }
}

fn whole_year(year: i32, digits: usize, today: Date) -> Option<Fault> {
    match year {
        year if digits != 4 || year < EARLIEST => Some(Fault::NoSuchYear),
        year if year > i32::from(today.year()) => Some(Fault::Future),
        _ => None,
    }
}

fn of_month(year: i32, month: i8, today: Date) -> Option<Fault> {
    if !(1..=12).contains(&month) {
        return Some(Fault::NoSuchDay);
    }
    whole_year(year, 4, today).or_else(|| {
        let is_ahead = (year, month) > (i32::from(today.year()), today.month());
        is_ahead.then_some(Fault::Future)
    })
}

fn of_day(year: i32, month: i8, day: i32, today: Date) -> Option<Fault> {
    let date = i16::try_from(year).ok().zip(i8::try_from(day).ok()).and_then(|(y, d)| Date::new(y, month, d).ok());
    match date {
        None => Some(Fault::NoSuchDay),
        Some(_) if year < EARLIEST => Some(Fault::NoSuchYear),
        Some(date) => (date > today).then_some(Fault::Future),
    }
}

#[cfg(test)]
mod tests;

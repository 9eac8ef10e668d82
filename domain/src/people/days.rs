//! A day of birth as people write it.

use jiff::civil::Date;

use super::folding::is_dash;

/// A day at the beginning of these pieces, and of how many it is made: "1990-05-03", "03/05/1990" as the pages write
/// days before months, "3 May 1990". `None` inside when it looks like a day and is none.
pub(super) fn day(pieces: &[&str]) -> Option<(Option<Date>, usize)> {
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

//! Small helpers that turn names into a sentence.

/// The longest piece of a record's own words that a warning repeats.
const LONGEST_QUOTE: usize = 80;

/// A text from the record on one line and not too long.
pub(super) fn shown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut quote: String = line.chars().filter(|letter| !letter.is_control()).take(LONGEST_QUOTE).collect();
    if line.chars().count() > LONGEST_QUOTE {
        quote.push('…');
    }
    quote
}

/// The text with a capital first letter.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// "a", "a and b", "a, b and c", each name once.
pub(super) fn joined(names: &[&str]) -> String {
    listed(names, "and")
}

/// "a", "a or b", each name once.
pub(super) fn either(names: &[&str]) -> String {
    listed(names, "or")
}

fn listed(names: &[&str], word: &str) -> String {
    let mut unique: Vec<&str> = Vec::new();
    for name in names {
        if !unique.contains(name) {
            unique.push(name);
        }
    }
    match unique.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} {word} {last}", others.join(", ")),
        None => String::new(),
    }
}

//! Patterns that find text taken literally.

use sea_orm::sea_query::LikeExpr;

/// A pattern that finds what begins with `text`.
pub(crate) fn begins_with(text: &str) -> LikeExpr {
    pattern("", text)
}

/// Two patterns that find a text in which `word` begins the first word, or a later one.
pub(crate) fn begins_word(word: &str) -> [LikeExpr; 2] {
    [pattern("", word), pattern("% ", word)]
}

fn pattern(before: &str, word: &str) -> LikeExpr {
    let mut pattern = String::from(before);
    // PostgreSQL's text cannot hold a NUL, so none is looked for.
    for letter in word.chars().filter(|letter| *letter != '\0') {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('\\')
}

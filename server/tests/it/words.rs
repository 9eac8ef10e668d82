//! Plain English on screens, in mails, on paper and in errors: no sentence in the sources says it in words that were
//! corrected. The list is that of the browser tests, which read the pages as they are drawn.

use std::{fs, path::Path};

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OldWords {
    words: Vec<String>,
    anywhere: Vec<String>,
    whole: Vec<String>,
    visit_means_the_room: Vec<String>,
}

/// What stands between quotation marks in a Rust source, comments and tests left out. A line that goes on counts as one.
fn literals(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let (mut found, mut rest) = (Vec::new(), source);
    while let Some(at) = rest.find(['"', '/', '\'']) {
        rest = &rest[at..];
        if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
        } else if let Some(after) = rest.strip_prefix('"') {
            let (text, tail) = until_quote(after);
            found.push(text);
            rest = tail;
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") {
            rest = &rest[rest[1..].find('\'').map_or(1, |end| end + 2)..];
        } else {
            rest = &rest[1..];
        }
    }
    found
}

fn until_quote(text: &str) -> (String, &str) {
    let mut said = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return (said, &text[at + 1..]),
            '\\' => match letters.next() {
                Some((_, '\n')) => {
                    let end = text[at + 2..].find(|c: char| !c.is_whitespace()).unwrap_or_default();
                    let (more, tail) = until_quote(&text[at + 2 + end..]);
                    return (said + &more, tail);
                }
                _ => said.push(' '),
            },
            other => said.push(other),
        }
    }
    (said, "")
}

fn sources(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        // Synthetic patients speak as they like, and what only tests say nobody reads.
        if path.is_dir() && !["seed", "testing", "tests", "cli", "config"].contains(&&*name) {
            found.extend(sources(&path));
        } else if name.ends_with(".rs") && !name.contains("test") && name != "fixtures.rs" {
            found.push(path);
        }
    }
    found
}

/// What stands between braces is the name of a value.
fn without_names(text: String) -> String {
    let mut parts = text.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |said, part| said + part.split_once('}').map_or(part, |(_, rest)| rest))
}

/// A sentence for people: what is told to whoever runs the server begins with a small letter.
fn is_for_people(text: &str) -> bool {
    text.trim_start().starts_with(|first: char| first.is_uppercase() || first.is_ascii_punctuation())
        || text.ends_with(' ')
        || text.starts_with(' ')
}

fn has_word(text: &str, word: &str) -> bool {
    let text = text.to_lowercase();
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        ![before, after].into_iter().flatten().any(|letter| letter.is_alphanumeric() || "_-/".contains(letter))
    })
}

#[test]
fn nobody_who_is_on_the_pages_finds_a_sentence_that_was_corrected() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let list = fs::read_to_string(root.join("end2end/fixtures/old_words.json")).unwrap();
    let old: OldWords = serde_json::from_str(&list).unwrap();
    let (mut found, mut read) = (Vec::new(), 0);
    for folder in ["app/src", "domain/src", "domain/types/src", "server/src"] {
        for path in sources(&root.join(folder)) {
            for text in literals(&fs::read_to_string(&path).unwrap()).into_iter().map(without_names) {
                read += 1;
                let is_old = old.anywhere.iter().any(|sentence| text.contains(sentence))
                    || old.whole.contains(&text)
                    || (is_for_people(&text) && old.words.iter().any(|word| has_word(&text, word)));
                let is_visit = is_for_people(&text)
                    && ["visit", "visits"].iter().any(|word| has_word(&text, word))
                    && !old.visit_means_the_room.iter().any(|fine| text.contains(fine));
                if is_old || is_visit {
                    found.push(format!("{}: {text}", path.display()));
                }
            }
        }
    }
    assert!(read > 2_000, "the sources were read: {read}");
    assert!(found.is_empty(), "say it as words.md does:\n{}", found.join("\n"));
}

#[test]
fn literals_are_read_as_they_are_shown() {
    let source = "// \"not this\"\nlet a = \"one \\\n    line\"; let b = '\"'; let c = \"a \\\"b\\\"\";\n#[cfg(test)] \"nor this\"";
    assert_eq!(literals(source), ["one line", "a  b "]);
    assert!(has_word("Somebody else", "somebody") && !has_word("/fn/somebody", "somebody"));
}

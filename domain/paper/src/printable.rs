//! What the fonts can draw of a text, and what they cannot.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::{
    Block, Paper,
    fonts::{Fonts, is_joiner},
    text::clean,
};

/// So many missing characters are named.
const MOST_NAMED: usize = 12;

/// The paper with a code such as "[U+8A9E]" for each character that no font has: a stand-in that looks like anything else
/// could be read as a tick box or a letter. Which they are is said on top.
pub(super) fn printable(paper: &Paper, fonts: &Fonts) -> Paper {
    let mut missing = BTreeSet::new();
    let mut text = |text: &String| drawn(fonts, text, &mut missing);
    let mut printable = Paper {
        title: text(&paper.title),
        clinic: text(&paper.clinic),
        letterhead: text(&paper.letterhead),
        about: text(&paper.about),
        marks: text(&paper.marks),
        made: text(&paper.made),
        blocks: paper.blocks.iter().map(|block| with_texts(block, &mut text)).collect(),
    };
    if !missing.is_empty() {
        printable.blocks.insert(0, Block::Notice(sentence(&missing)));
    }
    printable
}

fn with_texts(block: &Block, text: &mut impl FnMut(&String) -> String) -> Block {
    match block {
        Block::Heading(said) => Block::Heading(text(said)),
        Block::Subheading(said) => Block::Subheading(text(said)),
        Block::Paragraph(said) => Block::Paragraph(text(said)),
        Block::Notice(said) => Block::Notice(text(said)),
        Block::Facts(facts) => Block::Facts(facts.iter().map(|(term, said)| (text(term), text(said))).collect()),
        Block::List(items) => Block::List(items.iter().map(text).collect()),
        Block::Table { caption, head, rows } => Block::Table {
            caption: text(caption),
            head: head.iter().map(&mut *text).collect(),
            rows: rows.iter().map(|row| row.iter().map(&mut *text).collect()).collect(),
        },
    }
}

fn sentence(missing: &BTreeSet<char>) -> String {
    let named: Vec<String> = missing.iter().take(MOST_NAMED).map(|char| code(*char)).collect();
    let more = missing.len() - named.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!(
        "Some characters could not be printed: {}{more}. Each is shown here as its code in square brackets. \
         You can read them on the screen.",
        named.join(", ")
    )
}

/// "U+8A9E"
fn code(char: char) -> String {
    format!("U+{:04X}", u32::from(char))
}

/// The text in characters that can be drawn.
fn drawn(fonts: &Fonts, text: &str, missing: &mut BTreeSet<char>) -> String {
    let clean = clean(text);
    let mut drawn = String::with_capacity(clean.len());
    let mut before = ' ';
    for char in clean.chars() {
        if is_joiner(char) {
            if fonts.joins(before) {
                drawn.push(char);
            }
        } else if matches!(char, '\n' | '\t') || fonts.has(char) {
            drawn.push(char);
        } else if let Some(plain) = plainer(char).filter(|plain| plain.chars().all(|char| fonts.has(char))) {
            drawn.push_str(&plain);
        } else {
            missing.insert(char);
            drawn.push_str(&format!("[{}]", code(char)));
        }
        before = char;
    }
    drawn
}

/// The same in plainer letters (NFKC): "fi" for the ligature, "mg" for the square sign. Only where nothing changes: a
/// raised or circled figure beside another would read as one number.
fn plainer(char: char) -> Option<String> {
    let is_safe = matches!(u32::from(char),
        0x132..=0x17F | 0x1C4..=0x1CC | 0x1F1..=0x1F3 | 0x2000..=0x200A | 0x2100..=0x214F | 0x2160..=0x217F
        | 0x3000 | 0x3380..=0x33DF | 0xFB00..=0xFDFF | 0xFE70..=0xFEFF | 0xFF01..=0xFFEF | 0x1D400..=0x1D7FF
        | 0x2F00..=0x2FDF | 0xF900..=0xFAFF);
    is_safe.then(|| std::iter::once(char).nfkc().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, Vec<char>) {
        let mut missing = BTreeSet::new();
        let drawn = drawn(&Fonts::load(None).unwrap(), text, &mut missing);
        (drawn, missing.into_iter().collect())
    }

    #[test]
    fn a_character_without_a_shape_is_a_code_and_never_a_box() {
        assert_eq!(read("a語b☐🙂"), ("a[U+8A9E]b☐[U+1F642]".to_owned(), vec!['語', '🙂']));
        assert_eq!(read("☑ ☒ ☐ ♀ ♂ µ ≥ ≤ → ½ ° …"), ("☑ ☒ ☐ ♀ ♂ µ ≥ ≤ → ½ ° …".to_owned(), vec![]));
    }

    #[test]
    fn ligatures_and_squared_units_are_spelled_out_and_figures_are_not_joined() {
        assert_eq!(read("ﬁrst oﬃce 5㎎ １０ ﷲ").0, "first office 5mg 10 الله");
        assert_eq!(read("10² m³ 5½ ①").0, "10² m³ 5½ ①");
        assert!(!read("5\u{1F101}").0.contains("50"), "a figure with a comma");
    }

    #[test]
    fn joiners_stay_where_a_script_needs_them() {
        assert_eq!(read("می\u{200C}خواهم 1\u{200D}0").0, "می\u{200C}خواهم 10");
    }

    #[test]
    fn what_could_not_be_printed_is_named_on_the_paper() {
        let fonts = Fonts::load(None).unwrap();
        let paper =
            Paper { about: "語".to_owned(), blocks: vec![Block::Paragraph("言".to_owned())], ..Paper::default() };
        let printed = printable(&paper, &fonts);
        let Block::Notice(notice) = &printed.blocks[0] else { panic!("{:?}", printed.blocks) };
        assert!(notice.contains("could not be printed: U+8A00, U+8A9E."), "{notice}");
        assert_eq!(printed.about, "[U+8A9E]");
        let plain = Paper { about: "Maya".to_owned(), ..Paper::default() };
        assert_eq!(printable(&plain, &fonts), plain);
    }
}

//! Whole papers.

use proptest::prelude::*;

use super::{
    pages::Sheet,
    strip::Ink,
    style::{BOTTOM, HEADING, TOP},
    tags::{Role, Tree},
    *,
};

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn paper(blocks: Vec<Block>) -> Paper {
    Paper {
        title: "Medical record".to_owned(),
        clinic: "Northgate General Hospital".to_owned(),
        letterhead: "12 Bridge Row, Dublin 8 · +353 20 910 0100".to_owned(),
        about: "Maya Okafor".to_owned(),
        marks: "born 14 March 1986, PT-7Q2M-4KX9".to_owned(),
        made: "Made on Wed 25 November 2026, 09:30 for Maya Okafor".to_owned(),
        blocks,
    }
}

/// A paper with each kind of block.
fn sample() -> Paper {
    let medicines = [
        ["Lisinopril 10 mg", "One tablet in the morning", "1 March 2026", "Dr Łukasz Ńowak"],
        ["Metformin 500 mg", "One tablet with breakfast and one with the evening meal", "1 March 2026", "Dr Ana Țepeș"],
    ];
    let facts = [
        ("Reason", "Follow-up"),
        ("Findings", "Temperature ≤ 37.2 °C.\nLungs clear."),
        ("Plan", "Come back in 2½ weeks."),
    ];
    paper(vec![
        Block::Notice("Allergies: penicillin (severe rash), latex".to_owned()),
        Block::Heading("Visit on 25 November 2026".to_owned()),
        Block::Facts(facts.map(|(term, text)| (term.to_owned(), text.to_owned())).to_vec()),
        Block::Subheading("Assessment".to_owned()),
        Block::Paragraph("Blood pressure is well controlled.\nThe dose → stays the same.".to_owned()),
        Block::Table {
            caption: "Medicines".to_owned(),
            head: texts(&["Medicine", "How to take it", "Since", "Prescribed by"]),
            rows: medicines.iter().map(|row| texts(row)).collect(),
        },
        Block::List(texts(&["Measure blood pressure every morning.", "Bring the list of values."])),
    ])
}

fn sheets(paper: &Paper) -> (Vec<Sheet>, Tree) {
    let fonts = Fonts::load(None).unwrap();
    let flow = Flow::of(paper, &fonts);
    (pages::fill(flow.strips, &flow.heads), flow.tree)
}

/// The lines of a page that are read aloud, or those that are not.
fn lines(sheet: &Sheet, read: bool) -> Vec<String> {
    let ink = sheet.strips.iter().flat_map(|(_, strip)| &strip.ink);
    let line = |ink: &Ink| match ink {
        Ink::Text { text, part, .. } if part.is_some() == read => Some(text.trim().to_owned()),
        _ => None,
    };
    ink.filter_map(line).collect()
}

fn table(rows: usize) -> Paper {
    let row = |number: usize| vec![format!("Row {number}"), "128/82 mmHg".to_owned()];
    let rows = (0..rows).map(row).collect();
    paper(vec![Block::Table { caption: "Blood pressure".to_owned(), head: texts(&["When", "Value"]), rows }])
}

#[test]
fn every_text_of_every_block_is_on_the_page_in_order() {
    let (sheets, _) = sheets(&sample());
    let all = sheets.iter().flat_map(|sheet| lines(sheet, true)).collect::<Vec<_>>().join(" ");
    let mut from = 0;
    for text in [
        "Medical record",
        "Maya Okafor, born 14 March 1986, PT-7Q2M-4KX9",
        "Allergies: penicillin (severe rash), latex",
        "Visit on 25 November 2026",
        "Findings Temperature ≤ 37.2 °C. Lungs clear.",
        "Plan Come back in 2½ weeks.",
        "Assessment",
        "The dose → stays the same.",
        "Medicines",
        "Prescribed by",
        "Dr Łukasz Ńowak",
        "Metformin 500 mg",
        "• Bring the list of values.",
    ] {
        let place = all[from..].find(text);
        assert!(place.is_some(), "{text:?} is not in {:?}", &all[from..]);
        from += place.unwrap();
    }
}

#[test]
fn the_paper_is_structured_for_screen_readers() {
    let (_, tree) = sheets(&sample());
    assert_eq!(tree.count(&Role::Heading(1, "Medical record".to_owned())), 1);
    assert_eq!(tree.count(&Role::Heading(2, "Visit on 25 November 2026".to_owned())), 1);
    assert_eq!(tree.count(&Role::Heading(3, "Assessment".to_owned())), 1);
    assert_eq!((tree.count(&Role::Column), tree.count(&Role::Row), tree.count(&Role::Data)), (4, 3, 8));
    assert_eq!((tree.count(&Role::Facts), tree.count(&Role::List), tree.count(&Role::Item)), (1, 1, 5));
    let pdf = String::from_utf8_lossy(&print(&sample(), None).unwrap()).into_owned();
    for part in ["/Lang(en)", "/StructTreeRoot", "/ToUnicode", "<pdfuaid:part>1<", "/DisplayDocTitle true"] {
        assert!(pdf.replace(' ', "").contains(&part.replace(' ', "")), "{part}");
    }
}

#[test]
fn a_heading_skips_no_level() {
    let (_, tree) = sheets(&paper(vec![Block::Subheading("First".to_owned()), Block::Subheading("Second".to_owned())]));
    assert_eq!(tree.count(&Role::Heading(2, "First".to_owned())), 1);
    assert_eq!(tree.count(&Role::Heading(2, "Second".to_owned())), 1);
}

#[test]
fn two_hundred_rows_make_several_pages_each_with_the_head() {
    let (sheets, tree) = sheets(&table(200));
    assert!(sheets.len() > 3, "{}", sheets.len());
    for sheet in &sheets[1..] {
        assert_eq!(lines(sheet, false), ["When", "Value"]);
        assert!(sheet.strips.iter().all(|(top, strip)| *top >= TOP && top + strip.height <= BOTTOM + 0.1));
    }
    assert_eq!(tree.count(&Role::Column), 2);
    assert_eq!(tree.count(&Role::Data), 400);
    assert!(print(&table(200), None).is_ok());
}

#[test]
fn no_heading_stands_alone_at_the_foot_of_a_page() {
    for count in 20..60 {
        let mut blocks = vec![Block::Paragraph("a\n".repeat(count))];
        blocks.push(Block::Heading("Alone".to_owned()));
        blocks.push(Block::Paragraph("One.\nTwo.\nThree.\nFour.".to_owned()));
        let (sheets, _) = sheets(&paper(blocks));
        for sheet in &sheets {
            let (_, last) = sheet.strips.last().unwrap();
            let is_heading = matches!(&last.ink[0], Ink::Text { style, .. } if *style == HEADING);
            assert!(!is_heading, "{count} lines before");
        }
    }
}

#[test]
fn a_text_longer_than_a_page_goes_on_on_the_next() {
    let long = "All day long. ".repeat(500);
    let blocks = vec![
        Block::Notice(long.clone()),
        Block::Facts(vec![(long.clone(), long.clone())]),
        Block::Table { caption: long.clone(), head: vec![long.clone()], rows: vec![vec![long.clone(), long.clone()]] },
        Block::List(vec![long.clone()]),
        Block::Heading(long),
    ];
    let (sheets, _) = sheets(&paper(blocks.clone()));
    for sheet in &sheets {
        assert!(sheet.strips.iter().all(|(top, strip)| top + strip.height <= BOTTOM + 0.1));
    }
    assert!(print(&paper(blocks), None).is_ok());
}

#[test]
fn an_empty_paper_still_prints() {
    assert!(print(&Paper::default(), None).unwrap().starts_with(b"%PDF-"));
    let empty = vec![
        Block::Heading(String::new()),
        Block::Subheading(" ".to_owned()),
        Block::Paragraph(String::new()),
        Block::Facts(Vec::new()),
        Block::Facts(vec![(String::new(), String::new())]),
        Block::Table { caption: String::new(), head: Vec::new(), rows: Vec::new() },
        Block::Table { caption: String::new(), head: Vec::new(), rows: vec![Vec::new()] },
        Block::Table { caption: String::new(), head: vec![String::new()], rows: vec![Vec::new()] },
        Block::Notice(String::new()),
        Block::List(vec![String::new()]),
    ];
    assert!(print(&paper(empty), None).is_ok());
}

#[test]
fn the_same_paper_becomes_the_same_bytes() {
    assert_eq!(print(&sample(), None).unwrap(), print(&sample(), None).unwrap());
}

/// Each kind of block, and the furniture of the page, with the same text.
fn everywhere(text: &str) -> Paper {
    let owned = || text.to_owned();
    Paper {
        title: owned(),
        clinic: owned(),
        letterhead: owned(),
        about: owned(),
        marks: owned(),
        made: owned(),
        blocks: vec![
            Block::Heading(owned()),
            Block::Subheading(owned()),
            Block::Paragraph(owned()),
            Block::Facts(vec![(owned(), owned())]),
            Block::Table { caption: owned(), head: vec![owned(), owned()], rows: vec![vec![owned()]; 2] },
            Block::Notice(owned()),
            Block::List(vec![owned(), owned()]),
        ],
    }
}

#[test]
fn odd_texts_print() {
    for text in [
        "語 अ 🙂 👩\u{200d}⚕️ עברית العربية",
        "\0\u{1}\u{7f}\u{85}\u{9f}",
        "\u{feff}\u{fffe}\u{ffff}\u{10ffff}\u{fffd}",
        "\u{e000}\u{f8ff}\u{100000}",
        "\u{301}\u{301}",
        "a\u{301}\u{327}\u{308}語\u{301}",
        "\u{202e}reversed\u{202c}",
        "\r\r\n\n\r",
        "(unbalanced \\ brackets) <<>> %%EOF endobj",
        "   leading\tand  double   spaces   ",
        "\u{a0}\u{a0}",
        "<script>&amp;]]>",
    ] {
        assert!(print(&everywhere(text), None).is_ok(), "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_prints(text in proptest::collection::vec(any::<char>(), 0..60)) {
        let text = text.into_iter().collect::<String>();
        prop_assert!(print(&everywhere(&text), None).is_ok(), "{:?}", text);
    }
}

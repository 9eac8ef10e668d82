//! Tables: how wide the columns are, and their strips.

use super::{
    fonts::Fonts,
    rows::{Cell, row},
    strip::{Strip, keep_all, lines},
    style::{BLACK, CAPTION, CELL, GUTTER, HEAD, HEIGHT, LEFT, LIGHT, MARKED, Style, WIDTH},
    tags::{Part, Role, Tree},
    text::{one_line, wrap},
};

const PADDING: f32 = 4.0;
/// A long word makes its column no wider than this by itself.
const WIDEST_WORD: f32 = WIDTH / 4.0;
/// Lines up to one of these widths are left whole: doses, dates, numbers. The first counts that leaves a quarter of the
/// room for longer texts.
const SHORT_LINES: [f32; 2] = [WIDTH / 4.0, WIDTH / 7.0];

/// What begins a cell that nobody should miss.
pub(super) const MARKS: [char; 3] = ['▲', '▼', '⚠'];

/// How the text of a cell looks.
fn look_of(cell: Style, text: &str) -> Style {
    if text.starts_with(MARKS) { MARKED } else { cell }
}

/// A table's strips, and its head as it is repeated.
pub(super) struct Table {
    /// The caption and the head.
    pub(super) opening: Vec<Strip>,
    pub(super) rows: Vec<Strip>,
    pub(super) repeated: Vec<Strip>,
}

/// How rows look, and what their cells are.
struct Look {
    style: Style,
    role: Role,
    /// The line below.
    thickness: f32,
    shade: u8,
}

pub(super) fn table(fonts: &Fonts, tree: &mut Tree, caption: &str, head: &[String], body: &[Vec<String>]) -> Table {
    let widths = widths(fonts, head, body);
    let part = tree.add(None, Role::Table);
    let mut opening = Vec::new();
    if !one_line(caption).is_empty() {
        let part = tree.add(Some(part), Role::Caption);
        opening = lines(LEFT, CAPTION, wrap(fonts, CAPTION, WIDTH, caption), part);
    }
    let mut repeated = Vec::new();
    if !head.is_empty() {
        let group = tree.add(Some(part), Role::HeadRows);
        let look = Look { style: HEAD, role: Role::Column, thickness: 0.8, shade: BLACK };
        let strips = cells(fonts, tree, group, &look, head, &widths);
        if strips.iter().map(|strip| strip.height).sum::<f32>() < HEIGHT / 4.0 {
            repeated = strips.iter().map(Strip::unread).collect();
        }
        opening.extend(strips);
    }
    keep_all(&mut opening);
    let mut rows = Vec::new();
    if !body.is_empty() {
        let group = tree.add(Some(part), Role::BodyRows);
        let look = Look { style: CELL, role: Role::Data, thickness: 0.4, shade: LIGHT };
        rows = body.iter().flat_map(|texts| cells(fonts, tree, group, &look, texts, &widths)).collect();
    }
    Table { opening, rows, repeated }
}

/// A row with a line below it.
fn cells(fonts: &Fonts, tree: &mut Tree, group: Part, look: &Look, texts: &[String], widths: &[f32]) -> Vec<Strip> {
    let parent = tree.add(Some(group), Role::Row);
    let mut x = LEFT;
    let mut cells = Vec::with_capacity(widths.len());
    for (column, width) in widths.iter().enumerate() {
        let text = texts.get(column).map_or("", String::as_str);
        let part = tree.add(Some(parent), look.role.clone());
        let style = look_of(look.style, text);
        cells.push(Cell { x, style, lines: wrap(fonts, style, *width, text), part });
        x += width + GUTTER;
    }
    let mut strips = row(cells, PADDING);
    if let Some(last) = strips.last_mut() {
        last.underline(WIDTH, look.thickness, look.shade);
    }
    strips
}

/// What a column needs for its longest word, and what its longest line would like.
#[derive(Clone, Copy)]
struct Needs {
    word: f32,
    line: f32,
}

/// The widths of the columns, which share the width of the page.
fn widths(fonts: &Fonts, head: &[String], body: &[Vec<String>]) -> Vec<f32> {
    let count = body.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0);
    let room = (WIDTH - GUTTER * count.saturating_sub(1) as f32).max(count as f32);
    let mut needs = vec![Needs { word: 1.0, line: 1.0 }; count];
    let rows = [(HEAD, head)].into_iter().chain(body.iter().map(|row| (CELL, row.as_slice())));
    for (style, texts) in rows {
        for (need, text) in needs.iter_mut().zip(texts) {
            let style = look_of(style, text);
            let widest = |width: f32, text: &str| width.max(fonts.width(style, text) + 0.5);
            need.word = text.split_whitespace().fold(0.0, widest).min(WIDEST_WORD).max(need.word);
            need.line = text.lines().fold(need.line.max(need.word), widest);
        }
    }
    share(room, &needs)
}

/// Gives every column its line when there is room for all, and else what its short lines or at least its words need; the
/// rest goes to those that lack most, but not so steeply that one long text takes it all.
fn share(room: f32, needs: &[Needs]) -> Vec<f32> {
    let lines = needs.iter().map(|need| need.line).sum::<f32>();
    if lines <= room {
        return needs.iter().map(|need| need.line * room / lines).collect();
    }
    let words = needs.iter().map(|need| need.word).sum::<f32>();
    if words > room {
        return needs.iter().map(|need| need.word * room / words).collect();
    }
    let short = |limit: f32| needs.iter().map(|need| need.line.min(limit).max(need.word)).collect::<Vec<f32>>();
    let leaves_room = |widths: &Vec<f32>| widths.iter().sum::<f32>() <= room * 0.75;
    let mut widths = SHORT_LINES.into_iter().map(short).find(leaves_room).unwrap_or_else(|| short(0.0));
    // A column that gets its whole line leaves something over, at most once for each column.
    for _ in needs {
        let rest = room - widths.iter().sum::<f32>();
        let lacks: Vec<f32> = needs.iter().zip(&widths).map(|(need, width)| (need.line - width).max(0.0)).collect();
        let weights = lacks.iter().map(|lack| lack.sqrt()).sum::<f32>();
        if rest < 0.5 || weights <= 0.0 {
            break;
        }
        for (width, lack) in widths.iter_mut().zip(&lacks) {
            *width += lack.min(rest * lack.sqrt() / weights);
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    fn measured(head: &[&str], body: &[&[&str]]) -> Vec<f32> {
        let body: Vec<_> = body.iter().map(|row| texts(row)).collect();
        widths(&Fonts::load(None).unwrap(), &texts(head), &body)
    }

    #[test]
    fn columns_fill_the_page_and_long_texts_get_more_of_it() {
        let long = "take one tablet in the morning and one in the evening, with food ".repeat(3);
        let widths = measured(&["Medicine", "How to take it"], &[&["Lisinopril", &long]]);
        assert!((widths.iter().sum::<f32>() + GUTTER - WIDTH).abs() < 0.1, "{widths:?}");
        assert!(widths[1] > 3.0 * widths[0], "{widths:?}");
    }

    #[test]
    fn doses_and_dates_stay_on_one_line_beside_a_long_text() {
        let long = "take one tablet in the morning and one in the evening, with food ".repeat(9);
        let widths = measured(&["Dose", "How", "When"], &[&["500 mg", &long, "12 November 2026, 09:30"]]);
        let fonts = Fonts::load(None).unwrap();
        assert!(widths[0] >= fonts.width(CELL, "500 mg"), "{widths:?}");
        assert!(widths[2] >= fonts.width(CELL, "12 November 2026, 09:30"), "{widths:?}");
    }

    #[test]
    fn no_column_is_lost_to_long_words_or_to_many_columns() {
        let word = "x".repeat(500);
        assert!(measured(&["A", "B"], &[&[&word, &word]]).iter().all(|width| *width > 100.0));
        let many = vec!["column"; 100];
        assert!(measured(&many, &[]).iter().all(|width| *width > 0.0));
        assert!(measured(&[], &[]).is_empty());
    }

    #[test]
    fn a_cell_with_a_mark_is_printed_bold_and_others_are_not() {
        let mut tree = Tree::new();
        let body = vec![texts(&["Potassium", "▲ above the range"]), texts(&["Sodium", "in the range"])];
        let table = table(&Fonts::load(None).unwrap(), &mut tree, "", &[], &body);
        let style = |row: usize| match &table.rows[row].ink[1] {
            crate::strip::Ink::Text { style, .. } => *style,
            crate::strip::Ink::Bar { .. } => CAPTION,
        };
        assert_eq!((style(0), style(1)), (MARKED, CELL));
    }

    #[test]
    fn a_head_and_its_first_row_share_a_page_and_short_rows_have_all_cells() {
        let mut tree = Tree::new();
        let body = vec![texts(&["Lisinopril"]), texts(&["Aspirin", "75 mg"])];
        let table = table(&Fonts::load(None).unwrap(), &mut tree, "Medicines", &texts(&["Name", "Dose"]), &body);
        assert!(table.opening.len() == 2 && table.opening.iter().all(|strip| strip.keep));
        assert!(table.rows.len() == 2 && table.rows.iter().all(|strip| !strip.keep));
        assert_eq!(table.repeated.len(), 1);
        assert_eq!(tree.count(&Role::Column), 2);
        assert_eq!(tree.count(&Role::Data), 4);
        assert_eq!(tree.count(&Role::Row), 3);
    }
}

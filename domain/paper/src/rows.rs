//! Texts beside each other: the rows of tables, facts and lists.

use super::{
    strip::{Ink, Strip, keep_ends},
    style::Style,
    tags::Part,
};

/// A row with more lines may be cut between two of them, at the foot of a page.
const TALL: usize = 14;

/// A text in a row.
pub(super) struct Cell {
    pub(super) x: f32,
    pub(super) style: Style,
    pub(super) lines: Vec<String>,
    pub(super) part: Part,
}

/// Cells beside each other: one strip, or one a line when the row is tall.
pub(super) fn row(cells: Vec<Cell>, padding: f32) -> Vec<Strip> {
    let count = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
    let leading = cells.iter().map(|cell| cell.style.leading).fold(0.0, f32::max);
    let per_strip = if count > TALL { 1 } else { count.max(1) };
    let mut strips = vec![Strip::default(); count.div_ceil(per_strip)];
    let last = strips.len().saturating_sub(1);
    for (place, strip) in strips.iter_mut().enumerate() {
        let above = if place == 0 { padding } else { 0.0 };
        let below = if place == last { padding } else { 0.0 };
        strip.height = above + per_strip as f32 * leading + below;
        for cell in &cells {
            let lines = cell.lines.iter().skip(place * per_strip).take(per_strip).enumerate();
            strip.ink.extend(lines.map(|(line, text)| Ink::Text {
                x: cell.x,
                baseline: above + line as f32 * leading + cell.style.baseline(),
                style: cell.style,
                text: text.clone(),
                part: Some(cell.part),
            }));
        }
    }
    keep_ends(&mut strips);
    strips
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        style::CELL,
        tags::{Role, Tree},
    };

    fn cell(count: usize) -> Cell {
        let part = Tree::new().add(None, Role::Data);
        Cell { x: 0.0, style: CELL, lines: vec!["x".to_owned(); count], part }
    }

    #[test]
    fn a_row_is_one_strip_as_tall_as_its_tallest_cell() {
        let strips = row(vec![cell(1), cell(3)], 4.0);
        assert_eq!(strips.len(), 1);
        assert_eq!(strips[0].height, 3.0 * CELL.leading + 8.0);
        assert_eq!(strips[0].ink.len(), 4);
    }

    #[test]
    fn a_very_tall_row_can_be_cut_but_not_after_its_first_line() {
        let strips = row(vec![cell(1), cell(40)], 4.0);
        assert_eq!(strips.len(), 40);
        assert!(strips[0].keep && strips[38].keep && !strips[20].keep && !strips[39].keep);
        assert_eq!(strips.iter().map(|strip| strip.ink.len()).sum::<usize>(), 41);
    }

    #[test]
    fn a_row_without_cells_is_nothing() {
        assert!(row(Vec::new(), 4.0).is_empty());
    }
}

//! Filling pages with strips.

use super::{
    strip::Strip,
    style::{BOTTOM, HEIGHT, TOP},
};

/// A page: strips, each with the place of its top.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) strips: Vec<(f32, Strip)>,
}

/// Puts strips on as many pages as they need; there is always one. Strips that keep together begin a new page when they
/// do not fit on this one, unless no page is tall enough for them.
pub(super) fn fill(strips: Vec<Strip>, heads: &[Vec<Strip>]) -> Vec<Sheet> {
    let mut filling = Filling { sheets: Vec::new(), sheet: Sheet::default(), y: TOP };
    let together = together(&strips);
    for (strip, together) in strips.into_iter().zip(together) {
        let needed = if together <= HEIGHT { together } else { strip.height };
        if filling.is_begun() && filling.y + strip.gap + needed > BOTTOM {
            filling.turn(strip.head.and_then(|head| heads.get(head)));
        }
        filling.put(strip);
    }
    filling.sheets.push(filling.sheet);
    filling.sheets
}

/// For each strip, its height with all that keep together after it.
fn together(strips: &[Strip]) -> Vec<f32> {
    let mut heights = vec![0.0; strips.len()];
    let mut after = 0.0;
    for (height, strip) in heights.iter_mut().zip(strips).rev() {
        *height = strip.height + if strip.keep { after } else { 0.0 };
        after = *height + strip.gap;
    }
    heights
}

struct Filling {
    sheets: Vec<Sheet>,
    sheet: Sheet,
    y: f32,
}

impl Filling {
    fn is_begun(&self) -> bool {
        !self.sheet.strips.is_empty()
    }

    fn turn(&mut self, head: Option<&Vec<Strip>>) {
        self.sheets.push(std::mem::take(&mut self.sheet));
        self.y = TOP;
        for strip in head.into_iter().flatten() {
            self.put(strip.clone());
        }
    }

    fn put(&mut self, strip: Strip) {
        if self.is_begun() {
            self.y += strip.gap;
        }
        let top = self.y;
        self.y += strip.height;
        self.sheet.strips.push((top, strip));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(height: f32, keep: bool) -> Strip {
        Strip { height, keep, ..Strip::default() }
    }

    fn counts(sheets: &[Sheet]) -> Vec<usize> {
        sheets.iter().map(|sheet| sheet.strips.len()).collect()
    }

    #[test]
    fn nothing_is_one_empty_page() {
        assert_eq!(counts(&fill(Vec::new(), &[])), [0]);
    }

    #[test]
    fn a_page_holds_what_fits() {
        let strips = vec![strip(HEIGHT / 4.0 - 1.0, false); 9];
        assert_eq!(counts(&fill(strips, &[])), [4, 4, 1]);
    }

    #[test]
    fn a_heading_goes_to_the_next_page_with_what_follows_it() {
        let strips = vec![strip(HEIGHT - 40.0, false), strip(20.0, true), strip(30.0, false)];
        assert_eq!(counts(&fill(strips, &[])), [1, 2]);
    }

    #[test]
    fn what_keeps_together_but_is_taller_than_a_page_is_cut() {
        let strips = vec![strip(HEIGHT / 3.0, true); 7];
        let sheets = fill(strips, &[]);
        assert_eq!(counts(&sheets).iter().sum::<usize>(), 7);
        assert_eq!(sheets.len(), 3);
    }

    #[test]
    fn the_space_above_is_dropped_at_the_top_of_a_page() {
        let strips = vec![Strip { gap: 20.0, ..strip(HEIGHT, false) }, Strip { gap: 20.0, ..strip(10.0, false) }];
        let sheets = fill(strips, &[]);
        assert_eq!(sheets[0].strips[0].0, TOP);
        assert_eq!(sheets[1].strips[0].0, TOP);
    }

    #[test]
    fn the_head_of_a_table_is_repeated() {
        let heads = [vec![strip(20.0, true)]];
        let strips = vec![Strip { head: Some(0), ..strip(HEIGHT / 2.0 - 10.0, false) }; 3];
        let sheets = fill(strips, &heads);
        assert_eq!(counts(&sheets), [2, 2]);
        assert_eq!(sheets[1].strips[1].0, TOP + 20.0);
    }
}

//! Strips: pieces of a page as wide as the text, which are stacked and never cut.

use super::{
    style::{BLACK, LEFT, Style},
    tags::Part,
};

/// Something to draw. Places count from the page's left edge and the strip's top.
#[derive(Clone, Debug)]
pub(super) enum Ink {
    /// A line of text. Without a part it is furniture of the page, which is not read aloud.
    Text { x: f32, baseline: f32, style: Style, text: String, part: Option<Part> },
    /// A filled rectangle: a line, or a side of a box.
    Bar { x: f32, y: f32, width: f32, height: f32, shade: u8 },
}

/// An entry of the PDF's bookmarks.
#[derive(Clone, Debug)]
pub(super) struct Bookmark {
    pub(super) level: u16,
    pub(super) text: String,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Strip {
    /// Space above it, unless it begins a page.
    pub(super) gap: f32,
    pub(super) height: f32,
    pub(super) ink: Vec<Ink>,
    /// Whether it shares a page with the next strip.
    pub(super) keep: bool,
    /// The table head to repeat when a page begins with this strip.
    pub(super) head: Option<usize>,
    pub(super) bookmark: Option<Bookmark>,
}

impl Strip {
    /// A strip with one line of text.
    pub(super) fn line(x: f32, style: Style, text: String, part: Part) -> Self {
        let ink = Ink::Text { x, baseline: style.baseline(), style, text, part: Some(part) };
        Self { height: style.leading, ink: vec![ink], ..Self::default() }
    }

    /// Room for a line from edge to edge, and the line.
    pub(super) fn underline(&mut self, width: f32, thickness: f32, shade: u8) {
        self.ink.push(Ink::Bar { x: LEFT, y: self.height, width, height: thickness, shade });
        self.height += thickness;
    }

    /// Furniture of the page that looks the same.
    pub(super) fn unread(&self) -> Self {
        let mut copy = self.clone();
        copy.bookmark = None;
        for ink in &mut copy.ink {
            if let Ink::Text { part, .. } = ink {
                *part = None;
            }
        }
        copy
    }
}

/// Lines of one text below each other. Neither its first nor its last line stands alone on a page.
pub(super) fn lines(x: f32, style: Style, lines: Vec<String>, part: Part) -> Vec<Strip> {
    let mut strips: Vec<Strip> = lines.into_iter().map(|text| Strip::line(x, style, text, part)).collect();
    keep_ends(&mut strips);
    strips
}

/// Ties the first two strips to each other, and the last two.
pub(super) fn keep_ends(strips: &mut [Strip]) {
    let count = strips.len();
    if count > 1 {
        strips[0].keep = true;
        strips[count - 2].keep = true;
    }
}

/// Ties all strips to each other and to what follows.
pub(super) fn keep_all(strips: &mut [Strip]) {
    strips.iter_mut().for_each(|strip| strip.keep = true);
}

/// Draws a box around strips, with a broad left side.
pub(super) fn boxed(strips: &mut [Strip], width: f32, padding: f32) {
    let last = strips.len().saturating_sub(1);
    for (place, strip) in strips.iter_mut().enumerate() {
        if place == 0 {
            strip.height += padding;
            for ink in &mut strip.ink {
                match ink {
                    Ink::Text { baseline, .. } => *baseline += padding,
                    Ink::Bar { y, .. } => *y += padding,
                }
            }
            strip.ink.push(Ink::Bar { x: LEFT, y: 0.0, width, height: 0.8, shade: BLACK });
        }
        if place == last {
            strip.height += padding;
            strip.ink.push(Ink::Bar { x: LEFT, y: strip.height - 0.8, width, height: 0.8, shade: BLACK });
        }
        for (x, thickness) in [(LEFT, 3.5), (LEFT + width - 0.8, 0.8)] {
            strip.ink.push(Ink::Bar { x, y: 0.0, width: thickness, height: strip.height, shade: BLACK });
        }
    }
}

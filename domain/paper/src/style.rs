//! Measures, in points: 72 to the inch.

/// A4.
pub(super) const PAGE_WIDTH: f32 = 595.28;
pub(super) const PAGE_HEIGHT: f32 = 841.89;
/// The space left of the text.
pub(super) const LEFT: f32 = 62.0;
/// The width of the text.
pub(super) const WIDTH: f32 = PAGE_WIDTH - 2.0 * LEFT;
/// Where the text begins and ends on each page.
pub(super) const TOP: f32 = 92.0;
pub(super) const BOTTOM: f32 = PAGE_HEIGHT - 84.0;
/// The height of the text on a page.
pub(super) const HEIGHT: f32 = BOTTOM - TOP;
/// Between the columns of a table.
pub(super) const GUTTER: f32 = 12.0;

/// Black, the grey of small print, and the grey of lines between rows: lightness from 0 to 255.
pub(super) const BLACK: u8 = 0;
pub(super) const GREY: u8 = 72;
pub(super) const LIGHT: u8 = 176;

/// How bold letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    pub(super) weight: Weight,
    pub(super) size: f32,
    /// From one line to the next.
    pub(super) leading: f32,
    pub(super) shade: u8,
}

impl Style {
    const fn new(weight: Weight, size: f32, leading: f32) -> Self {
        Self { weight, size, leading, shade: BLACK }
    }

    const fn grey(self) -> Self {
        Self { shade: GREY, ..self }
    }

    /// From the top of a line to the foot of its letters; capitals stand in the middle of the line.
    pub(super) fn baseline(self) -> f32 {
        self.leading / 2.0 + self.size * 0.364
    }
}

pub(super) const TITLE: Style = Style::new(Weight::Bold, 20.0, 26.0);
pub(super) const ABOUT: Style = Style::new(Weight::Regular, 11.0, 16.0);
pub(super) const HEADING: Style = Style::new(Weight::Bold, 13.0, 18.0);
pub(super) const SUBHEADING: Style = Style::new(Weight::Bold, 10.5, 15.0);
pub(super) const BODY: Style = Style::new(Weight::Regular, 10.0, 15.0);
pub(super) const NOTICE: Style = Style::new(Weight::Bold, 10.0, 15.0);
pub(super) const TERM: Style = Style::new(Weight::Bold, 9.5, 14.0);
pub(super) const FACT: Style = Style::new(Weight::Regular, 9.5, 14.0);
pub(super) const CAPTION: Style = Style::new(Weight::Bold, 9.5, 14.0);
pub(super) const HEAD: Style = Style::new(Weight::Bold, 8.5, 13.0);
pub(super) const CELL: Style = Style::new(Weight::Regular, 9.0, 13.0);
/// A cell that nobody should miss.
pub(super) const MARKED: Style = Style::new(Weight::Bold, 9.0, 13.0);
pub(super) const CLINIC: Style = Style::new(Weight::Bold, 8.5, 12.0);
pub(super) const SMALL: Style = Style::new(Weight::Regular, 8.0, 12.0).grey();
pub(super) const SMALL_BOLD: Style = Style::new(Weight::Bold, 8.0, 12.0).grey();

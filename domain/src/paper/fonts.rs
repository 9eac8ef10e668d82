//! The two built-in fonts: how wide a text is, and which of their shapes draw it.
//!
//! They are Inter 4.1 as on the site, cut to Latin, Greek, Cyrillic and common signs, with figures of one width. Its
//! licence stands beside them.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::{
    FontRef, MetadataProvider,
    charmap::Charmap,
    instance::{LocationRef, Size},
    metrics::GlyphMetrics,
};
use unicode_normalization::char::is_combining_mark;

use super::{
    PrintError,
    style::{Style, Weight},
};

const REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.ttf");
/// Stands for a character that the font lacks.
const BOX: char = '□';

/// Both weights.
pub(super) struct Fonts {
    regular: Face,
    bold: Face,
}

impl Fonts {
    pub(super) fn load() -> Result<Self, PrintError> {
        Ok(Self { regular: Face::load(REGULAR)?, bold: Face::load(BOLD)? })
    }

    pub(super) fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// How wide the text is on one line.
    pub(super) fn width(&self, style: Style, text: &str) -> f32 {
        let face = self.face(style.weight);
        text.chars().map(|char| face.advance(face.shape(char), char)).sum::<f32>() * style.size
    }
}

/// One weight.
pub(super) struct Face {
    font: Font,
    shapes: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    /// The font's own units in the size of its letters.
    em: f32,
    stand_in: skrifa::GlyphId,
}

impl Face {
    fn load(bytes: &'static [u8]) -> Result<Self, PrintError> {
        let font = Font::new(bytes.into(), 0).ok_or(PrintError::Font)?;
        let tables = FontRef::new(bytes).map_err(|_| PrintError::Font)?;
        let shapes = tables.charmap();
        Ok(Self {
            em: font.units_per_em(),
            metrics: tables.glyph_metrics(Size::unscaled(), LocationRef::default()),
            stand_in: shapes.map(BOX).ok_or(PrintError::Font)?,
            shapes,
            font,
        })
    }

    pub(super) fn font(&self) -> Font {
        self.font.clone()
    }

    fn shape(&self, char: char) -> skrifa::GlyphId {
        self.shapes.map(char).unwrap_or(self.stand_in)
    }

    /// The width of a shape in letters of size 1. An accent takes no room of its own.
    fn advance(&self, shape: skrifa::GlyphId, char: char) -> f32 {
        if is_combining_mark(char) && shape != self.stand_in {
            return 0.0;
        }
        self.metrics.advance_width(shape).unwrap_or(0.0) / self.em
    }

    /// The shapes that draw a text, each with the part of the text that it stands for.
    pub(super) fn shapes(&self, text: &str) -> Vec<KrillaGlyph> {
        let mut before = 0.0;
        let place = |(start, char): (usize, char)| {
            let shape = self.shape(char);
            let advance = self.advance(shape, char);
            let offset = if advance == 0.0 { self.over(shape, before) } else { 0.0 };
            if advance > 0.0 {
                before = advance;
            }
            let range = start..start + char.len_utf8();
            KrillaGlyph::new(GlyphId::new(shape.to_u32()), advance, offset, 0.0, 0.0, range, None)
        };
        text.char_indices().map(place).collect()
    }

    /// How far an accent moves to stand over the middle of the letter before it, which is `width` wide.
    fn over(&self, accent: skrifa::GlyphId, width: f32) -> f32 {
        let middle = self.metrics.bounds(accent).map_or(0.0, |bounds| (bounds.x_min + bounds.x_max) / 2.0);
        -(width / 2.0) - middle / self.em
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::style::BODY;

    #[test]
    fn names_and_signs_have_shapes_of_their_own() {
        let fonts = Fonts::load().unwrap();
        for weight in [Weight::Regular, Weight::Bold] {
            let face = fonts.face(weight);
            for char in "Łukasz Ñúñez Erdős Brâncuși Țăranu “quoted” ‘so’ 5–7 … µg m² ≥ ≤ 37 °C ½ → • Ж α ẞ €".chars()
            {
                assert!(face.shapes.map(char).is_some(), "{char}");
            }
        }
    }

    #[test]
    fn figures_are_equally_wide() {
        let fonts = Fonts::load().unwrap();
        let widths = ('0'..='9').map(|digit| fonts.width(BODY, &digit.to_string()));
        assert!(widths.clone().all(|width| width == fonts.width(BODY, "0")), "{:?}", widths.collect::<Vec<_>>());
    }

    #[test]
    fn an_unknown_character_is_drawn_as_a_box_that_stands_for_it() {
        let fonts = Fonts::load().unwrap();
        let face = fonts.face(Weight::Regular);
        let shapes = face.shapes("a語b");
        assert_eq!(shapes[1].glyph_id.to_u32(), face.stand_in.to_u32());
        assert_eq!(shapes[1].text_range, 1..4);
        assert!(shapes[1].x_advance > 0.0);
    }

    #[test]
    fn an_accent_without_a_letter_of_its_own_takes_no_room() {
        let fonts = Fonts::load().unwrap();
        assert_eq!(fonts.width(BODY, "q\u{301}"), fonts.width(BODY, "q"));
        assert!(fonts.face(Weight::Regular).shapes("q\u{301}")[1].x_offset < 0.0);
    }
}

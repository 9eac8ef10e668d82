//! The fonts: which of them has a shape for a character.
//!
//! The text is set in Inter 4.1, as on the site, cut to Latin, Greek, Cyrillic and common signs, with figures of one width.
//! What it lacks comes from DejaVu Sans 2.37 (rarer letters, Armenian, Georgian, arrows, tick boxes, frames), and from Noto
//! Sans for the scripts in which patients write their names. Chinese, Japanese and Korean need more than a program should
//! carry: their font is a file of the clinic's. All are free; their licences stand beside them.

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

const REGULAR: &[u8] = include_bytes!("../assets/fonts/Inter-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../assets/fonts/Inter-SemiBold.ttf");
const SIGNS: &[u8] = include_bytes!("../assets/fonts/DejaVuSans.ttf");
/// Scripts whose letters change with their neighbours.
const SCRIPTS: [&[u8]; 4] = [
    include_bytes!("../assets/fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../assets/fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../assets/fonts/NotoSansDevanagari-Regular.ttf"),
    include_bytes!("../assets/fonts/NotoSansThai-Regular.ttf"),
];

/// A font of the clinic's own, for characters that the built-in ones lack.
#[derive(Clone, Copy)]
pub struct FontFile(&'static [u8]);

impl FontFile {
    /// A TrueType or OpenType font, or the first of a collection. It is kept as long as the program runs.
    #[must_use]
    pub fn read(bytes: Vec<u8>) -> Option<Self> {
        let bytes: &'static [u8] = bytes.leak();
        Face::load(bytes, false).ok().map(|_| Self(bytes))
    }
}

impl std::fmt::Debug for FontFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FontFile").field("bytes", &self.0.len()).finish()
    }
}

/// All fonts.
pub(super) struct Fonts {
    regular: Face,
    bold: Face,
    /// For what those lack, the better ones first.
    others: Vec<Face>,
}

impl Fonts {
    pub(super) fn load(own: Option<FontFile>) -> Result<Self, PrintError> {
        let mut others = vec![Face::load(SIGNS, false)?];
        for script in SCRIPTS {
            others.push(Face::load(script, true)?);
        }
        others.extend(own.and_then(|own| Face::load(own.0, false).ok()));
        Ok(Self { regular: Face::load(REGULAR, false)?, bold: Face::load(BOLD, false)?, others })
    }

    fn main(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// The first face that has all characters of a text.
    pub(super) fn face(&self, weight: Weight, text: &str) -> Option<&Face> {
        let faces = std::iter::once(self.main(weight)).chain(&self.others);
        faces.into_iter().find(|face| text.chars().all(|char| face.has(char)))
    }

    /// The face that draws a text when no face has all of it.
    pub(super) fn any(&self, weight: Weight) -> &Face {
        self.main(weight)
    }

    pub(super) fn has(&self, char: char) -> bool {
        std::iter::once(&self.regular).chain(&self.others).any(|face| face.shapes.map(char).is_some())
    }

    /// Whether a script needs the joiner beside this character.
    pub(super) fn joins(&self, char: char) -> bool {
        self.others.iter().any(|face| face.is_script && face.shapes.map(char).is_some())
    }

    /// How wide the text is on one line.
    pub(super) fn width(&self, style: Style, text: &str) -> f32 {
        let face = self.main(style.weight);
        if text.chars().all(|char| face.shapes.map(char).is_some()) {
            return text.chars().map(|char| face.advance(face.shape(char), char)).sum::<f32>() * style.size;
        }
        super::layout::layout(self, style, text).1
    }
}

/// One font.
pub(super) struct Face {
    font: Font,
    shapes: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    shaper: rustybuzz::Face<'static>,
    /// The font's own units in the size of its letters.
    em: f32,
    /// Whether its letters change with their neighbours.
    pub(super) is_script: bool,
}

impl Face {
    fn load(bytes: &'static [u8], is_script: bool) -> Result<Self, PrintError> {
        let font = Font::new(bytes.into(), 0).ok_or(PrintError::Font)?;
        let tables = FontRef::from_index(bytes, 0).map_err(|_| PrintError::Font)?;
        Ok(Self {
            em: font.units_per_em(),
            metrics: tables.glyph_metrics(Size::unscaled(), LocationRef::default()),
            shapes: tables.charmap(),
            shaper: rustybuzz::Face::from_slice(bytes, 0).ok_or(PrintError::Font)?,
            font,
            is_script,
        })
    }

    pub(super) fn font(&self) -> Font {
        self.font.clone()
    }

    fn has(&self, char: char) -> bool {
        self.shapes.map(char).is_some() || (self.is_script && is_joiner(char))
    }

    fn shape(&self, char: char) -> skrifa::GlyphId {
        self.shapes.map(char).unwrap_or_default()
    }

    /// The width of a shape in letters of size 1. An accent takes no room of its own.
    fn advance(&self, shape: skrifa::GlyphId, char: char) -> f32 {
        if is_combining_mark(char) {
            return 0.0;
        }
        self.metrics.advance_width(shape).unwrap_or(0.0) / self.em
    }

    /// The shapes that draw a text, letter by letter, each with the part of the text that it stands for.
    pub(super) fn letters(&self, text: &str) -> Vec<KrillaGlyph> {
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

    /// The shapes that draw a text, joined as its script asks, from left to right.
    pub(super) fn joined(&self, text: &str, is_rtl: bool) -> Vec<KrillaGlyph> {
        let mut buffer = rustybuzz::UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let direction = if is_rtl { rustybuzz::Direction::RightToLeft } else { rustybuzz::Direction::LeftToRight };
        buffer.set_direction(direction);
        let shaped = rustybuzz::shape(&self.shaper, &[], buffer);
        let mut starts: Vec<u32> = shaped.glyph_infos().iter().map(|info| info.cluster).collect();
        starts.sort_unstable();
        let glyph = |(info, place): (&rustybuzz::GlyphInfo, &rustybuzz::GlyphPosition)| {
            let start = info.cluster as usize;
            let next = starts.partition_point(|other| *other <= info.cluster);
            let end = starts.get(next).map_or(text.len(), |next| *next as usize);
            let scaled = |units: i32| units as f32 / self.em;
            let (x, y) = (scaled(place.x_offset), scaled(place.y_offset));
            let (across, down) = (scaled(place.x_advance), scaled(place.y_advance));
            KrillaGlyph::new(GlyphId::new(info.glyph_id), across, x, y, down, start..end, None)
        };
        shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(glyph).collect()
    }
}

/// The joiner and the non-joiner, which a script's shaping reads.
pub(super) const fn is_joiner(char: char) -> bool {
    matches!(char, '\u{200C}' | '\u{200D}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::BODY;

    #[test]
    fn names_and_signs_have_shapes_in_both_weights() {
        let fonts = Fonts::load(None).unwrap();
        for weight in [Weight::Regular, Weight::Bold] {
            for char in "Łukasz Ñúñez Erdős Brâncuși Țăranu “quoted” ‘so’ 5–7 … µg m² ≥ ≤ 37 °C ½ → • Ж α ẞ €".chars()
            {
                assert!(fonts.main(weight).has(char), "{char}");
            }
        }
        for char in "☑☒☐♀♂✓✗⚠①↑↓⇒≈≠±Ⅳƒə┌─┐".chars() {
            assert!(fonts.has(char), "{char}");
        }
    }

    #[test]
    fn three_tick_boxes_are_three_shapes() {
        let fonts = Fonts::load(None).unwrap();
        let shapes: Vec<_> =
            "☑☒☐".chars().map(|char| fonts.face(Weight::Regular, "☑☒☐").unwrap().shape(char)).collect();
        assert!(shapes[0] != shapes[1] && shapes[1] != shapes[2] && shapes[0] != shapes[2]);
    }

    #[test]
    fn the_scripts_of_names_have_shapes() {
        let fonts = Fonts::load(None).unwrap();
        for name in ["محمد", "שרה", "आरती", "สมชาย", "Ελένη", "Дмитрий", "Հակոբ", "ნინო"]
        {
            assert!(name.chars().all(|char| fonts.has(char)), "{name}");
        }
        assert!(!fonts.has('語') && !fonts.has('🙂'));
    }

    #[test]
    fn figures_are_equally_wide() {
        let fonts = Fonts::load(None).unwrap();
        let widths = ('0'..='9').map(|digit| fonts.width(BODY, &digit.to_string()));
        assert!(widths.clone().all(|width| width == fonts.width(BODY, "0")), "{:?}", widths.collect::<Vec<_>>());
    }

    #[test]
    fn an_accent_without_a_letter_of_its_own_takes_no_room() {
        let fonts = Fonts::load(None).unwrap();
        assert_eq!(fonts.width(BODY, "q\u{301}"), fonts.width(BODY, "q"));
        assert!(fonts.any(Weight::Regular).letters("q\u{301}")[1].x_offset < 0.0);
    }

    #[test]
    fn a_font_file_is_read_or_refused() {
        assert!(FontFile::read(REGULAR.to_vec()).is_some());
        assert!(FontFile::read(b"no font".to_vec()).is_none());
    }
}

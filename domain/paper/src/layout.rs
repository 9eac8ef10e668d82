//! One line of text as shapes from left to right: by font, by direction (Unicode Standard Annex 9), and by tab stops.

use krilla::text::{GlyphId, KrillaGlyph};
use unicode_bidi::{Level, ParagraphBidiInfo};

use super::{
    fonts::{Face, Fonts},
    style::Style,
    text::{RIGHT_TO_LEFT, clusters},
};

/// From one tab stop to the next, in letters of size 1; the same as on the page (`tab-size`).
const TAB: f32 = 4.0;
/// The least room between a text and the tab stop after it.
const GAP: f32 = 0.25;

/// Shapes of one font beside each other.
pub(super) struct Piece<'a> {
    /// From the beginning of the line.
    pub(super) x: f32,
    pub(super) face: &'a Face,
    /// What the shapes stand for.
    pub(super) text: String,
    pub(super) shapes: Vec<KrillaGlyph>,
}

/// The shapes of a line, and how wide they are together. A line that begins with [`RIGHT_TO_LEFT`] belongs to a paragraph
/// that runs so.
pub(super) fn layout<'a>(fonts: &'a Fonts, style: Style, line: &str) -> (Vec<Piece<'a>>, f32) {
    let (base, line) = match line.strip_prefix(RIGHT_TO_LEFT) {
        // Columns would have to be counted from the right edge, which only the page knows.
        Some(line) => (Level::rtl(), line.replace('\t', "    ")),
        None => (Level::ltr(), line.to_owned()),
    };
    let mut pieces = Vec::new();
    let mut x = 0.0;
    for (column, text) in line.split('\t').enumerate() {
        if column > 0 {
            let stop = (((x / style.size + GAP) / TAB).floor() + 1.0) * TAB * style.size;
            pieces.push(blank(fonts, style, x, stop));
            x = stop;
        }
        for (text, is_rtl) in runs(text, base) {
            let mut faces = by_face(fonts, style, text);
            if is_rtl {
                faces.reverse();
            }
            for (face, text) in faces {
                let shapes = if is_rtl || face.is_script { face.joined(text, is_rtl) } else { face.letters(text) };
                let width: f32 = shapes.iter().map(|shape| shape.x_advance).sum();
                pieces.push(Piece { x, face, text: text.to_owned(), shapes });
                x += width * style.size;
            }
        }
    }
    (pieces, x)
}

/// The room up to a tab stop, for whoever copies the text.
fn blank(fonts: &Fonts, style: Style, from: f32, to: f32) -> Piece<'_> {
    let face = fonts.any(style.weight);
    let mut shapes = face.letters(" ");
    for shape in &mut shapes {
        *shape = KrillaGlyph::new(
            GlyphId::new(shape.glyph_id.to_u32()),
            (to - from) / style.size,
            0.0,
            0.0,
            0.0,
            0..1,
            None,
        );
    }
    Piece { x: from, face, text: " ".to_owned(), shapes }
}

/// The parts of a line in the order in which they stand, each with whether it runs from right to left.
fn runs(text: &str, base: Level) -> Vec<(&str, bool)> {
    if text.is_empty() {
        return Vec::new();
    }
    let bidi = ParagraphBidiInfo::new(text, Some(base));
    if !bidi.has_rtl() && base.is_ltr() {
        return vec![(text, false)];
    }
    let (levels, runs) = bidi.visual_runs(0..text.len());
    runs.into_iter().map(|run| (&text[run.clone()], levels.get(run.start).is_some_and(Level::is_rtl))).collect()
}

/// The parts of a text that one font draws; letters stay with their accents.
fn by_face<'a, 't>(fonts: &'a Fonts, style: Style, text: &'t str) -> Vec<(&'a Face, &'t str)> {
    let mut parts: Vec<(&Face, std::ops::Range<usize>)> = Vec::new();
    let mut at = 0;
    for cluster in clusters(text) {
        let end = at + cluster.len();
        let face = fonts.face(style.weight, cluster).unwrap_or_else(|| fonts.any(style.weight));
        match parts.last_mut() {
            Some((last, range)) if std::ptr::eq(*last, face) => range.end = end,
            _ => parts.push((face, at..end)),
        }
        at = end;
    }
    parts.into_iter().map(|(face, range)| (face, &text[range])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::BODY;

    fn texts(line: &str) -> Vec<String> {
        layout(&Fonts::load(None).unwrap(), BODY, line).0.into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn words_from_right_to_left_stand_in_their_order() {
        assert_eq!(texts("Take 10 mg"), ["Take 10 mg"]);
        assert_eq!(texts("שרה born 1986"), ["שרה", " born 1986"]);
        assert_eq!(texts("\u{200F}שרה born"), ["born", " ", "שרה"]);
        assert_eq!(texts("שרה כהן"), ["כהן", " ", "שרה"], "two words of one name");
    }

    #[test]
    fn letters_of_a_script_are_joined() {
        let fonts = Fonts::load(None).unwrap();
        let (pieces, _) = layout(&fonts, BODY, "محمد");
        let alone: Vec<u32> =
            "محمد".chars().map(|c| pieces[0].face.letters(&c.to_string())[0].glyph_id.to_u32()).collect();
        let joined: Vec<u32> = pieces[0].shapes.iter().rev().map(|shape| shape.glyph_id.to_u32()).collect();
        assert_ne!(joined, alone);
        assert!(joined.iter().all(|shape| *shape != 0));
    }

    #[test]
    fn columns_begin_at_the_same_place_in_every_line() {
        let fonts = Fonts::load(None).unwrap();
        let place =
            |line: &str| layout(&fonts, BODY, line).0.iter().filter(|p| p.text != " ").map(|p| p.x).collect::<Vec<_>>();
        let (head, row) = (place("\tNa\tK"), place("Mon\t140\t4.1"));
        assert_eq!(head, row[1..]);
        assert!(row[2] > row[1] && row[1] > row[0]);
        let width = layout(&fonts, BODY, "Mon\t140").1;
        assert!(width > fonts.width(BODY, "Mon140"), "{width}");
    }
}

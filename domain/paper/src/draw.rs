//! Pages as a PDF.

use krilla::{
    Document, SerializeSettings,
    color::luma,
    configure::{Accessibility, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{PathBuilder, Point, Rect},
    metadata::Metadata,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::Fill,
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, SpanTag},
};

use super::{
    Paper, PrintError,
    flow::UNTITLED,
    fonts::Fonts,
    layout::{Piece, layout},
    pages::Sheet,
    strip::{Bookmark, Ink},
    style::{CLINIC, GREY, LEFT, PAGE_HEIGHT, PAGE_WIDTH, SMALL, SMALL_BOLD, Style, WIDTH},
    tags::{Part, Role, Tree},
    text::{label, shorten},
};

const LANGUAGE: &str = "en";
/// The foot of the header and the top of the footer.
const HEADER: f32 = 62.0;
const FOOTER: f32 = PAGE_HEIGHT - 62.0;

/// Writes the pages and what a screen reader is told of them.
pub(super) fn write(paper: &Paper, fonts: &Fonts, sheets: Vec<Sheet>, mut tree: Tree) -> Result<Vec<u8>, PrintError> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| PrintError::Write(format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    document.set_metadata(about(paper));
    let made = tree.add(None, Role::Paragraph);
    let mut bookmarks = Vec::new();
    let count = sheets.len();
    for (index, sheet) in sheets.into_iter().enumerate() {
        let settings = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT).ok_or(PrintError::Page)?;
        let mut page = document.start_page_with(settings);
        let mut pen = Pen { fonts, surface: page.surface(), tree: &mut tree };
        pen.header(paper);
        for (top, strip) in sheet.strips {
            strip.ink.iter().for_each(|ink| pen.ink(top, ink));
            if let Some(bookmark) = strip.bookmark {
                bookmarks.push((bookmark, XyzDestination::new(index, Point::from_xy(LEFT, top))));
            }
        }
        pen.footer(paper, index + 1, count, made);
        drop(pen);
        page.finish();
    }
    document.set_outline(outline(bookmarks));
    document.set_tag_tree(tree.finish());
    document.finish().map_err(|error| PrintError::Write(format!("{error:?}")))
}

fn about(paper: &Paper) -> Metadata {
    let title = Some(label(&paper.title)).filter(|title| !title.is_empty()).unwrap_or_else(|| UNTITLED.to_owned());
    let clinic = label(&paper.clinic);
    let authors = if clinic.is_empty() { Vec::new() } else { vec![clinic] };
    Metadata::new().title(title).language(LANGUAGE.to_owned()).authors(authors).creator("SecureMed".to_owned())
}

/// Bookmarks in each other, by their levels.
fn outline(bookmarks: Vec<(Bookmark, XyzDestination)>) -> Outline {
    let mut outline = Outline::new();
    let mut open: Vec<(u16, OutlineNode)> = Vec::new();
    let close = |open: &mut Vec<(u16, OutlineNode)>, outline: &mut Outline, level: u16| {
        while open.last().is_some_and(|(last, _)| *last >= level) {
            if let Some((_, node)) = open.pop() {
                match open.last_mut() {
                    Some((_, parent)) => parent.push_child(node),
                    None => outline.push_child(node),
                }
            }
        }
    };
    for (bookmark, destination) in bookmarks {
        close(&mut open, &mut outline, bookmark.level);
        open.push((bookmark.level, OutlineNode::new(bookmark.text, destination).with_open(true)));
    }
    close(&mut open, &mut outline, 0);
    outline
}

struct Pen<'a, 'b> {
    fonts: &'a Fonts,
    surface: Surface<'b>,
    tree: &'a mut Tree,
}

impl Pen<'_, '_> {
    fn ink(&mut self, top: f32, ink: &Ink) {
        match ink {
            Ink::Text { x, baseline, style, text, part } => {
                self.tagged(*part, ArtifactType::PaginationOther, |pen| pen.text(*x, top + baseline, *style, text));
            }
            Ink::Bar { x, y, width, height, shade } => self.bar(*x, top + y, *width, *height, *shade),
        }
    }

    /// Draws something as text of a part, or as furniture of the page.
    fn tagged(&mut self, part: Option<Part>, furniture: ArtifactType, draw: impl FnOnce(&mut Self)) {
        let tag = match part {
            Some(_) => ContentTag::Span(SpanTag::empty()),
            None => ContentTag::Artifact(Artifact::with_kind(furniture)),
        };
        let identifier = self.surface.start_tagged(tag);
        draw(self);
        self.surface.end_tagged();
        if let Some(part) = part {
            self.tree.drawn(part, identifier);
        }
    }

    fn text(&mut self, x: f32, y: f32, style: Style, text: &str) {
        self.surface.set_fill(Some(fill(style.shade)));
        for Piece { x: from, face, text, shapes } in layout(self.fonts, style, text).0 {
            self.surface.draw_glyphs(Point::from_xy(x + from, y), &shapes, face.font(), &text, style.size, false);
        }
    }

    fn bar(&mut self, x: f32, y: f32, width: f32, height: f32, shade: u8) {
        let Some(rectangle) = Rect::from_xywh(x, y, width, height) else { return };
        let mut path = PathBuilder::new();
        path.push_rect(rectangle);
        let Some(path) = path.finish() else { return };
        self.tagged(None, ArtifactType::Layout, |pen| {
            pen.surface.set_fill(Some(fill(shade)));
            pen.surface.draw_path(&path);
        });
    }

    /// A text that ends at the right edge.
    fn right(&mut self, y: f32, style: Style, text: &str) {
        let x = LEFT + WIDTH - self.fonts.width(style, text);
        self.text(x, y, style, text);
    }

    /// The clinic to the left; to the right the person. What tells them from others has a line of its own, so that no long
    /// name pushes it off.
    fn header(&mut self, paper: &Paper) {
        let half = WIDTH / 2.0 - 8.0;
        let cut = |style: Style, text: &str| shorten(self.fonts, style, half, text);
        let left = [(CLINIC, cut(CLINIC, &paper.clinic)), (SMALL, cut(SMALL, &paper.letterhead))];
        let right = [(SMALL_BOLD, cut(SMALL_BOLD, &paper.about)), (SMALL, cut(SMALL, &paper.marks))];
        let line = |number: usize, style: Style| HEADER - (2 - number) as f32 * SMALL.leading + style.baseline();
        self.tagged(None, ArtifactType::Header, |pen| {
            for (number, (style, text)) in left.into_iter().enumerate() {
                pen.text(LEFT, line(number, style), style, &text);
            }
            for (number, (style, text)) in right.into_iter().enumerate() {
                pen.right(line(number, style), style, &text);
            }
        });
        self.bar(LEFT, HEADER + 4.0, WIDTH, 0.5, GREY);
    }

    /// When the paper was made, that it is confidential, and the number of the page. The last page's is read aloud, as
    /// the end of the paper.
    fn footer(&mut self, paper: &Paper, number: usize, count: usize, made: Part) {
        self.bar(LEFT, FOOTER, WIDTH, 0.5, GREY);
        let page = format!("Page {number} of {count}");
        let room = WIDTH - self.fonts.width(SMALL, &page) - 16.0;
        let text = shorten(self.fonts, SMALL, room, &paper.made);
        let part = (number == count).then_some(made);
        let (first, second) = (FOOTER + 7.0 + SMALL.baseline(), FOOTER + 7.0 + SMALL.leading + SMALL.baseline());
        self.tagged(part, ArtifactType::Footer, |pen| pen.text(LEFT, first, SMALL, &format!("{text} ")));
        self.tagged(part, ArtifactType::Footer, |pen| pen.text(LEFT, second, SMALL_BOLD, "Confidential"));
        self.tagged(None, ArtifactType::PageNumber, |pen| pen.right(first, SMALL, &page));
    }
}

fn fill(shade: u8) -> Fill {
    Fill { paint: luma::Color::new(shade).into(), ..Fill::default() }
}

//! A paper as one long column of strips, before it is cut into pages.

use super::{
    Block, Paper,
    fonts::Fonts,
    rows::{Cell, row},
    strip::{Bookmark, Strip, boxed, keep_all, lines},
    style::{ABOUT, BLACK, BODY, FACT, GUTTER, HEADING, LEFT, NOTICE, SUBHEADING, Style, TERM, TITLE, WIDTH},
    table::table,
    tags::{Part, Role, Tree},
    text::{label, one_line, wrap},
};

/// What is called so when it has no title.
pub(super) const UNTITLED: &str = "Document";
const BULLET: &str = "• ";
const INDENT: f32 = 14.0;

/// All strips of a paper.
pub(super) struct Flow<'a> {
    fonts: &'a Fonts,
    pub(super) strips: Vec<Strip>,
    /// The heads of tables, which pages repeat.
    pub(super) heads: Vec<Vec<Strip>>,
    pub(super) tree: Tree,
    /// Whether a section was opened. Levels of headings may not skip one, so a subheading outside is a heading.
    in_section: bool,
}

impl<'a> Flow<'a> {
    pub(super) fn of(paper: &Paper, fonts: &'a Fonts) -> Self {
        let mut flow = Self { fonts, strips: Vec::new(), heads: Vec::new(), tree: Tree::new(), in_section: false };
        flow.opening(paper);
        for block in &paper.blocks {
            flow.block(block);
        }
        flow
    }

    /// The title, and whom the paper is about.
    fn opening(&mut self, paper: &Paper) {
        let title = one_line(&paper.title);
        self.heading(TITLE, 0.0, 1, if title.is_empty() { UNTITLED } else { &title });
        let about = [one_line(&paper.about), one_line(&paper.marks)];
        let about = about.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ");
        if !about.is_empty() {
            self.text(ABOUT, 2.0, &about);
        }
        if let Some(last) = self.strips.last_mut() {
            last.height += 9.0;
            last.underline(WIDTH, 1.2, BLACK);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(text) => {
                self.heading(HEADING, 24.0, 2, text);
                self.in_section |= !one_line(text).is_empty();
            }
            Block::Subheading(text) => self.heading(SUBHEADING, 15.0, if self.in_section { 3 } else { 2 }, text),
            Block::Paragraph(text) => self.text(BODY, 8.0, text),
            Block::Notice(text) => self.notice(text),
            Block::Facts(facts) => self.facts(facts),
            Block::List(items) => self.list(items),
            Block::Table { caption, head, rows } => {
                let mut made = table(self.fonts, &mut self.tree, caption, head, rows);
                if !made.repeated.is_empty() {
                    made.rows.iter_mut().for_each(|strip| strip.head = Some(self.heads.len()));
                    self.heads.push(made.repeated);
                }
                made.opening.append(&mut made.rows);
                self.push(18.0, made.opening);
            }
        }
    }

    fn push(&mut self, gap: f32, mut strips: Vec<Strip>) {
        if let Some(first) = strips.first_mut() {
            first.gap = gap;
        }
        self.strips.append(&mut strips);
    }

    fn heading(&mut self, style: Style, gap: f32, level: u16, text: &str) {
        let (text, label) = (one_line(text), label(text));
        if text.is_empty() {
            return;
        }
        let part = self.tree.add(None, Role::Heading(level, label.clone()));
        let mut strips = lines(LEFT, style, wrap(self.fonts, style, WIDTH, &text), part);
        keep_all(&mut strips);
        if let Some(first) = strips.first_mut() {
            first.bookmark = Some(Bookmark { level, text: label });
        }
        self.push(gap, strips);
    }

    fn text(&mut self, style: Style, gap: f32, text: &str) {
        let part = self.tree.add(None, Role::Paragraph);
        self.push(gap, lines(LEFT, style, wrap(self.fonts, style, WIDTH, text), part));
    }

    fn notice(&mut self, text: &str) {
        let part = self.tree.add(None, Role::Paragraph);
        let broken = wrap(self.fonts, NOTICE, WIDTH - 2.0 * INDENT, text);
        let mut strips = lines(LEFT + INDENT, NOTICE, broken, part);
        boxed(&mut strips, WIDTH, 8.0);
        self.push(14.0, strips);
    }

    /// Terms to the left of what is said of them, in a column as wide as they need.
    fn facts(&mut self, facts: &[(String, String)]) {
        let widest = facts.iter().map(|(term, _)| self.fonts.width(TERM, &one_line(term)) + 0.5).fold(0.0, f32::max);
        let column = widest.clamp(96.0, WIDTH * 0.32);
        let beside = LEFT + column + GUTTER;
        let list = self.tree.add(None, Role::Facts);
        for (place, (term, text)) in facts.iter().enumerate() {
            let (label, body) = self.item(list);
            let cells = vec![
                Cell { x: LEFT, style: TERM, lines: wrap(self.fonts, TERM, column, &one_line(term)), part: label },
                Cell {
                    x: beside,
                    style: FACT,
                    lines: wrap(self.fonts, FACT, WIDTH - column - GUTTER, text),
                    part: body,
                },
            ];
            self.push(if place == 0 { 8.0 } else { 0.0 }, row(cells, 2.0));
        }
    }

    fn list(&mut self, items: &[String]) {
        let list = self.tree.add(None, Role::List);
        for (place, text) in items.iter().enumerate() {
            let (label, body) = self.item(list);
            let lines = wrap(self.fonts, BODY, WIDTH - INDENT, text);
            let cells = vec![
                Cell { x: LEFT + 2.0, style: BODY, lines: vec![BULLET.to_owned()], part: label },
                Cell { x: LEFT + INDENT, style: BODY, lines, part: body },
            ];
            self.push(if place == 0 { 8.0 } else { 0.0 }, row(cells, 1.5));
        }
    }

    fn item(&mut self, list: Part) -> (Part, Part) {
        let item = self.tree.add(Some(list), Role::Item);
        (self.tree.add(Some(item), Role::Label), self.tree.add(Some(item), Role::Body))
    }
}

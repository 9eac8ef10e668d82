//! Documents on paper: a [`Paper`] becomes a PDF.
//!
//! - A4, black on white. Every page names the clinic and the person it is about, says when it was made, and is numbered.
//! - It can be read aloud (PDF/UA-1): language, title, bookmarks, and a structure of headings, paragraphs, lists and
//!   tables. What is only furniture of the page, such as its number, is left out of that structure.
//! - Its text can be selected and searched. A character that the fonts lack is printed as its code, and named on top;
//!   control characters are dropped. No text makes printing fail.
//! - Scripts that run from right to left do, and letters that join are joined. Tabs lead to the next column.
//! - A heading stays with what follows it, a row of a table stays whole unless it is very tall, and the head of a table
//!   is repeated on each page.
//! - The same paper always becomes the same bytes: nothing here reads a clock or makes random numbers.
//!
//! Whoever calls decides who may see what is on the paper; nothing is looked up here.
//!
//! The way through: `printable` finds what the fonts have, `text` cleans and breaks lines, `flow` (with `rows` and `table`) makes strips of blocks, `pages` fills
//! pages with strips, `draw` writes them (each line as `layout` sets it), and `tags` holds what a screen reader is told.

mod draw;
mod flow;
mod fonts;
mod layout;
mod pages;
mod printable;
mod rows;
mod strip;
mod style;
mod table;
mod tags;
mod text;

pub use self::fonts::FontFile;
use self::{flow::Flow, fonts::Fonts};

/// A document to be printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// What it is: "Visit summary".
    pub title: String,
    /// The clinic's name.
    pub clinic: String,
    /// How to reach the clinic: "12 Bridge Row, Dublin 8 · +353 20 910 0100".
    pub letterhead: String,
    /// Whom it is about: "Maya Okafor".
    pub about: String,
    /// What tells that person from others: "born 14 March 1986, PT-7Q2M-4KX9".
    pub marks: String,
    /// When and for whom it was made: "Made on Wed 25 November 2026, 09:30 for Maya Okafor".
    pub made: String,
    /// What it says, from top to bottom.
    pub blocks: Vec<Block>,
}

/// A part of a [`Paper`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Opens a section.
    Heading(String),
    /// Opens a part of a section.
    Subheading(String),
    /// Text; its line breaks are kept.
    Paragraph(String),
    /// Terms, each with a text beside it, which may be long and have line breaks.
    Facts(Vec<(String, String)>),
    /// Rows under a head. Cells may be long and have line breaks; a row may be shorter than the head.
    Table {
        /// What the table shows. Nothing is printed when it is empty.
        caption: String,
        /// The names of the columns.
        head: Vec<String>,
        /// The rows, each with a cell a column.
        rows: Vec<Vec<String>>,
    },
    /// Text in a box that nobody should miss: allergies, or "Draft, not signed".
    Notice(String),
    /// Points, each with a bullet.
    List(Vec<String>),
}

/// Why a paper could not be printed. It is the program's fault, never that of the text on the paper.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The built-in font cannot be read.
    #[error("the built-in font cannot be read")]
    Font,
    /// The size of the page makes no sense.
    #[error("the page has no size")]
    Page,
    /// The PDF could not be written.
    #[error("the PDF could not be written: {0}")]
    Write(String),
}

/// The paper as a PDF, with a font of the clinic's own for what the built-in ones lack.
///
/// # Errors
/// Only when the program itself is broken, see [`PrintError`].
pub fn print(paper: &Paper, own: Option<FontFile>) -> Result<Vec<u8>, PrintError> {
    let fonts = Fonts::load(own)?;
    let paper = printable::printable(paper, &fonts);
    let flow = Flow::of(&paper, &fonts);
    let sheets = pages::fill(flow.strips, &flow.heads);
    draw::write(&paper, &fonts, sheets, flow.tree)
}

#[cfg(test)]
mod tests;

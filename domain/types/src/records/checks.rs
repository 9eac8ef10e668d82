//! Collects what is wrong with a form, so that it is told all at once.

use crate::problem::{FieldErrors, Problem};

/// Longest line.
pub const LONGEST_LINE: usize = 200;
/// Longest text of one part of a note.
pub const LONGEST_TEXT: usize = 20_000;
/// Longest remark.
pub const LONGEST_REMARK: usize = 2_000;

/// Collects what is wrong with a form.
#[derive(Debug, Default)]
pub(super) struct Checks(FieldErrors);

impl Checks {
    pub(super) fn complain(&mut self, field: &str, sentence: impl Into<String>) {
        self.0.entry(field.to_owned()).or_default().push(sentence.into());
    }

    pub(super) fn text(&mut self, field: &str, text: &str, most: usize) -> String {
        let text = crate::text::written(text).unwrap_or_else(|sentence| {
            self.complain(field, sentence);
            text.trim().to_owned()
        });
        if let Err(sentence) = crate::text::at_most(most, &text) {
            self.complain(field, sentence);
        }
        text
    }

    pub(super) fn line(&mut self, field: &str, text: &str) -> String {
        let line = self.text(field, text, LONGEST_LINE);
        if line.contains('\n') {
            self.complain(field, "Write it on one line.");
        }
        line
    }

    /// "2019", "spring 2024", "2024-02-29": words, but what is written as a date has to be one, and behind us.
    pub(super) fn since(&mut self, field: &str, text: &str, today: jiff::civil::Date) -> String {
        let line = self.line(field, text);
        if let Err(sentence) = super::since::check(&line, today) {
            self.complain(field, sentence);
        }
        line
    }

    pub(super) fn needed(&mut self, field: &str, text: &str, sentence: &str) -> String {
        let text = self.line(field, text);
        if text.is_empty() {
            self.complain(field, sentence);
        }
        text
    }

    /// A text that must be there, on more than one line.
    pub(super) fn told(&mut self, field: &str, text: &str, most: usize, sentence: &str) -> String {
        let text = self.text(field, text, most);
        if text.is_empty() {
            self.complain(field, sentence);
        }
        text
    }

    pub(super) fn done<T>(self, value: T) -> Result<T, Problem> {
        Problem::fields(self.0).map_or(Ok(value), Err)
    }
}

//! Pages of long lists.

use serde::{Deserialize, Serialize};

use crate::problem::{Problem, ProblemCode};

pub const DEFAULT_PAGE_SIZE: u32 = 10;
pub const MAX_PAGE_SIZE: u32 = 100;

/// The place of a row in a list, after which another page begins. A row that is added meanwhile moves nothing, and
/// nothing before it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// By what the list is ordered first: seconds, or a day.
    pub at: i64,
    pub id: i64,
    /// Where several rows share an id.
    pub part: i64,
}

impl Cursor {
    /// As it stands in an address. Programs hand it back as it is.
    #[must_use]
    pub fn encode(self) -> String {
        format!("{}.{}.{}", self.at, self.id, self.part)
    }

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split('.').map(|number| number.parse().ok());
        let cursor = Self { at: numbers.next()??, id: numbers.next()??, part: numbers.next()?? };
        (numbers.next().is_none() && cursor.encode() == text).then_some(cursor)
    }
}

/// Where a page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Start {
    /// Numbered from 1.
    Page(u32),
    /// After a row, or at the first.
    After(Option<Cursor>),
}

/// Which page is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRequest {
    start: Start,
    size: u32,
}

impl PageRequest {
    /// Pages that cannot be do not exist (404). A size that is no number from 1 is told so; larger ones are brought down
    /// to 100.
    ///
    /// # Errors
    /// `NOT_FOUND` when `page` is not a whole number from 1, `VALIDATION_ERROR` when `page_size` is not.
    pub fn parse(page: Option<&str>, size: Option<&str>) -> Result<Self, Problem> {
        let no_page = || Problem::new(ProblemCode::NotFound, "Page not found.");
        let page = match page {
            None | Some("") => 1,
            Some(text) => text.parse::<u32>().ok().filter(|&n| n >= 1).ok_or_else(no_page)?,
        };
        let size = match size {
            None | Some("") => DEFAULT_PAGE_SIZE,
            Some(text) => Self::size_in(text).ok_or_else(|| {
                Problem::field("page_size", "Write how many are wanted on a page as a whole number from 1.")
            })?,
        };
        Ok(Self { start: Start::Page(page), size })
    }

    /// The same with `cursor`, which is empty for the first page of a list that is gone through from row to row.
    ///
    /// # Errors
    /// `VALIDATION_ERROR` when it is no cursor, otherwise as for [`PageRequest::parse`].
    pub fn parse_with_cursor(page: Option<&str>, size: Option<&str>, cursor: Option<&str>) -> Result<Self, Problem> {
        let unknown = || Problem::field("cursor", "This cursor is not one that a list gave.");
        // A page beside a cursor is not counted, but what is none is still refused.
        let request = Self::parse(page, size)?;
        Ok(match cursor {
            None => request,
            Some("") => Self { start: Start::After(None), ..request },
            Some(text) => Self { start: Start::After(Some(Cursor::parse(text).ok_or_else(unknown)?)), ..request },
        })
    }

    fn size_in(text: &str) -> Option<u32> {
        let size = text.parse::<i32>().ok().filter(|size| *size >= 1 && !text.starts_with('+'))?;
        u32::try_from(size).ok().map(|size| size.min(MAX_PAGE_SIZE))
    }

    #[must_use]
    pub const fn new(page: u32, size: u32) -> Self {
        Self { start: Start::Page(if page == 0 { 1 } else { page }), size: if size == 0 { 1 } else { size } }
    }

    #[must_use]
    pub const fn page(self) -> u32 {
        match self.start {
            Start::Page(page) => page,
            Start::After(_) => 1,
        }
    }

    /// Whether the list is gone through from row to row. Nobody counts it then.
    #[must_use]
    pub const fn is_by_cursor(self) -> bool {
        matches!(self.start, Start::After(_))
    }

    /// The row after which the page begins, when there is one.
    #[must_use]
    pub const fn after(self) -> Option<Cursor> {
        match self.start {
            Start::Page(_) => None,
            Start::After(cursor) => cursor,
        }
    }

    #[must_use]
    pub const fn size(self) -> u32 {
        self.size
    }

    /// Rows before this page.
    #[must_use]
    pub const fn offset(self) -> u64 {
        (self.page() as u64 - 1) * self.size as u64
    }
}

impl Default for PageRequest {
    fn default() -> Self {
        Self { start: Start::Page(1), size: DEFAULT_PAGE_SIZE }
    }
}

/// One page of a list and how long the whole list is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    pub count: u64,
    pub page: u32,
    pub size: u32,
    pub results: Vec<T>,
    /// Whether it was gone through from row to row: `count` is that of this page then.
    #[serde(default)]
    pub is_by_cursor: bool,
    /// After which row the next page begins, in lists that can be gone through so.
    #[serde(default)]
    pub next_cursor: Option<Cursor>,
}

impl<T> Page<T> {
    #[must_use]
    pub fn new(request: PageRequest, count: u64, results: Vec<T>) -> Self {
        let is_by_cursor = request.is_by_cursor();
        Self { count, page: request.page(), size: request.size, results, is_by_cursor, next_cursor: None }
    }

    /// The same with the place of its last row, when another page follows.
    #[must_use]
    pub fn ending_at(mut self, last: Option<Cursor>) -> Self {
        let is_full = u32::try_from(self.results.len()).is_ok_and(|rows| rows >= self.size);
        let has_more = if self.is_by_cursor { is_full } else { self.next().is_some() };
        self.next_cursor = last.filter(|_| has_more);
        self
    }

    #[must_use]
    pub fn pages(&self) -> u32 {
        u32::try_from(self.count.div_ceil(u64::from(self.size.max(1)))).unwrap_or(u32::MAX).max(1)
    }

    #[must_use]
    pub fn next(&self) -> Option<u32> {
        (self.page < self.pages()).then(|| self.page + 1)
    }

    #[must_use]
    pub fn previous(&self) -> Option<u32> {
        (self.page > 1).then(|| self.page - 1)
    }

    #[must_use]
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        let Self { count, page, size, results, is_by_cursor, next_cursor } = self;
        Page { count, page, size, results: results.into_iter().map(f).collect(), is_by_cursor, next_cursor }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(None, None, Some((1, 10)))]
    #[case(Some("3"), Some("500"), Some((3, 100)))]
    #[case(None, Some("100"), Some((1, 100)))]
    #[case(None, Some("2147483647"), Some((1, 100)))]
    #[case(None, Some("2147483648"), None)]
    #[case(Some("2"), Some(""), Some((2, 10)))]
    #[case(Some("2"), Some("x"), None)]
    #[case(None, Some("0"), None)]
    #[case(None, Some("000"), None)]
    #[case(None, Some("-1"), None)]
    #[case(None, Some("1.5"), None)]
    #[case(Some("0"), None, None)]
    #[case(Some("-1"), None, None)]
    #[case(Some("last"), None, None)]
    fn pages_are_numbered_from_one_and_sizes_are_bounded(
        #[case] page: Option<&str>,
        #[case] size: Option<&str>,
        #[case] expected: Option<(u32, u32)>,
    ) {
        assert_eq!(PageRequest::parse(page, size).ok().map(|r| (r.page(), r.size())), expected);
    }

    #[rstest]
    #[case(None, Some((false, None)))]
    #[case(Some(""), Some((true, None)))]
    #[case(Some("1764000000.12.0"), Some((true, Some(Cursor { at: 1_764_000_000, id: 12, part: 0 }))))]
    #[case(Some("-5.1.2"), Some((true, Some(Cursor { at: -5, id: 1, part: 2 }))))]
    #[case(Some("1.2"), None)]
    #[case(Some("1.2.3.4"), None)]
    #[case(Some("+1.2.3"), None)]
    #[case(Some("1.2.x"), None)]
    #[case(Some("99999999999999999999.2.3"), None)]
    fn a_cursor_reads_back_and_nothing_else_is_one(
        #[case] cursor: Option<&str>,
        #[case] expected: Option<(bool, Option<Cursor>)>,
    ) {
        let request = PageRequest::parse_with_cursor(Some("7"), None, cursor).ok();
        assert_eq!(request.map(|request| (request.is_by_cursor(), request.after())), expected);
    }

    #[rstest]
    #[case(Some("-14464"), None, "NOT_FOUND")]
    #[case(None, Some("0"), "VALIDATION_ERROR")]
    fn beside_a_cursor_the_page_and_its_size_still_have_to_be_numbers(
        #[case] page: Option<&str>,
        #[case] size: Option<&str>,
        #[case] expected: &str,
    ) {
        let refused = PageRequest::parse_with_cursor(page, size, Some("")).unwrap_err();
        assert_eq!(refused.code.as_str(), expected);
    }

    #[test]
    fn another_page_follows_by_the_count_or_by_a_full_page() {
        let last = Some(Cursor { at: 1, id: 2, part: 0 });
        let counted = |page, count| Page::new(PageRequest::new(page, 2), count, vec![1_u8, 2]).ending_at(last);
        assert_eq!((counted(1, 3).next_cursor, counted(2, 4).next_cursor), (last, None));
        let request = PageRequest::parse_with_cursor(None, Some("2"), Some("")).unwrap();
        let walked = |rows: &[u8]| Page::new(request, 0, rows.to_vec()).ending_at(last);
        assert_eq!((walked(&[1, 2]).next_cursor, walked(&[1]).next_cursor), (last, None));
    }

    #[test]
    fn an_empty_list_has_one_page() {
        let page = Page::<u8>::new(PageRequest::default(), 0, vec![]);
        assert_eq!((page.pages(), page.next(), page.previous()), (1, None, None));
        let page = Page::<u8>::new(PageRequest::new(2, 10), 21, vec![]);
        assert_eq!((page.pages(), page.next(), page.previous()), (3, Some(3), Some(1)));
    }
}

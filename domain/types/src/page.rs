//! Pages of long lists.

use serde::{Deserialize, Serialize};

use crate::problem::{Problem, ProblemCode};

pub const DEFAULT_PAGE_SIZE: u32 = 10;
pub const MAX_PAGE_SIZE: u32 = 100;

/// Which page is wanted: numbered from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRequest {
    page: u32,
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
        Ok(Self { page, size })
    }

    fn size_in(text: &str) -> Option<u32> {
        let size = text.parse::<i32>().ok().filter(|size| *size >= 1 && !text.starts_with('+'))?;
        u32::try_from(size).ok().map(|size| size.min(MAX_PAGE_SIZE))
    }

    #[must_use]
    pub const fn new(page: u32, size: u32) -> Self {
        Self { page: if page == 0 { 1 } else { page }, size: if size == 0 { 1 } else { size } }
    }

    #[must_use]
    pub const fn page(self) -> u32 {
        self.page
    }

    #[must_use]
    pub const fn size(self) -> u32 {
        self.size
    }

    /// Rows before this page.
    #[must_use]
    pub const fn offset(self) -> u64 {
        (self.page as u64 - 1) * self.size as u64
    }
}

impl Default for PageRequest {
    fn default() -> Self {
        Self { page: 1, size: DEFAULT_PAGE_SIZE }
    }
}

/// One page of a list and how long the whole list is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    pub count: u64,
    pub page: u32,
    pub size: u32,
    pub results: Vec<T>,
}

impl<T> Page<T> {
    #[must_use]
    pub fn new(request: PageRequest, count: u64, results: Vec<T>) -> Self {
        Self { count, page: request.page, size: request.size, results }
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
        Page { count: self.count, page: self.page, size: self.size, results: self.results.into_iter().map(f).collect() }
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

    #[test]
    fn an_empty_list_has_one_page() {
        let page = Page::<u8>::new(PageRequest::default(), 0, vec![]);
        assert_eq!((page.pages(), page.next(), page.previous()), (1, None, None));
        let page = Page::<u8>::new(PageRequest::new(2, 10), 21, vec![]);
        assert_eq!((page.pages(), page.next(), page.previous()), (3, Some(3), Some(1)));
    }
}

//! Lists: one page with links to its neighbours.

use axum::extract::FromRequestParts;
use domain_types::{
    Problem, ProblemCode,
    page::{Cursor, Page, PageRequest},
};
use http::request::Parts;
use serde::{Deserialize, Serialize};
use url::form_urlencoded;
use utoipa::{IntoParams, ToSchema};

use crate::{api::error::ApiError, middleware::paths::RequestedPath, state::AppState};

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PageBody<T> {
    /// How long the whole list is. Not counted with a `cursor`.
    count: Option<u64>,
    /// Address of the next page.
    next: Option<String>,
    /// Address of the page before. There is none with a `cursor`.
    previous: Option<String>,
    /// The `cursor` of the next page, in lists that take one.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
    results: Vec<T>,
}

/// Which page of a list is wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct PageQuery {
    /// Which page of the list, from 1. A page behind the last is 404.
    #[param(value_type = Option<u32>, minimum = 1)]
    page: Option<String>,
    /// How many entries on a page: 10 unless told otherwise, at most 100.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    page_size: Option<String>,
}

impl PageQuery {
    /// # Errors
    /// 404 for a page that cannot be.
    pub fn request(&self) -> Result<PageRequest, Problem> {
        PageRequest::parse(self.page.as_deref(), self.page_size.as_deref())
    }
}

/// Which part of a list that grows is wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct CursorQuery {
    /// Which page of the list, from 1. A page behind the last is 404.
    #[param(value_type = Option<u32>, minimum = 1)]
    page: Option<String>,
    /// How many entries on a page: 10 unless told otherwise, at most 100.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    page_size: Option<String>,
    /// In place of `page`: empty for the first page, then the `next_cursor` of the answer before. Pages stay whole while
    /// entries are added, and long lists are as fast at their end as at their beginning.
    cursor: Option<String>,
}

impl CursorQuery {
    /// # Errors
    /// 404 for a page that cannot be, 422 for what is no cursor.
    pub fn request(&self) -> Result<PageRequest, Problem> {
        PageRequest::parse_with_cursor(self.page.as_deref(), self.page_size.as_deref(), self.cursor.as_deref())
    }
}

/// Makes the links of a list, in the form of address that was asked for.
#[derive(Clone, Debug)]
pub struct Links {
    address: String,
    query: Vec<(String, String)>,
}

impl FromRequestParts<AppState> for Links {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Self::Rejection> {
        let requested = parts.extensions.get::<RequestedPath>();
        let path = requested.map_or_else(|| parts.uri.path(), |RequestedPath(path)| path);
        let query = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        let query = query
            .filter(|(name, _)| name != "page" && name != "cursor")
            .map(|(n, v)| (n.into_owned(), v.into_owned()))
            .collect();
        Ok(Self { address: format!("{}{path}", state.public.url()), query })
    }
}

impl Links {
    /// # Errors
    /// 404 for a page behind the last one.
    pub fn page<V, T: From<V>>(&self, page: Page<V>) -> Result<PageBody<T>, ApiError> {
        let next_cursor = page.next_cursor.map(Cursor::encode);
        if page.is_by_cursor {
            return Ok(PageBody {
                count: None,
                next: next_cursor.as_deref().map(|cursor| self.to("cursor", cursor)),
                previous: None,
                next_cursor,
                results: page.results.into_iter().map(T::from).collect(),
            });
        }
        if page.page > page.pages() {
            return Err(Problem::new(ProblemCode::NotFound, "Page not found.").into());
        }
        Ok(PageBody {
            count: Some(page.count),
            next: page.next().map(|number| self.to("page", &number.to_string())),
            previous: page.previous().map(|number| self.to("page", &number.to_string())),
            next_cursor,
            results: page.results.into_iter().map(T::from).collect(),
        })
    }

    fn to(&self, name: &str, value: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.query).append_pair(name, value);
        format!("{}?{}", self.address, query.finish())
    }
}

/// The fields of a query as they came, told as one problem when some cannot be meant.
#[derive(Debug, Default)]
pub struct Checked {
    wrong: domain_types::FieldErrors,
}

impl Checked {
    /// Reads an optional value; an empty one counts as absent.
    pub fn read<T>(
        &mut self,
        field: &str,
        text: Option<&str>,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let text = text.filter(|text| !text.is_empty())?;
        parse(text).map_err(|sentence| self.wrong.entry(field.to_owned()).or_default().push(sentence)).ok()
    }

    /// Reads a value that must be there; `parse` says so when it is empty.
    pub fn require<T>(
        &mut self,
        field: &str,
        text: Option<&str>,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        parse(text.unwrap_or_default())
            .map_err(|sentence| self.wrong.entry(field.to_owned()).or_default().push(sentence))
            .ok()
    }

    /// # Errors
    /// `VALIDATION_ERROR` with all fields that were wrong.
    pub fn done(self) -> Result<(), Problem> {
        Problem::fields(self.wrong).map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links() -> Links {
        Links {
            address: "https://clinic.example/api/v1/appointments/doctors/".into(),
            query: vec![("search".into(), "o'neil & co".into())],
        }
    }

    #[test]
    fn links_keep_the_prefix_and_the_filters() {
        let page: PageBody<u8> = links().page(Page::new(PageRequest::new(2, 1), 3, vec![7_u8])).unwrap();
        let base = "https://clinic.example/api/v1/appointments/doctors/?search=o%27neil+%26+co";
        assert_eq!(page.next.unwrap(), format!("{base}&page=3"));
        assert_eq!(page.previous.unwrap(), format!("{base}&page=1"));
    }

    #[test]
    fn a_page_behind_the_last_is_not_found() {
        let beyond: Result<PageBody<u8>, _> = links().page(Page::new(PageRequest::new(4, 1), 3, Vec::<u8>::new()));
        assert_eq!(beyond.unwrap_err().0.status(), 404);
    }
}

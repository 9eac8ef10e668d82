//! JSON bodies, and what is told when they are none.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use domain_types::{Problem, ProblemCode};
use http::{HeaderMap, header};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::api::error::ApiError;

/// A JSON body.
///
/// 415 when it is not said to be JSON, 400 when it is not JSON, 422 when a value is of the wrong kind.
#[derive(Debug)]
pub struct JsonBody<T> {
    pub value: T,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for JsonBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            let detail = "Send the body as application/json.";
            return Err(Problem::new(ProblemCode::UnsupportedMediaType, detail).into());
        }
        let unreadable = |_| Problem::new(ProblemCode::BadRequest, "The body could not be read.");
        let bytes = Bytes::from_request(request, state).await.map_err(unreadable)?;
        Ok(Self { value: parse(&bytes)? })
    }
}

/// The same for routes whose body may be left out.
#[derive(Debug)]
pub struct OptionalJson<T>(pub Option<T>);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for OptionalJson<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let has_none = !request.headers().contains_key(header::CONTENT_TYPE);
        if has_none {
            let bytes = Bytes::from_request(request, state).await.unwrap_or_default();
            return match bytes.is_empty() {
                true => Ok(Self(None)),
                false => {
                    Err(Problem::new(ProblemCode::UnsupportedMediaType, "Send the body as application/json.").into())
                }
            };
        }
        JsonBody::from_request(request, state).await.map(|body| Self(Some(body.value)))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let body: Value = serde_json::from_slice(bytes)
        .map_err(|_| Problem::new(ProblemCode::BadRequest, "The body is not valid JSON."))?;
    if !body.is_object() {
        // An array would be taken for the fields in their order.
        return Err(Problem::new(ProblemCode::ValidationError, "The body must be a JSON object."));
    }
    // What was sent is not repeated: it may be a password.
    serde_path_to_error::deserialize(body)
        .map_err(|error| Problem::field(&error.path().to_string(), "This value is not of the expected kind."))
}

/// A text that must be there.
///
/// # Errors
/// `VALIDATION_ERROR` for the field.
pub fn required(field: &str, value: Option<String>) -> Result<String, Problem> {
    value.filter(|text| !text.is_empty()).ok_or_else(|| Problem::field(field, "This field is required."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    struct Sample {
        #[allow(dead_code, reason = "only its reading is tested")]
        doctor: Option<i64>,
    }

    #[rstest]
    #[case("", 400)]
    #[case("{", 400)]
    #[case("{} x", 400)]
    #[case("\u{0}", 400)]
    #[case("[1,2]", 422)]
    #[case("null", 422)]
    #[case(r#"{"doctor":"three"}"#, 422)]
    #[case(r#"{"doctor":1e99}"#, 422)]
    #[case(r#"{"doctor":99999999999999999999}"#, 422)]
    fn what_is_no_json_is_told_apart_from_wrong_values(#[case] text: &str, #[case] status: u16) {
        assert_eq!(parse::<Sample>(text.as_bytes()).unwrap_err().status(), status, "{text}");
    }

    #[test]
    fn a_wrong_value_is_named_by_its_field_and_not_repeated() {
        let problem = parse::<Sample>(br#"{"doctor":"hunter2"}"#).unwrap_err();
        assert!(problem.for_field("doctor").is_some());
        assert!(!format!("{problem:?}").contains("hunter2"));
    }

    #[rstest]
    #[case("application/json", true)]
    #[case("Application/JSON; charset=utf-8", true)]
    #[case("application/vnd.api+json", true)]
    #[case("text/plain", false)]
    #[case("application/x-www-form-urlencoded", false)]
    fn only_json_is_taken(#[case] kind: &'static str, #[case] taken: bool) {
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, http::HeaderValue::from_static(kind))]);
        assert_eq!(is_json(&headers), taken);
    }
}

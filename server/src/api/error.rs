//! Errors as programs read them: RFC 9457, with the members of the first SecureMed beside them.

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Response};
use domain_types::Problem;
use http::{HeaderValue, header};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::{
    ToSchema,
    openapi::{
        RefOr, Schema,
        schema::{ArrayBuilder, KnownFormat, Object, ObjectBuilder, SchemaFormat, Type},
    },
};

use crate::refusal::{Refusal, status_of};

/// What a handler fails with. Its body is written by [`crate::middleware::tell`], which knows the request's id.
#[derive(Clone, Debug)]
pub struct ApiError(pub Problem);

impl From<domain::Error> for ApiError {
    fn from(error: domain::Error) -> Self {
        Self(error.to_problem())
    }
}

impl From<Problem> for ApiError {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        Refusal(self.0).into_response()
    }
}

/// An error (RFC 9457) with the members that clients of the first SecureMed read.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemDocument {
    /// Names the kind of problem.
    #[serde(rename = "type")]
    kind: String,
    title: String,
    status: u16,
    /// One sentence: what happened and what to do next.
    detail: String,
    /// Names the request; please quote it.
    instance: String,
    /// The same sentence as `detail`.
    error: String,
    /// `SLOT_TAKEN`
    code: String,
    /// Sentences by field, and with 409 `nearest_slots`.
    #[schema(schema_with = details)]
    details: BTreeMap<String, Value>,
}

impl From<&Problem> for ProblemDocument {
    fn from(problem: &Problem) -> Self {
        let mut details: BTreeMap<String, Value> =
            problem.fields.iter().map(|(field, sentences)| (field.clone(), json!(sentences))).collect();
        if !problem.nearest_slots.is_empty() {
            let slots = problem.nearest_slots.iter().map(|slot| json!({"date": slot.date, "time": slot.time}));
            details.insert("nearest_slots".into(), slots.collect());
        }
        let name = problem.code.as_str().to_lowercase().replace('_', "-");
        Self {
            kind: format!("urn:securemed:problem:{name}"),
            title: problem.title().into(),
            status: problem.status(),
            detail: problem.detail.clone(),
            instance: format!("urn:securemed:request:{}", problem.request_id.as_deref().unwrap_or("unknown")),
            error: problem.detail.clone(),
            code: problem.code.as_str().into(),
            details,
        }
    }
}

/// The shape of `details`: sentences under any name, and free times under one.
fn details() -> Schema {
    let word = || Object::with_type(Type::String);
    let slot = ObjectBuilder::new()
        .property("date", ObjectBuilder::from(word()).format(Some(SchemaFormat::KnownFormat(KnownFormat::Date))))
        .required("date")
        .property("time", ObjectBuilder::from(word()).description(Some("`HH:MM`")))
        .required("time");
    let sentences = ArrayBuilder::new().items(word()).build();
    ObjectBuilder::new()
        .schema_type(Type::Object)
        .property("nearest_slots", ArrayBuilder::new().items(slot))
        .additional_properties(Some(RefOr::T(Schema::from(sentences))))
        .build()
        .into()
}

/// The whole response for a problem.
#[must_use]
pub fn problem_document(problem: &Problem) -> Response {
    let mut response = (status_of(problem), axum::Json(ProblemDocument::from(problem))).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain_types::{NearestSlot, ProblemCode};

    #[test]
    fn a_taken_slot_comes_with_the_nearest_free_ones() {
        let nearest =
            NearestSlot { date: "2026-12-01".into(), time: "09:30".into(), label: "Tue 1 December, 09:30".into() };
        let problem = Problem {
            nearest_slots: vec![nearest],
            request_id: Some("abc".into()),
            ..Problem::new(ProblemCode::SlotTaken, "That time is no longer free. Please choose another.")
        };
        let document = serde_json::to_value(ProblemDocument::from(&problem)).unwrap();
        assert_eq!(document["details"], json!({"nearest_slots": [{"date": "2026-12-01", "time": "09:30"}]}));
        assert_eq!(document["type"], "urn:securemed:problem:slot-taken");
        assert_eq!(document["instance"], "urn:securemed:request:abc");
        assert_eq!(document["error"], document["detail"]);
    }
}

//! The house's extractors: their refusals have the shape of every other refusal.

use std::{convert::Infallible, str::FromStr};

use axum::extract::{FromRequestParts, Path, rejection::PathRejection};
use domain::access::Actor;
use domain_types::ProblemCode;
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::refusal::Refusal;

/// Who is asking, as the authenticate layer resolved it.
#[derive(Clone, Debug)]
pub struct Caller(pub Actor);

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.extensions.get::<Actor>().cloned().unwrap_or_else(Actor::anonymous)))
    }
}

/// Who is asking, when somebody is signed in; otherwise 401.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Actor);

impl<S: Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let Ok(Caller(actor)) = Caller::from_request_parts(parts, state).await;
        if actor.is_signed_in() { Ok(Self(actor)) } else { Err(domain::Error::Unauthenticated.into()) }
    }
}

/// The id in the path. What is not a number names nothing.
#[derive(Clone, Copy, Debug)]
pub struct Id<T>(pub T);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for Id<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let text: Result<Path<String>, PathRejection> = Path::from_request_parts(parts, state).await;
        let id = text.ok().and_then(|Path(text)| text.parse().ok());
        id.map(Self).ok_or_else(Refusal::not_found)
    }
}

/// The query. One that cannot be parsed is 400; what its values mean is checked afterwards.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        match axum::extract::Query::from_request_parts(parts, state).await {
            Ok(axum::extract::Query(query)) => Ok(Self(query)),
            Err(_) => Err(Refusal::new(ProblemCode::BadRequest, "The query could not be read.")),
        }
    }
}

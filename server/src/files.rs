//! Documents that are sent to be kept.

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use domain::records::{
    DocumentStream, Printed,
    upload::{MediaType, content_disposition},
};
use domain_types::ProblemCode;
use http::{HeaderValue, header};

use crate::refusal::Refusal;

/// A file to be kept. Its name is made of a stored reference: nothing in it could break out of the header.
pub fn attachment(media_type: &'static str, name: &str, body: impl IntoResponse) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, body).into_response()
}

/// An entry of the record, printed.
pub fn as_pdf(printed: Printed) -> Response {
    attachment("application/pdf", &printed.name, printed.bytes)
}

/// What a document may do when a browser shows it after all: nothing.
const POLICY: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'");

/// A document as it was stored, piece by piece. Its kind is the one that its bytes were found to be, never one that was
/// told; and its length is told, so that one that breaks off is seen to.
pub fn as_document(stream: DocumentStream) -> Response {
    let media_type = match stream.media_type {
        MediaType::Text => "text/plain; charset=utf-8",
        other => other.essence(),
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_LENGTH, HeaderValue::from(stream.size)),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    let Ok(disposition) = HeaderValue::try_from(content_disposition(&stream.name)) else {
        return Refusal::new(ProblemCode::Internal, "The name of this document cannot be told.").into_response();
    };
    let pieces = futures::stream::try_unfold(stream, |mut stream| async move {
        match stream.next().await {
            Ok(piece) => Ok(piece.map(|bytes| (bytes, stream))),
            Err(error) => {
                // The answer has begun: it breaks off, and here it is told why.
                let _ = error.to_problem();
                Err(error)
            }
        }
    });
    let mut response = (headers, Body::from_stream(pieces)).into_response();
    response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    response
}

//! Documents that are sent to be kept.

use axum::response::{IntoResponse, Response};
use domain::records::Printed;
use http::header;

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

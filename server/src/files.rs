//! Documents that are sent to be kept.

use axum::response::{IntoResponse, Response};
use domain::records::Printed;
use http::header;

/// A PDF to be kept. Its name is made of a stored reference: nothing in it could break out of the header.
pub fn as_pdf(printed: Printed) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", printed.name)),
    ];
    (headers, printed.bytes).into_response()
}

//! Documents that are sent to be stored: a form with a file in it, read whole within bounds of its own.
//!
//! Nothing of it is read before it is known who sends it, and only so many are in memory at once: whoever comes then is
//! told to come back. What is refused unread is still taken from the connection, up to a bound, because browsers show no
//! answer before they have sent everything.

use std::sync::Arc;

use app::forms::DRAWN_FOR;
use axum::{
    body::Body,
    extract::{
        DefaultBodyLimit, FromRequest, Multipart, Request,
        multipart::{Field, MultipartError},
    },
};
use domain::records::{AddDocument, upload};
use domain_types::{Problem, ProblemCode};
use http::StatusCode;
use http_body_util::BodyExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    middleware::limits::announced,
    refusal::Refusal,
    state::{AppState, Limits},
};

/// When to come back, in seconds.
const COME_BACK: u32 = 5;
/// So many times the largest body is taken from a connection to be forgotten.
const PATIENCE: u64 = 4;

/// Places for uploads in memory.
#[derive(Clone, Debug)]
pub struct Places(Arc<Semaphore>);

impl Places {
    #[must_use]
    pub fn new(count: usize) -> Self {
        Self(Arc::new(Semaphore::new(count)))
    }

    fn take(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.0).try_acquire_owned().ok()
    }
}

/// A form with a document, in memory.
#[derive(Debug)]
pub struct Upload {
    pub document: AddDocument,
    /// About whom it is; empty for one's own.
    pub patient: String,
    /// For whom the form was drawn.
    pub drawn_for: Option<String>,
    /// Held as long as the document is.
    pub place: OwnedSemaphorePermit,
}

/// Reads the form: `file`, `note`, `patient`, `key` and `drawn_for`. Whatever else stands in it is passed over.
///
/// # Errors
/// 413 above the bound, 415 for what is no such form, 400 for one that cannot be read, 503 when too many are here.
pub async fn receive(state: &AppState, request: Request) -> Result<Upload, Refusal> {
    let limits = state.limits;
    if announced(request.headers()).is_some_and(|bytes| bytes > limits.upload_bytes as u64) {
        discard(limits, request).await;
        return Err(too_large());
    }
    let Some(place) = state.uploads.take() else {
        discard(limits, request).await;
        return Err(Refusal(Problem {
            retry_after: Some(COME_BACK),
            ..Problem::new(
                ProblemCode::Unavailable,
                "Other documents are being uploaded. Please try again in a moment.",
            )
        }));
    };
    let too_slow = |_| Refusal::new(ProblemCode::BadRequest, "The document took too long to arrive.");
    tokio::time::timeout(limits.upload_time, read(request, limits.upload_bytes, place)).await.map_err(too_slow)?
}

async fn read(mut request: Request, bound: usize, place: OwnedSemaphorePermit) -> Result<Upload, Refusal> {
    DefaultBodyLimit::max(bound).apply(&mut request);
    let no_form = |_| Refusal::new(ProblemCode::UnsupportedMediaType, "Send the document as multipart/form-data.");
    let mut form = Multipart::from_request(request, &()).await.map_err(no_form)?;
    let mut upload = Upload { document: AddDocument::default(), patient: String::new(), drawn_for: None, place };
    while let Some(field) = form.next_field().await.map_err(broken)? {
        match field.name() {
            Some("file") => {
                upload.document.file_name = field.file_name().unwrap_or_default().to_owned();
                upload.document.bytes = field.bytes().await.map_err(broken)?.into();
            }
            Some("note") => upload.document.note = text(field).await?,
            Some("patient") => upload.patient = text(field).await?,
            Some(DRAWN_FOR) => upload.drawn_for = Some(text(field).await?),
            Some("key") => upload.document.key = Some(text(field).await?),
            _ => {}
        }
    }
    Ok(upload)
}

/// What was typed. It is UTF-8, whatever the part says.
async fn text(field: Field<'_>) -> Result<String, Refusal> {
    let bytes = field.bytes().await.map_err(broken)?;
    String::from_utf8(bytes.into()).map_err(|_| Refusal::new(ProblemCode::BadRequest, "The form is not in UTF-8."))
}

#[allow(clippy::needless_pass_by_value, reason = "for map_err")]
fn broken(error: MultipartError) -> Refusal {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => Refusal::new(ProblemCode::BadRequest, "The form could not be read."),
    }
}

fn too_large() -> Refusal {
    Refusal::new(ProblemCode::PayloadTooLarge, upload::Refusal::TooLarge.sentence())
}

/// Takes what is on its way from the connection and forgets it.
pub async fn discard(limits: Limits, request: Request) {
    let most = PATIENCE * limits.upload_bytes as u64;
    if announced(request.headers()).is_some_and(|bytes| bytes > most) {
        return;
    }
    // Whoever does not finish in time sees a connection that broke off.
    let _ = tokio::time::timeout(limits.upload_time, drain(request.into_body(), most)).await;
}

async fn drain(mut body: Body, most: u64) {
    let mut seen = 0;
    while let Some(Ok(frame)) = body.frame().await {
        seen += frame.data_ref().map_or(0, |data| data.len() as u64);
        if seen > most {
            break;
        }
    }
}

//! Documents that are sent to be stored: a form with a file in it, read whole within bounds of its own.
//!
//! Nothing of it is read before it is known who sends it, and only so many are in memory at once, one of each person:
//! whoever comes then is told to come back. A document has to come at a pace, so that nobody holds a place for nothing.
//! What is refused unread is still taken from the connection ([`crate::middleware::drain`]).

use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{
    body::Body,
    extract::{
        DefaultBodyLimit, FromRequest, Multipart, Request,
        multipart::{Field, MultipartError},
    },
};
use domain::{
    access::Actor,
    records::{AddDocument, upload},
};
use domain_types::{Problem, ProblemCode, UserId};
use futures::TryStreamExt;
use http::StatusCode;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, sleep_until},
};

use crate::{
    middleware::limits::{announced, too_slow},
    refusal::Refusal,
    state::{AppState, Limits, Pace},
};

/// When to come back, in seconds.
const COME_BACK: u32 = 5;

/// Places for uploads in memory, and who has one.
#[derive(Clone, Debug)]
pub struct Places {
    free: Arc<Semaphore>,
    people: Arc<Mutex<HashSet<UserId>>>,
}

/// One place, given back when it is dropped.
#[derive(Debug)]
pub struct Place {
    whose: UserId,
    people: Arc<Mutex<HashSet<UserId>>>,
    _free: OwnedSemaphorePermit,
}

impl Places {
    #[must_use]
    pub fn new(count: usize) -> Self {
        Self { free: Arc::new(Semaphore::new(count)), people: Arc::default() }
    }

    /// A place for somebody who has none.
    fn take(&self, whose: UserId) -> Result<Place, Refusal> {
        let later = |detail: &str| {
            let problem = Problem::new(ProblemCode::Unavailable, detail);
            Refusal(Problem { retry_after: Some(COME_BACK), ..problem })
        };
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        if people.contains(&whose) {
            return Err(later("Another document of yours is being uploaded. Please try again when that has finished."));
        }
        let busy = |_| later("Other documents are being uploaded. Please try again in a moment.");
        let free = Arc::clone(&self.free).try_acquire_owned().map_err(busy)?;
        people.insert(whose);
        Ok(Place { whose, people: Arc::clone(&self.people), _free: free })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.people.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.whose);
    }
}

/// A form with a document, in memory.
#[derive(Debug)]
pub struct Upload {
    pub document: AddDocument,
    /// About whom it is; empty for one's own.
    pub patient: String,
    /// Held as long as the document is.
    pub place: Place,
}

/// Reads the form: `file`, `note`, `patient` and `key`. Whatever else stands in it is passed over.
///
/// # Errors
/// 401 for nobody, 413 above the bound, 415 for what is no such form, 400 for one that cannot be read, 408 for one that
/// comes too slowly, 503 when too many are here.
pub async fn receive(state: &AppState, actor: &Actor, request: Request) -> Result<Upload, Refusal> {
    let (limits, whose) = (state.limits, actor.person()?.user());
    if announced(request.headers()).is_some_and(|bytes| bytes > limits.upload_bytes as u64) {
        return Err(too_large());
    }
    let place = state.uploads.take(whose)?;
    let arrived = Arc::new(AtomicU64::new(0));
    let request = request.map(|body| counted(body, Arc::clone(&arrived)));
    tokio::select! {
        upload = read(request, limits.upload_bytes, place) => upload,
        () = falls_behind(limits, &arrived) => Err(too_slow("The document took too long to arrive.")),
    }
}

fn counted(body: Body, arrived: Arc<AtomicU64>) -> Body {
    let count = move |piece: &axum::body::Bytes| {
        arrived.fetch_add(piece.len() as u64, Ordering::Relaxed);
    };
    Body::from_stream(body.into_data_stream().inspect_ok(count))
}

/// Ends when the document has not come at its pace, or not in its time.
async fn falls_behind(limits: Limits, arrived: &AtomicU64) {
    let Pace { bytes, time } = limits.upload_pace;
    let deadline = Instant::now() + limits.upload_time;
    let mut before = 0;
    loop {
        let next = Instant::now() + time;
        if next >= deadline {
            return sleep_until(deadline).await;
        }
        sleep_until(next).await;
        let now = arrived.load(Ordering::Relaxed);
        if now - before < bytes {
            return;
        }
        before = now;
    }
}

async fn read(mut request: Request, bound: usize, place: Place) -> Result<Upload, Refusal> {
    DefaultBodyLimit::max(bound).apply(&mut request);
    let no_form = |_| Refusal::new(ProblemCode::UnsupportedMediaType, "Send the document as multipart/form-data.");
    let mut form = Multipart::from_request(request, &()).await.map_err(no_form)?;
    let mut upload = Upload { document: AddDocument::default(), patient: String::new(), place };
    while let Some(field) = form.next_field().await.map_err(broken)? {
        match field.name() {
            Some("file") => {
                upload.document.file_name = field.file_name().unwrap_or_default().to_owned();
                upload.document.bytes = field.bytes().await.map_err(broken)?.into();
            }
            Some("note") => upload.document.note = text(field).await?,
            Some("patient") => upload.patient = text(field).await?,
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

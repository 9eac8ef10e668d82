//! What is refused unread is still taken from the connection, beside the answer: browsers and most programs read no
//! answer before they have sent everything, and a connection that is closed on them takes the answer with it.

use std::{sync::Arc, time::Duration};

use axum::body::{Body, HttpBody};
use futures::TryStreamExt;
use http::{HeaderMap, header};
use http_body_util::BodyExt;
use tokio::sync::Mutex;

/// The most that is taken from one request to be forgotten.
const MOST: u64 = 1 << 30;
/// How long it may take.
pub const TIME: Duration = Duration::from_secs(30);

/// Takes the rest of a request while its answer is already on its way, for so long.
pub fn beside(headers: &HeaderMap, body: Body, time: Duration) {
    // Whoever asks first has sent nothing, and will not.
    if !headers.contains_key(header::EXPECT) && !body.is_end_stream() {
        tokio::spawn(async move { tokio::time::timeout(time, forget(body)).await });
    }
}

async fn forget(mut body: Body) {
    let mut seen = 0;
    while let Some(Ok(frame)) = body.frame().await {
        seen += frame.data_ref().map_or(0, |data| data.len() as u64);
        if seen > MOST {
            break;
        }
    }
}

/// A body that is given away and comes back as far as it was not read.
#[derive(Clone, Debug)]
pub struct Lent(Arc<Mutex<Body>>);

impl Lent {
    #[must_use]
    pub fn new(body: Body) -> Self {
        Self(Arc::new(Mutex::new(body)))
    }

    /// The body, for whoever may read it.
    pub fn body(&self) -> Body {
        let pieces = futures::stream::try_unfold(Arc::clone(&self.0), |body| async move {
            let piece = body.lock().await.frame().await.transpose()?;
            let piece = piece.map(|frame| frame.into_data().unwrap_or_default());
            Ok::<_, axum::Error>(piece.map(|piece| (piece, body)))
        });
        Body::from_stream(pieces.try_filter(|piece| std::future::ready(!piece.is_empty())))
    }

    /// What nobody read of it.
    #[must_use]
    pub fn rest(self) -> Option<Body> {
        Arc::try_unwrap(self.0).ok().map(Mutex::into_inner)
    }
}

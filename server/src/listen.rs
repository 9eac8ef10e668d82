//! Connections: accepted, bounded in number and in time, and ended in order.

mod crowd;
mod paced;

use std::{future::Future, net::SocketAddr, pin::pin, time::Duration};

use app::server_ctx::PeerAddress;
use axum::{
    Router,
    body::{Body, Bytes, HttpBody},
};
use http::Request;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

pub use self::crowd::ConnectionLimits;
use self::{
    crowd::{Crowd, Place, Seat},
    paced::Paced,
};

/// How long a client may take to send the head of a request, also on a connection that is kept alive.
const HEAD_TIME: Duration = Duration::from_secs(15);
/// How long requests under way may take after the signal to stop.
const DRAIN_TIME: Duration = Duration::from_secs(20);
/// Largest head of a request.
const HEAD_BYTES: usize = 32 * 1024;

/// Serves until `stop` resolves, then lets the requests under way finish.
///
/// Connections are accepted here and not by `axum::serve`, which sets no time limit for the head of a request and
/// leaves Nagle's algorithm on (a streamed page then waits 40 ms for a delayed acknowledgement).
pub async fn serve(listener: TcpListener, app: Router, limits: ConnectionLimits, stop: impl Future<Output = ()>) {
    let connections = GracefulShutdown::new();
    let write_time = limits.write_time;
    let crowd = Crowd::new(limits);
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            accepted = accept(&listener, &crowd) => match accepted {
                Ok((stream, peer, place)) => {
                    // Whoever has too many already is turned away: nothing was read yet.
                    let Some(seat) = crowd.seat(peer.ip()) else { continue };
                    let stream = Paced::new(stream, write_time);
                    begin(stream, peer, app.clone(), &connections, (place, seat));
                }
                Err(error) => pause_after(&error).await,
            },
            () = &mut stop => break,
        }
    }
    drop(listener);
    let open = connections.count();
    if tokio::time::timeout(DRAIN_TIME, connections.shutdown()).await.is_err() {
        tracing::warn!(connections = open, "some requests did not finish in time");
    }
}

/// The next connection, once there is a place for it: those that come meanwhile wait in the system's queue.
async fn accept(listener: &TcpListener, crowd: &Crowd) -> std::io::Result<(TcpStream, SocketAddr, Option<Place>)> {
    let place = crowd.place().await;
    let (stream, peer) = listener.accept().await?;
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "TCP_NODELAY could not be set");
    }
    Ok((stream, peer, place))
}

fn begin(
    stream: Paced<TcpStream>,
    peer: SocketAddr,
    app: Router,
    connections: &GracefulShutdown,
    held: (Option<Place>, Seat),
) {
    let with_peer = app.map_request(note_peer(peer));
    let mut http = auto::Builder::new(TokioExecutor::new()).http1_only();
    http.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(HEAD_BYTES);
    let service = TowerToHyperService::new(with_peer);
    let connection = http.serve_connection(TokioIo::new(stream), service).into_owned();
    let connection = connections.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended early");
        }
        drop(held);
    });
}

/// Puts the address of the other end into the request.
fn note_peer<B>(peer: SocketAddr) -> impl Fn(Request<B>) -> Request<Body> + Clone
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    move |request| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(PeerAddress(peer.ip().to_string()));
        request
    }
}

/// Out of file descriptors is not over at once: a moment later connections have closed.
async fn pause_after(error: &std::io::Error) {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::error!(%error, "no connection can be accepted");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Resolves on ctrl-c and on SIGTERM.
pub async fn stop_signal() {
    let interrupted = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "ctrl-c cannot be heard");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(error) => {
                tracing::error!(%error, "SIGTERM cannot be heard");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}

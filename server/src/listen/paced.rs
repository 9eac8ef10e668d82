//! A connection whose reader has to keep up: who takes nothing, or next to nothing, of an answer loses it, and with it
//! the memory that it holds.

use std::{
    future::Future,
    io::{self, IoSlice},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep_until},
};

/// Bytes a second that a reader has to take, on average over its patience.
const SLOWEST: u32 = 1_024;

/// Bytes in, bytes out; a write that waits uses up patience, and each byte taken gives some back.
#[derive(Debug)]
pub(super) struct Paced<S> {
    inner: S,
    most: Duration,
    patience: Duration,
    waiting_since: Option<Instant>,
    alarm: Pin<Box<Sleep>>,
}

impl<S> Paced<S> {
    pub(super) fn new(inner: S, patience: Duration) -> Self {
        let alarm = Box::pin(sleep_until(Instant::now()));
        Self { inner, most: patience, patience, waiting_since: None, alarm }
    }

    fn pace(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match written {
            Poll::Ready(Ok(bytes)) => {
                let waited = self.waiting_since.take().map_or(Duration::ZERO, |since| since.elapsed());
                let earned = Duration::from_secs(bytes as u64) / SLOWEST;
                self.patience = (self.patience.saturating_sub(waited) + earned).min(self.most);
                Poll::Ready(Ok(bytes))
            }
            Poll::Pending => {
                let since = *self.waiting_since.get_or_insert_with(Instant::now);
                self.alarm.as_mut().reset(since + self.patience);
                self.alarm.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()))
            }
            failed => failed,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Paced<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(cx, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Paced<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write(cx, bytes);
        self.pace(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write_vectored(cx, parts);
        self.pace(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    const PATIENCE: Duration = Duration::from_millis(300);

    #[tokio::test]
    async fn who_takes_nothing_loses_the_answer_and_who_is_slow_gets_it() {
        let (ours, _theirs) = tokio::io::duplex(1_000);
        let began = Instant::now();
        let lost = Paced::new(ours, PATIENCE).write_all(&[0; 10_000]).await.unwrap_err();
        assert_eq!(lost.kind(), io::ErrorKind::TimedOut);
        assert!(began.elapsed() >= PATIENCE, "{:?}", began.elapsed());

        let (ours, mut theirs) = tokio::io::duplex(1_000);
        let reader = tokio::spawn(async move {
            let (mut taken, mut piece) = (0, [0; 1_000]);
            while taken < 8_000 {
                tokio::time::sleep(Duration::from_millis(60)).await;
                taken += theirs.read(&mut piece).await.unwrap();
            }
        });
        let began = Instant::now();
        Paced::new(ours, PATIENCE).write_all(&[0; 8_000]).await.unwrap();
        assert!(began.elapsed() > PATIENCE, "it took longer than any single wait may");
        reader.await.unwrap();
    }

    #[tokio::test]
    async fn a_byte_now_and_then_is_not_enough() {
        let (ours, mut theirs) = tokio::io::duplex(1_000);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_millis(50)).await;
                if theirs.read_u8().await.is_err() {
                    return;
                }
            }
        });
        assert!(Paced::new(ours, PATIENCE).write_all(&[0; 10_000]).await.is_err());
    }
}

//! Reads on after the last response of a connection.
//!
//! Closing a socket with unread bytes resets the connection, and the reset discards the response at a client that is
//! still sending (RFC 9112 §9.6). So after an early response the rest of the request is read and dropped, within three
//! bounds. Meanwhile the connection keeps its place in the limits.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, ReadBuf};
use tokio::time::{Instant, Sleep};

/// Most bytes that are dropped. Many clients, and Apache as a proxy, read a response only after they have sent the
/// whole body. Packages, pictures and documents are smaller than this (common CDNs pass 100 MB at most). Clients that
/// upload more usually read meanwhile (curl, browsers) or ask first (`Expect: 100-continue`).
const MOST: usize = 128 * 1024 * 1024;

/// Longest time in all, for a client that sends slowly (nginx: `lingering_time`).
const LONGEST: Duration = Duration::from_secs(30);

/// Longest time without a byte: a silent client has read the response or never will (nginx: `lingering_timeout`).
const SILENCE: Duration = Duration::from_secs(5);

/// Bytes read at once. The buffer is on the stack, so that idle connections do not pay for it.
const PIECE: usize = 16 * 1024;

/// The state of the three bounds.
pub(super) struct Linger {
    dropped: usize,
    end: Instant,
    timer: Pin<Box<Sleep>>,
}

impl Linger {
    /// Starts when the response has been sent.
    pub(super) fn begin() -> Self {
        let now = Instant::now();
        Self { dropped: 0, end: now + LONGEST, timer: Box::pin(tokio::time::sleep_until(now + SILENCE)) }
    }

    /// Ready when the client has closed its side or a bound is reached.
    pub(super) fn poll<S: AsyncRead + Unpin>(&mut self, socket: &mut S, cx: &mut Context<'_>) -> Poll<()> {
        let mut scratch = [0; PIECE];
        loop {
            let mut buf = ReadBuf::new(&mut scratch);
            let Poll::Ready(read) = Pin::new(&mut *socket).poll_read(cx, &mut buf) else { break };
            let more = buf.filled().len();
            self.dropped = self.dropped.saturating_add(more);
            let now = Instant::now();
            if read.is_err() || more == 0 || self.dropped > MOST || now >= self.end {
                return Poll::Ready(());
            }
            self.timer.as_mut().reset(self.end.min(now + SILENCE));
        }
        ready!(self.timer.as_mut().poll(cx));
        Poll::Ready(())
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use tokio::io::AsyncWriteExt as _;

    use super::*;

    /// Lingers with a client that sends `piece` bytes every `pause`. Returns the time it took and the bytes dropped.
    async fn lingers(piece: usize, pause: Duration) -> (Duration, usize) {
        let (mut client, mut socket) = tokio::io::duplex(1024 * 1024);
        let sends = tokio::spawn(async move {
            while client.write_all(&vec![b'x'; piece]).await.is_ok() {
                tokio::time::sleep(pause).await;
            }
        });
        let (began, mut linger) = (Instant::now(), Linger::begin());
        poll_fn(|cx| linger.poll(&mut socket, cx)).await;
        let lasted = began.elapsed();
        sends.abort();
        (lasted, linger.dropped)
    }

    #[tokio::test(start_paused = true)]
    async fn silence_a_slow_sender_and_an_endless_one_all_end() {
        let (silent, _) = lingers(1, Duration::from_mins(1)).await;
        assert_eq!(silent.as_secs(), 5);
        let (slow, dropped) = lingers(1, Duration::from_secs(4)).await;
        assert_eq!((slow.as_secs(), dropped), (30, 8));
        let (fast, dropped) = lingers(1024 * 1024, Duration::ZERO).await;
        assert_eq!((fast, dropped), (Duration::ZERO, MOST + PIECE));
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_closes_ends_it_at_once() {
        let (client, mut socket) = tokio::io::duplex(1024);
        drop(client);
        let began = Instant::now();
        let mut linger = Linger::begin();
        poll_fn(|cx| linger.poll(&mut socket, cx)).await;
        assert!(began.elapsed().is_zero());
    }
}

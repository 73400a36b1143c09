//! Reads an HTTP/1 answer unchanged: fields in their order, duplicates kept, at most 64 KiB.

use std::time::Duration;

use anyhow::Context as _;
use tokio::io::{AsyncRead, AsyncReadExt as _};

/// An HTTP/1 answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Answer {
    pub(in crate::cli) status: u16,
    /// In the order of arrival; duplicates are separate entries.
    pub(in crate::cli) headers: Vec<(String, String)>,
    /// The body without chunk framing, up to [`MOST`].
    pub(in crate::cli) body: Vec<u8>,
}

/// The limit of head and body. Nothing beyond it is needed.
const MOST: usize = 64 * 1024;

/// How long a body may take after its head.
const BODY_PATIENCE: Duration = Duration::from_secs(2);

const END: &[u8] = b"\r\n\r\n";

impl Answer {
    /// Every value of a field.
    pub(in crate::cli) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.headers.iter().filter(move |(written, _)| written.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }

    /// The first value of a field.
    pub(in crate::cli) fn first(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// Whether some value of a field contains this word (in lower case), ignoring case.
    pub(in crate::cli) fn says(&self, name: &str, word: &str) -> bool {
        self.all(name).any(|value| value.to_ascii_lowercase().contains(word))
    }

    /// The body as text.
    #[cfg(any(test, feature = "doctor"))]
    pub(in crate::cli) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Parses a head without the empty line at its end.
    fn of_head(head: &[u8]) -> Option<Self> {
        // A field is bytes (RFC 9110 §5.5): each becomes the character of its number, so that none is lost.
        let text: String = head.iter().copied().map(char::from).collect();
        let mut lines = text.split("\r\n");
        let mut start = lines.next()?.strip_prefix("HTTP/1.")?.split(' ');
        let version = start.next()?;
        let digits = start.next().filter(|digits| digits.len() == 3 && matches!(version, "0" | "1"))?;
        let field = |line: &str| line.split_once(':').map(|(name, value)| (name.to_owned(), value.trim().to_owned()));
        Some(Self { status: digits.parse().ok()?, headers: lines.filter_map(field).collect(), body: Vec::new() })
    }

    /// Whether the body is complete according to its framing (RFC 9112 §6.3). Without framing it ends with the
    /// connection.
    fn is_whole(&self, bodiless: Bodiless) -> bool {
        if bodiless == Bodiless::Yes || matches!(self.status, 101 | 204 | 304) {
            return true;
        }
        if self.says("transfer-encoding", "chunked") {
            return self.body.ends_with(b"0\r\n\r\n");
        }
        let length = self.first("content-length").and_then(|length| length.parse::<usize>().ok());
        length.is_some_and(|length| self.body.len() >= length)
    }
}

/// Whether the request was HEAD, whose answer has no body whatever its fields say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bodiless {
    Yes,
    No,
}

/// Reads the final answer to a request. Interim ones (100, 103) are skipped.
pub(super) async fn read(mut stream: impl AsyncRead + Unpin, question: &[u8]) -> anyhow::Result<Answer> {
    let bodiless = if question.starts_with(b"HEAD ") { Bodiless::Yes } else { Bodiless::No };
    let mut answer = head(&mut stream).await?;
    // A stream of events never ends; its head is enough.
    let rest = tokio::time::timeout(BODY_PATIENCE, body(&mut stream, &mut answer, bodiless)).await;
    drop(rest);
    answer.body.truncate(MOST);
    if answer.says("transfer-encoding", "chunked") {
        answer.body = without_chunks(&answer.body);
    }
    Ok(answer)
}

/// Reads the head, and the part of the body that arrived with it.
async fn head(stream: &mut (impl AsyncRead + Unpin)) -> anyhow::Result<Answer> {
    let mut came = Vec::new();
    loop {
        let count = more(stream, &mut came).await;
        while let Some(end) = came.windows(END.len()).position(|window| window == END) {
            let rest = came.split_off(end + END.len());
            came.truncate(end);
            let answer = Answer::of_head(&came).context("the answer is not HTTP/1.1")?;
            came = rest;
            if answer.status >= 200 || answer.status == 101 {
                return Ok(Answer { body: came, ..answer });
            }
        }
        anyhow::ensure!(count > 0 || !came.is_empty(), "the connection was closed without an answer");
        anyhow::ensure!(count > 0 && came.len() < MOST, "the answer ended early, or is not HTTP/1.1");
    }
}

async fn body(stream: &mut (impl AsyncRead + Unpin), answer: &mut Answer, bodiless: Bodiless) {
    while !answer.is_whole(bodiless) && answer.body.len() < MOST && more(stream, &mut answer.body).await > 0 {}
}

/// The data of a chunked body (RFC 9112 §7.1), as far as it arrived.
fn without_chunks(body: &[u8]) -> Vec<u8> {
    let mut data = Vec::new();
    let mut rest = body;
    while let Some(end) = rest.windows(2).position(|window| window == b"\r\n") {
        let line = rest.get(..end).and_then(|line| std::str::from_utf8(line).ok()).unwrap_or_default();
        let size = usize::from_str_radix(line.split(';').next().unwrap_or_default().trim(), 16).unwrap_or(0);
        let chunk = rest.get(end + 2..).unwrap_or_default();
        let size = size.min(chunk.len());
        let (chunk, behind) = chunk.split_at(size);
        if size == 0 {
            break;
        }
        data.extend_from_slice(chunk);
        rest = behind.get(2..).unwrap_or_default();
    }
    data
}

/// Reads more bytes and returns their number. A connection that ends without TLS `close_notify` is treated as ended:
/// the length of an answer is not relied on.
async fn more(stream: &mut (impl AsyncRead + Unpin), came: &mut Vec<u8>) -> usize {
    let mut block = [0; 4 * 1024];
    let count = stream.read(&mut block).await.unwrap_or(0);
    came.extend_from_slice(block.get(..count).unwrap_or_default());
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn heard(bytes: &[u8]) -> anyhow::Result<Answer> {
        read(bytes, b"GET / HTTP/1.1\r\n\r\n").await
    }

    #[tokio::test]
    async fn interim_answers_are_passed_over_and_duplicates_stay_apart() {
        let bytes = b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 302 Found\r\nA: 1\r\na:2\r\nLocation: /x\r\n\
            Content-Length: 2\r\n\r\nokmore";
        let answer = heard(bytes).await.unwrap();
        assert_eq!((answer.status, answer.first("location"), answer.text().as_str()), (302, Some("/x"), "okmore"));
        assert_eq!(answer.all("A").collect::<Vec<_>>(), ["1", "2"]);
    }

    #[tokio::test]
    async fn chunks_are_put_together_and_a_body_that_never_ends_is_left() {
        let chunks = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nabcd\r\n1\r\ne\r\n0\r\n\r\n";
        assert_eq!(heard(chunks).await.unwrap().text(), "abcde");
        assert_eq!(heard(&chunks[..chunks.len() - 12]).await.unwrap().text(), "abcd");
        let (ours, mut theirs) = tokio::io::duplex(4096);
        tokio::io::AsyncWriteExt::write_all(&mut theirs, b"HTTP/1.1 200 OK\r\n\r\nevent").await.unwrap();
        assert_eq!(read(ours, b"GET ").await.unwrap().text(), "event");
    }

    #[tokio::test]
    async fn what_is_no_answer_is_an_error_that_says_so() {
        for (bytes, expected) in [
            (&b""[..], "closed without an answer"),
            (b"SSH-2.0-OpenSSH_9.9\r\n", "not HTTP/1.1"),
            (b"HTTP/1.1 2xx\r\n\r\n", "not HTTP/1.1"),
            (b"HTTP/2 200\r\n\r\n", "not HTTP/1.1"),
            (b"HTTP/1.1 200 OK\r\nA: 1\r\n", "ended early"),
        ] {
            let error = heard(bytes).await.unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[tokio::test]
    async fn no_more_is_kept_than_is_looked_at() {
        let endless = [&b"HTTP/1.1 200 OK\r\n\r\n"[..], &vec![b'x'; 4 * MOST]].concat();
        assert_eq!(heard(&endless).await.unwrap().body.len(), MOST);
        assert!(heard(&vec![b'x'; 4 * MOST]).await.is_err());
    }
}

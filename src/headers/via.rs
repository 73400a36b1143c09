//! The `Via` field, which traces a request through gateways and detects loops (RFC 9110 §7.6.3).

use http::Version;
use http::header::{self, HeaderMap, HeaderValue};

/// The `Via` line of this gateway. The name is a pseudonym with a random part: it identifies no machine, and a request
/// that already contains it has been here before.
#[derive(Debug, Clone)]
pub(crate) struct Via {
    pseudonym: String,
    http_10: HeaderValue,
    http_11: HeaderValue,
    http_2: HeaderValue,
}

/// The request has passed this gateway before, so an upstream leads back to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the request has come back to this gateway: its upstream leads here")]
pub(crate) struct Loop;

impl Via {
    /// Creates a pseudonym from eight random bytes, different for each process.
    pub(crate) fn new(entropy: [u8; 8]) -> Self {
        let pseudonym = format!("portcullis-{:016x}", u64::from_be_bytes(entropy));
        let line = |version| {
            HeaderValue::from_str(&format!("{version} {pseudonym}"))
                .unwrap_or(HeaderValue::from_static("1.1 portcullis"))
        };
        Self { http_10: line("1.0"), http_11: line("1.1"), http_2: line("2.0"), pseudonym }
    }

    /// Appends our line, or fails if the request has been here before.
    pub(crate) fn append(&self, headers: &mut HeaderMap, received: Version) -> Result<(), Loop> {
        let been_here = headers
            .get_all(header::VIA)
            .iter()
            .any(|line| memchr::memmem::find(line.as_bytes(), self.pseudonym.as_bytes()).is_some());
        if been_here {
            return Err(Loop);
        }
        let line = match received {
            Version::HTTP_10 => &self.http_10,
            Version::HTTP_2 => &self.http_2,
            _ => &self.http_11,
        };
        headers.append(header::VIA, line.clone());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 9110 §7.6.3: "A proxy MUST send an appropriate Via header field ... in each message that it forwards. An
    /// HTTP-to-HTTP gateway MUST send an appropriate Via header field in each inbound request message".
    #[test]
    fn our_line_follows_those_of_others_and_a_request_that_comes_back_is_refused() {
        let via = Via::new([0, 0, 0, 0, 0, 0, 0, 7]);
        let mut headers = HeaderMap::new();
        headers.append(header::VIA, HeaderValue::from_static("1.1 edge"));
        assert_eq!(via.append(&mut headers, Version::HTTP_2), Ok(()));
        let lines: Vec<_> = headers.get_all(header::VIA).iter().collect();
        assert_eq!(lines, ["1.1 edge", "2.0 portcullis-0000000000000007"]);
        assert_eq!(via.append(&mut headers, Version::HTTP_11), Err(Loop));
        assert_eq!(Via::new([1; 8]).append(&mut headers, Version::HTTP_10), Ok(()));
    }
}

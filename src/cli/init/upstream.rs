//! The address of an app, as people answer it.

use crate::config::answer::{AnswerKind, parse};
use crate::domain::host::Authority;

/// The address as the configuration spells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct UpstreamAnswer {
    pub url: String,
    /// Whether the answer left something out that was added; the operator is told.
    pub is_completed: bool,
}

impl UpstreamAnswer {
    /// What the operator is told about an address that was completed.
    pub(super) fn remark(&self) -> Option<String> {
        self.is_completed.then(|| format!("understood as {}", self.url))
    }
}

/// Reads an answer. `127.0.0.1:3000` and `app:3000/base` are read as `http://…`, a port alone as one of this machine. A
/// host without a port is not completed: whether it means port 80 or 443 would be a guess, as it would be with port 443.
pub(in crate::cli) fn read(text: &str) -> Result<UpstreamAnswer, String> {
    let completed = completed(text);
    let url = parse(AnswerKind::Upstream, completed.as_deref().unwrap_or(text))?;
    Ok(UpstreamAnswer { url, is_completed: completed.is_some() })
}

/// The port on which https is expected.
const HTTPS: u16 = 443;

fn completed(text: &str) -> Option<String> {
    let is_port = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let written = if is_port { format!("127.0.0.1:{text}") } else { text.to_owned() };
    let authority = written.split('/').next().and_then(|authority| authority.parse::<Authority>().ok())?;
    authority.port().filter(|port| *port != HTTPS).map(|_| format!("http://{written}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_a_scheme_is_completed_and_one_that_could_mean_two_things_is_not() {
        for (text, url) in [
            ("127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("3000", "http://127.0.0.1:3000"),
            ("localhost:3000/app", "http://localhost:3000/app"),
            ("[::1]:3000", "http://[::1]:3000"),
        ] {
            assert_eq!(read(text), Ok(UpstreamAnswer { url: url.to_owned(), is_completed: true }), "{text}");
        }
        for text in ["http://127.0.0.1:3000", "https://app.example.com", "unix:/run/app.sock"] {
            assert_eq!(read(text), Ok(UpstreamAnswer { url: text.to_owned(), is_completed: false }), "{text}");
        }
        for text in ["", "127.0.0.1", "app", "app:443", "443", "0", "70000", "ftp://app:21", "a@app:3000", "app:x"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}

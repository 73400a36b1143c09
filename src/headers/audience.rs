//! Determines who reads an answer: a person in a browser, or a program.
//!
//! A person who is not signed in is redirected to the login page. A program that follows the redirect would take the
//! login page for its data, so it gets a plain status instead. Used by `authorize` and, for error answers, by `server`.

use http::header::{self, HeaderMap};

/// The reader of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    /// A browser that will show the answer as a page.
    Person,
    /// `fetch`, `XMLHttpRequest`, an image or script of a page, an API client, a WebSocket.
    Program,
}

/// Request destinations (Fetch standard) whose answer a browser shows as a page.
const SHOWN: [&str; 6] = ["document", "iframe", "frame", "embed", "object", "fencedframe"];

impl Audience {
    /// Uses first what browsers say about themselves: scripts cannot set `Sec-*` fields.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        if headers.contains_key(header::UPGRADE) || says(headers, "x-requested-with", "xmlhttprequest") {
            return Self::Program;
        }
        let mode = headers.get("sec-fetch-mode").map(|mode| mode.as_bytes() == b"navigate");
        let shown = headers.get("sec-fetch-dest").map(|place| SHOWN.iter().any(|known| place == known));
        match (mode, shown) {
            (Some(false), _) | (_, Some(false)) => Self::Program,
            (Some(true), _) => Self::Person,
            // An older browser, or not a browser. Only a client that asks for HTML by name can show it; API clients
            // send `*/*`.
            (None, _) => Self::by_accept(headers),
        }
    }

    fn by_accept(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(header::ACCEPT).iter();
        let mut types = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
        let html = types.any(|kind| {
            let name = kind.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
            name.eq_ignore_ascii_case(b"text/html") || name.eq_ignore_ascii_case(b"application/xhtml+xml")
        });
        if html { Self::Person } else { Self::Program }
    }
}

fn says(headers: &HeaderMap, name: &'static str, word: &str) -> bool {
    headers.get(name).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderName, HeaderValue};

    fn audience(lines: &[(&'static str, &'static str)]) -> Audience {
        let pairs = lines.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        Audience::of(&pairs.collect())
    }

    #[test]
    fn a_page_load_is_read_by_a_person() {
        for lines in [
            &[("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")][..],
            &[("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe"), ("accept", "*/*")],
            &[("accept", "text/html,application/xhtml+xml,*/*;q=0.8")],
            &[("accept", "image/png"), ("accept", "Text/HTML;q=0.9")],
        ] {
            assert_eq!(audience(lines), Audience::Person, "{lines:?}");
        }
    }

    #[test]
    fn scripts_pictures_and_api_clients_are_programs() {
        for lines in [
            &[][..],
            &[("accept", "*/*")],
            &[("accept", "application/json")],
            &[("sec-fetch-mode", "cors"), ("accept", "text/html")],
            &[("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "image")],
            &[("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "empty")],
            &[("x-requested-with", "XMLHttpRequest"), ("accept", "text/html")],
            &[("upgrade", "websocket"), ("accept", "text/html")],
        ] {
            assert_eq!(audience(lines), Audience::Program, "{lines:?}");
        }
    }
}

//! One HTTP/1.1 answer, kept as it came: names with their case, fields in their order, duplicates apart.

use std::fmt;

use crate::visitor::LOGIN;

/// An answer.
#[derive(Clone)]
pub struct Response {
    pub status: u16,
    /// The status line and every field, byte for byte, without the empty line.
    pub head: Vec<u8>,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Whether the body ended as its framing promised.
    pub whole: bool,
}

/// One `Set-Cookie` line.
#[derive(Debug, Clone)]
pub struct SetCookie {
    pub name: String,
    pub value: String,
    /// Lower-case names with their values; a flag has an empty value.
    pub attributes: Vec<(String, String)>,
}

impl Response {
    /// Reads a head (without the empty line). `None` when it is no HTTP/1.x head.
    pub fn from_head(head: &[u8]) -> Option<Self> {
        let text: String = head.iter().map(|byte| char::from(*byte)).collect();
        let mut lines = text.split("\r\n");
        let status = lines.next()?.strip_prefix("HTTP/1.")?.get(2..5)?.parse().ok()?;
        let headers = lines
            .filter(|line| !line.is_empty())
            .map(|line| line.split_once(':').map(|(name, value)| (name.to_owned(), value.trim().to_owned())))
            .collect::<Option<Vec<_>>>()?;
        Some(Self { status, head: head.to_vec(), headers, body: Vec::new(), whole: true })
    }

    /// The value of a field that must not be there twice.
    pub fn header(&self, name: &str) -> Option<&str> {
        let values = self.headers_named(name);
        assert!(values.len() < 2, "the answer has `{name}` {} times: {self:?}", values.len());
        values.first().copied()
    }

    /// Every value of a field, in order.
    pub fn headers_named(&self, name: &str) -> Vec<&str> {
        let found = self.headers.iter().filter(|(written, _)| written.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).collect()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// What a person reads: the page without tags, scripts and styles, with single blanks.
    pub fn words(&self) -> String {
        crate::form::words(&self.text())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("no JSON ({error}): {self:?}"))
    }

    pub fn location(&self) -> &str {
        self.header("location").unwrap_or_else(|| panic!("no Location: {self:?}"))
    }

    pub fn is_redirect(&self) -> bool {
        matches!(self.status, 301 | 302 | 303 | 307 | 308)
    }

    pub fn is_html(&self) -> bool {
        self.header("content-type").is_some_and(|kind| kind.starts_with("text/html"))
    }

    pub fn set_cookies(&self) -> Vec<SetCookie> {
        self.headers_named("set-cookie").into_iter().map(SetCookie::read).collect()
    }

    /// Every field but those that name this one request, for comparing two answers.
    pub fn shape(&self) -> Vec<(String, String)> {
        let mut shape: Vec<_> = self
            .headers
            .iter()
            .filter(|(name, _)| !name.eq_ignore_ascii_case("date") && !name.to_ascii_lowercase().contains("request-id"))
            .map(|(name, value)| (name.to_ascii_lowercase(), without_values(name, value)))
            .collect();
        shape.sort();
        shape
    }
}

/// A cookie keeps its name, length and attributes; a nonce or any other value stays as it is.
fn without_values(name: &str, value: &str) -> String {
    if !name.eq_ignore_ascii_case("set-cookie") {
        return value.to_owned();
    }
    let cookie = SetCookie::read(value);
    format!("{}={}; {:?}", cookie.name, "x".repeat(cookie.value.len()), cookie.attributes)
}

impl SetCookie {
    pub fn read(line: &str) -> Self {
        let mut parts = line.split(';').map(str::trim);
        let (name, value) = parts.next().and_then(|pair| pair.split_once('=')).unwrap_or((line, ""));
        let attributes = parts
            .map(|part| part.split_once('=').unwrap_or((part, "")))
            .map(|(key, value)| (key.to_ascii_lowercase(), value.to_owned()))
            .collect();
        Self { name: name.to_owned(), value: value.to_owned(), attributes }
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether the line takes the cookie away.
    pub fn removes(&self) -> bool {
        self.value.is_empty()
            || self.attribute("max-age").is_some_and(|age| age.parse::<i64>().is_ok_and(|age| age <= 0))
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body: String = self.text().chars().take(600).collect();
        write!(f, "\n{}\n\n{body}\n", String::from_utf8_lossy(&self.head))
    }
}

/// A page of the gateway's own sends the visitor on to exactly this place. A wrong turn is a redirect as well: a sign-in
/// that is over leads to [`OVER`].
pub fn expect_redirect(answer: &Response, to: &str, what: &str) {
    assert_eq!((answer.status, answer.header("location")), (303, Some(to)), "{what}, got {answer:?}");
}

/// A page of the site sends the visitor to sign in and, afterwards, back to this place.
pub fn expect_sign_in(answer: &Response, back_to: &str, what: &str) {
    let login = format!("{LOGIN}?rd={back_to}");
    assert_eq!((answer.status, answer.header("location")), (302, Some(login.as_str())), "{what}, got {answer:?}");
}

#[test]
fn a_head_is_read_with_its_duplicates_and_cookies() {
    let head = b"HTTP/1.1 302 Found\r\nSet-Cookie: a=1; Path=/; HttpOnly\r\nset-cookie: b=; Max-Age=0\r\nLocation: /x";
    let answer = Response::from_head(head).unwrap();
    assert_eq!((answer.status, answer.location(), answer.headers_named("SET-COOKIE").len()), (302, "/x", 2));
    let cookies = answer.set_cookies();
    assert_eq!((cookies[0].attribute("path"), cookies[0].attribute("httponly")), (Some("/"), Some("")));
    assert!(!cookies[0].removes() && cookies[1].removes());
    assert!(Response::from_head(b"SSH-2.0").is_none());
}

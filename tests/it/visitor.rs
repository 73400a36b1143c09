//! A small browser: a cookie jar, the fields a browser sends of itself, forms, redirects when asked for. Every answer
//! is seen as it came over the wire.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use crate::form::{Form, forms};
use crate::response::Response;
use crate::wire::{TlsClient, Wire};

pub const LOGIN: &str = "/portcullis/login";
pub const VERIFY: &str = "/portcullis/verify";
pub const SEND: &str = "/portcullis/verify/send";
pub const LOGOUT: &str = "/portcullis/logout";
/// The login page, which says that a sign-in is over.
pub const OVER: &str = "/portcullis/login?over=1";
/// The login page, which says that the last of the allowed guesses was wrong.
pub const GUESSES_USED: &str = "/portcullis/login?over=guesses";

/// The names on plain loopback http.
pub const SESSION_COOKIE: &str = "portcullis";
pub const SIGN_IN_COOKIE: &str = "portcullis-login";
pub const DEVICE_COOKIE: &str = "portcullis-device";

/// Where the gateway listens: shared by every visitor, so that a restart on another port reaches them all.
#[derive(Clone)]
pub struct SharedAddress(Arc<Mutex<SocketAddr>>);

impl SharedAddress {
    pub fn at(address: SocketAddr) -> Self {
        Self(Arc::new(Mutex::new(address)))
    }

    pub fn address(&self) -> SocketAddr {
        *self.0.lock().unwrap()
    }

    pub fn moved_to(&self, address: SocketAddr) {
        *self.0.lock().unwrap() = address;
    }
}

/// A request before the visitor adds what a browser adds.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Whether the fields of a browser's navigation are added.
    pub browser: bool,
}

impl Request {
    pub fn new(method: &str, target: &str) -> Self {
        let (method, target) = (method.to_owned(), target.to_owned());
        Self { method, target, headers: Vec::new(), body: Vec::new(), browser: true }
    }

    pub fn get(target: &str) -> Self {
        Self::new("GET", target)
    }

    /// A form sent by a browser.
    pub fn post<K: AsRef<str>, V: AsRef<str>>(target: &str, fields: &[(K, V)]) -> Self {
        let body = form_body(fields);
        Self::new("POST", target).header("Content-Type", "application/x-www-form-urlencoded").body(body)
    }

    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Without the fields of a browser: only what the test wrote, beside Host, Cookie and framing.
    #[must_use]
    pub fn bare(mut self) -> Self {
        self.browser = false;
        self
    }

    fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(written, _)| written.eq_ignore_ascii_case(name))
    }
}

/// `application/x-www-form-urlencoded`.
pub fn form_body<K: AsRef<str>, V: AsRef<str>>(fields: &[(K, V)]) -> String {
    let mut out = url::form_urlencoded::Serializer::new(String::new());
    for (key, value) in fields {
        out.append_pair(key.as_ref(), value.as_ref());
    }
    out.finish()
}

/// A browser. A clone is the same browser with a copy of the jar.
#[derive(Clone)]
pub struct Visitor {
    listening: SharedAddress,
    pub jar: BTreeMap<String, String>,
    /// The address this visitor comes from, in the loopback network.
    pub from: Ipv4Addr,
    /// The host in the address bar; without it, the gateway's own address and port.
    pub host: Option<String>,
    pub tls: Option<TlsClient>,
}

impl Visitor {
    pub fn new(listening: &SharedAddress) -> Self {
        Self { listening: listening.clone(), jar: BTreeMap::new(), from: Ipv4Addr::LOCALHOST, host: None, tls: None }
    }

    #[must_use]
    pub fn coming_from(mut self, address: Ipv4Addr) -> Self {
        self.from = address;
        self
    }

    pub fn host(&self) -> String {
        self.host.clone().unwrap_or_else(|| self.listening.address().to_string())
    }

    pub fn origin(&self) -> String {
        format!("{}://{}", if self.tls.is_some() { "https" } else { "http" }, self.host())
    }

    /// A new connection to the gateway, with nothing sent.
    pub async fn connect(&self) -> Wire {
        match &self.tls {
            None => Wire::open_from(self.from, self.listening.address()).await,
            Some(tls) => {
                let host = self.host();
                let name = host.rsplit_once(':').map_or(host.as_str(), |(name, _)| name);
                tls.open(self.listening.address(), name).await.expect("TLS").wire
            }
        }
    }

    /// The whole request as bytes, with cookies and the fields of a browser.
    pub fn bytes(&self, request: &Request) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\n", request.method, request.target);
        let mut field = |name: &str, value: &str| {
            if !request.has(name) {
                let _ = write!(head, "{name}: {value}\r\n");
            }
        };
        field("Host", &self.host());
        if !self.jar.is_empty() {
            let cookies: Vec<_> = self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
            field("Cookie", &cookies.join("; "));
        }
        let sends = !matches!(request.method.as_str(), "GET" | "HEAD");
        if request.browser {
            field("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
            field("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Visitor/1.0");
            field("Sec-Fetch-Dest", "document");
            field("Sec-Fetch-Mode", "navigate");
            field("Sec-Fetch-Site", if sends { "same-origin" } else { "none" });
            if sends {
                field("Origin", &self.origin());
            }
        }
        if (sends || !request.body.is_empty()) && !request.has("Transfer-Encoding") {
            field("Content-Length", &request.body.len().to_string());
        }
        if !request.has("Upgrade") {
            field("Connection", "close");
        }
        for (name, value) in &request.headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        [head.as_bytes(), b"\r\n", &request.body].concat()
    }

    /// Sends a request and keeps the cookies of the answer.
    pub async fn send(&mut self, request: Request) -> Response {
        let response = self.try_send(&request).await;
        response.unwrap_or_else(|| panic!("the gateway closed without an answer to {request:?}"))
    }

    /// As `send`, where closing without an answer is an outcome.
    pub async fn try_send(&mut self, request: &Request) -> Option<Response> {
        let mut wire = self.connect().await;
        wire.send(self.bytes(request)).await;
        let response = wire.answer(&request.method).await?;
        self.keep(&response);
        Some(response)
    }

    pub fn keep(&mut self, response: &Response) {
        for cookie in response.set_cookies() {
            if cookie.removes() {
                self.jar.remove(&cookie.name);
            } else {
                self.jar.insert(cookie.name, cookie.value);
            }
        }
    }

    pub async fn get(&mut self, target: &str) -> Response {
        self.send(Request::get(target)).await
    }

    /// Follows a redirect of our own origin with GET; anything else is given back as it is.
    pub async fn follow(&mut self, response: Response) -> Response {
        let mut response = response;
        for _ in 0..10 {
            if !response.is_redirect() {
                return response;
            }
            let location = response.location().to_owned();
            let target = self.local(&location).unwrap_or_else(|| panic!("a redirect away from here: {location}"));
            response = self.get(&target).await;
        }
        panic!("ten redirects and no end: {response:?}")
    }

    /// The path of a URL on our own origin.
    pub fn local(&self, location: &str) -> Option<String> {
        let rest = location.strip_prefix(&self.origin()).unwrap_or(location);
        let rest = rest.split('#').next().unwrap_or_default();
        (rest.starts_with('/') && !rest.starts_with("//")).then(|| rest.to_owned())
    }

    pub async fn open(&mut self, target: &str) -> Response {
        let response = self.get(target).await;
        self.follow(response).await
    }

    /// Sends the form of a page whose action begins with `action`.
    pub async fn submit(&mut self, page: &Response, action: &str, typed: &[(&str, &str)]) -> Response {
        let form = form(page, action);
        let target = self.local(&form.action).expect("a form of our own");
        self.send(Request::post(&target, &form.filled(typed))).await
    }

    /// Opens `target`, which must lead to the login page, and sends name and password. The answer is not followed.
    pub async fn password(&mut self, target: &str, name: &str, password: &str) -> Response {
        let page = self.open(target).await;
        self.submit(&page, LOGIN, &[("username", name), ("password", password)]).await
    }

    /// Types a code into the code page. The answer is not followed.
    pub async fn code(&mut self, code: &str) -> Response {
        let page = self.get(VERIFY).await;
        assert_eq!(page.status, 200, "the code page must be there: {page:?}");
        self.submit(&page, VERIFY, &[("code", code)]).await
    }

    /// Asks for another code.
    pub async fn ask_again(&mut self, method: &str) -> Response {
        let page = self.get(VERIFY).await;
        self.submit(&page, SEND, &[("method", method)]).await
    }

    pub async fn log_out(&mut self) -> Response {
        let page = self.get(LOGOUT).await;
        self.submit(&page, LOGOUT, &[]).await
    }

    pub fn session(&self) -> &str {
        self.jar.get(SESSION_COOKIE).map_or("", String::as_str)
    }

    /// Whether the protected site opens.
    pub async fn is_in(&self) -> bool {
        let response = self.clone().get("/").await;
        assert!(matches!(response.status, 200 | 302), "neither the site nor the way to sign in: {response:?}");
        response.status == 200
    }
}

/// The form of a page whose action begins with `action`.
pub fn form(page: &Response, action: &str) -> Form {
    let path = |form: &Form| form.action.split(['?', '#']).next().unwrap_or_default().to_owned();
    let found = forms(&page.text()).into_iter().find(|form| path(form) == action || path(form).ends_with(action));
    found.unwrap_or_else(|| panic!("no form for {action} on this page: {page:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Backend;

    #[tokio::test]
    async fn a_visitor_keeps_cookies_fills_forms_and_says_what_a_browser_says() {
        let site = Backend::start().await;
        let mut visitor = Visitor::new(&SharedAddress::at(site.address));
        let page = "<form method=post action='/portcullis/login'><input type=hidden name=csrf value='a&amp;b'>\
            <input name=username></form><form action='/portcullis/verify/send'></form>";
        site.answers_bytes(format!(
            "HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Path=/\r\nSet-Cookie: b=2\r\nContent-Length: {}\r\n\r\n{page}",
            page.len()
        ));
        let page = visitor.get("/x").await;
        site.answers_bytes(format!(
            "HTTP/1.1 303 See Other\r\nLocation: {}/next?y=1#z\r\nSet-Cookie: a=; Max-Age=0\r\nContent-Length: 0\r\n\r\n",
            visitor.origin()
        ));
        let answer = visitor.submit(&page, LOGIN, &[("username", "ad a")]).await;
        let seen = site.last().await;
        assert_eq!(
            (seen.request_line(), seen.body.as_slice()),
            ("POST /portcullis/login HTTP/1.1", b"csrf=a%26b&username=ad+a".as_slice())
        );
        assert_eq!(
            (seen.headers_named("cookie"), seen.headers_named("origin")),
            (vec!["a=1; b=2"], vec![visitor.origin().as_str()])
        );
        assert_eq!(seen.headers_named("sec-fetch-site"), ["same-origin"]);
        site.answers(crate::backend::Answer::Welcome);
        assert_eq!(visitor.follow(answer).await.status, 200);
        let seen = site.last().await;
        assert_eq!((seen.request_line(), seen.headers_named("cookie")), ("GET /next?y=1 HTTP/1.1", vec!["b=2"]));
        assert_eq!(visitor.local("//evil.example"), None);
        assert_eq!(visitor.local(&format!("{}.evil.example/", visitor.origin())), None);
    }
}

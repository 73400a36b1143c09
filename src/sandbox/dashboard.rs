//! The demo dashboard: the web app behind the gateway in the demo.
//!
//! It has no login and trusts the headers it receives, as a protected app does, so it listens on loopback only. It
//! answers every path and shows the visitor's identity and the request as received.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, OriginalUri};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use axum::routing::{any, get};
use serde_json::json;

use super::page;
use super::reply;
use super::serve::{SandboxError, Serving};

/// The identity headers that the gateway sets.
const IDENTITY: [&str; 5] = ["Remote-User", "Remote-Name", "Remote-Email", "Remote-Groups", "X-Portcullis-Assertion"];

/// The forwarding headers that the gateway sets.
const FORWARDING: [&str; 7] =
    ["Host", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via"];

/// The dashboard, not yet started.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dashboard;

/// A running dashboard. Dropping it stops it.
pub(crate) struct RunningDashboard(Serving);

#[derive(Template)]
#[template(path = "dashboard.html", config = "static/sandbox/askama.toml")]
struct Shown {
    greeting: Option<String>,
    initials: String,
    method: String,
    path: String,
    target: String,
    identity: Vec<Row>,
    forwarding: Vec<Row>,
}

struct Row {
    name: &'static str,
    values: Vec<String>,
}

impl Dashboard {
    /// Starts the dashboard on a loopback address.
    pub(crate) async fn start(listen: SocketAddr) -> Result<RunningDashboard, SandboxError> {
        let router = Router::new()
            .route("/assets/{file}", get(page::asset))
            .route("/api/whoami", any(whoami))
            .fallback(show)
            .layer(DefaultBodyLimit::max(64 * 1024));
        Serving::start(listen, router).await.map(RunningDashboard)
    }
}

impl RunningDashboard {
    /// The address it listens on; port 0 is resolved.
    pub(crate) const fn address(&self) -> SocketAddr {
        self.0.address()
    }

    /// The value for a site's `upstream`.
    pub(crate) fn base_url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// Stops it, closes every connection and waits until the port is free.
    pub(crate) async fn stop(self) {
        self.0.stop().await;
    }
}

/// All other paths: the dashboard page.
async fn show(method: Method, OriginalUri(uri): OriginalUri, headers: HeaderMap) -> Response {
    let rows = |names: &[&'static str]| names.iter().map(|name| Row { name, values: values(&headers, name) }).collect();
    let greeting = ["Remote-Name", "Remote-User"]
        .into_iter()
        .find_map(|name| values(&headers, name).into_iter().find(|value| !value.is_empty()));
    page::html(&Shown {
        initials: initials(greeting.as_deref().unwrap_or("?")),
        greeting,
        method: method.to_string(),
        path: uri.path().to_owned(),
        target: uri.to_string(),
        identity: rows(&IDENTITY),
        forwarding: rows(&FORWARDING),
    })
}

/// `/api/whoami`: the request as received, with all values of each header in order.
async fn whoami(method: Method, OriginalUri(uri): OriginalUri, headers: HeaderMap) -> Response {
    let received: BTreeMap<&str, Vec<String>> =
        headers.keys().map(|name| (name.as_str(), values(&headers, name.as_str()))).collect();
    let answer = json!({ "method": method.as_str(), "target": uri.to_string(), "headers": received });
    reply::json(StatusCode::OK, &answer)
}

fn values(headers: &HeaderMap, name: &str) -> Vec<String> {
    headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect()
}

/// The first letters of the first two words, shown in the avatar.
fn initials(name: &str) -> String {
    let words = name.split(|c: char| c.is_whitespace() || matches!(c, '.' | '-' | '_' | '@'));
    words.filter_map(|word| word.chars().next()).take(2).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_come_from_any_name() {
        assert_eq!(initials("Ada Lovelace King"), "AL");
        assert_eq!(initials("ada@example.com"), "AE");
        assert_eq!(initials("élodie"), "É");
        assert_eq!(initials(""), "");
    }
}

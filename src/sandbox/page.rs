//! The phone page, and the files that it and the dashboard link to.
//!
//! The text of a message is untrusted: the template escapes it, and even if it did not, the content security policy
//! blocks inline scripts and outside resources.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse as _, Response};

use super::messages::{Channel, Message};
use super::shared::Shared;

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The served files: name, type, content.
const ASSETS: [(&str, &str, &str); 4] = [
    ("mark.svg", "image/svg+xml", include_str!("../../static/mark.svg")),
    ("phone.css", "text/css; charset=utf-8", include_str!("../../static/sandbox/phone.css")),
    ("phone.js", "text/javascript; charset=utf-8", include_str!("../../static/sandbox/phone.js")),
    ("dashboard.css", "text/css; charset=utf-8", include_str!("../../static/sandbox/dashboard.css")),
];

#[derive(Template)]
#[template(path = "phone.html", config = "static/sandbox/askama.toml")]
struct Phone {
    /// Newest first.
    messages: Vec<Shown>,
}

/// A message as shown on the page.
struct Shown {
    kind: &'static str,
    label: &'static str,
    to: String,
    at: String,
    clock: String,
    subject: Option<String>,
    text: String,
    /// The origin-bound last line, which is for the browser and not for the reader.
    bound: Option<String>,
    code: Option<String>,
}

/// `GET /`.
pub(super) async fn phone(State(shared): State<Arc<Shared>>) -> Response {
    let messages = shared.state().messages.all();
    html(&Phone { messages: messages.into_iter().rev().map(Shown::from).collect() })
}

/// `GET /assets/{file}`.
pub(super) async fn asset(Path(file): Path<String>) -> Response {
    match ASSETS.iter().find(|(name, _, _)| *name == file) {
        Some((_, kind, content)) => secured(StatusCode::OK, kind, (*content).to_owned()),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Renders a page.
pub(super) fn html(page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => secured(StatusCode::OK, "text/html; charset=utf-8", text),
        Err(error) => {
            tracing::error!(%error, "sandbox page");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn secured(status: StatusCode, kind: &'static str, content: String) -> Response {
    let headers = [
        (CONTENT_TYPE, kind),
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
    ];
    (status, headers, content).into_response()
}

impl From<Message> for Shown {
    fn from(message: Message) -> Self {
        let (kind, label) = match message.channel {
            Channel::Sms => ("sms", "SMS"),
            Channel::Email => ("email", "Mail"),
        };
        let at = message.at.to_string();
        let (text, bound) = match message.text.rsplit_once('\n') {
            Some((text, last)) if last.starts_with('@') => (text.trim_end().to_owned(), Some(last.to_owned())),
            Some(_) | None => (message.text, None),
        };
        Self {
            kind,
            label,
            to: message.to,
            clock: at.get(11..16).unwrap_or_default().to_owned(),
            at,
            subject: message.subject,
            text,
            bound,
            code: message.code,
        }
    }
}

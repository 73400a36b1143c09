//! The codes API: the CPaaS creates, sends, keeps and checks the code.
//!
//! The meaning of responses to a guess:
//!
//! | answer | meaning |
//! |---|---|
//! | exactly 204 | right, and spent |
//! | 400, 403, 404, 410, 422 | wrong or expired, whatever the body: it is not documented which of them a wrong code gets |
//! | the same, with an OAuth error code about our token | error: no response about a visitor's code has one |
//! | 401, again after a new token | error |
//! | any other 2xx, 3xx, 4xx, 5xx, no response, a partial response | error |
//!
//! An error gives the guess back. A response that could be about the code must therefore never be treated as an error,
//! or guesses would be free: ambiguous responses (an HTML page with 403, a policy exception) mean wrong.

use std::time::Duration;

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::client::{Cpaas, Reply, Request};
use super::errors::{explain, is_about_our_token};
use super::segment::{is_plain, stands_for};
use crate::delivery::provider::{CodeReference, CodeRequest, CodeVerdict, DeliveryError, Sent};
use crate::domain::code::{Alphabet, OneTimeCode};

/// The name of the codes API in the registry, for SMS and mail.
pub(crate) const NAME: &str = "cpaas";

/// The destination of a code.
pub(crate) enum CodeAddress<'a> {
    /// A telephone number in E.164.
    Sms(&'a str),
    /// A mail, for which the API requires a subject.
    Email {
        /// The recipient.
        address: &'a str,
        /// The subject line.
        subject: &'a str,
    },
}

impl CodeAddress<'_> {
    const fn destination(&self) -> &str {
        match self {
            Self::Sms(address) | Self::Email { address, .. } => address,
        }
    }
}

/// Creates a code and sends it.
pub(crate) async fn create(
    cpaas: &Cpaas,
    to: &CodeAddress<'_>,
    request: &CodeRequest,
) -> Result<CodeReference, DeliveryError> {
    let body = body(cpaas, to, request);
    let call = call("create", Method::POST, "/codes", Some(&body));
    placeholder(&call, request)?;
    let reply = cpaas.call(&call).await?;
    made(cpaas, &call, &reply, to)
}

/// Sends a new code under the old one's id. If the CPaaS no longer knows that id (expired, spent), it creates a new
/// one; the old code is invalid in either case.
pub(crate) async fn resend(
    cpaas: &Cpaas,
    old: &CodeReference,
    to: &CodeAddress<'_>,
    request: &CodeRequest,
) -> Result<CodeReference, DeliveryError> {
    let body = body(cpaas, to, request);
    let path = path(old, "resend", "")?;
    let call = call("resend", Method::PUT, &path, Some(&body));
    placeholder(&call, request)?;
    let reply = cpaas.call(&call).await?;
    match reply.status {
        StatusCode::NOT_FOUND | StatusCode::GONE => create(cpaas, to, request).await,
        _ => made(cpaas, &call, &reply, to),
    }
}

/// Checks a guess.
pub(crate) async fn verify(
    cpaas: &Cpaas,
    reference: &CodeReference,
    guess: &OneTimeCode,
) -> Result<CodeVerdict, DeliveryError> {
    let body = json!({ "code": { "verify": guess.expose() } });
    let path = path(reference, "verify", "/verify")?;
    let call = call("verify", Method::PUT, &path, Some(&body));
    let reply = cpaas.call(&call).await?;
    match reply.status.as_u16() {
        204 => Ok(CodeVerdict::Right),
        400 | 403 | 404 | 410 | 422 if !is_about_our_token(&reply.body) => Ok(CodeVerdict::Wrong),
        _ => Err(refused(&call, &reply, &[guess.expose()])),
    }
}

/// Deletes a code. Succeeds if it no longer exists.
pub(crate) async fn delete(cpaas: &Cpaas, reference: &CodeReference) -> Result<(), DeliveryError> {
    let path = path(reference, "delete", "")?;
    let call = call("delete", Method::DELETE, &path, None);
    let reply = cpaas.call(&call).await?;
    let gone = matches!(reply.status, StatusCode::NOT_FOUND | StatusCode::GONE);
    if gone || reply.status.is_success() { Ok(()) } else { Err(refused(&call, &reply, &[])) }
}

fn call<'a>(operation: &'static str, method: Method, rest: &'a str, body: Option<&'a Value>) -> Request<'a> {
    Request { provider: NAME, operation, method, service: "auth", rest, body }
}

/// The path of a code. A reference that is not a plain segment was not returned by [`made`] and is never put into a
/// path.
fn path(reference: &CodeReference, operation: &'static str, behind: &str) -> Result<String, DeliveryError> {
    if is_plain(&reference.0) {
        return Ok(format!("/codes/{}{behind}", reference.0));
    }
    let reason = format!("{operation}: the stored reference is no code id of the CPaaS");
    Err(DeliveryError { provider: NAME, reason, sent: Sent::No })
}

fn placeholder(call: &Request<'_>, request: &CodeRequest) -> Result<(), DeliveryError> {
    if request.text.matches("{code}").count() == 1 {
        return Ok(());
    }
    Err(call.error(Sent::No, "the text needs {code} exactly once"))
}

fn body(cpaas: &Cpaas, to: &CodeAddress<'_>, request: &CodeRequest) -> Value {
    let (method, subject) = match to {
        CodeAddress::Sms(_) => ("sms", None),
        CodeAddress::Email { subject, .. } => ("email", Some(*subject)),
    };
    let alphabet = match request.alphabet {
        Alphabet::Numeric => "numeric",
        Alphabet::Alphanumeric => "alphanumeric",
    };
    let mut code = json!({
        "address": [to.destination()],
        "method": method,
        // Numbers as JSON numbers: it is not known whether the server accepts strings, which two SDKs send.
        "format": { "length": request.length.clamp(4, 10), "type": alphabet },
        "expiry": expiry(request.lifetime),
        "message": message(cpaas, request),
    });
    if let (Some(subject), Some(fields)) = (subject, code.as_object_mut()) {
        fields.insert("subject".to_owned(), Value::from(subject));
    }
    json!({ "code": code })
}

/// The text, and the line that binds the code to the site's host. The reference of the API does not say whether a second
/// `{code}` is filled in; the first one stands in the sentence, so that people can read the code either way.
fn message(cpaas: &Cpaas, request: &CodeRequest) -> String {
    match (&request.origin_line, cpaas.origin_line) {
        (Some(line), true) => format!("{}\n\n{line}", request.text),
        (Some(_), false) | (None, _) => request.text.clone(),
    }
}

/// Whole seconds, within the range of the API.
fn expiry(lifetime: Duration) -> u64 {
    lifetime.as_secs().clamp(30, 3600)
}

/// Reads the reference of a created code. Only a path of our own user's codes is accepted: a response cannot redirect
/// later calls.
fn made(
    cpaas: &Cpaas,
    call: &Request<'_>,
    reply: &Reply,
    to: &CodeAddress<'_>,
) -> Result<CodeReference, DeliveryError> {
    if !reply.status.is_success() {
        return Err(refused(call, reply, &[to.destination()]));
    }
    let unusable = |what: &str| call.error(Sent::Perhaps, &format!("status {} {what}", reply.status.as_u16()));
    let answer: Value = serde_json::from_slice(&reply.body).map_err(|_| unusable("without JSON"))?;
    let url = answer.pointer("/code/resourceURL").and_then(Value::as_str);
    let url = url.ok_or_else(|| unusable("without code.resourceURL"))?;
    code_id(url, cpaas.base(), &reply.user)
        .map(|id| CodeReference(id.to_owned()))
        .ok_or_else(|| unusable("with a resourceURL that is no code of ours"))
}

/// The id in `/cpaas/auth/v1/{user}/codes/{id}`, with or without the base URL in front.
fn code_id<'a>(url: &'a str, base: &str, user: &str) -> Option<&'a str> {
    let path = url.strip_prefix(base).unwrap_or(url);
    let mut rest = path.strip_prefix("/cpaas/auth/v1/")?.split('/');
    let owner = rest.next()?;
    let codes = rest.next()?;
    let id = rest.next()?;
    (stands_for(owner, user) && codes == "codes" && is_plain(id) && rest.next().is_none()).then_some(id)
}

/// The error for a response without success. `hidden` are texts of the call that must not be logged.
pub(crate) fn refused(call: &Request<'_>, reply: &Reply, hidden: &[&str]) -> DeliveryError {
    let status = reply.status.as_u16();
    let said = explain(&reply.body, hidden);
    let why = if said.is_empty() { format!("status {status}") } else { format!("status {status} ({said})") };
    call.error(reply.sent(), &why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_code_of_our_own_user_on_our_own_host_is_taken() {
        let base = "https://cpaas.example";
        let id = |url| code_id(url, base, "us er@x");
        assert_eq!(id("/cpaas/auth/v1/us%20er%40x/codes/abc-1"), Some("abc-1"));
        assert_eq!(id("/cpaas/auth/v1/us er@x/codes/abc-1"), Some("abc-1"));
        assert_eq!(id("https://cpaas.example/cpaas/auth/v1/us%20er@x/codes/abc-1"), Some("abc-1"));
        for url in [
            "https://evil.example/cpaas/auth/v1/us%20er@x/codes/abc-1",
            "https://cpaas.example.evil/cpaas/auth/v1/us%20er@x/codes/abc-1",
            "//evil.example/cpaas/auth/v1/us%20er@x/codes/abc-1",
            "/cpaas/auth/v1/other/codes/abc-1",
            "/cpaas/auth/v1/us%20er@x/codes/",
            "/cpaas/auth/v1/us%20er@x/codes/..",
            "/cpaas/auth/v1/us%20er@x/codes/%2e%2e",
            "/cpaas/auth/v1/us%20er@x/codes/a/verify",
            "/cpaas/auth/v1/us%20er@x/codes/a?b",
            "/cpaas/auth/v1/us%20er@x/codes/a#b",
            "/cpaas/auth/v1/us%20er@x/other/abc-1",
            "abc-1",
            "",
        ] {
            assert_eq!(id(url), None, "{url}");
        }
    }

    #[test]
    fn a_lifetime_and_a_length_outside_the_range_of_the_api_are_brought_into_it() {
        assert_eq!(expiry(Duration::from_millis(1500)), 30);
        assert_eq!(expiry(Duration::from_mins(5)), 300);
        assert_eq!(expiry(Duration::from_hours(24)), 3600);
    }
}

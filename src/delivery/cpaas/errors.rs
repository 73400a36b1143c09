//! The error bodies of the CPaaS, in every form that its clients handle.

use http::StatusCode;
use serde_json::Value;

use crate::delivery::peer_fault::PeerFault;
use crate::delivery::reason::clean;

/// Maximum nesting of an error object: `requestError` → `serviceException` is two.
const DEEPEST: usize = 4;

/// The text of an error body, such as `SVC0002: Invalid input value for message part address`, masked and shortened for
/// the log. Empty if the body is not understood. `hidden` are texts of our own call that it may echo.
pub(super) fn explain(body: &[u8], hidden: &[&str]) -> String {
    let Ok(value) = serde_json::from_slice::<Value>(body) else { return String::new() };
    let Some((id, text)) = exception(&value, DEEPEST).or_else(|| token_error(&value)) else { return String::new() };
    let line = match (id.is_empty(), text.is_empty()) {
        (false, false) => format!("{id}: {text}"),
        (false, true) => id,
        (true, _) => text,
    };
    clean(&line, hidden)
}

/// Whether a refusal is about our token or its rights, which no response about a visitor's code is: the error codes of
/// RFC 6750 §3.1 and RFC 6749 §5.2 that concern the client. `invalid_request` is not included, because a malformed
/// guess could cause it.
pub(super) fn is_about_our_token(body: &[u8]) -> bool {
    let word = serde_json::from_slice::<Value>(body).ok().and_then(|value| text_of(&value, "error"));
    word.is_some_and(|word| {
        matches!(word.as_str(), "invalid_token" | "insufficient_scope" | "invalid_client" | "unauthorized_client")
    })
}

/// What a refusal of the token endpoint is about (RFC 6749 §5.2). A 404 or 500 is not about the credentials: it comes from
/// another program, or from a CPaaS that fails itself.
pub(super) fn token_fault(status: StatusCode, body: &[u8]) -> PeerFault {
    let word = serde_json::from_slice::<Value>(body).ok().and_then(|value| text_of(&value, "error"));
    match word.as_deref() {
        Some("invalid_client" | "unauthorized_client") if status.is_client_error() => PeerFault::Client,
        Some("invalid_grant") if status.is_client_error() => PeerFault::Credentials,
        Some(_) | None if matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => PeerFault::Credentials,
        Some(_) | None => PeerFault::Answer,
    }
}

/// The object with a `messageId`: inside `requestError` or, in older responses, without it.
fn exception(value: &Value, depth: usize) -> Option<(String, String)> {
    let object = value.as_object()?;
    if let Some(id) = text_of(value, "messageId") {
        let text = text_of(value, "text").unwrap_or_default();
        return Some((id, fill(&text, value.get("variables"))));
    }
    let deeper = depth.checked_sub(1)?;
    object.values().find_map(|inner| exception(inner, deeper))
}

/// The forms of the token endpoint: `error` with `error_description`, or `message`.
fn token_error(value: &Value) -> Option<(String, String)> {
    match (text_of(value, "error"), text_of(value, "error_description"), text_of(value, "message")) {
        (Some(word), description, message) => Some((word, description.or(message).unwrap_or_default())),
        (None, Some(text), _) | (None, None, Some(text)) => Some((String::new(), text)),
        (None, None, None) => None,
    }
}

fn text_of(value: &Value, name: &str) -> Option<String> {
    value.get(name).and_then(Value::as_str).map(str::to_owned)
}

/// Replaces `%1`, `%2`, … with `variables`; both may be missing.
fn fill(text: &str, variables: Option<&Value>) -> String {
    let variables = variables.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    // From last to first, so that `%1` does not match the start of `%10`. No error has more than nine variables.
    variables.iter().take(9).enumerate().rev().fold(text.to_owned(), |text, (index, value)| {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        text.replace(&format!("%{}", index + 1), &value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(body: &str) -> String {
        explain(body.as_bytes(), &[])
    }

    #[test]
    fn each_form_of_an_error_is_understood() {
        let exception =
            r#"{"messageId":"SVC0002","text":"Invalid input value for message part %1","variables":["address"]}"#;
        let expected = "SVC0002: Invalid input value for message part address";
        assert_eq!(said(&format!(r#"{{"requestError":{{"serviceException":{exception}}}}}"#)), expected);
        assert_eq!(said(&format!(r#"{{"requestError":{{"policyException":{exception}}}}}"#)), expected);
        assert_eq!(said(&format!(r#"{{"serviceException":{exception}}}"#)), expected);
        assert_eq!(said(exception), expected);
        assert_eq!(
            said(r#"{"error":"invalid_client","error_description":"Bad secret"}"#),
            "invalid_client: Bad secret"
        );
        assert_eq!(said(r#"{"message":"Too many requests"}"#), "Too many requests");
        assert_eq!(said(r#"{"requestError":{"serviceException":{"messageId":"SVC0001"}}}"#), "SVC0001");
    }

    #[test]
    fn what_is_no_error_body_says_nothing() {
        for body in [
            "",
            "<html>",
            "null",
            "[]",
            "7",
            r#"{"messageId":7}"#,
            r#"{"a":{"b":{"c":{"d":{"e":{"messageId":"X"}}}}}}"#,
        ] {
            assert_eq!(said(body), "", "{body}");
        }
        assert_eq!(explain(&"[".repeat(60_000).into_bytes(), &[]), "", "deep nesting is refused by the parser");
    }

    #[test]
    fn an_error_that_echoes_the_call_is_masked() {
        let body = r#"{"requestError":{"serviceException":{"messageId":"SVC0002","text":"%1 and %2 and %3","variables":["+15005550006","9f3K",123456]}}}"#;
        assert_eq!(explain(body.as_bytes(), &["9f3K"]), "SVC0002: +[number] and [hidden] and [number]");
    }

    #[test]
    fn only_words_about_the_token_are_about_the_token() {
        assert!(is_about_our_token(br#"{"error":"insufficient_scope"}"#));
        for body in
            [r#"{"error":"invalid_request"}"#, r#"{"error":"wrong code"}"#, "<html>", "", r#"{"requestError":{}}"#]
        {
            assert!(!is_about_our_token(body.as_bytes()), "{body}");
        }
    }
}

//! Turns a `Problem` into a response: a page for a person, a small JSON object for a program. Neither contains more
//! than the visitor may know; the log has the rest, with the same request id.

use std::borrow::Cow;
use std::time::Duration;

use http::Response;
use http::header::{self, HeaderValue};

use crate::domain::identifier::RequestId;
use crate::headers::audience::Audience;
use crate::upstream::AnswerBody;
use crate::web::Problem;

/// `Retry-After` of a temporary failure. The store usually recovers within seconds or not at all.
const PAUSE: Duration = Duration::from_secs(5);

/// The text for the visitor. Details of sites, the store and the gateway stay in the log.
fn detail(problem: &Problem) -> Cow<'static, str> {
    match problem {
        Problem::BadRequest(_)
        | Problem::Forgery(_)
        | Problem::Forbidden(_)
        | Problem::NoAccess(_)
        | Problem::NotFound
        | Problem::MethodNotAllowed(_)
        | Problem::PathTooLong(_)
        | Problem::TooLarge(_)
        | Problem::HeadTooLarge(_)
        | Problem::UnsupportedMediaType(_)
        | Problem::UnknownSite
        | Problem::PlainHttp
        | Problem::Loop
        | Problem::UpstreamTimeout => Cow::Owned(problem.to_string()),
        Problem::TooMany(_) => Cow::Borrowed("too many requests; wait before the next one"),
        Problem::UpstreamUnreachable(_) => Cow::Borrowed("the protected site cannot be reached"),
        Problem::Unavailable(_) => Cow::Borrowed("not available right now; try again in a moment"),
        Problem::Internal(_) => Cow::Borrowed("something went wrong here"),
    }
}

/// The response to a problem. `page` is the rendered HTML, if there is one.
pub(super) fn of(
    problem: &Problem,
    page: Option<String>,
    audience: Audience,
    request: RequestId,
) -> Response<AnswerBody> {
    let (kind, body) = match (audience, page) {
        (Audience::Person, Some(page)) => ("text/html; charset=utf-8", page),
        (Audience::Person, None) => {
            ("text/plain; charset=utf-8", format!("{}\nRequest {}\n", detail(problem), request.to_hex()))
        }
        (Audience::Program, _) => {
            let body = serde_json::json!({ "error": detail(problem), "request": request.to_hex() });
            ("application/json", body.to_string())
        }
    };
    let mut response = Response::new(AnswerBody::whole(body));
    *response.status_mut() = problem.status();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Problem::MethodNotAllowed(allowed) = problem {
        headers.insert(header::ALLOW, HeaderValue::from_static(allowed));
    }
    if let Some(pause) = pause(problem) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(whole_seconds(pause)));
    }
    response
}

/// `Retry-After` is in seconds; zero would mean "at once".
fn whole_seconds(pause: Duration) -> u64 {
    let started = u64::from(pause.subsec_nanos() > 0);
    pause.as_secs().saturating_add(started).max(1)
}

const fn pause(problem: &Problem) -> Option<Duration> {
    match problem {
        Problem::TooMany(wait) => Some(*wait),
        Problem::Unavailable(_) => Some(PAUSE),
        Problem::BadRequest(_)
        | Problem::Forgery(_)
        | Problem::Forbidden(_)
        | Problem::NoAccess(_)
        | Problem::NotFound
        | Problem::MethodNotAllowed(_)
        | Problem::PathTooLong(_)
        | Problem::TooLarge(_)
        | Problem::HeadTooLarge(_)
        | Problem::UnsupportedMediaType(_)
        | Problem::UnknownSite
        | Problem::PlainHttp
        | Problem::Loop
        | Problem::UpstreamUnreachable(_)
        | Problem::UpstreamTimeout
        | Problem::Internal(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt as _;

    async fn text(problem: &Problem, page: Option<String>, audience: Audience) -> (Response<()>, String) {
        let (parts, body) = of(problem, page, audience, RequestId::from_bytes([7; 16])).into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        (Response::from_parts(parts, ()), String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_program_gets_json_a_person_a_page_and_neither_learns_internals() {
        let problem = Problem::UpstreamUnreachable("10.0.0.7:3000 refused".to_owned());
        let (response, body) = text(&problem, Some("<p>page</p>".to_owned()), Audience::Program).await;
        assert_eq!(response.status(), 502);
        assert_eq!(
            body,
            format!("{{\"error\":\"the protected site cannot be reached\",\"request\":\"{}\"}}", "07".repeat(16))
        );
        let (response, body) = text(&problem, Some("<p>page</p>".to_owned()), Audience::Person).await;
        assert_eq!(
            (response.headers().get("content-type").unwrap().to_str().unwrap(), body.as_str()),
            ("text/html; charset=utf-8", "<p>page</p>")
        );
        for hidden in [problem, Problem::Internal("secret".to_owned()), Problem::Unavailable("secret".to_owned())] {
            let (_, body) = text(&hidden, None, Audience::Person).await;
            assert!(!body.contains("secret") && !body.contains("10.0.0.7"), "{body}");
        }
    }

    #[tokio::test]
    async fn whoever_must_wait_or_ask_otherwise_is_told_how() {
        let (response, _) = text(&Problem::TooMany(Duration::from_millis(1500)), None, Audience::Program).await;
        assert_eq!(response.headers().get("retry-after").unwrap(), "2");
        let (response, _) = text(&Problem::Unavailable(String::new()), None, Audience::Program).await;
        assert_eq!(
            (response.status().as_u16(), response.headers().get("retry-after").unwrap().to_str().unwrap()),
            (503, "5")
        );
        let (response, _) = text(&Problem::MethodNotAllowed("GET, HEAD"), None, Audience::Program).await;
        assert_eq!(
            (response.status().as_u16(), response.headers().get("allow").unwrap().to_str().unwrap()),
            (405, "GET, HEAD")
        );
    }
}

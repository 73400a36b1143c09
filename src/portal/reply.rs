//! Builds the responses of the portal. Security headers are added later, in `server/receive`.

use std::time::Duration;

use askama::Template;
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION, RETRY_AFTER, SET_COOKIE};
use http::{HeaderValue, Response, StatusCode};

use crate::domain::origin::Origin;
use crate::domain::return_target::ReturnTarget;
use crate::portal::page::Page;
use crate::upstream::AnswerBody;
use crate::web::{FormReturn, Problem};

/// A rendered page.
pub(super) fn page(status: StatusCode, template: &impl Template) -> Result<Page, Problem> {
    let html = template.render().map_err(|error| Problem::Internal(format!("a page cannot be rendered: {error}")))?;
    let mut page = Response::new(AnswerBody::whole(html));
    *page.status_mut() = status;
    page.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    Ok(page)
}

/// A static file with its `Cache-Control`.
pub(super) fn file(kind: &'static str, cache: &'static str, content: impl Into<Bytes>) -> Page {
    let mut page = Response::new(AnswerBody::whole(content));
    page.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    page.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    page
}

/// A 303 redirect: the browser loads `location` with GET, whatever the method of this request was (RFC 9110 §15.4.4).
pub(super) fn see_other(location: &str) -> Result<Page, Problem> {
    let location = HeaderValue::from_str(location)
        .map_err(|_| Problem::Internal("a redirect has characters that no header may have".to_owned()))?;
    let mut page = Response::new(AnswerBody::Empty);
    *page.status_mut() = StatusCode::SEE_OTHER;
    page.headers_mut().insert(LOCATION, location);
    Ok(page)
}

/// Adds a cookie to the response.
pub(super) fn with_cookie(mut answer: Page, cookie: HeaderValue) -> Page {
    answer.headers_mut().append(SET_COOKIE, cookie);
    answer
}

/// Adds `Retry-After` in whole seconds, rounded up.
pub(super) fn with_wait(mut answer: Page, wait: Duration) -> Page {
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds(wait)));
    answer
}

/// Tells `server/receive` which origin the page's form may redirect to: browsers apply `form-action` of the content
/// security policy to the redirect that follows a form, too.
pub(super) fn with_form_return(mut answer: Page, target: &ReturnTarget, origin: &Origin) -> Page {
    if target.origin() != origin {
        answer.extensions_mut().insert(FormReturn(target.origin().clone()));
    }
    answer
}

/// Whole seconds, rounded up: a visitor who waits that long is not throttled again.
pub(super) fn seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_whole_seconds_rounded_up() {
        for (millis, told) in [(0, 0), (1, 1), (1000, 1), (1001, 2)] {
            assert_eq!(seconds(Duration::from_millis(millis)), told);
        }
    }

    #[test]
    fn a_redirect_that_would_break_the_header_is_refused() {
        assert!(matches!(see_other("/a\r\nSet-Cookie: x=y"), Err(Problem::Internal(_))));
        assert_eq!(see_other("/a").unwrap().headers()[LOCATION], "/a");
    }
}

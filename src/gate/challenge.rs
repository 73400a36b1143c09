//! What a visitor without a pass is told.
//!
//! Neither answer sets a cookie: proxies before us drop or break `Set-Cookie` on redirects, and caches would keep it.

use std::fmt::Write as _;

use http::header::{self, HeaderMap, HeaderValue};
use http::{Method, Response, StatusCode};

use crate::domain::origin::Origin;
use crate::domain::return_target::ReturnTarget;
use crate::domain::target::RequestTarget;
use crate::upstream::AnswerBody;

/// What the answer hangs on, for whoever caches against `no-store`.
const VARY: HeaderValue =
    HeaderValue::from_static("Cookie, Accept, Sec-Fetch-Mode, Sec-Fetch-Dest, X-Requested-With, Upgrade");

/// Sends a person to the login page, which brings him back. 303 turns the method into GET; for a GET or HEAD, 302 is
/// what older clients and proxies know best.
pub(super) fn redirect(prefix: &str, here: &Origin, target: &RequestTarget, method: &Method) -> Response<AnswerBody> {
    let safe = *method == Method::GET || *method == Method::HEAD;
    let wanted = ReturnTarget::asked_for(here, target);
    let mut response = Response::new(AnswerBody::Empty);
    *response.status_mut() = if safe { StatusCode::FOUND } else { StatusCode::SEE_OTHER };
    let headers = response.headers_mut();
    headers.insert(header::LOCATION, location(&login(prefix, Some(&wanted), here)));
    headers.insert(header::VARY, VARY);
    response
}

/// Tells a program that it has no session, and where a person would get one: a script can open that page. It leads
/// back to the page the script runs on, not to the data it asked for.
///
/// RFC 9110 §15.5.2 wants a challenge with every 401. No registered scheme means "log in with a browser", and `Basic`
/// would open the browser's own password box; a scheme of our own is passed over by every browser.
pub(super) fn unauthenticated(prefix: &str, here: &Origin, headers: &HeaderMap) -> Response<AnswerBody> {
    let page = headers.get(header::REFERER).and_then(|page| page.to_str().ok());
    let wanted = page.map(|page| ReturnTarget::read(page, here, |_| false));
    let login = login(prefix, wanted.as_ref(), here);
    let body = serde_json::json!({ "error": "unauthenticated", "login": login }).to_string();
    let mut response = Response::new(AnswerBody::whole(body));
    *response.status_mut() = StatusCode::UNAUTHORIZED;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::WWW_AUTHENTICATE, challenge(prefix));
    headers.insert(header::VARY, VARY);
    response
}

fn login(prefix: &str, wanted: Option<&ReturnTarget>, here: &Origin) -> String {
    let mut url = format!("{prefix}/login");
    if let Some(wanted) = wanted {
        url.push_str("?rd=");
        encode(&wanted.seen_from(here), &mut url);
    }
    url
}

/// Percent-encodes everything but unreserved characters and `/` (RFC 3986 §2.3, §3.4).
fn encode(text: &str, url: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            url.push(char::from(byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
    }
}

fn location(url: &str) -> HeaderValue {
    // Prefix and encoded text are visible ASCII; were they not, the start page loses nothing but the place.
    HeaderValue::from_str(url).unwrap_or(HeaderValue::from_static("/"))
}

fn challenge(prefix: &str) -> HeaderValue {
    HeaderValue::from_str(&format!("Portcullis login=\"{prefix}/login\""))
        .unwrap_or(HeaderValue::from_static("Portcullis"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here() -> Origin {
        "https://app.example".parse().unwrap()
    }

    fn sent_to(method: &Method, target: &str) -> (u16, String) {
        let response = redirect("/portcullis", &here(), &RequestTarget::parse(target).unwrap(), method);
        let location = response.headers().get(header::LOCATION).unwrap().to_str().unwrap().to_owned();
        assert!(response.headers().get(header::SET_COOKIE).is_none());
        (response.status().as_u16(), location)
    }

    #[test]
    fn a_person_is_sent_to_the_login_page_with_the_place_he_wanted() {
        let (status, location) = sent_to(&Method::GET, "/a b".replace(' ', "%20").as_str());
        assert_eq!((status, location.as_str()), (302, "/portcullis/login?rd=/a%2520b"));
        let (status, location) = sent_to(&Method::POST, "/a?b=c&d=%2F#".trim_end_matches('#'));
        assert_eq!((status, location.as_str()), (303, "/portcullis/login?rd=/a%3Fb%3Dc%26d%3D%252F"));
        assert_eq!(sent_to(&Method::HEAD, "/").0, 302);
    }

    #[test]
    fn a_path_that_looks_like_another_host_comes_back_to_this_one() {
        assert_eq!(sent_to(&Method::GET, "//evil.test/x").1, "/portcullis/login?rd=https%3A//app.example//evil.test/x");
        assert_eq!(sent_to(&Method::GET, "/\\evil.test").1, "/portcullis/login?rd=/");
        assert_eq!(sent_to(&Method::GET, "/caf\u{e9}").1, "/portcullis/login?rd=/");
    }

    #[tokio::test]
    async fn a_program_is_told_where_a_person_would_log_in() {
        use http_body_util::BodyExt as _;
        for (referer, login) in [
            (None, "/portcullis/login"),
            (Some("https://app.example/page?x=1"), "/portcullis/login?rd=/page%3Fx%3D1"),
            (Some("https://evil.test/page"), "/portcullis/login?rd=/"),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(referer) = referer {
                headers.insert(header::REFERER, HeaderValue::from_str(referer).unwrap());
            }
            let response = unauthenticated("/portcullis", &here(), &headers);
            assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
            assert_eq!(
                response.headers().get(header::WWW_AUTHENTICATE).unwrap(),
                "Portcullis login=\"/portcullis/login\""
            );
            assert!(response.headers().get(header::LOCATION).is_none());
            let body = response.into_body().collect().await.unwrap().to_bytes();
            let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
            assert_eq!(body, serde_json::json!({ "error": "unauthenticated", "login": login }));
        }
    }
}

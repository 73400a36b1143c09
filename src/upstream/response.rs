//! Checks a site's answer and prepares it for the visitor.

use http::header::{self, HeaderMap};
use http::{Response, StatusCode, Version};
use hyper::body::Incoming;

use crate::headers::clean::{self, TrailerFilter};
use crate::headers::content_length;
use crate::upstream::answer_body::{AnswerBody, SiteBody};
use crate::upstream::error::UpstreamError;
use crate::upstream::lease::Lease;

/// Checks the framing, removes hop-by-hop headers, and passes the body on.
pub(super) fn accept(answer: Response<Incoming>, lease: Lease) -> Result<Response<AnswerBody>, UpstreamError> {
    if answer.status() == StatusCode::SWITCHING_PROTOCOLS {
        // RFC 9110 §15.2.2: 101 answers an `Upgrade` that we did not send.
        return Err(UpstreamError::InvalidAnswer("101 without a request for it".to_owned()));
    }
    check_framing(answer.headers())?;
    let (mut parts, body) = answer.into_parts();
    let nominated = clean::for_visitor(&mut parts.headers);
    // RFC 9110 §2.5: each hop sends its own version.
    parts.version = Version::HTTP_11;
    Ok(Response::from_parts(parts, AnswerBody::Site(SiteBody::new(body, TrailerFilter::new(nominated), lease))))
}

/// An ambiguous length lets one answer be read as two (RFC 9112 §6.3, §11.1).
fn check_framing(headers: &HeaderMap) -> Result<(), UpstreamError> {
    let length = content_length::read(headers);
    let mut codings = headers.get_all(header::TRANSFER_ENCODING).iter();
    let wrong = match (codings.next(), codings.next(), length) {
        (None, _, Ok(_)) => return Ok(()),
        (Some(one), None, Ok(None)) if one.as_bytes().eq_ignore_ascii_case(b"chunked") => return Ok(()),
        (None, _, Err(_)) => "a Content-Length that is not one plain number",
        (Some(_), _, Ok(None)) => "a Transfer-Encoding other than chunked",
        (Some(_), _, _) => "Transfer-Encoding beside Content-Length",
    };
    Err(UpstreamError::InvalidAnswer(wrong.to_owned()))
}

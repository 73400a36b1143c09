//! The one way from a visitor's headers to the site's, and back.
//!
//! The order is the point: first what belongs to this hop or could be taken for our word is removed, then our word is
//! set, so that nothing a client writes (`Connection: Remote-User`) can take it away.

use std::sync::Arc;

use http::Version;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};

use crate::domain::identity::Identity;
use crate::domain::identity_headers::IdentityHeaders;
use crate::domain::origin::Origin;
use crate::headers::authorization::{self, Addressee};
use crate::headers::forwarded::ForwardedInfo;
use crate::headers::hop_by_hop::{self, Nominated};
use crate::headers::via::{Loop, Via};
use crate::headers::{cookie, forwarded, identity, target_fields};

/// Headers that may reach the protected site. Made only by [`CleanHeaders::for_upstream`].
#[derive(Debug)]
pub(crate) struct CleanHeaders {
    headers: HeaderMap,
    trailers: TrailerFilter,
}

/// What the site is told beside what the visitor sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UpstreamContext<'a> {
    /// Under which names the site is told who is there.
    pub names: &'a Arc<IdentityHeaders>,
    /// Who the visitor is; `None` where a rule lets everybody pass.
    pub identity: Option<&'a Identity>,
    /// The same in signed form, where the site asks for it.
    pub assertion: Option<&'a HeaderValue>,
    /// Whose word `Authorization` is.
    pub authorization: Addressee,
    /// Where the request comes from.
    pub forwarded: &'a ForwardedInfo,
    /// The origin in the visitor's address bar.
    pub origin: &'a Origin,
    /// Our line of `Via`.
    pub via: &'a Via,
    /// The version the request was received in.
    pub version: Version,
    /// Whether it becomes a tunnel.
    pub exchange_kind: ExchangeKind,
}

/// What becomes of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExchangeKind {
    /// A request and its answer.
    Http,
    /// A WebSocket, if the site agrees (RFC 6455 §4.1).
    WebSocket,
}

/// What of a trailer section may travel on.
#[derive(Debug, Clone, Default)]
pub(crate) struct TrailerFilter {
    nominated: Nominated,
    /// The identity headers of the site that the request goes to; `None` for an answer.
    names: Option<Arc<IdentityHeaders>>,
}

impl CleanHeaders {
    /// Takes out what belongs to this hop, what claims to be our word, our cookies and our tokens; sets our word.
    pub(crate) fn for_upstream(mut headers: HeaderMap, upstream: &UpstreamContext<'_>) -> Result<Self, Loop> {
        let nominated = hop_by_hop::strip(&mut headers);
        remove_claims(&mut headers, Some(upstream.names));
        cookie::strip(&mut headers);
        authorization::strip(&mut headers, upstream.authorization);
        if let Some(identity) = upstream.identity {
            identity::set(&mut headers, upstream.names, identity);
        }
        if let Some(assertion) = upstream.assertion {
            headers.insert(identity::ASSERTION, assertion.clone());
        }
        upstream.forwarded.write(upstream.origin, &mut headers);
        upstream.via.append(&mut headers, upstream.version)?;
        set_host(&mut headers, upstream.origin);
        match upstream.exchange_kind {
            ExchangeKind::WebSocket => {
                headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
                headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
            }
            // RFC 9110 §10.1.4: whoever sends TE names it in Connection, since it is for one hop.
            ExchangeKind::Http if headers.contains_key(header::TE) => {
                headers.insert(header::CONNECTION, HeaderValue::from_static("te"));
            }
            ExchangeKind::Http => {}
        }
        let trailers = TrailerFilter { nominated, names: Some(Arc::clone(upstream.names)) };
        Ok(Self { headers, trailers })
    }

    /// The headers, and what holds for the trailers of the same message.
    pub(crate) fn into_parts(self) -> (HeaderMap, TrailerFilter) {
        (self.headers, self.trailers)
    }
}

impl TrailerFilter {
    /// The filter for the trailers of an answer whose headers were cleaned by [`for_visitor`].
    pub(crate) const fn new(nominated: Nominated) -> Self {
        Self { nominated, names: None }
    }

    /// Takes out of a trailer section what may not travel on. Fields that frame, route or authorise a message have no
    /// place in trailers (RFC 9110 §6.5.1): a receiver that merges them into the headers would be told twice.
    pub(crate) fn clean(&self, trailers: &mut HeaderMap) {
        hop_by_hop::strip_with(trailers, &self.nominated);
        remove_claims(trailers, self.names.as_deref());
        let second: Vec<HeaderName> =
            trailers.keys().filter(|name| target_fields::second_use(name.as_str()).is_some()).cloned().collect();
        for name in second {
            trailers.remove(name);
        }
        for name in [
            header::CONTENT_LENGTH,
            header::HOST,
            header::AUTHORIZATION,
            header::COOKIE,
            header::SET_COOKIE,
            header::CONTENT_TYPE,
            header::CONTENT_ENCODING,
            header::CONTENT_RANGE,
            header::CACHE_CONTROL,
            header::EXPECT,
            header::RANGE,
            header::TRAILER,
        ] {
            trailers.remove(name);
        }
    }
}

/// Takes out of an answer of the site what belongs to its hop and what would set or clear our cookies.
pub(crate) fn for_visitor(headers: &mut HeaderMap) -> Nominated {
    let nominated = hop_by_hop::strip(headers);
    headers.remove(header::TE);
    cookie::strip_set(headers);
    nominated
}

fn remove_claims(headers: &mut HeaderMap, site: Option<&IdentityHeaders>) {
    let is_claimed = |name: &str| match site {
        Some(site) => {
            identity::is_claimed_at(site, name) || (forwarded::is_claimed(name) && !identity::is_kept(site, name))
        }
        None => identity::is_claimed(name) || forwarded::is_claimed(name),
    };
    let doomed: Vec<HeaderName> = headers.keys().filter(|name| is_claimed(name.as_str())).cloned().collect();
    for name in doomed {
        headers.remove(name);
    }
}

/// The site sees the visitor's host. Mostly that is what came; over HTTP/2, in absolute-form and behind a proxy it is
/// not (RFC 9112 §3.2.2, RFC 9113 §8.3.1).
fn set_host(headers: &mut HeaderMap, origin: &Origin) {
    let unchanged = origin.authority().port().is_none()
        && headers.get(header::HOST).is_some_and(|host| host == origin.authority().host().as_str());
    if !unchanged {
        let value = HeaderValue::from_maybe_shared(bytes::Bytes::from(origin.authority().to_string()));
        headers.insert(header::HOST, value.unwrap_or(HeaderValue::from_static("")));
    }
}

#[cfg(test)]
#[path = "clean_tests.rs"]
mod tests;

//! Cleans a visitor's headers for the site, and the site's headers for the visitor.
//!
//! The order matters. First, everything that belongs to this hop or imitates our own fields is removed; then our fields
//! are set. Nothing that a client writes (`Connection: Remote-User`) can therefore remove them.

use std::sync::Arc;

use http::Version;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};

use crate::domain::exchange_kind::ExchangeKind;
use crate::domain::identity::Identity;
use crate::domain::identity_headers::IdentityHeaders;
use crate::domain::origin::Origin;
use crate::headers::authorization::{self, Addressee};
use crate::headers::forwarded::ForwardedInfo;
use crate::headers::hop_by_hop::{self, Nominated};
use crate::headers::via::{Loop, Via};
use crate::headers::{cookie, forwarded, identity, target_fields};

/// Headers that may reach the protected site. Only [`CleanHeaders::for_upstream`] can make them.
#[derive(Debug)]
pub(crate) struct CleanHeaders {
    headers: HeaderMap,
    trailers: TrailerFilter,
}

/// What the site's headers are built from, in addition to what the visitor sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UpstreamContext<'a> {
    /// The header names for the person's identity at this site.
    pub names: &'a Arc<IdentityHeaders>,
    /// The identity to send; `None` if the request passes without one.
    pub identity: Option<&'a Identity>,
    /// The signed identity, if the site wants it.
    pub assertion: Option<&'a HeaderValue>,
    /// Whom `Authorization` is meant for.
    pub authorization: Addressee,
    /// Address, scheme and proxies of the visitor.
    pub forwarded: &'a ForwardedInfo,
    /// The origin in the visitor's address bar.
    pub origin: &'a Origin,
    /// Our `Via` line.
    pub via: &'a Via,
    /// The HTTP version of the request as received.
    pub version: Version,
    /// Whether the request asks for a WebSocket.
    pub exchange_kind: ExchangeKind,
}

/// Decides which trailer fields may be passed on.
#[derive(Debug, Clone, Default)]
pub(crate) struct TrailerFilter {
    nominated: Nominated,
    /// The identity headers of the site that the request goes to; `None` for an answer.
    names: Option<Arc<IdentityHeaders>>,
}

impl CleanHeaders {
    /// Removes fields of this hop, fields that imitate ours, our cookies and our tokens; then sets our fields.
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
            // RFC 9110 §10.1.4: a sender of TE also lists it in Connection, because it is for one hop.
            ExchangeKind::Http if headers.contains_key(header::TE) => {
                headers.insert(header::CONNECTION, HeaderValue::from_static("te"));
            }
            ExchangeKind::Http => {}
        }
        let trailers = TrailerFilter { nominated, names: Some(Arc::clone(upstream.names)) };
        Ok(Self { headers, trailers })
    }

    /// The headers, and the filter for the trailers of the same message.
    pub(crate) fn into_parts(self) -> (HeaderMap, TrailerFilter) {
        (self.headers, self.trailers)
    }
}

impl TrailerFilter {
    /// The filter for the trailers of an answer whose headers were cleaned by [`for_visitor`].
    pub(crate) const fn new(nominated: Nominated) -> Self {
        Self { nominated, names: None }
    }

    /// Removes trailer fields that may not be passed on. Fields that frame, route or authorise a message are not
    /// allowed in trailers (RFC 9110 §6.5.1): a receiver that merges them into the headers would have two values.
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

/// Removes from a site's answer the fields of its hop and everything that would set or clear our cookies.
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

/// Sets the `Host` that the visitor used. Usually it is already there, but not over HTTP/2, in absolute-form or behind
/// a proxy (RFC 9112 §3.2.2, RFC 9113 §8.3.1).
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

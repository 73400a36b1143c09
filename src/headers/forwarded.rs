//! The origin of a request: the visitor's address, and the scheme and host that the visitor's browser used.
//!
//! `X-Forwarded-For`, `-Proto` and `-Host` are used only from a peer in `server.trusted_proxies`, which is empty by
//! default. From such a peer they must be well formed and agree with each other and with `Forwarded`, or the request is
//! refused: a proxy that adds its own values to a client's cannot be trusted. For the site all of these fields are
//! rewritten from the result; the chain then contains only addresses that a trusted proxy vouches for.

use std::fmt::Write as _;
use std::net::IpAddr;

use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};

use crate::domain::client::{ClientAddress, Peer};
use crate::domain::host::Authority;
use crate::domain::network::TrustedProxies;
use crate::domain::origin::{Origin, Scheme};
use crate::headers::{spelling, target_fields};

const FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const PORT: HeaderName = HeaderName::from_static("x-forwarded-port");
const REAL_IP: HeaderName = HeaderName::from_static("x-real-ip");

/// How a request arrived.
#[derive(Debug, Clone)]
pub struct ForwardedInfo {
    /// The visitor's address.
    pub client: ClientAddress,
    /// The scheme that the visitor's browser uses: that of our connection, or the one a trusted proxy reports.
    pub scheme: Scheme,
    /// The host in the visitor's address bar, if a trusted proxy reports it.
    pub host: Option<Authority>,
    /// Where this information comes from.
    pub word: Word,
}

/// The source of a [`ForwardedInfo`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// The connection itself.
    Peer,
    /// Trusted proxies. Their addresses, nearest to the visitor first, the peer last.
    Proxies(Vec<IpAddr>),
}

/// A trusted proxy sent fields that contradict each other or are malformed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Contradiction(pub &'static str);

/// Reads the forwarding headers if `peer` is a trusted proxy. `own` is the scheme of our connection.
pub fn read(
    headers: &HeaderMap,
    peer: Peer,
    own: Scheme,
    trusted: &TrustedProxies,
) -> Result<ForwardedInfo, Contradiction> {
    if !trusted.include(peer) {
        return Ok(ForwardedInfo { client: ClientAddress::of_peer(peer), scheme: own, host: None, word: Word::Peer });
    }
    let (client, proxies) = chain(headers, peer, trusted)?;
    let scheme = proto(headers)?;
    let host = host(headers)?;
    agree_with_forwarded(headers, scheme, host.as_ref())?;
    Ok(ForwardedInfo { client, scheme: scheme.unwrap_or(own), host, word: Word::Proxies(proxies) })
}

/// Only the visitor's address, as a trusted proxy reports it.
pub fn client(headers: &HeaderMap, peer: Peer, trusted: &TrustedProxies) -> Result<ClientAddress, Contradiction> {
    chain(headers, peer, trusted).map(|(client, _)| client)
}

/// The visitor's address is the right-most one that does not belong to a trusted proxy; everything to the left of it is
/// only the visitor's claim. If all are trusted, it is the left-most (a health check by the proxy itself). If a trusted
/// proxy sends none, the address is unknown: with the proxy's own address, every visitor would appear to come from a
/// network that rules may trust.
fn chain(
    headers: &HeaderMap,
    peer: Peer,
    trusted: &TrustedProxies,
) -> Result<(ClientAddress, Vec<IpAddr>), Contradiction> {
    let mut proxies: Vec<IpAddr> = Vec::new();
    let mut client = ClientAddress::UNKNOWN;
    if let Peer::Address(address) = peer {
        proxies.push(address.to_canonical());
    }
    for line in headers.get_all(FOR).iter().rev() {
        let text = line.to_str().map_err(|_| Contradiction("X-Forwarded-For is no list of addresses"))?;
        for entry in text.rsplit(',') {
            let address = address(entry.trim()).ok_or(Contradiction("X-Forwarded-For is no list of addresses"))?;
            client = ClientAddress::named_by_trusted_proxy(address);
            if !trusted.include(Peer::Address(address)) {
                proxies.reverse();
                return Ok((client, proxies));
            }
            proxies.push(address);
        }
    }
    // The left-most trusted address is the client itself, not a proxy.
    if proxies.len() > 1 || matches!(peer, Peer::Unix) {
        proxies.pop();
    }
    proxies.reverse();
    Ok((client, proxies))
}

/// Parses an address as proxies write it: bare or with a port.
fn address(text: &str) -> Option<IpAddr> {
    let parsed = text.parse::<IpAddr>().ok().or_else(|| {
        let authority: Authority = text.parse().ok()?;
        authority.host().address()
    });
    parsed.map(|address| address.to_canonical())
}

/// The value of a field whose lines and comma-separated parts must all be equal.
fn one_value<'a>(
    headers: &'a HeaderMap,
    name: &HeaderName,
    wrong: &'static str,
) -> Result<Option<&'a str>, Contradiction> {
    let mut found: Option<&str> = None;
    for line in headers.get_all(name) {
        for value in line.to_str().map_err(|_| Contradiction(wrong))?.split(',').map(str::trim) {
            if found.is_some_and(|before| !before.eq_ignore_ascii_case(value)) {
                return Err(Contradiction(wrong));
            }
            found = Some(value);
        }
    }
    Ok(found)
}

fn scheme(text: &str) -> Option<Scheme> {
    // Traefik sends the scheme of a WebSocket.
    if text.eq_ignore_ascii_case("https") || text.eq_ignore_ascii_case("wss") {
        return Some(Scheme::Https);
    }
    let plain = text.eq_ignore_ascii_case("http") || text.eq_ignore_ascii_case("ws");
    plain.then_some(Scheme::Http)
}

fn proto(headers: &HeaderMap) -> Result<Option<Scheme>, Contradiction> {
    let wrong = "X-Forwarded-Proto does not say one of http and https";
    let value = one_value(headers, &PROTO, wrong)?;
    value.map(|text| scheme(text).ok_or(Contradiction(wrong))).transpose()
}

fn host(headers: &HeaderMap) -> Result<Option<Authority>, Contradiction> {
    let wrong = "X-Forwarded-Host does not say one host";
    let value = one_value(headers, &HOST, wrong)?;
    value.map(|text| text.parse().map_err(|_| Contradiction(wrong))).transpose()
}

/// `Forwarded` (RFC 7239) is not used. But if its last element names another scheme or host than `X-Forwarded-*`, the
/// proxy has passed on a client's field unread.
fn agree_with_forwarded(
    headers: &HeaderMap,
    seen: Option<Scheme>,
    host: Option<&Authority>,
) -> Result<(), Contradiction> {
    let Some(line) = headers.get_all(header::FORWARDED).iter().next_back() else { return Ok(()) };
    let wrong = Contradiction("Forwarded and X-Forwarded-* contradict each other");
    let text = line.to_str().map_err(|_| wrong)?;
    let last = text.rsplit(',').next().unwrap_or_default();
    for parameter in last.split(';') {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let value = value.trim().trim_matches('"');
        let contradicts = match name.trim().to_ascii_lowercase().as_str() {
            "proto" => seen.is_some() && scheme(value) != seen,
            "host" => host.is_some_and(|host| value.parse::<Authority>().as_ref() != Ok(host)),
            _ => false,
        };
        if contradicts {
            return Err(wrong);
        }
    }
    Ok(())
}

/// Whether a client's field of this name states where a request comes from or what it asks for. We write or drop such
/// fields: frameworks route by those of [`target_fields`], and some servers read the others.
pub(crate) fn is_claimed(name: &str) -> bool {
    match name.as_bytes().first() {
        Some(b'x') => {
            spelling::begins(name, "x-forwarded-")
                || spelling::begins(name, "x-original-")
                || ADDRESSES_AND_NOTES.iter().any(|ours| spelling::same(name, ours))
                || target_fields::override_kind(name).is_some()
        }
        Some(b'f') => name == "forwarded" || spelling::same(name, "front-end-https"),
        // httpoxy: CGI turns `Proxy` into the variable for an outgoing proxy.
        Some(b'p') => name == "proxy" || target_fields::override_kind(name).is_some(),
        Some(b's') => target_fields::override_kind(name).is_some(),
        // Only attackers send other spellings of fields that frame or route a message.
        Some(b'c') => ["content-length", "content-type"].iter().any(|ours| spelling::disguised(name, ours)),
        Some(b't') => spelling::disguised(name, "transfer-encoding"),
        Some(_) | None => false,
    }
}

/// The visitor's address and scheme, and the original path that Traefik and Envoy report when they rewrite one.
const ADDRESSES_AND_NOTES: [&str; 6] =
    ["x-real-ip", "x-client-ip", "x-cluster-client-ip", "x-url-scheme", "x-replaced-path", "x-envoy-original-path"];

impl ForwardedInfo {
    /// Writes the forwarding headers for the site. A client's fields of these names were removed before
    /// ([`is_claimed`]).
    pub fn write(&self, here: &Origin, headers: &mut HeaderMap) {
        let host = written(here.authority().to_string());
        headers.insert(PROTO, HeaderValue::from_static(here.scheme().as_str()));
        let port = here.authority().port().unwrap_or_else(|| here.scheme().port());
        headers.insert(PORT, port_value(port));
        let mut forwarded = String::with_capacity(96);
        if let Some(client) = self.client.ip() {
            let text = client.to_string();
            forwarded.push_str(if client.is_ipv6() { "for=\"[" } else { "for=" });
            forwarded.push_str(&text);
            forwarded.push_str(if client.is_ipv6() { "]\"" } else { "" });
            let address = written(text.clone());
            headers.insert(FOR, self.list(text).unwrap_or_else(|| address.clone()));
            headers.insert(REAL_IP, address);
        } else {
            forwarded.push_str("for=unknown");
        }
        // A host with a port or brackets is not a token (RFC 7239 §4) and has to be quoted.
        let quote = if here.authority().port().is_some() || host.as_bytes().first() == Some(&b'[') { "\"" } else { "" };
        let shown = host.to_str().unwrap_or_default();
        let _ = write!(forwarded, ";host={quote}{shown}{quote};proto={}", here.scheme().as_str());
        headers.insert(header::FORWARDED, written(forwarded));
        headers.insert(HOST, host);
    }

    /// The visitor and the proxies behind it, as a list; `None` for a visitor without proxies.
    fn list(&self, client: String) -> Option<HeaderValue> {
        match &self.word {
            Word::Peer => None,
            Word::Proxies(proxies) => {
                let rest = proxies.iter().filter(|proxy| Some(**proxy) != self.client.ip());
                Some(written(rest.fold(client, |list, proxy| format!("{list}, {proxy}"))))
            }
        }
    }
}

fn port_value(port: u16) -> HeaderValue {
    match port {
        443 => HeaderValue::from_static("443"),
        80 => HeaderValue::from_static("80"),
        other => HeaderValue::from(other),
    }
}

/// Addresses and hosts are visible ASCII. If one were not, the value is empty rather than wrong.
fn written(text: String) -> HeaderValue {
    HeaderValue::from_maybe_shared(Bytes::from(text)).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
#[path = "forwarded_tests.rs"]
mod tests;

//! Fields that belong to one connection and are never passed on (RFC 9110 §7.6.1, RFC 9113 §8.2.2).
//!
//! They are removed before the gateway sets its own fields, so that `Connection: Remote-User` cannot remove those.

use http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// Names that the sender's `Connection` lines declared to be for this hop only. They are also removed from the
/// trailers, which arrive later.
#[derive(Debug, Clone, Default)]
pub(crate) struct Nominated(Vec<HeaderName>);

/// Whether a field is for one hop, whatever `Connection` says.
fn for_one_hop(name: &str) -> bool {
    matches!(
        name,
        "connection"
            | "keep-alive"
            | "proxy-connection"
            | "te"
            | "transfer-encoding"
            | "upgrade"
            | "http2-settings"
            | "proxy-authorization"
            | "proxy-authenticate"
            | "proxy-authentication-info"
    )
}

impl Nominated {
    /// Reads every `Connection` line. `HeaderMap::get` and `remove` would see only the first, and what a second line
    /// names would be passed on.
    pub(crate) fn read(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(header::CONNECTION).iter();
        let options = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
        let names = options.filter_map(|option| {
            let option = option.trim_ascii();
            let stays_out = option.is_empty() || is_ordinary_option(option);
            if stays_out { None } else { HeaderName::from_bytes(option).ok() }
        });
        Self(names.collect())
    }

    /// Whether `name` was declared to be for this hop.
    pub(crate) fn contains(&self, name: &HeaderName) -> bool {
        self.0.contains(name)
    }
}

fn is_ordinary_option(option: &[u8]) -> bool {
    [b"close".as_slice(), b"keep-alive", b"upgrade", b"te"].iter().any(|known| option.eq_ignore_ascii_case(known))
}

/// Removes every field of this hop. Only `te: trailers` stays, because gRPC needs it (RFC 9110 §10.1.4).
pub(crate) fn strip(headers: &mut HeaderMap) -> Nominated {
    let nominated = Nominated::read(headers);
    let trailers = wants_trailers(headers);
    strip_with(headers, &nominated);
    if trailers {
        headers.insert(header::TE, HeaderValue::from_static("trailers"));
    }
    nominated
}

/// Removes the fields of this hop from headers or trailers whose `Connection` lines were read before.
pub(super) fn strip_with(headers: &mut HeaderMap, nominated: &Nominated) {
    let doomed: Vec<HeaderName> =
        headers.keys().filter(|name| for_one_hop(name.as_str()) || nominated.contains(name)).cloned().collect();
    for name in doomed {
        headers.remove(name);
    }
}

fn wants_trailers(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::TE).iter();
    lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b',')).any(|coding| {
        let name = coding.split(|byte| *byte == b';').next().unwrap_or_default();
        name.trim_ascii().eq_ignore_ascii_case(b"trailers")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    /// RFC 9110 §7.6.1: "Intermediaries MUST parse a received Connection header field before a message is forwarded
    /// and, for each connection-option in this field, remove any header or trailer field(s) from the message with the
    /// same name as the connection-option, and then remove the Connection header field itself".
    #[test]
    fn every_connection_line_is_read_and_what_it_names_is_removed() {
        let mut headers = map(&[
            ("connection", "close, X-One"),
            ("x-one", "1"),
            ("connection", "x-TWO ,, ,x-three"),
            ("x-two", "2"),
            ("x-two", "2"),
            ("x-three", "3"),
            ("x-stays", "4"),
        ]);
        let nominated = strip(&mut headers);
        assert_eq!(headers, map(&[("x-stays", "4")]));
        let mut trailers = map(&[("x-two", "2"), ("x-stays", "4"), ("connection", "close")]);
        strip_with(&mut trailers, &nominated);
        assert_eq!(trailers, map(&[("x-stays", "4")]));
    }

    /// RFC 9110 §7.6.1: "Intermediaries SHOULD remove or replace fields that are known to require removal before
    /// forwarding, whether or not they appear as a connection-option".
    #[test]
    fn fields_of_one_hop_are_removed_though_connection_does_not_name_them() {
        let mut headers = map(&[
            ("keep-alive", "timeout=5"),
            ("proxy-connection", "keep-alive"),
            ("transfer-encoding", "chunked"),
            ("upgrade", "h2c"),
            ("http2-settings", "AAMAAABkAAQCAAAAAAIAAAAA"),
            ("proxy-authorization", "Basic x"),
            ("proxy-authenticate", "Basic"),
            ("te", "gzip"),
            ("authorization", "Bearer x"),
        ]);
        strip(&mut headers);
        assert_eq!(headers, map(&[("authorization", "Bearer x")]));
    }

    /// RFC 9113 §8.2.2: the TE field "MUST NOT contain any value other than 'trailers'".
    #[test]
    fn te_keeps_trailers_alone() {
        let mut headers = map(&[("te", "deflate;q=0.5, Trailers"), ("connection", "TE")]);
        strip(&mut headers);
        assert_eq!(headers, map(&[("te", "trailers")]));
    }
}

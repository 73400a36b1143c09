//! Keeps our cookies out of the traffic of the protected site.
//!
//! They never reach the site, because a site that is compromised, or just prints its request, would give away sessions.
//! The site can never set them either, in any spelling. `Clear-Site-Data: "cookies"` from a site is passed on: it can
//! end a session, which gains nobody anything, and the site may clear its own cookies.

use http::header::{self, Entry, HeaderMap, HeaderValue};
use memchr::memchr2_iter;

/// Every name of ours contains this word, so a line without it is passed on after one search.
const MARK: &[u8] = b"portcullis";

/// Our cookie names without the prefixes that browsers enforce (`session/cookies` adds those).
const NAMES: [&[u8]; 3] = [b"portcullis", b"portcullis-login", b"portcullis-device"];

/// Prefixes that browsers enforce, case-insensitively (RFC 6265bis §4.1.3).
const PREFIXES: [&[u8]; 4] = [b"__host-http-", b"__http-", b"__host-", b"__secure-"];

fn is_ours(name: &[u8]) -> bool {
    let prefix =
        PREFIXES.iter().find(|prefix| name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)));
    let bare = name.get(prefix.map_or(0, |prefix| prefix.len())..).unwrap_or_default();
    NAMES.iter().any(|ours| bare.eq_ignore_ascii_case(ours))
}

/// The name in `name=value`. Browsers send a nameless cookie `=__Host-portcullis=x` as it was set, and some servers
/// drop the first `=`. It is therefore read the way those servers read it.
fn name_of(pair: &[u8]) -> &[u8] {
    let mut rest = pair.trim_ascii();
    while let Some(behind) = rest.strip_prefix(b"=") {
        rest = behind.trim_ascii_start();
    }
    rest.split(|byte| *byte == b'=').next().unwrap_or_default().trim_ascii_end()
}

fn mentions_us(value: &HeaderValue) -> bool {
    let bytes = value.as_bytes();
    memchr2_iter(b'p', b'P', bytes)
        .any(|at| bytes.get(at..at + MARK.len()).is_some_and(|word| word.eq_ignore_ascii_case(MARK)))
}

/// Joins all `Cookie` lines into one (RFC 9113 §8.2.3) and removes our own cookies from it.
pub fn strip(headers: &mut HeaderMap) {
    let Entry::Occupied(lines) = headers.entry(header::COOKIE) else { return };
    let mut values = lines.iter();
    let first = values.next();
    if values.next().is_none() && !first.is_some_and(mentions_us) {
        return;
    }
    let pairs = lines.iter().flat_map(|line| line.as_bytes().split(|byte| *byte == b';')).map(<[u8]>::trim_ascii);
    let mut joined = Vec::with_capacity(lines.iter().map(HeaderValue::len).sum());
    for pair in pairs.filter(|pair| !pair.is_empty() && !is_ours(name_of(pair))) {
        if !joined.is_empty() {
            joined.extend_from_slice(b"; ");
        }
        joined.extend_from_slice(pair);
    }
    // Parts of valid values joined by `; ` are a valid value. If they were not, no cookie is better than a wrong one.
    match HeaderValue::from_maybe_shared(bytes::Bytes::from(joined)) {
        Ok(value) if !value.is_empty() => headers.insert(header::COOKIE, value),
        Ok(_) | Err(_) => headers.remove(header::COOKIE),
    };
}

/// Removes every `Set-Cookie` with one of our names from a site's answer.
pub fn strip_set(headers: &mut HeaderMap) {
    let Entry::Occupied(lines) = headers.entry(header::SET_COOKIE) else { return };
    if !lines.iter().any(mentions_us) {
        return;
    }
    let (_, values) = lines.remove_entry_mult();
    let kept: Vec<HeaderValue> = values.filter(|line| !sets_ours(line)).collect();
    for line in kept {
        headers.append(header::SET_COOKIE, line);
    }
}

fn sets_ours(line: &HeaderValue) -> bool {
    is_ours(name_of(line.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(lines: &[&'static str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::COOKIE, HeaderValue::from_static(line));
        }
        strip(&mut headers);
        assert!(headers.get_all(header::COOKIE).iter().count() <= 1);
        headers.get(header::COOKIE).map(|value| value.to_str().unwrap().to_owned())
    }

    #[test]
    fn our_cookies_never_reach_the_site_in_any_spelling() {
        for ours in [
            "__Host-portcullis=v",
            "__host-PORTCULLIS=v",
            "__Secure-portcullis-login=v",
            "portcullis-device=v",
            " portcullis =v",
            "=__Host-portcullis=v",
            "= =portcullis=v",
            "__Host-portcullis",
            "__Host-Http-portcullis=v",
        ] {
            assert_eq!(stripped(&[ours]), None, "{ours}");
        }
        assert_eq!(stripped(&["a=1; __Host-portcullis=v; b=2", "portcullis=x;c=\"3\""]).unwrap(), "a=1; b=2; c=\"3\"");
    }

    #[test]
    fn cookies_of_the_site_pass_byte_for_byte() {
        for line in ["a=1;b=2", "portcullis_theme=dark", "x-portcullis=1", "q=portcullis; z", "__Host-app=1", "a=b=c"] {
            assert_eq!(stripped(&[line]).unwrap(), line);
        }
    }

    /// RFC 9113 §8.2.3: "If there are multiple Cookie header fields after decompression, these MUST be concatenated
    /// into a single octet string using the two-octet delimiter of 0x3b, 0x20 (the ASCII string '; ') before being
    /// passed into a non-HTTP/2 context".
    #[test]
    fn cookies_on_several_lines_become_one_line() {
        assert_eq!(stripped(&["a=1", "b=2", "c=3"]).unwrap(), "a=1; b=2; c=3");
    }

    #[test]
    fn the_site_cannot_set_or_clear_our_cookies() {
        let mut headers = HeaderMap::new();
        for line in [
            "a=1; Path=/",
            "__Host-portcullis=; Max-Age=0",
            " =portcullis=1",
            "b=portcullis",
            "__SECURE-portcullis-login=x",
        ] {
            headers.append(header::SET_COOKIE, HeaderValue::from_static(line));
        }
        strip_set(&mut headers);
        let left: Vec<_> = headers.get_all(header::SET_COOKIE).iter().collect();
        assert_eq!(left, ["a=1; Path=/", "b=portcullis"]);
    }
}

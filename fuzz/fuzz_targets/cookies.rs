//! Cookies: ours never reach a site in any reading, every other cookie does, and the jar agrees with another parser.

#![no_main]

use cookie::Cookie;
use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, HeaderValue};
use libfuzzer_sys::fuzz_target;
use portcullis::parts::fuzzing::{strip, strip_set};
use portcullis::parts::fuzzing::{CookieLookup, find};

const NAMES: [&str; 9] = [
    "__Host-portcullis",
    "__Host-portcullis-login",
    "__Host-portcullis-device",
    "__Secure-portcullis",
    "__Secure-portcullis-login",
    "__Secure-portcullis-device",
    "portcullis",
    "portcullis-login",
    "portcullis-device",
];

fn is_ours(name: &[u8]) -> bool {
    NAMES.iter().any(|ours| name.eq_ignore_ascii_case(ours.as_bytes()))
}

/// Every `name=value` of every line, blanks around it and `=` before it left out as lax servers do.
fn pairs(headers: &HeaderMap) -> Vec<Vec<u8>> {
    let lines = headers.get_all(COOKIE).into_iter();
    let pairs = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b';'));
    pairs.map(|pair| pair.trim_ascii().to_vec()).filter(|pair| !pair.is_empty()).collect()
}

fn lax_name(pair: &[u8]) -> Vec<u8> {
    let start = pair.iter().position(|byte| *byte != b'=' && !byte.is_ascii_whitespace()).unwrap_or(pair.len());
    pair[start..].split(|byte| *byte == b'=').next().unwrap_or_default().trim_ascii().to_vec()
}

fn another_parser_finds_none(headers: &HeaderMap) {
    for line in headers.get_all(COOKIE) {
        let Ok(text) = line.to_str() else { continue };
        for cookie in Cookie::split_parse(text).flatten() {
            assert!(!is_ours(cookie.name().as_bytes()), "{} reaches the site in {text:?}", cookie.name());
        }
    }
}

/// Where both parsers see one cookie of a name, they see the same value.
fn the_jar_agrees(headers: &HeaderMap, name: &str) {
    let CookieLookup::One(value) = find(headers, name) else { return };
    let texts: Option<Vec<&str>> = headers.get_all(COOKIE).iter().map(|line| line.to_str().ok()).collect();
    let Some(texts) = texts else { return };
    let cookies = texts.into_iter().flat_map(Cookie::split_parse).flatten();
    let same: Vec<_> = cookies.filter(|cookie| cookie.name() == name).collect();
    let [one] = same.as_slice() else { return };
    assert_eq!(one.value().trim().as_bytes(), value.trim_ascii());
}

fuzz_target!(|bytes: &[u8]| {
    let mut headers = HeaderMap::new();
    let lines = bytes.split(|byte| *byte == b'\n').take(16);
    for value in lines.filter_map(|line| HeaderValue::from_bytes(line).ok()) {
        headers.append(COOKIE, value.clone());
        headers.append(SET_COOKIE, value);
    }
    for name in NAMES {
        the_jar_agrees(&headers, name);
    }
    let theirs: Vec<_> = pairs(&headers).into_iter().filter(|pair| !is_ours(&lax_name(pair))).collect();
    strip(&mut headers);
    assert!(headers.get_all(COOKIE).iter().count() <= 1);
    for name in NAMES {
        assert_eq!(find(&headers, name), CookieLookup::Nothing, "{name} reaches the site");
    }
    another_parser_finds_none(&headers);
    let kept: Vec<_> = pairs(&headers);
    // A prefix that browsers enforce may stand before our names in any combination: those go, too.
    let kept_all = theirs.iter().filter(|pair| !lax_name(pair).to_ascii_lowercase().starts_with(b"__"));
    for pair in kept_all {
        assert!(kept.contains(pair), "the site's own {:?} is lost", String::from_utf8_lossy(pair));
    }
    for pair in &kept {
        assert!(theirs.contains(pair), "{:?} was not there", String::from_utf8_lossy(pair));
    }
    let before = headers.clone();
    strip(&mut headers);
    assert_eq!(headers, before, "stripping twice changes what is left");
    strip_set(&mut headers);
    for line in headers.get_all(SET_COOKIE) {
        let pair = line.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default();
        assert!(!is_ours(&lax_name(pair)), "the site sets {line:?}");
        if let Some(cookie) = line.to_str().ok().and_then(|text| Cookie::parse(text).ok()) {
            assert!(!is_ours(cookie.name().as_bytes()), "the site sets {line:?}");
        }
    }
});

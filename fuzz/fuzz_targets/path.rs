//! Paths: the canonical form is a fixed point, the readings include the one of a browser, and a target without an
//! ambiguity has no hidden separator or dot segment.

#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis::parts::fuzzing::{CanonicalPath, Extent, PathInterpretations, folded};
use portcullis::parts::fuzzing::RequestTarget;
use url::Url;

/// Percent-decoded once, written without a look at the product's own decoder.
fn decoded(path: &str) -> Vec<u8> {
    let hex = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let (bytes, mut out, mut at) = (path.as_bytes(), Vec::new(), 0);
    while let Some(byte) = bytes.get(at) {
        match (byte, hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

fn canonical(path: &str) -> String {
    CanonicalPath::of(path).to_string()
}

/// What the WHATWG URL standard makes of the path is one of its readings.
fn a_browser_reads_it_in_a_known_way(path: &str, readings: &PathInterpretations<'_>) {
    let Ok(url) = Url::parse(&format!("http://host{path}")) else { return };
    let seen = canonical(url.path());
    let known = [readings.canonical().as_str()].into_iter().chain(readings.further().iter().map(String::as_str));
    // A reading may leave characters as they are that a browser encodes.
    let same = |reading: &str| canonical(reading) == seen || decoded(reading) == decoded(&seen);
    assert!(known.into_iter().any(same), "a browser reads {path:?} as {seen:?}: {readings:?}");
}

/// Whether the `url` crate errs about dot segments behind a segment such as `a:` or `a|`. It takes that for the drive of
/// a Windows file and never goes above it, under every scheme; the WHATWG URL standard says so of `file:` alone ("shorten
/// a url's path"), and browsers read `http://host/a:/../b` as `/b`.
fn has_a_drive(path: &str) -> bool {
    let mut segments = path.split(['/', '\\']).map(str::as_bytes);
    segments.any(|segment| matches!(segment, [letter, b':' | b'|'] if letter.is_ascii_alphabetic()))
}

fn nothing_is_hidden(target: &RequestTarget) {
    let path = target.path();
    let plain = decoded(path);
    let slashes = |bytes: &[u8]| bytes.iter().filter(|byte| matches!(byte, b'/' | b'\\')).count();
    assert_eq!(slashes(&plain), slashes(path.as_bytes()), "a hidden separator in {path:?}");
    assert!(!plain.contains(&0), "a hidden NUL in {path:?}");
    let mut segments = plain.split(|byte| *byte == b'/');
    assert!(!segments.any(|name| matches!(name, b"." | b"..")), "a dot segment in {path:?}");
}

fuzz_target!(|text: &str| {
    let text = format!("/{text}");
    if let Ok(target) = RequestTarget::parse(&text) {
        assert_eq!(target.as_str(), text);
        let query = target.query().map_or_else(String::new, |query| format!("?{query}"));
        assert_eq!(format!("{}{query}", target.path()), text);
        if target.ambiguity().is_none() {
            nothing_is_hidden(&target);
        }
    }
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let once = canonical(path);
    assert!(once.starts_with('/'));
    assert_eq!(canonical(&once), once, "the canonical form of {path:?} is no fixed point");
    assert_eq!(folded(&folded(&once)), folded(&once), "folding {once:?} twice changes it");
    let readings = PathInterpretations::of(path);
    assert_eq!(readings.canonical().as_str(), once);
    for (at, reading) in readings.further().iter().enumerate() {
        assert!(reading.starts_with('/') || reading.is_empty(), "{path:?}: {readings:?}");
        assert_ne!(reading, &once);
        assert!(!readings.further()[..at].contains(reading));
    }
    // A URL parser trims and drops controls and blanks, which no request target can hold.
    let sendable = path.bytes().all(|byte| byte > b' ' && byte != 0x7f);
    if readings.extent() == Extent::Known && sendable && !has_a_drive(path) {
        a_browser_reads_it_in_a_known_way(path, &readings);
    }
});

//! How parts of a request are shown in a log.
//!
//! A query is never logged, because it may contain codes and tokens of the protected site. A path is logged as visible
//! ASCII of bounded length, so that it can neither break a line nor control a terminal (attack: log injection).

use std::borrow::Cow;

use percent_encoding::percent_encode_byte;

/// Maximum length; longer texts are cut, so that a log line fits on one screen.
const LONGEST: usize = 512;

/// A path for the log: without the query, and with bytes outside visible ASCII percent-encoded.
pub(crate) fn path(target: &str) -> Cow<'_, str> {
    let path = target.split('?').next().unwrap_or_default();
    if path.len() <= LONGEST && path.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Cow::Borrowed(path);
    }
    let mut shown = String::with_capacity(path.len().min(LONGEST) + 3);
    for byte in path.bytes() {
        if shown.len() >= LONGEST {
            shown.push_str("...");
            break;
        }
        match byte {
            b'!'..=b'~' => shown.push(char::from(byte)),
            other => shown.push_str(percent_encode_byte(other)),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logged_path_has_no_query_no_control_characters_and_one_screen_at_most() {
        assert_eq!(path("/a/b?token=secret"), "/a/b");
        assert_eq!(path("/caf\u{e9}\u{202e}\u{1b}[2J\r\n"), "/caf%C3%A9%E2%80%AE%1B[2J%0D%0A");
        let long = path(&format!("/{}", "a".repeat(5000))).into_owned();
        assert_eq!(long, format!("/{}...", "a".repeat(LONGEST - 1)));
    }
}

//! How parts of a request may be shown in a log.
//!
//! A query is never shown: it carries codes and tokens of the protected site. A path is shown in visible ASCII of
//! bounded length, so that it can neither break a line nor command a terminal (attack: log injection).

use std::borrow::Cow;

use percent_encoding::percent_encode_byte;

/// Longer texts are cut: a log line has one screen at most.
const LONGEST: usize = 512;

/// A path as it may be logged: everything behind `?` is gone, bytes outside visible ASCII are percent-encoded.
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

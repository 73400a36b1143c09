//! Lines of a chunked body (RFC 9112 §7.1), as strict as hyper: only CRLF ends a line.

/// The line without its CRLF. `None` for a bare LF or another CR in the line, which hyper reads differently.
pub(super) fn strict(line: &[u8]) -> Option<&[u8]> {
    let text = line.strip_suffix(b"\r\n")?;
    (!text.contains(&b'\r')).then_some(text)
}

/// Parses the size in a chunk line and ignores extensions.
pub(super) fn size(line: &[u8]) -> Option<u64> {
    let text = strict(line)?;
    let digits = text.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    let (digits, rest) = text.split_at_checked(digits)?;
    let extension = rest.trim_ascii_start();
    let clear = extension.is_empty() || extension.first() == Some(&b';');
    // More than sixteen digits may overflow a `u64`. They are refused even if leading zeros would make them fit.
    if digits.is_empty() || digits.len() > 16 || !clear {
        return None;
    }
    u64::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_size_is_hexadecimal_digits_and_perhaps_an_extension() {
        for (line, expected) in [
            ("0\r\n", Some(0)),
            ("1F\r\n", Some(31)),
            ("5 ;x=y\r\n", Some(5)),
            ("5;x\r\n", Some(5)),
            ("5 \r\n", Some(5)),
            ("ffffffffffffffff\r\n", Some(u64::MAX)),
            ("5\n", None),
            ("\r\n", None),
            ("0x5\r\n", None),
            ("+5\r\n", None),
            (" 5\r\n", None),
            ("5 5\r\n", None),
            ("5\r\r\n", None),
            ("5;a\rb\r\n", None),
            ("1ffffffffffffffff\r\n", None),
            ("g\r\n", None),
        ] {
            assert_eq!(size(line.as_bytes()), expected, "{line:?}");
        }
    }
}

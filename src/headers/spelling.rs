//! Alternative spellings of a header name.
//!
//! CGI, WSGI, Rack and PHP turn `Remote-User`, `Remote_User` and (some) `Remote.User` into one variable,
//! `HTTP_REMOTE_USER`. lighttpd does so for every non-alphanumeric character that a field name may contain
//! (`Remote~User`). Removing only the first spelling would let the others through.

/// Whether `name` (lower case, as `http::HeaderName` stores it) is a spelling of `ours` (lower case, with `-`).
pub(crate) fn same(name: &str, ours: &str) -> bool {
    name.len() == ours.len() && name.bytes().map(dashed).eq(ours.bytes())
}

/// Whether two names, in any spelling, are the same.
pub(crate) fn alike(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().map(dashed).eq(other.bytes().map(dashed))
}

/// Whether `name` starts with a spelling of `prefix`.
pub(crate) fn begins(name: &str, prefix: &str) -> bool {
    name.as_bytes().get(..prefix.len()).is_some_and(|start| start.iter().copied().map(dashed).eq(prefix.bytes()))
}

/// Whether `name` is a spelling of `ours` but not `ours` itself.
pub(crate) fn disguised(name: &str, ours: &str) -> bool {
    name != ours && same(name, ours)
}

const fn dashed(byte: u8) -> u8 {
    if byte.is_ascii_alphanumeric() { byte } else { b'-' }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_is_another_spelling_of_a_dash() {
        for name in ["remote-user", "remote_user", "remote.user", "remote~user", "remote+user"] {
            assert!(same(name, "remote-user"), "{name}");
        }
        for name in ["remote-users", "remoteuser", "remote-use", "remote--user"] {
            assert!(!same(name, "remote-user"), "{name}");
        }
        assert!(begins("x_forwarded.for", "x-forwarded-"));
        assert!(!begins("x-forward", "x-forwarded-"));
        assert!(alike("x_user", "x.user") && !alike("x_user", "xuser"));
        assert!(disguised("remote_user", "remote-user") && !disguised("remote-user", "remote-user"));
    }
}

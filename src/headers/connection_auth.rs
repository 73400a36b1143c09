//! Credentials that authenticate a connection rather than a request (RFC 4559 §6; Microsoft's NTLM over HTTP).
//!
//! After one request with such a credential some servers take every further request on the same connection for the
//! same person's. Whoever shares connections between visitors must know them. `Proxy-Authorization` and
//! `Proxy-Authenticate` are of no concern here: they are for one hop, and `hop_by_hop` removes them both ways.

use http::header::{self, HeaderMap, HeaderName};

/// Schemes that authenticate a connection: NTLM, and what carries it or Kerberos. All of them, because a server that
/// is asked with one may remember the connection whatever it answers.
const SCHEMES: [&[u8]; 4] = [b"ntlm", b"negotiate", b"kerberos", b"nego2"];

/// How IIS says that it will not ask again on this connection.
const PERSISTENT_AUTH: HeaderName = HeaderName::from_static("persistent-auth");

/// Whether a request shows such a credential to the site.
pub(crate) fn in_request(headers: &HeaderMap) -> bool {
    headers.get_all(header::AUTHORIZATION).iter().any(|line| names_scheme(line.as_bytes()))
}

/// Whether an answer asks for such a credential, goes on with one, or says that one was taken.
pub(crate) fn in_answer(headers: &HeaderMap) -> bool {
    headers.contains_key(&PERSISTENT_AUTH)
        || headers
            .get_all(header::WWW_AUTHENTICATE)
            .iter()
            .any(|line| line.as_bytes().split(|byte| *byte == b',').any(names_scheme))
}

/// Whether a challenge or credential begins with one of the schemes (RFC 9110 §11.1: case-insensitive). A comma inside
/// a quoted parameter splits too: then a connection may be set apart for nothing, and never shared by mistake.
fn names_scheme(challenge: &[u8]) -> bool {
    let word = challenge.trim_ascii();
    let end = word.iter().position(u8::is_ascii_whitespace).unwrap_or(word.len());
    let scheme = word.get(..end).unwrap_or_default();
    SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn headers(name: &HeaderName, lines: &[&str]) -> HeaderMap {
        lines.iter().map(|line| (name.clone(), HeaderValue::from_str(line).unwrap())).collect()
    }

    #[test]
    fn a_credential_of_a_connection_is_known_by_its_scheme_in_any_case_and_line() {
        for lines in [
            &["NTLM TlRMTVNTUAABAAAA"][..],
            &["negotiate YII="],
            &["Kerberos x"],
            &["NEGO2 x"],
            &["  Ntlm\tx"],
            &["NTLM"],
            &["Basic YTpi", "NTLM x"],
        ] {
            assert!(in_request(&headers(&header::AUTHORIZATION, lines)), "{lines:?}");
        }
        for lines in [&[][..], &["Basic TlRMTQ=="], &["Bearer NTLM"], &["NTLMv2 x"], &["Digest realm=\"NTLM\""]] {
            assert!(!in_request(&headers(&header::AUTHORIZATION, lines)), "{lines:?}");
        }
    }

    #[test]
    fn a_challenge_is_found_among_others_of_one_line_and_without_a_token() {
        for lines in [
            &["NTLM"][..],
            &["Negotiate"],
            &["NTLM TlRMTVNTUAACAAAA"],
            &["Basic realm=\"x\", NTLM"],
            &["Basic realm=\"x\"", "negotiate"],
            &["Negotiate,NTLM"],
        ] {
            assert!(in_answer(&headers(&header::WWW_AUTHENTICATE, lines)), "{lines:?}");
        }
        assert!(in_answer(&headers(&PERSISTENT_AUTH, &["true"])));
        for lines in [&[][..], &["Basic realm=\"NTLM\""], &["Bearer"], &["Digest realm=\"x\", qop=\"auth\""]] {
            assert!(!in_answer(&headers(&header::WWW_AUTHENTICATE, lines)), "{lines:?}");
        }
    }
}

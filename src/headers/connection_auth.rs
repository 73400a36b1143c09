//! Credentials that authenticate a connection rather than a request (RFC 4559 §6; Microsoft's NTLM over HTTP).
//!
//! After one request with such a credential, some servers treat every later request on the same connection as made by
//! the same person. `upstream`, which shares connections between visitors, has to detect them. `Proxy-Authorization`
//! and `Proxy-Authenticate` are not handled here: they are for one hop, and `hop_by_hop` removes them in both
//! directions.

use http::header::{self, HeaderMap, HeaderName};

/// Schemes that authenticate a connection: NTLM, and those that carry it or Kerberos. All of them are included, because
/// a server that receives one may remember the connection whatever it answers.
const SCHEMES: [&[u8]; 4] = [b"ntlm", b"negotiate", b"kerberos", b"nego2"];

/// IIS sends this field when it will not ask again on this connection.
const PERSISTENT_AUTH: HeaderName = HeaderName::from_static("persistent-auth");

/// Whether a request contains such a credential for the site.
pub(crate) fn in_request(headers: &HeaderMap) -> bool {
    headers.get_all(header::AUTHORIZATION).iter().any(|line| names_scheme(line.as_bytes()))
}

/// Whether an answer asks for such a credential, continues with one, or says that one was accepted.
pub(crate) fn in_answer(headers: &HeaderMap) -> bool {
    headers.contains_key(&PERSISTENT_AUTH)
        || headers
            .get_all(header::WWW_AUTHENTICATE)
            .iter()
            .any(|line| line.as_bytes().split(|byte| *byte == b',').any(names_scheme))
}

/// Whether a challenge or credential begins with one of the schemes (RFC 9110 §11.1: case-insensitive). Commas inside
/// quoted parameters split too: a connection may then be pinned needlessly, but is never shared by mistake.
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

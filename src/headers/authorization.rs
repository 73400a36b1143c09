//! `Authorization` of the request: what is for us, and what may reach the protected site.
//!
//! The field belongs to the protected site. It is ours only where it bears one of our access tokens, and, where a rule
//! says so, as `Basic`. Whoever shows something else shows us nothing.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::header::{AUTHORIZATION, HeaderValue};
use zeroize::Zeroizing;

use crate::domain::access_token::{AccessToken, PREFIX};

/// A longer field is nobody's name and password.
const LONGEST: usize = 8 * 1024;

/// What a request shows beside its cookies.
pub enum Shown {
    /// Nothing that could be for us.
    Nothing,
    /// An access token of our form.
    Token(AccessToken),
    /// A user name and a password.
    Password(NameAndPassword),
}

/// User name and password as `Basic` bears them (RFC 7617). Wiped when dropped; has no `Debug`.
pub struct NameAndPassword {
    text: Zeroizing<String>,
    colon: usize,
}

/// Whose word `Authorization` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addressee {
    /// The protected site's, but for our tokens, which are always taken out.
    Site,
    /// Ours: it let the request pass.
    Us,
}

impl NameAndPassword {
    /// What stands before the first colon.
    pub fn name(&self) -> &str {
        self.text.get(..self.colon).unwrap_or_default()
    }

    /// What stands behind it.
    pub fn password(&self) -> &str {
        self.text.get(self.colon + 1..).unwrap_or_default()
    }

    fn read(credentials: &[u8]) -> Option<Self> {
        let mut bytes = Zeroizing::new(vec![0_u8; credentials.len()]);
        let length = STANDARD.decode_slice(credentials, bytes.as_mut_slice()).ok()?;
        let text = std::str::from_utf8(bytes.get(..length)?).ok()?;
        // RFC 7617 §2: neither may hold a control character; the name holds no colon.
        let colon = text.find(':').filter(|_| !text.chars().any(char::is_control))?;
        Some(Self { text: Zeroizing::new(text.to_owned()), colon })
    }
}

/// What the request shows. Two lines show nothing: which of them counts is what receivers disagree about.
pub fn read(headers: &HeaderMap) -> Shown {
    let mut lines = headers.get_all(AUTHORIZATION).iter();
    let (Some(line), None) = (lines.next(), lines.next()) else { return Shown::Nothing };
    let Some((scheme, credentials)) = split(line.as_bytes()).filter(|_| line.len() <= LONGEST) else {
        return Shown::Nothing;
    };
    // RFC 9110 §11.1: a scheme is case-insensitive.
    if scheme.eq_ignore_ascii_case(b"bearer") {
        return AccessToken::read(credentials).map_or(Shown::Nothing, Shown::Token);
    }
    if scheme.eq_ignore_ascii_case(b"basic") {
        return NameAndPassword::read(credentials).map_or(Shown::Nothing, Shown::Password);
    }
    Shown::Nothing
}

/// Takes out what was said to us: our tokens always, also broken ones and whoever asks, so that none ever lies in a
/// site's log; everything where it let the request pass.
pub fn strip(headers: &mut HeaderMap, addressee: Addressee) {
    let ours = |line: &HeaderValue| addressee == Addressee::Us || bears_token(line.as_bytes());
    if !headers.get_all(AUTHORIZATION).iter().any(ours) {
        return;
    }
    let kept: Vec<HeaderValue> = headers.get_all(AUTHORIZATION).iter().filter(|line| !ours(line)).cloned().collect();
    headers.remove(AUTHORIZATION);
    for line in kept {
        headers.append(AUTHORIZATION, line);
    }
}

fn bears_token(line: &[u8]) -> bool {
    split(line).is_some_and(|(scheme, credentials)| {
        scheme.eq_ignore_ascii_case(b"bearer") && credentials.starts_with(PREFIX.as_bytes())
    })
}

/// Scheme and credentials; RFC 9110 §11.4 has one or more blanks between them.
fn split(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let line = line.trim_ascii();
    let blank = line.iter().position(u8::is_ascii_whitespace)?;
    let (scheme, credentials) = line.split_at_checked(blank)?;
    Some((scheme, credentials.trim_ascii_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "portcullis_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    fn headers(lines: &[&str]) -> HeaderMap {
        lines.iter().map(|line| (AUTHORIZATION, HeaderValue::from_bytes(line.as_bytes()).unwrap())).collect()
    }

    fn pair(line: &str) -> Option<(String, String)> {
        match read(&headers(&[line])) {
            Shown::Password(pair) => Some((pair.name().to_owned(), pair.password().to_owned())),
            Shown::Nothing | Shown::Token(_) => None,
        }
    }

    #[test]
    fn a_token_of_ours_is_seen_whatever_the_case_of_its_scheme() {
        for scheme in ["Bearer ", "bearer ", "BEARER  "] {
            assert!(matches!(read(&headers(&[&format!("{scheme}{TOKEN}")])), Shown::Token(_)), "{scheme}");
        }
        for lines in [
            &[][..],
            &["Bearer"],
            &["Bearer eyJhbGciOiJIUzI1NiJ9.e30.x"],
            &["Token portcullis_AAAA"],
            &[&format!("Bearer {TOKEN}x")],
            &[&format!("Bearer {TOKEN} {TOKEN}")],
            &[&format!("Bearer {TOKEN}"), "Basic YTpi"],
            &[&format!("Bearer {TOKEN}"), &format!("Bearer {TOKEN}")],
            &[TOKEN],
        ] {
            assert!(matches!(read(&headers(lines)), Shown::Nothing), "{lines:?}");
        }
    }

    #[test]
    fn name_and_password_are_utf_8_and_split_at_the_first_colon() {
        let two = |name: &str, password: &str| Some((name.to_owned(), password.to_owned()));
        // RFC 7617 §2 and §2.1.
        assert_eq!(pair("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), two("Aladdin", "open sesame"));
        assert_eq!(pair("basic dGVzdDoxMjPCow=="), two("test", "123\u{a3}"));
        assert_eq!(pair("Basic YTpiOmM="), two("a", "b:c"));
        assert_eq!(pair("Basic Og=="), two("", ""));
        let long = format!("Basic {}", STANDARD.encode(format!("a:{}", "b".repeat(7000))));
        for bad in
            ["Basic", "Basic ", "Basic !", "Basic YQ==", "Basic YTpi YTpi", "Basic YTqj", "Basic YTpiCg==", &long]
        {
            assert_eq!(pair(bad), None, "{bad}");
        }
    }

    #[test]
    fn our_tokens_never_travel_on_and_other_words_only_where_they_are_not_ours() {
        let kept = |lines: &[&str], addressee| {
            let mut headers = headers(lines);
            strip(&mut headers, addressee);
            let left: Vec<_> = headers.get_all(AUTHORIZATION).iter().map(|v| v.to_str().unwrap().to_owned()).collect();
            left
        };
        let ours = format!("bearer   {TOKEN}");
        assert_eq!(kept(&["Bearer x", "Basic YTpi"], Addressee::Site), ["Bearer x", "Basic YTpi"]);
        assert!(kept(&[&ours], Addressee::Site).is_empty());
        assert!(kept(&["Bearer portcullis_cut"], Addressee::Site).is_empty(), "a broken one is half a secret");
        assert_eq!(kept(&["Basic YTpi", &ours, "Bearer x"], Addressee::Site), ["Basic YTpi", "Bearer x"]);
        assert!(kept(&["Basic YTpi"], Addressee::Us).is_empty());
    }
}

//! Credentials in a request's headers: which are for us, and which may reach the protected site.
//!
//! `Authorization` belongs to the protected site. It is ours only if it contains one of our access tokens (as `Bearer`,
//! or as `Basic` for git, docker and calendar clients, which support nothing else), or, if a rule accepts it, a user
//! name and password as `Basic`. All other credentials are ignored. A client that needs `Authorization` for the app's
//! own credential sends our token in [`TOKEN`] instead.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use http::HeaderMap;
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::domain::access_token::{AccessToken, PREFIX};

/// The field for an access token if `Authorization` is used by the app. Its name belongs to the family that never
/// reaches a site. `Proxy-Authorization` is not an option: it is for one hop (RFC 9110 §11.7.2), and most proxies
/// before us remove it.
pub(crate) const TOKEN: HeaderName = HeaderName::from_static("x-portcullis-token");

/// Decodes what a lenient receiver would decode, so that a token is found wherever a site could find it.
const FORGIVING: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Maximum length of the field in bytes. No real name and password are longer.
const LONGEST: usize = 8 * 1024;

/// The credential in a request's headers, apart from cookies.
pub(crate) enum PresentedCredential {
    /// None that could be for us.
    Nothing,
    /// An access token in our format.
    Token(AccessToken),
    /// A user name and password.
    Password(NameAndPassword),
}

/// User name and password from `Basic` (RFC 7617). Wiped when dropped, and without `Debug`.
pub(crate) struct NameAndPassword {
    text: Zeroizing<String>,
    colon: usize,
}

/// Whom `Authorization` is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Addressee {
    /// The protected site. Our tokens are removed nevertheless.
    Site,
    /// Us: it let the request pass.
    Us,
}

impl NameAndPassword {
    /// The part before the first colon.
    pub(crate) fn name(&self) -> &str {
        self.text.get(..self.colon).unwrap_or_default()
    }

    /// The part after the first colon.
    pub(crate) fn password(&self) -> &str {
        self.text.get(self.colon + 1..).unwrap_or_default()
    }

    fn read(credentials: &[u8]) -> Option<Self> {
        let mut bytes = Zeroizing::new(vec![0_u8; credentials.len()]);
        let length = STANDARD.decode_slice(credentials, bytes.as_mut_slice()).ok()?;
        let text = std::str::from_utf8(bytes.get(..length)?).ok()?;
        // RFC 7617 §2: neither part may contain control characters, and the name contains no colon.
        let colon = text.find(':').filter(|_| !text.chars().any(char::is_control))?;
        Some(Self { text: Zeroizing::new(text.to_owned()), colon })
    }

    /// A token in place of the password, with any name, or in place of the name, for clients that have only one field.
    fn token(&self) -> Option<AccessToken> {
        AccessToken::read(self.password().as_bytes()).or_else(|| AccessToken::read(self.name().as_bytes()))
    }
}

/// Reads the credential. With two lines there is none, because receivers disagree on which of them applies. If
/// [`TOKEN`] is present, `Authorization` belongs to the site and is not read.
pub(crate) fn read(headers: &HeaderMap) -> PresentedCredential {
    if bears_token_field(headers) {
        let token = only_line(headers, &TOKEN).and_then(|line| AccessToken::read(line.as_bytes()));
        return token.map_or(PresentedCredential::Nothing, PresentedCredential::Token);
    }
    let Some(line) = only_line(headers, &AUTHORIZATION) else { return PresentedCredential::Nothing };
    let Some((scheme, credentials)) = split(line.as_bytes()).filter(|_| line.len() <= LONGEST) else {
        return PresentedCredential::Nothing;
    };
    // RFC 9110 §11.1: schemes are case-insensitive.
    if scheme.eq_ignore_ascii_case(b"bearer") {
        return AccessToken::read(credentials).map_or(PresentedCredential::Nothing, PresentedCredential::Token);
    }
    if scheme.eq_ignore_ascii_case(b"basic") {
        let Some(pair) = NameAndPassword::read(credentials) else { return PresentedCredential::Nothing };
        // Checked before any failure is counted: a token that no rule accepts is not a wrong password.
        return pair.token().map_or_else(|| PresentedCredential::Password(pair), PresentedCredential::Token);
    }
    PresentedCredential::Nothing
}

/// Whether a browser could have added the credential by itself. Browsers remember `Basic` for an origin and send it
/// with requests from other sites' pages too, like a cookie. They never add `Bearer` or [`TOKEN`] by themselves.
pub(crate) fn is_ambient(headers: &HeaderMap) -> bool {
    let is_basic =
        |line: &HeaderValue| split(line.as_bytes()).is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case(b"basic"));
    !bears_token_field(headers) && headers.get_all(AUTHORIZATION).iter().any(is_basic)
}

/// An empty field is treated as absent, because some proxies can only empty a field, not remove it.
fn bears_token_field(headers: &HeaderMap) -> bool {
    headers.get_all(TOKEN).iter().any(|line| !line.is_empty())
}

fn only_line<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a HeaderValue> {
    let mut lines = headers.get_all(name).iter();
    lines.next().filter(|_| lines.next().is_none())
}

/// Removes credentials for us. Our tokens are always removed, even broken ones and for any principal, so that none ends
/// up in a site's log. With [`Addressee::Us`] the whole field is removed.
pub(crate) fn strip(headers: &mut HeaderMap, addressee: Addressee) {
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

/// Whether a line contains something that begins like one of our tokens, under any scheme or none, or a token at any
/// position: in a list, in quotes, as a parameter.
fn bears_token(line: &[u8]) -> bool {
    if holds_a_token(line) {
        return true;
    }
    let Some((scheme, credentials)) = split(line) else { return begins_like_a_token(line.trim_ascii()) };
    if !scheme.eq_ignore_ascii_case(b"basic") {
        return begins_like_a_token(credentials);
    }
    let pair = forgivingly_decoded(credentials);
    holds_a_token(&pair)
        || begins_like_a_token(&pair)
        || pair.split(|byte| *byte == b':').skip(1).any(begins_like_a_token)
        || begins_like_a_token(credentials)
}

/// Decodes like a receiver that ignores whitespace and accepts both alphabets of Base64 (RFC 4648 §4, §5).
fn forgivingly_decoded(credentials: &[u8]) -> Zeroizing<Vec<u8>> {
    let standard = |byte: &u8| match byte {
        b'-' => b'+',
        b'_' => b'/',
        other => *other,
    };
    let written = credentials.iter().filter(|byte| !byte.is_ascii_whitespace()).map(standard);
    let written = Zeroizing::new(written.collect::<Vec<u8>>());
    FORGIVING.decode(written.as_slice()).map(Zeroizing::new).unwrap_or_default()
}

/// Whether our prefix occurs anywhere, followed by at least half a secret. A name that begins the same way
/// (`portcullis_admin`) is shorter.
fn holds_a_token(text: &[u8]) -> bool {
    const HALF: usize = 32;
    let secret = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    memchr::memmem::find_iter(text, PREFIX.as_bytes())
        .filter_map(|at| text.get(at + PREFIX.len()..))
        .any(|behind| behind.len() >= HALF && behind.iter().take(HALF).all(secret))
}

fn begins_like_a_token(text: &[u8]) -> bool {
    text.starts_with(PREFIX.as_bytes())
}

/// Splits scheme and credentials, which one or more spaces separate (RFC 9110 §11.4).
fn split(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let line = line.trim_ascii();
    let blank = line.iter().position(u8::is_ascii_whitespace)?;
    let (scheme, credentials) = line.split_at_checked(blank)?;
    Some((scheme, credentials.trim_ascii_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN_TEXT: &str = "portcullis_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    fn headers(lines: &[&str]) -> HeaderMap {
        lines.iter().map(|line| (AUTHORIZATION, HeaderValue::from_bytes(line.as_bytes()).unwrap())).collect()
    }

    fn pair(line: &str) -> Option<(String, String)> {
        match read(&headers(&[line])) {
            PresentedCredential::Password(pair) => Some((pair.name().to_owned(), pair.password().to_owned())),
            PresentedCredential::Nothing | PresentedCredential::Token(_) => None,
        }
    }

    #[test]
    fn a_token_of_ours_is_seen_whatever_the_case_of_its_scheme() {
        for scheme in ["Bearer ", "bearer ", "BEARER  "] {
            assert!(
                matches!(read(&headers(&[&format!("{scheme}{TOKEN_TEXT}")])), PresentedCredential::Token(_)),
                "{scheme}"
            );
        }
        for lines in [
            &[][..],
            &["Bearer"],
            &["Bearer eyJhbGciOiJIUzI1NiJ9.e30.x"],
            &["Token portcullis_AAAA"],
            &["Basic portcullis_AAAA"],
            &[&format!("Bearer {TOKEN_TEXT}x")],
            &[&format!("Bearer {TOKEN_TEXT} {TOKEN_TEXT}")],
            &[&format!("Bearer {TOKEN_TEXT}"), "Basic YTpi"],
            &[&format!("Bearer {TOKEN_TEXT}"), &format!("Bearer {TOKEN_TEXT}")],
            &[TOKEN_TEXT],
        ] {
            assert!(matches!(read(&headers(lines)), PresentedCredential::Nothing), "{lines:?}");
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

    fn basic(pair: &str) -> String {
        format!("Basic {}", STANDARD.encode(pair))
    }

    #[test]
    fn a_token_in_basic_is_a_token_and_no_password() {
        for pair in
            [format!("git:{TOKEN_TEXT}"), format!(":{TOKEN_TEXT}"), format!("{TOKEN_TEXT}:"), format!("{TOKEN_TEXT}:x")]
        {
            assert!(matches!(read(&headers(&[&basic(&pair)])), PresentedCredential::Token(_)), "{pair}");
        }
        // People's passwords may begin like a token.
        for pair in
            ["ada:portcullis_is_a_castle_gate".to_owned(), format!("ada:x{TOKEN_TEXT}"), format!("ada:{TOKEN_TEXT}:")]
        {
            assert!(matches!(read(&headers(&[&basic(&pair)])), PresentedCredential::Password(_)), "{pair}");
        }
    }

    #[test]
    fn the_header_for_tokens_leaves_authorization_to_the_site() {
        let shown = |tokens: &[&str]| {
            let mut headers = headers(&["Basic YTpi"]);
            for token in tokens {
                headers.append(TOKEN, HeaderValue::from_str(token).unwrap());
            }
            read(&headers)
        };
        assert!(matches!(shown(&[TOKEN_TEXT]), PresentedCredential::Token(_)));
        assert!(matches!(shown(&[""]), PresentedCredential::Password(_)));
        for tokens in
            [&[TOKEN_TEXT, TOKEN_TEXT][..], &[TOKEN_TEXT, ""], &[&TOKEN_TEXT[1..]], &[&format!("Bearer {TOKEN_TEXT}")]]
        {
            assert!(matches!(shown(tokens), PresentedCredential::Nothing), "{tokens:?}");
        }
    }

    #[test]
    fn a_token_is_taken_out_wherever_it_stands_in_the_line() {
        let encoded = STANDARD.encode(format!("a:{TOKEN_TEXT}"));
        let (first, second) = encoded.split_at(20);
        for line in [
            format!("Bearer x, Bearer {TOKEN_TEXT}"),
            format!("Bearer \"{TOKEN_TEXT}\""),
            format!("Digest username=\"a\", response=\"{TOKEN_TEXT}\""),
            format!("Basic {}", encoded.replace('+', "-").replace('/', "_")),
            format!("Basic {first} {second}"),
            basic(&format!("a:x{TOKEN_TEXT}")),
        ] {
            let mut shown = headers(&[&line]);
            strip(&mut shown, Addressee::Site);
            assert!(shown.is_empty(), "{line}");
        }
        for line in ["Digest username=\"portcullis_admin\", response=\"0\"", &basic("a:x portcullis_is_a_gate")] {
            let mut shown = headers(&[line]);
            strip(&mut shown, Addressee::Site);
            assert_eq!(shown.len(), 1, "{line} is the site's");
        }
    }

    #[test]
    fn a_browser_adds_basic_by_itself_and_nothing_else() {
        let mut both = headers(&["Basic YTpi"]);
        assert!(is_ambient(&both) && is_ambient(&headers(&["bAsIc   YTpi"])));
        both.insert(TOKEN, HeaderValue::from_static(TOKEN_TEXT));
        assert!(!is_ambient(&both) && !is_ambient(&headers(&["Bearer x"])) && !is_ambient(&headers(&[])));
    }

    #[test]
    fn our_tokens_never_travel_on_and_other_words_only_where_they_are_not_ours() {
        let kept = |lines: &[&str], addressee| {
            let mut headers = headers(lines);
            strip(&mut headers, addressee);
            let left: Vec<_> = headers.get_all(AUTHORIZATION).iter().map(|v| v.to_str().unwrap().to_owned()).collect();
            left
        };
        let ours = format!("bearer   {TOKEN_TEXT}");
        assert_eq!(kept(&["Bearer x", "Basic YTpi"], Addressee::Site), ["Bearer x", "Basic YTpi"]);
        assert!(kept(&[&ours], Addressee::Site).is_empty());
        assert!(kept(&["Bearer portcullis_cut"], Addressee::Site).is_empty(), "a broken one is half a secret");
        assert_eq!(kept(&["Basic YTpi", &ours, "Bearer x"], Addressee::Site), ["Basic YTpi", "Bearer x"]);
        assert!(kept(&["Basic YTpi"], Addressee::Us).is_empty());
        let half = basic("git:portcullis_cut");
        for line in [
            half.as_str(),
            half.trim_end_matches('='),
            &basic(&format!("{TOKEN_TEXT}:x-oauth-basic")),
            &basic(&format!("a:b:{TOKEN_TEXT}")),
            &format!("Token {TOKEN_TEXT}"),
            &format!("Basic {TOKEN_TEXT}"),
            TOKEN_TEXT,
        ] {
            assert!(kept(&[line], Addressee::Site).is_empty(), "{line}");
        }
        assert_eq!(kept(&[&basic("portcullis:x")], Addressee::Site).len(), 1);
    }

    proptest::proptest! {
        /// No text around a token makes it reach the site, if a receiver could read it as a token.
        #[test]
        fn no_token_travels_on_whatever_stands_around_it(
            name in "[^:\\x00-\\x1f\\x7f]{0,20}",
            rest in "[ -~]{0,40}",
            scheme in proptest::sample::select(vec!["Basic", "basic", "BASIC"]),
            blanks in " {1,3}",
        ) {
            let token = format!("{TOKEN_TEXT}{rest}");
            for pair in [format!("{name}:{token}"), format!("{token}:{name}")] {
                let encoded = STANDARD.encode(&pair);
                for written in [encoded.as_str(), encoded.trim_end_matches('=')] {
                    let mut headers = headers(&[&format!("{scheme}{blanks}{written}")]);
                    strip(&mut headers, Addressee::Site);
                    proptest::prop_assert!(headers.is_empty(), "{pair}");
                }
            }
        }

        #[test]
        fn no_field_makes_the_reader_fail(line in proptest::collection::vec(0x20_u8..=0xff, 0..200)) {
            if let Ok(value) = HeaderValue::from_bytes(&line) {
                let mut headers: HeaderMap = [(AUTHORIZATION, value)].into_iter().collect();
                let _ = (read(&headers), is_ambient(&headers));
                strip(&mut headers, Addressee::Us);
                proptest::prop_assert!(headers.is_empty());
            }
        }
    }
}

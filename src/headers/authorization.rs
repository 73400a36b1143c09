//! Credentials of a request beside its cookies: what is for us, and what may reach the protected site.
//!
//! `Authorization` belongs to the protected site. It is ours only where it bears one of our access tokens (as `Bearer`,
//! or as `Basic` for git, docker and calendar clients, which know nothing else), and, where a rule says so, a name and
//! a password as `Basic`. Whoever shows something else shows us nothing. A client that needs `Authorization` for the
//! app's own credential sends our token in [`TOKEN`] instead.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use http::HeaderMap;
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::domain::access_token::{AccessToken, PREFIX};

/// Bears an access token beside the app's own `Authorization`. The name lies in the family that never reaches a site.
/// `Proxy-Authorization` would be for one hop (RFC 9110 §11.7.2): most proxies before us take it away.
pub(crate) const TOKEN: HeaderName = HeaderName::from_static("x-portcullis-token");

/// Reads what a forgiving receiver would, so that a token is found wherever a site could find it.
const FORGIVING: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// A longer field is nobody's name and password.
const LONGEST: usize = 8 * 1024;

/// What a request shows beside its cookies.
pub(crate) enum PresentedCredential {
    /// Nothing that could be for us.
    Nothing,
    /// An access token of our form.
    Token(AccessToken),
    /// A user name and a password.
    Password(NameAndPassword),
}

/// User name and password as `Basic` bears them (RFC 7617). Wiped when dropped; has no `Debug`.
pub(crate) struct NameAndPassword {
    text: Zeroizing<String>,
    colon: usize,
}

/// Whose word `Authorization` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Addressee {
    /// The protected site's, but for our tokens, which are always taken out.
    Site,
    /// Ours: it let the request pass.
    Us,
}

impl NameAndPassword {
    /// What stands before the first colon.
    pub(crate) fn name(&self) -> &str {
        self.text.get(..self.colon).unwrap_or_default()
    }

    /// What stands behind it.
    pub(crate) fn password(&self) -> &str {
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

    /// A token in the place of the password, under any name; or, as clients that know one field alone send it, in the
    /// place of the name.
    fn token(&self) -> Option<AccessToken> {
        AccessToken::read(self.password().as_bytes()).or_else(|| AccessToken::read(self.name().as_bytes()))
    }
}

/// What the request shows. Two lines show nothing: which of them counts is what receivers disagree about. Where
/// [`TOKEN`] is there, `Authorization` is the site's and not looked at.
pub(crate) fn read(headers: &HeaderMap) -> PresentedCredential {
    if bears_token_field(headers) {
        let token = only_line(headers, &TOKEN).and_then(|line| AccessToken::read(line.as_bytes()));
        return token.map_or(PresentedCredential::Nothing, PresentedCredential::Token);
    }
    let Some(line) = only_line(headers, &AUTHORIZATION) else { return PresentedCredential::Nothing };
    let Some((scheme, credentials)) = split(line.as_bytes()).filter(|_| line.len() <= LONGEST) else {
        return PresentedCredential::Nothing;
    };
    // RFC 9110 §11.1: a scheme is case-insensitive.
    if scheme.eq_ignore_ascii_case(b"bearer") {
        return AccessToken::read(credentials).map_or(PresentedCredential::Nothing, PresentedCredential::Token);
    }
    if scheme.eq_ignore_ascii_case(b"basic") {
        let Some(pair) = NameAndPassword::read(credentials) else { return PresentedCredential::Nothing };
        // Before anything is counted: a token that no rule takes is no wrong password.
        return pair.token().map_or_else(|| PresentedCredential::Password(pair), PresentedCredential::Token);
    }
    PresentedCredential::Nothing
}

/// Whether a browser could have added what the request shows by itself. It remembers `Basic` for an origin and sends it
/// with requests of other sites' pages too, as it does a cookie; no browser adds `Bearer` or [`TOKEN`].
pub(crate) fn is_ambient(headers: &HeaderMap) -> bool {
    let is_basic =
        |line: &HeaderValue| split(line.as_bytes()).is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case(b"basic"));
    !bears_token_field(headers) && headers.get_all(AUTHORIZATION).iter().any(is_basic)
}

/// An empty one is as good as none: proxies empty what they cannot remove.
fn bears_token_field(headers: &HeaderMap) -> bool {
    headers.get_all(TOKEN).iter().any(|line| !line.is_empty())
}

fn only_line<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a HeaderValue> {
    let mut lines = headers.get_all(name).iter();
    lines.next().filter(|_| lines.next().is_none())
}

/// Takes out what was said to us: our tokens always, also broken ones and whoever asks, so that none ever lies in a
/// site's log; everything where it let the request pass.
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

/// Whether a line holds something that begins like a token of ours, under any scheme or none, or one anywhere in it: in
/// a list, in quotes, as a parameter.
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

/// What a receiver that passes over blanks and takes either alphabet of Base64 (RFC 4648 §4, §5) would decode.
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

/// Whether our prefix stands anywhere with half a secret behind it. A name that begins so (`portcullis_admin`) is
/// shorter.
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
        // Passwords of people may begin like one.
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
        /// Whatever stands around it: what a receiver could read as a token of ours does not travel on.
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

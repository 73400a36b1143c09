use proptest::prelude::*;

use super::*;
use crate::domain::target::RequestTarget;

fn canonical(path: &str) -> String {
    CanonicalPath::of(path).to_string()
}

fn further(path: &str) -> Vec<String> {
    let readings = PathInterpretations::of(path);
    assert_eq!(readings.extent(), Extent::Known, "{path}");
    readings.further().to_vec()
}

#[test]
fn the_canonical_form_is_that_of_rfc_3986() {
    for (path, form) in [
        ("/%7Euser/%41%2d%5f", "/~user/A-_"),
        ("/a%2fb%c3%a9", "/a%2Fb%C3%A9"),
        ("/a/b/c/./../../g", "/a/g"),
        ("/public/%2e%2E/admin", "/admin"),
        ("/../..", "/"),
        ("/a/..", "/"),
        ("/a/.", "/a/"),
        ("/a//../b", "/a/b"),
        ("/a//b;x=/..y/...", "/a//b;x=/..y/..."),
        ("/a%", "/a%"),
        ("/%zz%2", "/%zz%2"),
        ("/%%341", "/%%341"),
        ("/%2%46", "/%2%46"),
        ("/caf\u{e9}\\x", "/caf\u{e9}\\x"),
    ] {
        assert_eq!(canonical(path), form, "{path}");
    }
}

#[test]
fn an_ordinary_path_has_one_reading() {
    for path in ["/", "/a/b.c", "/A-b_~/", "/.well-known/x", "/a..b", "/@ada/x,y=(1)!*", "/a%20b", "/caf%C3%A9", "/a:b"]
    {
        assert_eq!(further(path), <[&str; 0]>::default(), "{path}");
        assert_eq!(canonical(path), path);
    }
}

#[test]
fn whatever_a_server_could_make_of_a_path_is_among_its_readings() {
    for (path, reading) in [
        ("/admin;x=1/y", "/admin/y"),
        ("/admin%3bx/y", "/admin/y"),
        ("/public/..;/admin", "/admin"),
        ("/admin./x", "/admin/x"),
        ("/admin%20/x", "/admin/x"),
        ("/admin.%20.", "/admin"),
        ("/public/..%20/admin", "/admin"),
        ("/admin::$DATA", "/admin"),
        ("/admin:$I30:$INDEX_ALLOCATION/x", "/admin/x"),
        ("//admin", "/admin"),
        ("/public//../admin", "/admin"),
        ("/public\\..\\admin", "/admin"),
        ("/public/..%2fadmin", "/admin"),
        ("/public/..%5cadmin", "/admin"),
        ("/public/%252e%252e/admin", "/admin"),
        ("/public/%252e%252e%252fadmin", "/admin"),
        ("/public/%25%32%65%252e/admin", "/admin"),
        ("/admin%00.css", "/admin"),
        ("/admin%2500.css", "/admin"),
        ("/admin%3f.css", "/admin"),
        ("/admin%23.css", "/admin"),
        ("/public/%c0%ae%c0%ae%c0%afadmin", "/admin"),
        ("/public/%e0%80%ae%f0%80%80%ae/admin", "/admin"),
        ("/public/%25c0%25ae%25c0%25ae/admin", "/admin"),
        ("/%2561dmin", "/admin"),
        ("/public/..%5c;x/admin%20", "/admin"),
        ("/a!b%21", "/a!b!"),
        ("/geh\u{e4}lter", "/geh%C3%A4lter"),
        ("/a\"{b}", "/a%22%7Bb%7D"),
        ("/100%/x", "/100%25/x"),
        ("/%u0061dmin", "/admin"),
        ("/%25u0061dmin", "/admin"),
        ("/public/%u002e%u002e/admin", "/admin"),
        ("/public/.%09./admin", "/admin"),
        ("/public/x/..%00/../admin", "/admin"),
    ] {
        let readings = PathInterpretations::of(path);
        let known = readings.further().iter().map(String::as_str).chain([readings.canonical().as_str()]);
        assert!(known.into_iter().any(|known| known == reading), "{path}: {readings:?}");
    }
}

/// A `%25` that decodes to nothing further is a percent sign to everybody.
#[test]
fn a_literal_percent_sign_has_no_other_reading() {
    for path in ["/50%25%20off.pdf", "/100%25", "/%25/x", "/a%25g1"] {
        assert_eq!(further(path), <[&str; 0]>::default(), "{path}");
    }
}

#[test]
fn a_path_that_is_encoded_again_and_again_is_read_by_nobody() {
    for path in ["/%252525252e", "/%25252e%25252e/admin"] {
        assert_eq!(PathInterpretations::of(path).extent(), Extent::Endless, "{path}");
    }
    let tangle = "/a;x/..%5c..%2f.%20/%c0%ae%252f//b.;%2500/%255c%253b".repeat(20);
    assert_eq!(PathInterpretations::of(&tangle).extent(), Extent::Endless);
}

#[test]
fn folding_takes_letters_and_leaves_encodings() {
    for (path, form) in [
        ("/Admin", "/admin"),
        ("/a%2Fb", "/a%2Fb"),
        ("/%C3%89t%C3%A9", "/%C3%A9t%C3%A9"),
        ("/adm%C4%B1n", "/admin"),
        ("/\u{17f}ettings/\u{212a}", "/settings/k"),
        ("/Stra%C3%9Fe", "/strasse"),
        ("/%FF%A", "/%FF%a"),
    ] {
        assert_eq!(folded(path), form, "{path}");
        assert_eq!(folded(form), form);
    }
    assert!(matches!(folded("/admin"), std::borrow::Cow::Borrowed(_)));
}

/// Pieces that mean something to some server.
fn path() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "/", "/", "a", "b", "admin", "public", "Admin", ".", "..", ";x", ";", "\\", "%2f", "%5C", "%2e", "%252e",
        "%252F", "%00", "%20", "%", "%25", "41", "%c0%ae", "%C0%AF", "::$DATA", "%3B", "//", "\u{e9}", "%C3%A9", "%3f",
        "%2", "!", "%25o", "u0041", "%25", "g",
    ]);
    prop::collection::vec(piece, 0..8).prop_map(|pieces| format!("/{}", pieces.concat()))
}

/// How servers read, each written here without a look at the steps.
mod servers {
    pub(super) fn decode(path: &[u8]) -> Vec<u8> {
        let hex = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
        let (mut out, mut at) = (Vec::new(), 0);
        while let Some(byte) = path.get(at) {
            if let (b'%', Some(high), Some(low)) = (byte, hex(path.get(at + 1)), hex(path.get(at + 2))) {
                out.push(u8::try_from(high * 16 + low).unwrap());
                at += 3;
            } else {
                out.push(*byte);
                at += 1;
            }
        }
        out
    }

    pub(super) fn resolve(path: &[u8]) -> Vec<u8> {
        let mut out: Vec<&[u8]> = Vec::new();
        let segments: Vec<&[u8]> = path.split(|b| *b == b'/').skip(1).collect();
        for (index, segment) in segments.iter().enumerate() {
            let last = index + 1 == segments.len();
            match *segment {
                b"." if last => out.push(b""),
                b"." => {}
                b".." => {
                    out.pop();
                    if last {
                        out.push(b"");
                    }
                }
                other => out.push(other),
            }
        }
        out.iter().flat_map(|segment| [b"/", *segment].concat()).collect()
    }

    fn segments(path: &[u8], change: impl Fn(&str) -> String) -> Vec<u8> {
        // Latin-1 both ways, so that every byte is one character.
        let text: String = path.iter().map(|byte| char::from(*byte)).collect();
        let joined = text.split('/').map(change).collect::<Vec<_>>().join("/");
        joined.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
    }

    pub(super) fn servlet(path: &[u8]) -> Vec<u8> {
        resolve(&decode(&segments(path, |s| s.split(';').next().unwrap().to_owned())))
    }

    pub(super) fn windows(path: &[u8]) -> Vec<u8> {
        let slashed: Vec<u8> = decode(path).into_iter().map(|b| if b == b'\\' { b'/' } else { b }).collect();
        segments(&resolve(&slashed), |s| s.trim_end_matches(['.', ' ']).to_owned())
    }

    pub(super) fn c_string(path: &[u8]) -> Vec<u8> {
        resolve(&decode(path)).split(|b| *b == 0).next().unwrap().to_vec()
    }

    /// nginx: decoded, `//` merged, dots resolved.
    pub(super) fn merging(path: &[u8]) -> Vec<u8> {
        let mut out = decode(path);
        out.dedup_by(|a, b| *a == b'/' && *b == b'/');
        resolve(&out)
    }
}

/// The bytes as a rule could be written for them.
fn written(bytes: &[u8]) -> String {
    let kept = |b: u8| b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&b);
    bytes.iter().map(|b| if kept(*b) { char::from(*b).to_string() } else { format!("%{b:02X}") }).collect()
}

proptest! {
    #[test]
    fn the_canonical_form_of_a_canonical_form_is_itself(path in prop_oneof![path(), "/[%0-9a-fA-F./]{0,12}"]) {
        let once = canonical(&path);
        prop_assert_eq!(canonical(&once), once.clone());
        prop_assert!(once.starts_with('/'));
        prop_assert_eq!(CanonicalPath::of(&path), PathInterpretations::of(&path).canonical().clone());
    }

    #[test]
    fn no_text_breaks_the_reader(path in "/\\PC*") {
        let readings = PathInterpretations::of(&path);
        for reading in readings.further() {
            prop_assert!(reading.starts_with('/'));
            prop_assert_ne!(reading.as_str(), readings.canonical().as_str());
            prop_assert!(folded(reading).starts_with('/'));
        }
    }

    /// What passes `ambiguous_paths = "refuse"` is one path to whoever decodes once, twice or more often.
    #[test]
    fn a_path_that_is_not_ambiguous_is_decoded_by_the_first_look(path in path()) {
        let target = RequestTarget::parse(&path).unwrap();
        if target.ambiguity().is_none() {
            let once = servers::decode(path.as_bytes());
            prop_assert_eq!(servers::decode(&once), once, "{}", path);
        }
    }

    #[test]
    fn what_a_server_reads_is_among_the_readings(path in path()) {
        let readings = PathInterpretations::of(&path);
        if readings.extent() == Extent::Endless {
            return Ok(());
        }
        let known = |text: &str| {
            readings.canonical().as_str() == text || readings.further().iter().any(|known| known == text)
        };
        let raw = path.as_bytes();
        let twice = servers::resolve(&servers::decode(&servers::decode(raw)));
        for (server, bytes) in [
            ("decodes once", servers::resolve(&servers::decode(raw))),
            ("decodes once, resolves nothing", servers::decode(raw)),
            ("decodes twice", twice),
            ("resolves, then decodes", servers::decode(&servers::resolve(raw))),
            ("servlets", servers::servlet(raw)),
            ("Windows", servers::windows(raw)),
            ("hands it to C", servers::c_string(raw)),
            ("merges slashes", servers::merging(raw)),
        ] {
            // A path that holds no encoding is known as it is written: bytes beyond ASCII come both ways.
            let text = written(&bytes);
            let plain = String::from_utf8(bytes).unwrap_or_default();
            prop_assert!(known(&text) || known(&plain), "{} reads {:?}: {:?}", server, text, readings);
        }
        prop_assert!(known(&canonical(&path)), "what RFC 3986 reads");
    }
}

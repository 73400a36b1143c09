use super::*;
use proptest::prelude::*;

fn judged(pieces: &[&[u8]]) -> Vec<FramingVerdict> {
    let verdicts = FramingVerdicts::default();
    let mut judge = FramingParser::new(4096, verdicts.clone());
    for piece in pieces {
        let _ = judge.read(piece);
    }
    let queue = verdicts.0.lock().unwrap();
    queue.iter().copied().collect()
}

fn verdict(request: &str) -> FramingVerdict {
    let found = judged(&[request.as_bytes()]);
    assert_eq!(found.len(), 1, "{request:?}");
    found[0]
}

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

#[test]
fn requests_are_followed_one_after_the_other_past_their_bodies() {
    let wire = [
        "\r\n",
        GET,
        "POST / HTTP/1.1\r\nContent-Length: 30\r\n\r\nGET /x HTTP/1.1\r\nTE: x\r\n\r\nabcd",
        "POST / HTTP/1.1\nTRANSFER-ENCODING:\tchunked \n\n5;ext=\"x\"\r\nhello\r\n20\r\nGET / HTTP/1.1\r\nHost: abcdefgh\r\n\r\n0\r\nRemote-User: x\r\n\r\n",
        GET,
    ];
    assert_eq!(judged(&[wire.concat().as_bytes()]), [FramingVerdict::Clean; 4]);
}

#[test]
fn a_head_that_could_frame_two_bodies_is_refused() {
    for (lines, violation) in [
        ("Content-Length: 3\r\nTransfer-Encoding: chunked", Violation::TwoFramings),
        ("Transfer-Encoding: chunked\r\nContent-Length: 3", Violation::TwoFramings),
        ("Transfer-Encoding: ,chunked", Violation::Encoding),
        ("Transfer-Encoding: gzip, chunked", Violation::Encoding),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", Violation::Encoding),
        ("Transfer-Encoding: chunked, identity", Violation::Encoding),
        ("transfer-encoding: xchunked", Violation::Encoding),
        ("Transfer-Encoding:", Violation::Encoding),
        ("Transfer-Encoding: chunked\u{b}", Violation::Encoding),
        ("Transfer-Encoding: \"chunked\"", Violation::Encoding),
        ("Content-Length: 0001", Violation::Length),
        ("Content-Length: 3\r\ncontent-length: 3", Violation::Length),
        ("Content-Length: 3, 3", Violation::Length),
        ("Content-Length: +3", Violation::Length),
        ("Content-Length: 0x3", Violation::Length),
        ("Content-Length: -1", Violation::Length),
        ("Content-Length:", Violation::Length),
        ("Content-Length: 99999999999999999999", Violation::Length),
        ("X: a\r\n Content-Length: 3", Violation::MalformedLine),
        ("X: a\r\n\tb", Violation::MalformedLine),
        ("X: a\rContent-Length: 3", Violation::MalformedLine),
        ("no colon", Violation::MalformedLine),
        (": x", Violation::MalformedLine),
    ] {
        let request = format!("POST / HTTP/1.1\r\nHost: a\r\n{lines}\r\n\r\n");
        assert_eq!(verdict(&request), FramingVerdict::Refused(violation), "{lines:?}");
    }
    let old = verdict("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    assert_eq!(old, FramingVerdict::Refused(Violation::Encoding));
}

#[test]
fn a_target_that_hyper_would_change_is_refused() {
    for (line, violation) in [
        ("GET /public#/../admin HTTP/1.1", Violation::Fragment),
        ("GET http://a/#x HTTP/1.1", Violation::Fragment),
        ("GET admin HTTP/1.1", Violation::Target),
        ("GET ?a=1 HTTP/1.1", Violation::Target),
        ("GET javascript://a/ HTTP/1.1", Violation::Target),
        ("GET  / HTTP/1.1", Violation::MalformedLine),
        ("GET /", Violation::MalformedLine),
    ] {
        assert_eq!(verdict(&format!("{line}\r\nHost: a\r\n\r\n")), FramingVerdict::Refused(violation), "{line}");
    }
    for line in
        ["GET / HTTP/1.1", "OPTIONS * HTTP/1.1", "GET HTTP://a/b HTTP/1.1", "CONNECT a:443 HTTP/1.1", "GET / HTTP/1.0"]
    {
        assert_eq!(verdict(&format!("{line}\r\nHost: a\r\n\r\n")), FramingVerdict::Clean, "{line}");
    }
}

#[test]
fn what_follows_a_lost_framing_is_never_judged_clean() {
    for bad in [
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    ] {
        assert_eq!(judged(&[bad.as_bytes(), GET.as_bytes()]), [FramingVerdict::Clean], "{bad:?}");
        let mut judge = FramingParser::new(4096, FramingVerdicts::default());
        assert_eq!(judge.read(bad.as_bytes()), Err(Unreadable::BrokenBody), "{bad:?}");
    }
    let refused = "POST / HTTP/1.1\r\nContent-Length: 0001\r\n\r\n";
    assert_eq!(judged(&[refused.as_bytes(), GET.as_bytes()]), [FramingVerdict::Refused(Violation::Length)]);
    assert_eq!(judged(&[b"\x81\x05hello\n", GET.as_bytes()]), []);
    let long = format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "a".repeat(5000));
    assert_eq!(judged(&[long.as_bytes(), GET.as_bytes()]), []);
    assert_eq!(FramingVerdicts::default().take(), FramingVerdict::Refused(Violation::Unjudged));
}

#[test]
fn a_flood_of_heads_is_not_kept() {
    let flood = GET.repeat(MOST_WAITING + 5);
    assert_eq!(judged(&[flood.as_bytes()]).len(), MOST_WAITING);
}

fn message() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(GET.to_owned()),
        "[a-zA-Z0-9\r\n]{1,40}"
            .prop_map(|body| format!("POST /p HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}", body.len())),
        proptest::collection::vec("[a-z\r\n ]{1,20}", 0..4).prop_map(|chunks| {
            let body =
                chunks.iter().fold(String::new(), |body, chunk| format!("{body}{:x};e=1\r\n{chunk}\r\n", chunk.len()));
            format!("PUT / HTTP/1.1\nTransfer-Encoding: chunked\r\n\r\n{body}0\r\nT: x\r\n\r\n")
        }),
        Just("\r\n".to_owned()),
        Just("POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n".to_owned()),
        "[ -~\r\n]{0,60}",
    ]
}

proptest! {
    #[test]
    fn any_split_of_the_bytes_into_reads_gives_the_same_judgements(
        wire in proptest::collection::vec(message(), 0..6),
        cuts in proptest::collection::vec(0..400_usize, 0..8),
    ) {
        let wire = wire.concat().into_bytes();
        let whole = judged(&[&wire]);
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(wire.len())).collect();
        cuts.extend([0, wire.len()]);
        cuts.sort_unstable();
        let pieces: Vec<&[u8]> = cuts.windows(2).map(|pair| &wire[pair[0]..pair[1]]).collect();
        prop_assert_eq!(&judged(&pieces), &whole);
        let bytes: Vec<&[u8]> = wire.chunks(1).collect();
        prop_assert_eq!(&judged(&bytes), &whole);
    }
}

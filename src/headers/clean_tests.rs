use super::*;
use crate::domain::client::Peer;
use crate::domain::identifier::AccountId;
use crate::domain::network::TrustedProxies;
use crate::domain::origin::Scheme;
use proptest::prelude::*;

fn identity() -> Identity {
    Identity {
        account: AccountId::from_bytes([1; 16]),
        username: "ada".parse().unwrap(),
        name: None,
        email: None,
        groups: vec!["staff".parse().unwrap()],
    }
}

fn cleaned_with(lines: &[(String, String)], exchange_kind: ExchangeKind) -> (HeaderMap, TrailerFilter) {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        headers.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap());
    }
    let peer = Peer::Address("192.0.2.1".parse().unwrap());
    let forwarded = forwarded::read(&headers, peer, Scheme::Https, &TrustedProxies::default()).unwrap();
    let upstream = UpstreamContext {
        names: &Arc::new(IdentityHeaders::default()),
        identity: Some(&identity()),
        assertion: None,
        authorization: Addressee::Site,
        forwarded: &forwarded,
        origin: &"https://app.test".parse().unwrap(),
        via: &Via::new([0; 8]),
        version: Version::HTTP_11,
        exchange_kind,
    };
    CleanHeaders::for_upstream(headers, &upstream).unwrap().into_parts()
}

fn cleaned(lines: &[(&str, &str)]) -> HeaderMap {
    let owned: Vec<_> = lines.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    cleaned_with(&owned, ExchangeKind::Http).0
}

#[test]
fn the_site_sees_our_word_and_what_the_visitor_may_say() {
    let headers = cleaned(&[
        ("host", "app.test"),
        ("accept", "text/html"),
        ("authorization", "Bearer of-the-site"),
        ("cookie", "a=1; __Host-portcullis=secret"),
        ("remote-user", "root"),
        ("Remote_User", "root"),
        ("X-Forwarded-For", "127.0.0.1"),
        ("connection", "close, Remote-User, Host, X-Forwarded-For, Cookie2"),
        ("cookie2", "x"),
    ]);
    let expected = [
        ("host", "app.test"),
        ("accept", "text/html"),
        ("authorization", "Bearer of-the-site"),
        ("cookie", "a=1"),
        ("remote-user", "ada"),
        ("remote-groups", "staff"),
        ("x-forwarded-for", "192.0.2.1"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", "app.test"),
        ("x-forwarded-port", "443"),
        ("x-real-ip", "192.0.2.1"),
        ("forwarded", "for=192.0.2.1;host=app.test;proto=https"),
        ("via", "1.1 portcullis-0000000000000000"),
    ];
    for (name, value) in expected {
        assert_eq!(headers.get_all(name).iter().collect::<Vec<_>>(), [value], "{name}");
    }
    assert_eq!(headers.len(), expected.len(), "{headers:?}");
}

#[test]
fn repeated_fields_of_the_visitor_keep_their_order() {
    let headers = cleaned(&[("x-a", "1"), ("x-b", "0"), ("x-a", "2"), ("x-a", "3")]);
    assert_eq!(headers.get_all("x-a").iter().collect::<Vec<_>>(), ["1", "2", "3"]);
}

#[test]
fn only_a_websocket_keeps_its_upgrade() {
    let h2c = cleaned(&[("connection", "Upgrade, HTTP2-Settings"), ("upgrade", "h2c"), ("http2-settings", "AAMAAABk")]);
    assert!(h2c.get("upgrade").is_none() && h2c.get("http2-settings").is_none() && h2c.get("connection").is_none());
    let lines = [("connection".to_owned(), "Upgrade".to_owned()), ("upgrade".to_owned(), "websocket, h2c".to_owned())];
    let (socket, _) = cleaned_with(&lines, ExchangeKind::WebSocket);
    assert_eq!(socket.get("upgrade").unwrap(), "websocket");
    assert_eq!(socket.get("connection").unwrap(), "upgrade");
}

#[test]
fn trailers_lose_what_the_headers_would_and_what_frames_a_message() {
    let lines = [("connection".to_owned(), "x-hop".to_owned())];
    let (_, filter) = cleaned_with(&lines, ExchangeKind::Http);
    let mut trailers = HeaderMap::new();
    for name in
        ["remote-user", "remote_user", "x-hop", "content-length", "host", "authorization", "x-checksum", "grpc-status"]
    {
        trailers.append(HeaderName::from_static(name), HeaderValue::from_static("1"));
    }
    filter.clean(&mut trailers);
    let mut left: Vec<_> = trailers.keys().map(HeaderName::as_str).collect();
    left.sort_unstable();
    assert_eq!(left, ["grpc-status", "x-checksum"]);
}

#[test]
fn an_answer_of_the_site_loses_its_hop_and_our_cookies() {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("connection", "close, x-hop"),
        ("x-hop", "1"),
        ("keep-alive", "timeout=5"),
        ("set-cookie", "a=1"),
        ("set-cookie", "__Host-portcullis=evil"),
        ("set-cookie", "b=2"),
        ("www-authenticate", "Basic"),
    ] {
        headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    for_visitor(&mut headers);
    assert_eq!(headers.get_all("set-cookie").iter().collect::<Vec<_>>(), ["a=1", "b=2"]);
    assert_eq!(headers.keys_len(), 2);
}

proptest! {
    /// Whatever a client sends, in any spelling, number and order, and whatever its `Connection` lines name, the site
    /// finds only our values under these names.
    #[test]
    fn no_client_can_speak_for_us(lines in proptest::collection::vec((
        prop_oneof![
            "(remote|REMOTE)[-_.](user|User|name|email|groups)",
            "[xX][-_.](portcullis[-_.]assertion|forwarded[-_.](for|proto|host|user)|real[-_.]ip)",
            "(connection|te|upgrade|forwarded|via|host|cookie|x-other)",
        ],
        prop_oneof!["[a-z]{1,5}", "(close, )?(Remote-User|remote_groups|X-Forwarded-For|Via|Host|x-real-ip)", "(__Host-)?portcullis=x; a=b"],
    ), 0..12)) {
        let (headers, _) = cleaned_with(&lines, ExchangeKind::Http);
        for (name, value) in [("remote-user", "ada"), ("remote-groups", "staff"), ("x-forwarded-for", "192.0.2.1"), ("x-forwarded-proto", "https"),
            ("x-forwarded-host", "app.test"), ("x-real-ip", "192.0.2.1"), ("host", "app.test"), ("forwarded", "for=192.0.2.1;host=app.test;proto=https")] {
            prop_assert_eq!(headers.get_all(name).iter().collect::<Vec<_>>(), vec![value]);
        }
        for (name, value) in &headers {
            let plain = name.as_str().replace(['_', '.'], "-");
            let known = ["remote-user", "remote-groups", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port", "x-real-ip"];
            let claims = plain.starts_with("remote-") || plain.starts_with("x-portcullis") || plain.starts_with("x-forwarded") || plain.starts_with("x-real");
            prop_assert!(!claims || known.contains(&name.as_str()), "{}: {:?}", name, value);
            prop_assert!(name != "cookie" || !value.to_str().unwrap().contains("portcullis"));
            prop_assert!(name != "connection" && name != "upgrade" || name == "connection" && value == "te");
        }
    }
}

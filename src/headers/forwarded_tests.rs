use super::*;

fn map(lines: &[(&'static str, &'static str)]) -> HeaderMap {
    lines.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
}

fn peer(text: &str) -> Peer {
    Peer::Address(text.parse().unwrap())
}

fn trusted() -> TrustedProxies {
    TrustedProxies::new(vec![
        "10.0.0.0/8".parse().unwrap(),
        "2001:db8:1::/48".parse().unwrap(),
        "unix".parse().unwrap(),
    ])
}

fn from_proxy(lines: &[(&'static str, &'static str)]) -> Result<ForwardedInfo, Contradiction> {
    read(&map(lines), peer("10.0.0.1"), Scheme::Http, &trusted())
}

fn told(forwarded: &ForwardedInfo, here: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    forwarded.write(&here.parse().unwrap(), &mut headers);
    headers
}

#[test]
fn nobody_is_believed_by_default() {
    let lines =
        map(&[("x-forwarded-for", "192.0.2.9"), ("x-forwarded-proto", "https"), ("x-forwarded-host", "evil.test")]);
    for trust in [TrustedProxies::default(), trusted()] {
        let forwarded = read(&lines, peer("192.0.2.1"), Scheme::Http, &trust).unwrap();
        assert_eq!(forwarded.client.to_string(), "192.0.2.1");
        assert_eq!((forwarded.scheme, forwarded.host, forwarded.word), (Scheme::Http, None, Word::Peer));
    }
}

#[test]
fn the_right_most_address_that_no_trusted_proxy_has_is_the_visitors() {
    for (list, client) in [
        (&[("x-forwarded-for", "192.0.2.7")][..], "192.0.2.7"),
        (&[("x-forwarded-for", "1.1.1.1, 192.0.2.7, 10.9.9.9")], "192.0.2.7"),
        (&[("x-forwarded-for", "1.1.1.1"), ("x-forwarded-for", "192.0.2.7,10.9.9.9")], "192.0.2.7"),
        (&[("x-forwarded-for", "nonsense, 192.0.2.7")], "192.0.2.7"),
        (&[("x-forwarded-for", "192.0.2.7:5123")], "192.0.2.7"),
        (&[("x-forwarded-for", "[2001:db8::7]:5123")], "2001:db8::7"),
        (&[("x-forwarded-for", "2001:db8::7, 2001:db8:1::1")], "2001:db8::7"),
        (&[("x-forwarded-for", "10.0.0.5, 10.0.0.6")], "10.0.0.5"),
        (&[], "unknown"),
    ] {
        assert_eq!(from_proxy(list).unwrap().client.to_string(), client, "{list:?}");
    }
}

#[test]
fn what_a_trusted_proxy_says_unclearly_is_refused() {
    for lines in [
        &[("x-forwarded-for", "nonsense")][..],
        &[("x-forwarded-for", "")],
        &[("x-forwarded-for", "192.0.2.7, unknown")],
        &[("x-forwarded-proto", "https"), ("x-forwarded-proto", "http")],
        &[("x-forwarded-proto", "https, http")],
        &[("x-forwarded-proto", "javascript")],
        &[("x-forwarded-proto", "")],
        &[("x-forwarded-host", "a.test"), ("x-forwarded-host", "b.test")],
        &[("x-forwarded-host", "a.test@evil.test")],
        &[("x-forwarded-host", "")],
        &[("x-forwarded-proto", "https"), ("forwarded", "for=1.1.1.1;proto=http")],
        &[("x-forwarded-host", "a.test"), ("forwarded", "host=a.test, for=x;Host=\"b.test\"")],
    ] {
        assert!(from_proxy(lines).is_err(), "{lines:?}");
    }
}

#[test]
fn scheme_and_host_of_the_visitor_come_from_a_trusted_proxy() {
    for lines in [
        &[("x-forwarded-proto", "https"), ("x-forwarded-host", "App.test:8443")][..],
        &[
            ("x-forwarded-proto", "HTTPS, https"),
            ("x-forwarded-host", "app.test:8443"),
            ("x-forwarded-host", "APP.test:8443"),
        ],
        &[
            ("x-forwarded-proto", "wss"),
            ("x-forwarded-host", "app.test:8443"),
            ("forwarded", "host=\"app.test:8443\";proto=https"),
        ],
    ] {
        let forwarded = from_proxy(lines).unwrap();
        assert_eq!(forwarded.scheme, Scheme::Https);
        assert_eq!(forwarded.host.unwrap().to_string(), "app.test:8443");
    }
}

#[test]
fn the_site_is_told_the_chain_that_trusted_proxies_vouch_for() {
    let forwarded = from_proxy(&[("x-forwarded-for", "6.6.6.6, 192.0.2.7, 10.9.9.9")]).unwrap();
    let headers = told(&forwarded, "https://app.test");
    assert_eq!(headers.get(FOR).unwrap(), "192.0.2.7, 10.9.9.9, 10.0.0.1");
    assert_eq!(headers.get(REAL_IP).unwrap(), "192.0.2.7");
    assert_eq!(headers.get(PROTO).unwrap(), "https");
    assert_eq!(headers.get(HOST).unwrap(), "app.test");
    assert_eq!(headers.get(PORT).unwrap(), "443");
    assert_eq!(headers.get(header::FORWARDED).unwrap(), "for=192.0.2.7;host=app.test;proto=https");
}

/// RFC 7239 §6: "Note that as ":" and "[]" are not valid characters in "token", IPv6 addresses are written as
/// quoted-string". In `X-Forwarded-For` they are not quoted.
#[test]
fn an_ipv6_visitor_stands_in_quotes_and_brackets() {
    let direct = read(&HeaderMap::new(), peer("2001:db8::1"), Scheme::Http, &trusted()).unwrap();
    let headers = told(&direct, "http://localhost:8080");
    assert_eq!(headers.get(FOR).unwrap(), "2001:db8::1");
    assert_eq!(headers.get(PORT).unwrap(), "8080");
    let forwarded = "for=\"[2001:db8::1]\";host=\"localhost:8080\";proto=http";
    assert_eq!(headers.get(header::FORWARDED).unwrap(), forwarded);
}

#[test]
fn a_peer_without_address_is_unknown_to_the_site() {
    let unix = read(&HeaderMap::new(), Peer::Unix, Scheme::Http, &TrustedProxies::default()).unwrap();
    let headers = told(&unix, "http://localhost");
    assert!(headers.get(FOR).is_none() && headers.get(REAL_IP).is_none());
    assert_eq!(headers.get(header::FORWARDED).unwrap(), "for=unknown;host=localhost;proto=http");
    let proxied =
        read(&map(&[("x-forwarded-for", "192.0.2.7, 10.0.0.3")]), Peer::Unix, Scheme::Http, &trusted()).unwrap();
    assert_eq!(told(&proxied, "http://localhost").get(FOR).unwrap(), "192.0.2.7, 10.0.0.3");
}

#[test]
fn fields_that_claim_where_a_request_comes_from_are_found_in_every_spelling() {
    for name in [
        "x-forwarded-for",
        "x_forwarded_for",
        "x.forwarded.host",
        "x-forwarded-user",
        "x-forwarded-prefix",
        "x-real-ip",
        "x_real_ip",
        "forwarded",
        "x-original-url",
        "x_original_uri",
        "x-rewrite-url",
        "proxy",
        "content_length",
        "transfer_encoding",
        "front-end-https",
    ] {
        assert!(is_claimed(name), "{name}");
    }
    for name in [
        "x-forward",
        "x-request-id",
        "content-length",
        "content-type",
        "transfer-encoding",
        "from",
        "forwardedx",
        "proxy-foo",
    ] {
        assert!(!is_claimed(name), "{name}");
    }
}

//! Forwarding headers: no address, scheme or host that an untrusted peer named is believed, and what the site is told
//! means the same to a second gateway.

#![no_main]

use std::net::IpAddr;

use http::header::HeaderName;
use http::{HeaderMap, HeaderValue};
use libfuzzer_sys::fuzz_target;
use portcullis::parts::fuzzing::Peer;
use portcullis::parts::fuzzing::{TrustedProxies, TrustedProxy};
use portcullis::parts::fuzzing::{Origin, Scheme};
use portcullis::parts::fuzzing::{ForwardedInfo, client, read};

const FIELDS: [&str; 6] =
    ["x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port", "forwarded", "x-real-ip"];

const TRUSTED: [&str; 4] = ["10.0.0.0/8", "2001:db8:1::/48", "192.0.2.9", "unix"];

fn is_trusted(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(four) => four.octets()[0] == 10 || four.octets() == [192, 0, 2, 9],
        IpAddr::V6(six) => six.segments()[..3] == [0x2001, 0xdb8, 1],
    }
}

fn trusted() -> TrustedProxies {
    TrustedProxies::new(TRUSTED.iter().map(|text| text.parse::<TrustedProxy>().expect("a proxy")).collect())
}

/// An entry as proxies write it: bare, with a port, in brackets.
fn entry(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = || text.strip_prefix('[')?.split(']').next()?.parse().ok();
    // An address is read like a host, whose trailing dot says the same, in front of a port as at the end.
    let dotted = |text: &str| text.strip_suffix('.').unwrap_or(text).parse().ok();
    let with_port = || dotted(text.rsplit_once(':')?.0);
    let address = text.parse().ok().or_else(bare).or_else(|| dotted(text)).or_else(with_port);
    address.map(|address: IpAddr| address.to_canonical())
}

fn vouched(headers: &HeaderMap, arrival: &ForwardedInfo) {
    let lines = headers.get_all("x-forwarded-for").into_iter().filter_map(|line| line.to_str().ok());
    let named: Vec<Option<IpAddr>> = lines.flat_map(|line| line.split(',')).map(entry).collect();
    let Some(found) = arrival.client.ip() else {
        return assert!(named.is_empty(), "{headers:?} names somebody");
    };
    let right_most = named.iter().rposition(|address| address.is_none_or(|address| !is_trusted(address)));
    let expected = named.get(right_most.unwrap_or(0)).copied().flatten();
    assert_eq!(Some(found), expected, "{headers:?}");
}

fn told_again(arrival: &ForwardedInfo, here: &Origin, peer: Peer) {
    let mut told = HeaderMap::new();
    arrival.write(here, &mut told);
    let again = read(&told, peer, Scheme::Http, &trusted()).expect("what we write is no contradiction");
    assert_eq!(again.client.ip(), arrival.client.ip(), "{told:?}");
    assert_eq!(again.scheme, here.scheme());
    assert_eq!(again.host.map(|host| Origin::new(here.scheme(), &host)), Some(here.clone()));
}

fuzz_target!(|bytes: &[u8]| {
    let mut headers = HeaderMap::new();
    for line in bytes.split(|byte| *byte == b'\n').take(12) {
        let Some((which, value)) = line.split_first() else { continue };
        let name = HeaderName::from_static(FIELDS[usize::from(*which) % FIELDS.len()]);
        if let Ok(value) = HeaderValue::from_bytes(value) {
            headers.append(name, value);
        }
    }
    let here: Origin = "https://app.example:8443".parse().expect("an origin");
    for address in ["192.0.2.1", "::ffff:192.0.2.1", "2001:db8:2::1"] {
        let address: IpAddr = address.parse().expect("an address");
        let peer = Peer::Address(address);
        let arrival = read(&headers, peer, Scheme::Http, &trusted()).expect("nothing that a stranger says is read");
        assert_eq!(arrival.client.ip(), Some(address.to_canonical()));
        assert_eq!((arrival.scheme, arrival.host.is_none()), (Scheme::Http, true));
        told_again(&arrival, &here, Peer::Unix);
    }
    for peer in [Peer::Unix, Peer::Address("10.1.2.3".parse().expect("an address"))] {
        let Ok(arrival) = read(&headers, peer, Scheme::Http, &trusted()) else { continue };
        vouched(&headers, &arrival);
        assert_eq!(client(&headers, peer, &trusted()).map(|client| client.ip()), Ok(arrival.client.ip()));
        told_again(&arrival, &here, peer);
    }
});

use std::net::Ipv4Addr;

use super::{descriptors, limited, open, served};
use crate::backend::{Answer, Step};
use crate::gateway::{GatewayProcess, Setup};
use crate::response::Response;
use crate::visitor::Request;
use crate::wire::{Wire, eventually};

/// Opens connections from one address until the gateway takes no more; those that it keeps.
async fn takes_all_it_can(gateway: &GatewayProcess, from: Ipv4Addr, most: usize) -> Vec<Wire> {
    let mut held = Vec::new();
    for _ in 0..most {
        let mut wire = Wire::open_from(from, gateway.listening.address()).await;
        // A request that is answered says that the connection was taken in.
        wire.send(b"GET /portcullis/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec()).await;
        match wire.answer("GET").await.map(|answer| answer.status) {
            Some(200) => held.push(wire),
            over => {
                assert_eq!(over, Some(503), "no place is left for this network");
                break;
            }
        }
    }
    held
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_addresses_cannot_take_every_connection() {
    let gateway = limited("true", Setup { server: "max_connections = 400".to_owned(), ..Setup::default() }).await;
    let before = descriptors(&gateway.process);
    let mut held = Vec::new();
    for number in 1..=10 {
        held.extend(takes_all_it_can(&gateway, Ipv4Addr::new(127, 5, 0, number), 400).await);
    }
    // Each takes until it holds a tenth of what is then free, and 16 in any case.
    assert_eq!(held.len(), 36 + 33 + 30 + 27 + 25 + 22 + 20 + 18 + 17 + 16, "of 400");
    let others = takes_all_it_can(&gateway, Ipv4Addr::new(127, 5, 1, 1), 10).await;
    assert_eq!(others.len(), 10, "whoever comes now is let in");
    drop((held, others));
    eventually("descriptors are what they were", || async { descriptors(&gateway.process) <= before + 1 }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_few_descriptors_fewer_visitors_are_let_in_and_nobody_fails_in_the_middle() {
    let gateway = limited("ulimit -n 256", Setup::default()).await;
    gateway.process.has_written("the system allows 256 open files, enough for 64 connections").await;
    let mut held = Vec::new();
    for number in 1..=6 {
        held.extend(takes_all_it_can(&gateway, Ipv4Addr::new(127, 6, 0, number), 100).await);
    }
    assert_eq!(held.len(), 64, "as many as fit");
    drop(held);
    eventually("places are free again", || async { served(gateway.visitor()).await == 200 }).await;
    assert!(!gateway.process.output().contains("Too many open files"), "{}", gateway.process.output());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_soft_limit_on_open_files_is_raised_to_the_hard_one_and_no_bound_for_visitors() {
    let setup = Setup { server: "max_connections = 300".to_owned(), ..Setup::default() };
    let gateway = limited("ulimit -S -n 128; ulimit -H -n 1024", setup).await;
    let mut held = Vec::new();
    for number in 1..=20 {
        held.extend(takes_all_it_can(&gateway, Ipv4Addr::new(127, 7, 0, number), 10).await);
    }
    assert_eq!(held.len(), 200, "more than the soft limit");
    assert!(descriptors(&gateway.process) > 200, "all of them are open: {}", descriptors(&gateway.process));
    assert_eq!(open(&gateway).await, 200, "and the site is reached");
    gateway.process.has_written("/open/x").await;
    let said = gateway.process.output();
    assert!(!said.contains("the system allows") && !said.contains("Too many open files"), "{said}");
}

/// What a visitor of this network asks through the trusted proxy.
fn of_network(network: &str, host: &str, target: &str) -> Request {
    Request::get(target)
        .bare()
        .header("Host", host)
        .header("X-Forwarded-For", network)
        .header("X-Forwarded-Proto", "https")
}

/// Begins so many requests to /open/slow that the site never answers, one after the other.
async fn begin_slow(gateway: &GatewayProcess, network: &str, how_many: usize) -> Vec<Wire> {
    let mut held = Vec::new();
    for _ in 0..how_many {
        let (visitor, seen) = (gateway.visitor(), gateway.backend.count());
        let mut wire = visitor.connect().await;
        wire.send(visitor.bytes(&of_network(network, "localhost", "/open/slow"))).await;
        eventually("the site has it", || async { gateway.backend.count() == seen + 1 }).await;
        held.push(wire);
    }
    held
}

/// Asks for a page of the site that is answered at once.
async fn ask(gateway: &GatewayProcess, network: &str, host: &str) -> Response {
    gateway.visitor().send(of_network(network, host, "/open/x")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_and_a_site_that_have_their_share_of_slow_requests_leave_room_for_others() {
    let other = "[[sites]]\nhost = \"other.example.com\"\nupstream = [\"http://SITE\"]\n".to_owned() + super::OPEN;
    let server = "max_connections = 250\ntrusted_proxies = [\"127.0.0.1\"]".to_owned();
    let gateway = limited("true", Setup { server, more: other, ..Setup::default() }).await;
    gateway.backend.answers(Answer::ByTarget(vec![("/open/slow", Answer::Script(vec![Step::Hang]))]));
    let (one, two, three) = ("192.0.2.1", "192.0.2.2", "192.0.2.3");
    let mut held = begin_slow(&gateway, one, 100).await;
    let refused = ask(&gateway, one, "localhost").await;
    assert_eq!((refused.status, refused.header("retry-after")), (503, Some("5")), "{refused:?}");
    gateway.process.has_written("too many exchanges of this client's network are under way").await;
    assert_eq!(ask(&gateway, two, "localhost").await.status, 200, "another network is served");
    // A site may hold as much as is free beside it: half of all.
    held.extend(begin_slow(&gateway, two, 25).await);
    let refused = ask(&gateway, three, "localhost").await;
    assert_eq!((refused.status, refused.header("retry-after")), (503, Some("5")), "{refused:?}");
    gateway.process.has_written("too many exchanges with this site are under way").await;
    assert_eq!(ask(&gateway, three, "other.example.com").await.status, 200, "another site is served");
    drop(held);
    eventually("the places are free", || async { ask(&gateway, one, "localhost").await.status == 200 }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_half_heads_leaves_memory_as_it_was_and_others_are_served() {
    let gateway = limited("true", Setup { server: "header_timeout = \"1s\"".to_owned(), ..Setup::default() }).await;
    assert_eq!(open(&gateway).await, 200);
    let (files, memory) = (descriptors(&gateway.process), gateway.process.memory());
    let mut flood = Vec::new();
    for number in 0..400_u32 {
        let from = Ipv4Addr::from(0x7f07_0001 + number);
        let mut wire = Wire::open_from(from, gateway.listening.address()).await;
        wire.send([b"GET /open/x HTTP/1.1\r\nX: ".to_vec(), vec![b'a'; 16 * 1024]].concat()).await;
        flood.push(wire);
        if number % 100 == 0 {
            assert_eq!(open(&gateway).await, 200, "others are served meanwhile");
        }
    }
    eventually("the gateway waits for none of them", || async { descriptors(&gateway.process) <= files + 1 }).await;
    assert!(gateway.process.memory() < memory + 48 * 1024 * 1024, "{} from {memory}", gateway.process.memory());
    drop(flood);
}

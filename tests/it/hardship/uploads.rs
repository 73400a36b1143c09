//! Uploads that are answered before they have come whole: the client sees the answer, and nobody holds a connection by
//! sending on.

use std::net::Ipv4Addr;

use super::{descriptors, open, tls_gate};
use crate::gateway::{GatewayProcess, Setup};
use crate::visitor::Visitor;
use crate::wire::{DEADLINE, Wire, eventually};

const MIB: usize = 1024 * 1024;

/// Nobody passes below /closed; elsewhere whoever has signed in.
const CLOSED: &str = "[[sites.rules]]\npath = \"/closed/**\"\nrequire = \"deny\"\n\
    [[sites.rules]]\npath = \"/open/**\"\nrequire = \"nothing\"\n";

async fn gateway(server: &str) -> GatewayProcess {
    GatewayProcess::start(Setup { server: server.to_owned(), site: CLOSED.to_owned(), ..Setup::default() }).await
}

/// Sends all of an upload before it reads the answer, as most programs do.
async fn uploaded(visitor: &Visitor, target: &str, lengths: &str) -> (usize, Option<(u16, bool)>) {
    let mut wire = visitor.connect().await;
    wire.send(format!("PUT {target} HTTP/1.1\r\nHost: localhost\r\n{lengths}\r\n")).await;
    let sent = wire.push(16 * MIB, DEADLINE).await;
    let answer = wire.answer("PUT").await.map(|answer| (answer.status, answer.whole));
    (sent, answer)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_upload_of_16_mib_gets_its_status_also_where_the_client_sends_all_of_it_first() {
    let gateway = gateway("").await;
    let length = format!("Content-Length: {}\r\n", 16 * MIB);
    for (target, lengths, status) in [
        ("/private/x", length.clone(), 401),
        ("/closed/x", length.clone(), 403),
        ("/open/x", format!("{length}{length}"), 400),
        ("/open/x", format!("{length}X-Large: {}\r\n", "x".repeat(60_000)), 431),
    ] {
        let outcome = uploaded(&gateway.visitor(), target, &lengths).await;
        assert_eq!(outcome, (16 * MIB, Some((status, true))), "{target}");
    }
    assert_eq!(gateway.backend.count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_upload_over_tls_gets_its_status_too() {
    let (gateway, _, tls) = tls_gate().await;
    let mut visitor = gateway.visitor();
    visitor.host = Some("localhost".to_owned());
    visitor.tls = Some(tls);
    let outcome = uploaded(&visitor, "/private/x", &format!("Content-Length: {}\r\n", 16 * MIB)).await;
    assert_eq!(outcome, (16 * MIB, Some((401, true))));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_upload_that_was_refused_is_cut() {
    let gateway = gateway("").await;
    assert_eq!(open(&gateway).await, 200);
    let before = descriptors(&gateway.process);
    let mut wire = gateway.visitor().connect().await;
    wire.send(format!("PUT /private/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n", 1_u64 << 40)).await;
    let sent = wire.push(256 * MIB, DEADLINE).await;
    assert!(sent >= 128 * MIB, "{sent}");
    // Beyond the bound of the gateway a few mebibytes fit into the buffers of the system.
    assert!(sent < 160 * MIB, "{sent}");
    eventually("the connection is gone", || async { descriptors(&gateway.process) <= before }).await;
    assert_eq!(open(&gateway).await, 200);
}

/// An upload that is refused and then neither goes on nor ends.
async fn stands_still(gateway: &GatewayProcess, from: Ipv4Addr) -> Wire {
    let mut wire = Wire::open_from(from, gateway.listening.address()).await;
    wire.send(b"PUT /private/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx").await;
    assert_eq!(wire.answer("PUT").await.expect("an answer").status, 401);
    assert_eq!(wire.rest().await, b"", "the gateway has closed its side");
    wire
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_stands_still_after_its_refusal_keeps_its_place_and_is_closed_soon() {
    // A body may stall for longer than the test lasts: only the end of the refusal itself can free a place.
    let gateway = gateway("max_connections = 100\nbody_timeout = \"10m\"").await;
    assert_eq!(open(&gateway).await, 200);
    let before = descriptors(&gateway.process);
    let from = Ipv4Addr::new(127, 8, 0, 1);
    // Sixteen is the share of one network.
    let held = futures_util::future::join_all((0..16).map(|_| stands_still(&gateway, from))).await;
    let mut one_more = Wire::open_from(from, gateway.listening.address()).await;
    one_more.send(b"GET /open/x HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    assert_eq!(one_more.answer("GET").await.map(|answer| answer.status), Some(503), "all places are taken");
    eventually("the places are free", || async { descriptors(&gateway.process) <= before }).await;
    drop(held);
    let mut visitor = gateway.visitor().coming_from(from);
    assert_eq!(visitor.get("/open/x").await.status, 200);
}

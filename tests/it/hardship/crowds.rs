use std::net::Ipv4Addr;

use super::{descriptors, limited, open, served};
use crate::house::{Installation, Plan};
use crate::wire::{Wire, eventually};

/// Opens connections from one address until the gateway takes no more; those that it keeps.
async fn takes_all_it_can(gate: &Installation, from: Ipv4Addr, most: usize) -> Vec<Wire> {
    let mut held = Vec::new();
    for _ in 0..most {
        let mut wire = Wire::open_from(from, gate.front.address()).await;
        // A request that is answered says that the connection was taken in.
        wire.send(b"GET /portcullis/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec()).await;
        match wire.answer("GET").await {
            Some(answer) if answer.status == 200 => held.push(wire),
            Some(_) | None => break,
        }
    }
    held
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_addresses_cannot_take_every_connection() {
    let gate = limited("true", Plan { server: "max_connections = 400".to_owned(), ..Plan::default() }).await;
    let before = descriptors(&gate.process);
    let mut held = Vec::new();
    for number in 1..=10 {
        held.extend(takes_all_it_can(&gate, Ipv4Addr::new(127, 5, 0, number), 400).await);
    }
    assert!(held.len() < 300, "{} of 400", held.len());
    let others = takes_all_it_can(&gate, Ipv4Addr::new(127, 5, 1, 1), 10).await;
    assert_eq!(others.len(), 10, "whoever comes now is let in");
    drop((held, others));
    eventually("descriptors are what they were", || async { descriptors(&gate.process) <= before + 1 }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_few_descriptors_fewer_visitors_are_let_in_and_nobody_fails_in_the_middle() {
    let gate = limited("ulimit -n 256", Plan::default()).await;
    gate.process.has_written("the system allows 256 open files, enough for 64 connections").await;
    let mut held = Vec::new();
    for number in 1..=6 {
        held.extend(takes_all_it_can(&gate, Ipv4Addr::new(127, 6, 0, number), 100).await);
    }
    assert_eq!(held.len(), 64, "as many as fit");
    drop(held);
    eventually("places are free again", || async { served(gate.visitor()).await == 200 }).await;
    assert!(!gate.process.output().contains("Too many open files"), "{}", gate.process.output());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_half_heads_leaves_memory_as_it_was_and_others_are_served() {
    let gate = limited("true", Plan { server: "header_timeout = \"1s\"".to_owned(), ..Plan::default() }).await;
    assert_eq!(open(&gate).await, 200);
    let (files, memory) = (descriptors(&gate.process), gate.process.memory());
    let mut flood = Vec::new();
    for number in 0..400_u32 {
        let from = Ipv4Addr::from(0x7f07_0001 + number);
        let mut wire = Wire::open_from(from, gate.front.address()).await;
        wire.send([b"GET /open/x HTTP/1.1\r\nX: ".to_vec(), vec![b'a'; 16 * 1024]].concat()).await;
        flood.push(wire);
        if number % 100 == 0 {
            assert_eq!(open(&gate).await, 200, "others are served meanwhile");
        }
    }
    eventually("the gateway waits for none of them", || async { descriptors(&gate.process) <= files + 1 }).await;
    assert!(gate.process.memory() < memory + 48 * 1024 * 1024, "{} from {memory}", gate.process.memory());
    drop(flood);
}

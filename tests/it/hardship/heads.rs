use std::fmt::Write as _;

use super::{limited, open};
use crate::house::Plan;
use crate::visitor::Request;

#[tokio::test(flavor = "multi_thread")]
async fn a_head_over_the_limit_gets_a_page_or_json_and_a_line_in_the_log() {
    let gate = limited("true", Plan::default()).await;
    for (what, request) in [
        ("server.max_head", Request::get("/open/x?q").header("Cookie", &format!("big={}", "x".repeat(60_000)))),
        (
            "more than 100 header fields",
            (0..119).fold(Request::get("/open/x?q"), |r, n| r.header(&format!("X-{n}"), "1")),
        ),
    ] {
        let page = gate.visitor().send(request.clone()).await;
        assert_eq!(page.status, 431, "{page:?}");
        assert!(page.is_html() && page.words().contains("Your browser sent too many cookies"), "{page:?}");
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
        let answer = gate.visitor().send(request.bare()).await;
        assert_eq!(answer.status, 431);
        assert!(
            answer.text().starts_with("{\"error\":\"head too large: ") && answer.text().contains(what),
            "{answer:?}"
        );
        gate.process.has_written(what).await;
    }
    let said = gate.process.output();
    let line = said.lines().find(|line| line.contains("head too large")).expect("a line");
    for part in ["GET", "/open/x", "431", "127.0.0.1"] {
        assert!(line.contains(part), "{part}: {line}");
    }
    assert_eq!(open(&gate).await, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_oversized_head_behind_an_answer_on_the_same_connection_is_refused_in_its_turn() {
    let gate = limited("true", Plan::default()).await;
    let mut wire = gate.visitor().connect().await;
    let mut both =
        "GET /open/first HTTP/1.1\r\nHost: localhost\r\n\r\nGET /open/second HTTP/1.1\r\nHost: localhost\r\n"
            .to_owned();
    for number in 0..119 {
        let _ = write!(both, "X-{number}: 1\r\n");
    }
    wire.send(format!("{both}\r\n").into_bytes()).await;
    let first = wire.answer("GET").await.expect("the first answer");
    let second = wire.answer("GET").await.expect("the second answer");
    assert_eq!((first.status, second.status), (200, 431));
    assert_eq!(gate.backend.count(), 1);
}

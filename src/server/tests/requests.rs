//! Requests that are received, refused and answered.

use super::*;
use crate::domain::network::TrustedProxy;

async fn get(address: SocketAddr, target: &str, lines: &str) -> String {
    say(address, format!("GET {target} HTTP/1.1\r\nConnection: close\r\n{lines}\r\n\r\n")).await
}

#[tokio::test]
async fn a_request_names_one_known_host_in_one_way() {
    let Running { address, asked, .. } = run(&settings()).await;
    for (request, status) in [
        ("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
        ("GET / HTTP/1.0\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a@b/evil\r\nConnection: close\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n", 400),
        ("GET http://evil.test/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 400),
        ("GET http://user@localhost/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: unknown.localhost\r\nConnection: close\r\n\r\n", 421),
        ("GET / HTTP/1.1\r\nHost: app.test\r\nConnection: close\r\n\r\n", 400),
        ("GET //a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 400),
        ("GET /a%2fb HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 400),
        ("TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 405),
        ("CONNECT localhost:443 HTTP/1.1\r\nHost: localhost:443\r\nConnection: close\r\n\r\n", 405),
        ("get / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 400),
    ] {
        assert_eq!(statuses(&say(address, request).await), [status], "{request:?}");
    }
    assert!(asked.all().is_empty());
    for (request, status) in [
        ("GET / HTTP/1.1\r\nHost: LocalHost.:80\r\nConnection: close\r\n\r\n", 200),
        ("GET //a/%2e%2e HTTP/1.1\r\nHost: pass.localhost\r\nConnection: close\r\n\r\n", 200),
        ("OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 204),
        ("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n", 200),
        ("GET /health/live HTTP/1.0\r\n\r\n", 200),
    ] {
        assert_eq!(statuses(&say(address, request).await), [status], "{request:?}");
    }
}

#[tokio::test]
async fn every_answer_of_ours_has_the_security_headers() {
    let Running { address, .. } = run(&settings()).await;
    for target in ["/", "/unavailable", "/panic", "//", "/unread"] {
        let answer = get(address, target, "Host: localhost").await;
        for line in [
            "content-security-policy: default-src 'none'",
            "x-frame-options: DENY",
            "cache-control: no-store",
            "x-content-type-options: nosniff",
            "referrer-policy: same-origin",
        ] {
            assert!(answer.contains(line), "{target}: {line}: {answer}");
        }
        assert!(!answer.contains("strict-transport-security"), "not over plain http");
    }
}

#[tokio::test]
async fn a_problem_is_a_page_to_a_person_and_json_to_a_program() {
    let Running { address, .. } = run(&settings()).await;
    let page = get(address, "/", "Host: unknown.localhost\r\nAccept: text/html").await;
    assert!(page.contains("text/html") && page.ends_with("<p>unknown site</p>"), "{page}");
    let json = get(address, "/unavailable", "Host: localhost").await;
    assert_eq!(statuses(&json), [503]);
    assert!(json.contains("retry-after: 5") && json.contains("{\"error\":\"not available right now"), "{json}");
    assert!(!json.contains("secret"), "{json}");
}

#[tokio::test]
async fn a_panic_ends_its_own_request_and_no_other() {
    let Running { address, .. } = run(&settings()).await;
    let wire =
        "GET /panic HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let answer = say(address, wire).await;
    assert_eq!(statuses(&answer), [500, 200], "{answer}");
    assert!(!answer.contains("on purpose"), "{answer}");
}

#[tokio::test]
async fn a_client_that_waits_for_permission_to_send_is_answered_without_it() {
    let Running { address, .. } = run(&settings()).await;
    let ask = |target: &str| {
        format!(
            "POST {target} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
        )
    };
    let refused = say(address, ask("/unread")).await;
    assert_eq!(statuses(&refused), [200], "no 100 Continue before the answer: {refused}");
    let mut socket = TcpStream::connect(address).await.unwrap();
    socket.write_all(ask("/read").as_bytes()).await.unwrap();
    let mut go_on = [0; 25];
    socket.read_exact(&mut go_on).await.unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    socket.write_all(b"hello").await.unwrap();
    assert!(until_closed(&mut socket).await.ends_with("POST /read hello"));
}

#[tokio::test]
async fn forwarding_headers_count_from_a_trusted_proxy_alone() {
    let lines =
        "Host: localhost\r\nX-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: app.test";
    let Running { address, .. } = run(&settings()).await;
    assert!(get(address, "/context", lines).await.ends_with("\r\n127.0.0.1 http://localhost"));
    let proxies = TrustedProxies::new(vec!["127.0.0.1".parse::<TrustedProxy>().unwrap()]);
    let Running { address, .. } = run(&Settings { trusted_proxies: proxies, ..settings() }).await;
    assert!(get(address, "/context", lines).await.ends_with("\r\n192.0.2.7 https://app.test"));
    assert_eq!(statuses(&get(address, "/context", &format!("{lines}\r\nX-Forwarded-Proto: http")).await), [400]);
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn each_request_leaves_one_line_that_shows_no_query_and_no_header() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
    // While there is one subscriber alone, `tracing` asks the thread that first comes to a line of the log whether
    // anybody wants it, and remembers that for all: a test on another thread would silence this one.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let _guard = tracing::subscriber::set_default(subscriber);
    let Running { address, .. } = run(&settings()).await;
    get(address, "/a?code=canary-query", "Host: localhost\r\nCookie: canary-cookie=1").await;
    get(address, "//b?x", "Host: localhost").await;
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let requests: Vec<_> = lines.iter().filter(|line| line["target"] == "request").collect();
    assert_eq!(requests.len(), 2, "{text}");
    let fields = &requests[0]["fields"];
    assert_eq!((&fields["path"], &fields["status"], &fields["method"]), (&"/a".into(), &200.into(), &"GET".into()));
    assert_eq!((&fields["client"], &fields["host"]), (&"127.0.0.1".into(), &"localhost".into()));
    assert_eq!(fields["bytes"], "GET /a?code=canary-query ".len());
    assert_eq!(requests[1]["fields"]["problem"], "bad request: the path contains an empty segment (//)");
    assert_ne!(requests[0]["fields"]["request"], requests[1]["fields"]["request"]);
    assert!(!text.contains("canary"), "{text}");
}

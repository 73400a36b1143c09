//! The protocol of the sandbox: plain requests on a socket.

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::{hand, sandbox};
use crate::platform::clock::Clock;
use crate::sandbox::serve::SandboxError;
use crate::sandbox::{RunningSandbox, Sandbox, Settings};

/// The response to one request.
pub(super) struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

pub(super) async fn ask(address: std::net::SocketAddr, line: &str, headers: &str, body: &str) -> Answer {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let host = if headers.to_lowercase().contains("host:") { String::new() } else { format!("host: {address}\r\n") };
    let request =
        format!("{line} HTTP/1.1\r\n{host}connection: close\r\ncontent-length: {}\r\n{headers}\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.to_lowercase(), body: body.to_owned() }
}

async fn bearer(sandbox: &RunningSandbox) -> String {
    let form = "client_id=PRIV-demo&scope=openid&grant_type=client_credentials&client_secret=sandbox-secret";
    let answer = ask(sandbox.address(), "POST /cpaas/auth/v1/token", "", form).await.json();
    format!("authorization: Bearer {}\r\n", answer["access_token"].as_str().unwrap())
}

fn order() -> Value {
    json!({ "code": { "address": ["+15005550006"], "method": "sms", "format": { "length": 6, "type": "numeric" },
        "expiry": 120, "message": "Your code is {code}" } })
}

const CODES: &str = "/cpaas/auth/v1/Sb7PortcullisDemo/codes";

#[tokio::test]
async fn other_machines_cannot_reach_it() {
    for listen in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let refused = Sandbox::start(listen.parse().unwrap(), Clock::system(), Settings::default()).await;
        assert!(matches!(refused.err(), Some(SandboxError::NotLoopback(_))), "{listen}");
    }
    let first = sandbox(&Clock::system()).await;
    let second = Sandbox::start(first.address(), Clock::system(), Settings::default()).await;
    assert!(matches!(second.err(), Some(SandboxError::InUse(_))));
}

#[tokio::test]
async fn a_page_elsewhere_cannot_read_the_codes_under_its_own_name() {
    let sandbox = sandbox(&Clock::system()).await;
    for (host, status) in [("localhost:1", 200), ("127.0.0.1", 200), ("[::1]:1", 200), ("evil.example", 421), ("", 421)]
    {
        let answer = ask(sandbox.address(), "GET /messages", &format!("host: {host}\r\n"), "").await;
        assert_eq!(answer.status, status, "{host}");
    }
}

#[tokio::test]
async fn tokens_have_the_form_of_the_real_ones() {
    use base64::Engine as _;
    let sandbox = sandbox(&hand().clock()).await;
    let token = bearer(&sandbox).await;
    let parts: Vec<&str> = token.trim().split('.').collect();
    assert_eq!(parts.len(), 3);
    let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(parts[1]).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 28_800);
    assert_eq!(
        (claims["preferred_username"].as_str(), claims["azp"].as_str()),
        (Some("Sb7PortcullisDemo"), Some("PRIV-demo"))
    );
}

#[tokio::test]
async fn each_wrong_part_of_an_order_is_named() {
    let sandbox = sandbox(&Clock::system()).await;
    let bearer = bearer(&sandbox).await;
    let wrong = |pointer: &str, value: Value| {
        let mut order = order();
        *order.pointer_mut(pointer).unwrap() = value;
        order.to_string()
    };
    for (part, body) in [
        ("body", "{".to_owned()),
        ("code", "{}".to_owned()),
        ("address", wrong("/code/address", json!([]))),
        ("address", wrong("/code/address", json!(["+15005550006", "+15005550007"]))),
        ("address", wrong("/code/address", json!(["5550006"]))),
        ("method", wrong("/code/method", json!("pigeon"))),
        ("subject", wrong("/code", json!({ "address": ["a@b.c"], "method": "email", "message": "{code}" }))),
        ("length", wrong("/code/format/length", json!(3))),
        ("type", wrong("/code/format/type", json!("runes"))),
        ("expiry", wrong("/code/expiry", json!(3601))),
        ("message", wrong("/code/message", json!("no placeholder"))),
    ] {
        let answer = ask(sandbox.address(), &format!("POST {CODES}"), &bearer, &body).await;
        assert_eq!(answer.status, 400);
        let exception = &answer.json()["requestError"]["serviceException"];
        assert_eq!(
            (exception["messageId"].as_str(), exception["variables"][0].as_str()),
            (Some("SVC0002"), Some(part))
        );
    }
    assert!(sandbox.messages().is_empty());
}

#[tokio::test]
async fn orders_of_every_known_client_are_taken() {
    let sandbox = sandbox(&Clock::system()).await;
    let bearer = bearer(&sandbox).await;
    let strings = json!({ "code": { "address": "tel:+15005550006", "format": { "length": "4", "type": "alphabetic" },
        "expiry": "30", "message": "{code}" } });
    for body in [
        order().to_string(),
        strings.to_string(),
        json!({ "code": { "address": ["+15005550006"], "message": "{code}" } }).to_string(),
    ] {
        let answer = ask(sandbox.address(), &format!("POST {CODES}"), &bearer, &body).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        assert!(answer.json()["code"]["resourceURL"].as_str().unwrap().starts_with(CODES));
    }
    let lengths: Vec<usize> = sandbox.messages().iter().map(|message| message.code.as_ref().unwrap().len()).collect();
    assert_eq!(lengths, [6, 4, 6]);
}

#[tokio::test]
async fn without_a_token_of_its_own_nobody_does_anything() {
    let sandbox = sandbox(&Clock::system()).await;
    let bearer = bearer(&sandbox).await;
    let body = order().to_string();
    for headers in ["", "authorization: Bearer e30.e30.x\r\n", "authorization: Basic x\r\n"] {
        for line in [
            format!("POST {CODES}"),
            format!("PUT {CODES}/x"),
            format!("PUT {CODES}/x/verify"),
            format!("DELETE {CODES}/x"),
        ] {
            assert_eq!(ask(sandbox.address(), &line, headers, &body).await.status, 401, "{line}");
        }
    }
    assert_eq!(ask(sandbox.address(), "POST /cpaas/auth/v1/other/codes", &bearer, &body).await.status, 403);
}

#[tokio::test]
async fn the_delete_of_the_python_client_is_a_delete() {
    let sandbox = sandbox(&Clock::system()).await;
    let bearer = bearer(&sandbox).await;
    let made = ask(sandbox.address(), &format!("POST {CODES}"), &bearer, &order().to_string()).await.json();
    let url = made["code"]["resourceURL"].as_str().unwrap().to_owned();
    assert_eq!(ask(sandbox.address(), &format!("PUT {url}"), &bearer, "null").await.status, 204);
    assert_eq!(ask(sandbox.address(), &format!("PUT {url}"), &bearer, "null").await.status, 404);
}

#[tokio::test]
async fn messages_calls_and_misbehaviour_are_reached_over_http() {
    let sandbox = sandbox(&hand().clock()).await;
    let bearer = bearer(&sandbox).await;
    let kind = "content-type: application/json\r\n";
    let fault = json!({ "operation": "create", "kind": "status", "status": 418, "count": 1 }).to_string();
    assert_eq!(ask(sandbox.address(), "POST /misbehave", kind, &fault).await.status, 204);
    let body = order().to_string();
    assert_eq!(ask(sandbox.address(), &format!("POST {CODES}"), &bearer, &body).await.status, 418);
    assert_eq!(ask(sandbox.address(), &format!("POST {CODES}"), &bearer, &body).await.status, 201);
    let endless = json!({ "kind": "garbage" }).to_string();
    ask(sandbox.address(), "POST /misbehave", kind, &endless).await;
    assert_eq!(ask(sandbox.address(), &format!("POST {CODES}"), &bearer, &body).await.status, 200);
    assert_eq!(ask(sandbox.address(), "DELETE /misbehave", "", "").await.status, 204);

    // A page of another site can post a form without a preflight, but not JSON.
    assert_eq!(ask(sandbox.address(), "POST /misbehave", "content-type: text/plain\r\n", &endless).await.status, 415);
    let unknown = json!({ "kind": "none", "colour": "red" }).to_string();
    assert_eq!(ask(sandbox.address(), "POST /misbehave", kind, &unknown).await.status, 422);

    let calls = ask(sandbox.address(), "GET /calls", "", "").await.json();
    assert_eq!(calls, json!({ "token": 1, "create": 3, "verifies": {} }));
    let messages = ask(sandbox.address(), "GET /messages", "", "").await.json();
    let code = sandbox.messages()[0].code.clone().unwrap();
    let expected = json!([{ "to": "+15005550006", "channel": "sms", "text": format!("Your code is {code}"), "at": "2027-01-15T08:00:00.000Z" }]);
    assert_eq!(messages, expected);
}

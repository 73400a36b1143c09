//! The sandbox CPaaS as a test sees it, over HTTP: what was delivered, how it misbehaves, how often it was called.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use serde_json::{Value, json};

use crate::wire::{Wire, eventually};

/// A delivered message.
#[derive(Debug, Clone)]
pub struct Message {
    pub to: String,
    pub channel: String,
    pub text: String,
}

/// The client of one sandbox.
#[derive(Clone)]
pub struct Phone {
    pub address: SocketAddr,
}

impl Phone {
    pub fn of(address: SocketAddr) -> Self {
        Self { address }
    }

    async fn call(&self, method: &str, path: &str, body: &str) -> Value {
        let mut wire = Wire::open(self.address).await;
        let (host, length) = (self.address, body.len());
        wire.send(format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
            Connection: close\r\n\r\n{body}"
        ))
        .await;
        let response = wire.answer(method).await.expect("the sandbox answers");
        let status = if method == "GET" { 200 } else { 204 };
        assert_eq!(response.status, status, "{method} {path} {body}: {response:?}");
        if method == "GET" { response.json() } else { Value::Null }
    }

    /// Everything delivered, newest last.
    pub async fn messages(&self) -> Vec<Message> {
        let list = self.call("GET", "/messages", "").await;
        let word = |message: &Value, key: &str| message[key].as_str().expect("a text").to_owned();
        let messages = list.as_array().expect("a list").iter();
        messages.map(|m| Message { to: word(m, "to"), channel: word(m, "channel"), text: word(m, "text") }).collect()
    }

    pub async fn messages_to(&self, to: &str) -> Vec<Message> {
        self.messages()
            .await
            .into_iter()
            .filter(|message| message.to == to || digits(to).is_some_and(|to| digits(&message.to) == Some(to)))
            .collect()
    }

    /// The code of the `count`th message to `to` (1 is the first), once it is there.
    pub async fn code(&self, to: &str, count: usize) -> String {
        eventually(&format!("message {count} to {to}"), || async { self.messages_to(to).await.len() >= count }).await;
        code_in(&self.messages_to(to).await[count - 1].text)
    }

    /// The newest code to `to`.
    pub async fn last_code(&self, to: &str) -> String {
        let count = self.messages_to(to).await.len().max(1);
        self.code(to, count).await
    }

    /// From now on the next `count` calls of `operation` (all, where it is `None`) go wrong.
    pub async fn misbehaves(&self, operation: &str, kind: &str, count: Option<u32>) {
        self.misbehaves_with(json!({ "operation": operation, "kind": kind, "count": count })).await;
    }

    pub async fn misbehaves_status(&self, operation: &str, status: u16) {
        self.misbehaves_with(json!({ "operation": operation, "kind": "status", "status": status, "count": null }))
            .await;
    }

    pub async fn misbehaves_with(&self, how: Value) {
        self.call("POST", "/misbehave", &how.to_string()).await;
    }

    pub async fn behaves(&self) {
        self.call("DELETE", "/misbehave", "").await;
    }

    /// How often an operation was called.
    pub async fn calls(&self, operation: &str) -> u64 {
        // Operations that were never called are left out.
        self.call("GET", "/calls", "").await[operation].as_u64().unwrap_or(0)
    }

    /// How often each code was guessed at.
    pub async fn verifies(&self) -> BTreeMap<String, u64> {
        let calls = self.call("GET", "/calls", "").await;
        let verifies = calls["verifies"].as_object().cloned().unwrap_or_default();
        verifies.into_iter().map(|(id, count)| (id, count.as_u64().expect("a number"))).collect()
    }
}

fn digits(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (digits.len() > 6 && !text.contains('@')).then_some(digits)
}

/// The last run of exactly six digits.
pub fn code_in(text: &str) -> String {
    let mut runs = text.split(|letter: char| !letter.is_ascii_digit()).filter(|run| run.len() == 6);
    runs.next_back().unwrap_or_else(|| panic!("no code in {text:?}")).to_owned()
}

/// A code that is not `right`: `number` gives different ones.
pub fn wrong_code(right: &str, number: u32) -> String {
    let right: u32 = right.parse().expect("digits");
    format!("{:06}", (right + 1 + number) % 1_000_000)
}

#[test]
fn the_code_is_found_in_a_message() {
    assert_eq!(code_in("Example: 123456 is your code. +15005550006\n\n@app.example #123456"), "123456");
    assert_eq!((wrong_code("999999", 0).as_str(), wrong_code("000001", 5).as_str()), ("000000", "000007"));
}

//! Security events reach other systems as signed webhooks: in order, each at least once, whatever happens in between.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;
use serde_json::Value;
use tokio::sync::Notify;

use crate::backend::{Answer, Backend, Seen, Step};
use crate::gateway::{Environment, GatewayProcess, Setup};
use crate::process::{run, text};
use crate::wire::{eventually, free_address};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAECAwQFBgc=";
const TAKEN: &str = "HTTP/1.1 204 No Content\r\n\r\n";
const REFUSED: &str = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";

/// A receiver of all events.
fn webhook(receiver: &Backend) -> Setup {
    webhook_with(receiver, "")
}

fn webhook_with(receiver: &Backend, lines: &str) -> Setup {
    let timeout = if lines.contains("timeout") { "" } else { "timeout = \"1s\"\n" };
    let more = format!(
        "[[events.webhook]]\nname = \"siem\"\nurl = \"http://{}/events?token=canary-of-the-url\"\n\
         secret_file = \"DIR/webhook.secret\"\n{timeout}{lines}",
        receiver.address
    );
    Setup { more, files: vec![("webhook.secret", format!("{SECRET}\n"))], ..Setup::default() }
}

async fn receiver() -> Backend {
    let receiver = Backend::start().await;
    receiver.answers_bytes(TAKEN);
    receiver
}

fn header<'a>(seen: &'a Seen, name: &str) -> &'a str {
    let found = seen.headers_named(name);
    assert_eq!(found.len(), 1, "{name}: {}", seen.head);
    found[0]
}

/// The event in a request, after its signature was verified as a receiver does.
fn event(seen: &Seen) -> Value {
    assert!(seen.whole);
    let (id, timestamp) = (header(seen, "webhook-id"), header(seen, "webhook-timestamp"));
    let signature = header(seen, "webhook-signature").strip_prefix("v1,").expect("version 1");
    let key = hmac::Key::new(hmac::HMAC_SHA256, &STANDARD.decode(SECRET.strip_prefix("whsec_").unwrap()).unwrap());
    let signed = [id.as_bytes(), b".", timestamp.as_bytes(), b".", &seen.body].concat();
    hmac::verify(&key, &signed, &STANDARD.decode(signature).unwrap()).expect("the signature");
    assert_eq!(header(seen, "content-type"), "application/json");
    let event: Value = serde_json::from_slice(&seen.body).unwrap();
    assert_eq!(id, format!("evt_{}_{}", event["id"], &event["chain"].as_str().unwrap()[..16]));
    event
}

fn ids(events: &[Value]) -> Vec<i64> {
    events.iter().map(|event| event["id"].as_i64().unwrap()).collect()
}

/// What the receiver has got so far, in order.
fn received(receiver: &Backend) -> Vec<Value> {
    receiver.seen().iter().filter(|seen| seen.whole).map(event).collect()
}

/// The trail after the account of the installation, which is older than the receiver.
async fn exported(gateway: &Environment) -> Vec<Value> {
    let output = run(&["audit", "export", "--config", &gateway.config_file()], &[], "").await;
    assert!(output.status.success(), "{}", text(&output));
    text(&output).lines().skip(1).map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Waits for the newest event. Whether the others came, and in order, says the test.
async fn has_newest(receiver: &Backend, gateway: &Environment) {
    let newest = exported(gateway).await.pop().expect("an event");
    eventually("the receiver has the newest event", || async { received(receiver).contains(&newest) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_is_posted_once_signed_and_as_the_export_shows_it() {
    let receiver = receiver().await;
    let gateway = GatewayProcess::start(webhook(&receiver)).await;
    gateway.signed_in(&gateway.account.clone()).await;
    gateway.user(&["disable", "ada"], "").await;
    has_newest(&receiver, &gateway).await;
    let all = exported(&gateway).await;
    assert_eq!(received(&receiver), all);
    let names: Vec<&str> = all.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(names, ["password.accepted", "code.sent", "sign-in.completed", "account.disabled"]);
    let log = gateway.log().await;
    assert!(!log.contains("canary-of-the-url") && !log.contains("whsec_"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_gets_the_events_that_it_wants_and_no_other() {
    let receiver = receiver().await;
    let gateway =
        GatewayProcess::start(webhook_with(&receiver, "events = [\"sign-in.*\", \"account.disabled\"]")).await;
    gateway.signed_in(&gateway.account.clone()).await;
    gateway.user(&["disable", "ada"], "").await;
    eventually("two events", || async { receiver.count() == 2 }).await;
    let names: Vec<Value> = received(&receiver).into_iter().map(|mut event| event["event"].take()).collect();
    assert_eq!(names, ["sign-in.completed", "account.disabled"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_receiver_refuses_is_sent_again_with_the_same_id_and_in_order() {
    let receiver = receiver().await;
    receiver.answers_bytes(REFUSED);
    let gateway = GatewayProcess::start(webhook(&receiver)).await;
    let visitor = gateway.signed_in(&gateway.account.clone()).await;
    eventually("two attempts", || async { receiver.count() >= 2 }).await;
    gateway.process.has_written("events cannot be sent; they wait in the store").await;
    assert!(visitor.is_in().await, "nothing waits for the receiver");
    receiver.answers_bytes(TAKEN);
    has_newest(&receiver, &gateway).await;
    gateway.process.has_written("events are sent again").await;
    let first = ids(&exported(&gateway).await)[0];
    let got = ids(&received(&receiver));
    let refused = got.iter().take_while(|id| **id == first).count();
    assert!(refused >= 3, "the first event, until it is taken: {got:?}");
    assert_eq!(got[refused - 1..], ids(&exported(&gateway).await));
    let said = gateway.log().await.matches("events cannot be sent").count();
    assert_eq!(said, 1, "an outage is one line, whatever its length");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_is_slow_or_leaves_while_it_answers_gets_the_event_again_and_holds_up_nobody() {
    let receiver = receiver().await;
    let release = Arc::new(Notify::new());
    receiver.answers(Answer::Script(vec![Step::Wait(Arc::clone(&release)), Step::Close]));
    let gateway = GatewayProcess::start(webhook(&receiver)).await;
    let visitor = gateway.signed_in(&gateway.account.clone()).await;
    gateway.process.has_written("no answer in time").await;
    assert!(visitor.is_in().await);
    receiver.answers_bytes("HTTP/1.1 204 No Con");
    let before = receiver.count();
    eventually("it is tried again", || async { receiver.count() > before }).await;
    receiver.answers_bytes(TAKEN);
    has_newest(&receiver, &gateway).await;
    release.notify_waiters();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_is_killed_with_a_backlog_loses_nothing_and_keeps_the_order() {
    let mut receiver = receiver().await;
    let mut gateway = GatewayProcess::start(webhook(&receiver)).await;
    gateway.signed_in(&gateway.account.clone()).await;
    has_newest(&receiver, &gateway).await;
    let before = received(&receiver);
    let address = receiver.address;
    receiver.stop().await;
    let bob = gateway.add_account("bob").await;
    gateway.signed_in(&bob).await;
    gateway.process.has_written("events cannot be sent").await;
    gateway.crash().await;
    gateway.user(&["disable", "bob"], "").await;
    let back = Backend::at(address).await;
    back.answers_bytes(TAKEN);
    has_newest(&back, &gateway).await;
    let all = exported(&gateway).await;
    assert_eq!([before, received(&back)].concat(), all, "each once: none was under way when it was killed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_is_killed_while_it_sends_sends_that_event_again() {
    let receiver = receiver().await;
    receiver.answers(Answer::Script(vec![Step::Hang]));
    let mut gateway = GatewayProcess::start(webhook(&receiver)).await;
    gateway.signed_in(&gateway.account.clone()).await;
    eventually("an event is under way", || async { receiver.count() == 1 }).await;
    gateway.process.kill().await;
    receiver.answers_bytes(TAKEN);
    gateway.start_again().await;
    has_newest(&receiver, &gateway).await;
    let all = ids(&exported(&gateway).await);
    let got = ids(&received(&receiver));
    assert_eq!(got[0], all[0]);
    assert_eq!(got[got.len() - all.len()..], all);
    let id = |seen: &Seen| header(seen, "webhook-id").to_owned();
    assert_eq!(id(&receiver.seen()[0]), id(&receiver.seen()[1]), "the receiver can tell that it has it");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_gateways_on_one_store_do_not_send_everything_twice() {
    let receiver = receiver().await;
    // On a busy machine, too, neither takes the other for dead.
    let gateway = GatewayProcess::start(webhook_with(&receiver, "timeout = \"1m\"\n")).await;
    let second = gateway.second().await;
    for name in ["bob", "eve", "mallory"] {
        gateway.add_account(name).await;
        gateway.user(&["disable", name], "").await;
        has_newest(&receiver, &gateway).await;
    }
    assert_eq!(received(&receiver), exported(&gateway).await);
    drop(second);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_orderly_end_leaves_the_backlog_to_the_next_start() {
    let mut receiver = receiver().await;
    let mut gateway = GatewayProcess::start(webhook(&receiver)).await;
    let address = receiver.address;
    receiver.stop().await;
    gateway.signed_in(&gateway.account.clone()).await;
    gateway.process.has_written("events cannot be sent").await;
    gateway.process.terminate().await;
    assert_eq!(gateway.process.status().await, Some(0), "a receiver that is down does not hold up the end");
    let back = Backend::at(address).await;
    back.answers_bytes(TAKEN);
    gateway.start_again().await;
    has_newest(&back, &gateway).await;
    assert_eq!(received(&back), exported(&gateway).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn config_check_online_reaches_the_receivers_and_sends_no_event() {
    let receiver = receiver().await;
    let syslog = free_address();
    let lines = format!("[[events.syslog]]\nname = \"logs\"\naddress = \"tcp://{syslog}\"");
    let gateway = GatewayProcess::start(webhook_with(&receiver, &lines)).await;
    let output = run(&["config", "check", "--online", "--config", &gateway.config_file()], &[], "").await;
    let said = text(&output);
    let reached = format!("events.webhook[0].url: http://{} answers 204\n", receiver.address);
    assert!(said.contains(&reached) && !said.contains("canary-of-the-url"), "{said}");
    let line = said.lines().find(|line| line.starts_with("events.syslog[0].address (")).expect(&said);
    assert!(line.contains("logs cannot be reached: ") && line.contains("start the receiver"), "{line}");
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(receiver.seen().iter().all(|seen| seen.request_line().starts_with("HEAD ")), "no event was sent");
}

//! The chain of the audit trail on the real file: whatever somebody changes in it behind the gateway, `portcullis audit
//! verify` finds.

use serde_json::Value;

use crate::gateway::{GatewayProcess, Setup};
use crate::process::run;
use crate::store_gone::intruder;

/// `portcullis audit verify …`: exit status and output.
async fn verify(gateway: &GatewayProcess, arguments: &[&str]) -> (Option<i32>, String) {
    let config = gateway.config_file();
    let output = run(&[&["audit", "verify"], arguments, &["--config", &config]].concat(), &[], "").await;
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.code(), said)
}

async fn report(gateway: &GatewayProcess, arguments: &[&str]) -> (Option<i32>, Value) {
    let (status, said) = verify(gateway, &[arguments, &["--json"]].concat()).await;
    (status, serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}")))
}

/// An installation whose gateway has ended, with ten events of which the first is the account's; a copy of its database
/// can be restored.
struct Trail {
    gateway: GatewayProcess,
    copy: Vec<u8>,
}

impl Trail {
    async fn of_ten_events() -> Self {
        let mut gateway = GatewayProcess::start(Setup::default()).await;
        gateway.process.kill().await;
        append(&gateway, 9).await;
        let copy = std::fs::read(gateway.path("portcullis.db")).unwrap();
        Self { gateway, copy }
    }

    /// Does what somebody can do who may write the file, on a fresh copy.
    async fn tampered(&self, statement: &'static str) -> &GatewayProcess {
        std::fs::write(self.gateway.path("portcullis.db"), &self.copy).unwrap();
        tamper(&self.gateway, "DROP TRIGGER events_are_not_changed; DROP TRIGGER events_are_not_deleted").await;
        tamper(&self.gateway, statement).await;
        &self.gateway
    }
}

async fn tamper(gateway: &GatewayProcess, statement: &'static str) {
    let mut file = intruder(&gateway.path("portcullis.db")).await;
    sqlx::raw_sql(statement).execute(&mut file).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
    sqlx::Connection::close(file).await.unwrap();
}

/// Events as another process of the installation writes them. The file alone holds them afterwards.
async fn append(gateway: &GatewayProcess, count: u64) {
    let store = gateway.store().await;
    let second = portcullis::parts::store::AccountId::from_bytes([7; 16]);
    for number in 0..count {
        let event = portcullis::parts::store::StoredEvent {
            at: portcullis::parts::Timestamp::from_millis(1_800_000_000_000 + i64::try_from(number).unwrap()),
            name: "session.ended".to_owned(),
            account: Some(second),
            client: Some("192.0.2.7".to_owned()),
            request: Some("00ff".to_owned()),
            details: format!("{{\"number\":{number}}}"),
        };
        store.append_event(&event).await.unwrap();
    }
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trail_that_nobody_touched_is_intact_and_grows_on() {
    let trail = Trail::of_ten_events().await;
    let (status, said) = report(&trail.gateway, &[]).await;
    assert_eq!((status, &said["intact"], &said["fitting"]), (Some(0), &Value::from(true), &Value::from(10)), "{said}");
    let head = said["head"]["chain"].as_str().unwrap();
    append(&trail.gateway, 5).await;
    let (status, said) = report(&trail.gateway, &["--head", head]).await;
    assert_eq!((status, &said["known_head"], &said["head"]["event"]), (Some(0), &Value::from(10), &Value::from(15)));
    let (status, said) = verify(&trail.gateway, &["--head", head]).await;
    assert_eq!(status, Some(0));
    assert!(said.starts_with("intact: 15 events fit; the newest is event 15, "), "{said}");
    assert!(said.ends_with("the hash that you gave is that of event 10\n"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_changed_in_the_file_is_found_where_it_was_changed() {
    let trail = Trail::of_ten_events().await;
    let (at_4, at_5) = ("2027-01-15T08:00:00.002Z", "2027-01-15T08:00:00.003Z");
    for (statement, event, at, following, fault) in [
        ("UPDATE events SET at = at + 1 WHERE id = 4", 4, "2027-01-15T08:00:00.003Z", 6, "changed"),
        ("UPDATE events SET name = 'session.revoked' WHERE id = 4", 4, at_4, 6, "changed"),
        ("UPDATE events SET account = NULL WHERE id = 4", 4, at_4, 6, "changed"),
        ("UPDATE events SET account = zeroblob(16) WHERE id = 4", 4, at_4, 6, "changed"),
        ("UPDATE events SET client = '192.0.2.8' WHERE id = 4", 4, at_4, 6, "changed"),
        ("UPDATE events SET request = NULL, client = client || request WHERE id = 4", 4, at_4, 6, "changed"),
        ("UPDATE events SET details = '{}' WHERE id = 4", 4, at_4, 6, "changed"),
        ("UPDATE events SET details = CAST(x'ff' AS TEXT) WHERE id = 4", 4, at_4, 6, "changed"),
        ("UPDATE events SET chain = randomblob(32) WHERE id = 4", 4, at_4, 6, "changed"),
        (
            "PRAGMA ignore_check_constraints = ON; UPDATE events SET chain = x'00', chain_key = x'00' WHERE id = 4",
            4,
            at_4,
            6,
            "changed",
        ),
        ("UPDATE events SET chain = NULL, chain_key = NULL WHERE id = 4", 4, at_4, 6, "unchained"),
        (
            "UPDATE events SET details = (SELECT details FROM events WHERE id = 9) WHERE id = 10",
            10,
            "2027-01-15T08:00:00.008Z",
            0,
            "changed",
        ),
        // Removed.
        ("DELETE FROM events WHERE id = 4", 5, at_5, 5, "missing"),
        ("DELETE FROM events WHERE id = 4; UPDATE events SET id = id - 1 WHERE id > 4", 4, at_5, 5, "changed"),
        // Inserted, with the hash of another.
        (
            "UPDATE events SET id = id + 100 WHERE id > 3; UPDATE events SET id = id - 99 WHERE id > 100;
             INSERT INTO events SELECT 4, at, 'session.revoked', account, client, request, details, chain, chain_key
             FROM events WHERE id = 3",
            4,
            "2027-01-15T08:00:00.001Z",
            7,
            "changed",
        ),
        // Two events change places.
        (
            "UPDATE events SET id = 99 WHERE id = 4; UPDATE events SET id = 4 WHERE id = 5;
             UPDATE events SET id = 5 WHERE id = 99",
            4,
            at_5,
            6,
            "changed",
        ),
    ] {
        let gateway = trail.tampered(statement).await;
        let (status, said) = report(gateway, &[]).await;
        let expected = serde_json::json!({
            "fault": fault, "missing_from": (fault == "missing").then_some(event - 1), "event": event, "at": at,
            "following": following,
        });
        assert_eq!((status, &said["broken"]), (Some(1), &expected), "{statement}");
        assert_eq!(said["fitting"], if fault == "missing" { event - 2 } else { event - 1 }, "{statement}");
    }
    let gateway = trail.tampered("DELETE FROM events WHERE id BETWEEN 4 AND 6").await;
    let (status, said) = verify(gateway, &[]).await;
    let first = "broken: the events 4 to 6 before event 7 (2027-01-15T08:00:00.005Z) are missing; 3 events follow it\n";
    assert_eq!((status, said.starts_with(first)), (Some(1), true), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_beginning_cannot_be_cut_off_without_the_key() {
    let trail = Trail::of_ten_events().await;
    for statement in [
        "DELETE FROM events WHERE id < 4; UPDATE chain_start SET after_event = 3,
             chain = (SELECT chain FROM events WHERE id = 4)",
        "UPDATE chain_start SET seal = randomblob(32)",
        "DELETE FROM chain_start",
    ] {
        let (status, said) = report(trail.tampered(statement).await, &[]).await;
        assert_eq!((status, &said["broken"]["fault"]), (Some(1), &Value::from("start")), "{statement}");
    }
    let (status, said) = report(trail.tampered("DELETE FROM events WHERE id < 4").await, &[]).await;
    let expected = serde_json::json!({
        "fault": "missing", "missing_from": 1, "event": 4, "at": "2027-01-15T08:00:00.002Z", "following": 6
    });
    assert_eq!((status, &said["broken"]), (Some(1), &expected));
}

#[tokio::test(flavor = "multi_thread")]
async fn newest_events_that_were_cut_off_are_missed_by_their_number_or_by_a_hash_that_was_noted() {
    let trail = Trail::of_ten_events().await;
    let (_, said) = report(&trail.gateway, &[]).await;
    let head = said["head"]["chain"].as_str().unwrap().to_owned();
    let gateway = trail.tampered("DELETE FROM events WHERE id > 7").await;
    let (status, said) = verify(gateway, &[]).await;
    assert_eq!(
        (status, said.starts_with("broken: the newest events, from 8 on, are missing\n")),
        (Some(1), true),
        "{said}"
    );
    let careful = "DELETE FROM events WHERE id > 7; UPDATE sqlite_sequence SET seq = 7 WHERE name = 'events'";
    let gateway = trail.tampered(careful).await;
    assert_eq!(verify(gateway, &[]).await.0, Some(0), "the file alone does not tell, as the documents say");
    let (status, said) = verify(gateway, &["--head", &head]).await;
    assert_eq!(status, Some(1));
    assert!(said.starts_with("broken: no event has the hash that you gave: the newest events were cut off"), "{said}");
    append(gateway, 9).await;
    assert_eq!(verify(gateway, &["--head", &head]).await.0, Some(1), "nor do later events hide it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_changes_nothing_and_events_of_a_removed_key_are_not_called_tampered() {
    let trail = Trail::of_ten_events().await;
    let gateway = &trail.gateway;
    let config = gateway.config_file();
    let keys = async |arguments: &[&str]| {
        let output = run(&[&["keys"], arguments, &["--config", &config]].concat(), &[], "").await;
        assert!(output.status.success(), "{output:?}");
    };
    keys(&["rotate"]).await;
    append(gateway, 3).await;
    let (status, said) = report(gateway, &[]).await;
    assert_eq!((status, &said["fitting"]), (Some(0), &Value::from(13)));
    // What the gateway does when it reads the new version.
    let store = gateway.store().await;
    store.keep_encryption_key(2).await.unwrap();
    store.close().await;
    keys(&["remove", "1"]).await;
    let (status, said) = report(gateway, &[]).await;
    assert_eq!((status, &said["intact"], &said["broken"]), (Some(3), &Value::from(false), &Value::Null));
    assert_eq!((&said["fitting"], &said["unverifiable"]["last"]), (&Value::from(3), &Value::from(10)));
    assert_eq!((&said["unverifiable"]["count"], &said["unverifiable_start"]), (&Value::from(10), &Value::from(true)));
    let (_, said) = verify(gateway, &[]).await;
    assert!(said.contains("cannot be verified with the keys there are"), "{said}");
    tamper(gateway, "DROP TRIGGER events_are_not_changed; UPDATE events SET details = '{}' WHERE id = 12").await;
    assert_eq!(report(gateway, &[]).await.1["broken"]["event"], 12, "the others are verified as before");
    // A new key file begins with number 1 again.
    std::fs::remove_file(gateway.path("portcullis.keys")).unwrap();
    let (status, said) = verify(gateway, &[]).await;
    assert_eq!(status, Some(1));
    assert!(said.starts_with("portcullis: without its keys the trail cannot be verified: "), "{said}");
    assert!(!gateway.path("portcullis.keys").exists(), "it makes no new keys");
    append(gateway, 1).await;
    let (status, said) = report(gateway, &[]).await;
    assert_eq!((status, &said["fitting"], &said["broken"]), (Some(3), &Value::from(1), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_has_the_hash_that_verify_takes() {
    let more = "[log]\nformat = \"json\"".to_owned();
    let mut gateway = GatewayProcess::start(Setup { more, ..Setup::default() }).await;
    gateway.signed_in(&gateway.account.clone()).await;
    gateway.process.terminate().await;
    assert_eq!(gateway.process.status().await, Some(0));
    let log = gateway.process.output();
    let line = log.lines().rfind(|line| line.contains("the newest event of the audit trail")).expect(&log);
    let line: Value = serde_json::from_str(line).unwrap();
    assert_eq!(line["target"], "audit");
    let (status, said) = report(&gateway, &["--head", line["chain"].as_str().unwrap()]).await;
    assert_eq!((status, &said["known_head"]), (Some(0), &line["number"]));
    assert_eq!(said["head"]["event"], line["number"], "it is written when the gateway ends, too");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_gateway_notices_that_its_newest_event_was_cut_off() {
    let mut gateway = GatewayProcess::start(Setup::default()).await;
    gateway.process.has_written("the newest event of the audit trail").await;
    tamper(
        &gateway,
        "DROP TRIGGER events_are_not_deleted; DELETE FROM events; DELETE FROM sqlite_sequence WHERE name = 'events'",
    )
    .await;
    // It looks once a minute, and at its end.
    gateway.process.terminate().await;
    assert_eq!(gateway.process.status().await, Some(0));
    gateway.process.has_written("the audit trail was changed: an event that was its newest is gone").await;
    let (name, details) = gateway.newest_event().await;
    assert_eq!((name.as_str(), details.as_str()), ("audit.broken", "{\"event\":1}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_hash_is_a_wrong_argument() {
    let trail = Trail::of_ten_events().await;
    let (status, said) = verify(&trail.gateway, &["--head", "cafe"]).await;
    assert_eq!((status, said.contains("a hash has 64 hexadecimal digits")), (Some(2), true), "{said}");
}

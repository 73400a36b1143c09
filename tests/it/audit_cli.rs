//! The audit trail as an operator reads it: `portcullis audit list | show | export`.

use serde_json::Value;

use crate::gateway::{CLIENT_SECRET, Environment, GatewayProcess, Setup};
use crate::phone::wrong_code;
use crate::process::{BINARY, command, finish, run, text};

/// `portcullis audit …`: exit status, standard output, standard error.
async fn audit(gateway: &Environment, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = run(&[&["audit"], arguments, &["--config", &gateway.config_file()]].concat(), &[], "").await;
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code(), out, err)
}

/// What a right command prints.
async fn printed(gateway: &Environment, arguments: &[&str]) -> String {
    let (status, out, err) = audit(gateway, arguments).await;
    assert_eq!((status, err.as_str()), (Some(0), ""), "{arguments:?}");
    out
}

/// The events that `list --json` shows, newest first.
async fn listed(gateway: &Environment, arguments: &[&str]) -> Vec<Value> {
    serde_json::from_str(&printed(gateway, &[&["list", "--json"], arguments].concat()).await).unwrap()
}

fn names(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["event"].as_str().unwrap()).collect()
}

/// ada mistypes her password and her code and signs in, an operator ends her session, bob is disabled.
async fn eventful() -> (GatewayProcess, Vec<String>) {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let (ada, bob) = (gateway.account.clone(), gateway.add_account("bob").await);
    let mut visitor = gateway.visitor();
    visitor.password("/", &ada.name, "a-wrong-password-canary").await;
    let (mut visitor, code) = gateway.half_signed_in(&ada).await;
    let wrong = wrong_code(&code, 1);
    visitor.code(&wrong).await;
    visitor.code(&code).await;
    assert!(visitor.is_in().await);
    let cookie = visitor.session().to_owned();
    let config = gateway.config_file();
    let revoked = run(&["session", "revoke", "ada", "--config", &config], &[], "").await;
    assert!(revoked.status.success(), "{}", text(&revoked));
    gateway.user(&["disable", "bob"], "").await;
    let mut secrets = vec!["a-wrong-password-canary".to_owned(), wrong, code, cookie, CLIENT_SECRET.to_owned()];
    for person in [ada, bob] {
        secrets.extend([person.password, person.email, person.phone.trim_start_matches('+').to_owned()]);
    }
    (gateway, secrets)
}

const WHAT_HAPPENED: [&str; 9] = [
    "account.added",
    "account.added",
    "password.refused",
    "password.accepted",
    "code.sent",
    "code.refused",
    "sign-in.completed",
    "session.revoked",
    "account.disabled",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_trail_tells_what_happened_and_no_secret_number_or_address() {
    let (mut gateway, secrets) = eventful().await;
    let mut events = listed(&gateway, &[]).await;
    events.reverse();
    assert_eq!(names(&events), WHAT_HAPPENED, "newest first, each once");
    for event in &events {
        let told = (event["user"].as_str().unwrap(), event["client"].as_str());
        let expected = match event["event"].as_str().unwrap() {
            "account.added" | "account.disabled" | "session.revoked" => None,
            _ => Some("127.0.0.1"),
        };
        assert_eq!(told.1, expected, "{event}");
        assert!(["ada", "bob"].contains(&told.0), "{event}");
        assert_eq!(event["request"].is_string(), expected.is_some(), "{event}");
    }
    assert_eq!(events[7]["details"], serde_json::json!({ "by": "command line", "session": "all" }));
    let one = events[7]["id"].to_string();
    let shown = printed(&gateway, &["show", &one]).await;
    for line in ["event      session.revoked", "user       ada", "  by       command line", "  session  all"] {
        assert!(shown.lines().any(|found| found == line), "{shown}");
    }
    let object: Value = serde_json::from_str(&printed(&gateway, &["show", &one, "--json"]).await).unwrap();
    assert_eq!(object, events[7]);
    let exported = printed(&gateway, &["export"]).await;
    let lines: Vec<Value> = exported.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines, events, "oldest first, one object a line");
    let table = printed(&gateway, &["export", "--format", "csv"]).await;
    let records: Vec<&str> = table.split_terminator("\r\n").collect();
    assert_eq!((records.len(), records[0]), (10, "id,at,event,account,user,client,request,details,chain"));
    assert!(records[8].contains(r#","{""by"":""command line"",""session"":""all""}","#), "{}", records[8]);
    let list = printed(&gateway, &["list"]).await;
    for text in [&list, &shown, &exported, &table] {
        for secret in &secrets {
            assert!(!text.contains(secret), "{secret} stands in {text}");
        }
    }
    gateway.process.kill().await;
    assert_eq!(printed(&gateway, &["list"]).await, list, "it is read without a running gateway too");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trail_is_filtered_by_account_event_and_time() {
    let (gateway, _) = eventful().await;
    assert_eq!(names(&listed(&gateway, &["--account", "bob"]).await), ["account.disabled", "account.added"]);
    assert_eq!(listed(&gateway, &["--account", "BOB@example.com"]).await.len(), 2, "an address names the account too");
    let passwords = ["password.accepted", "password.refused"];
    assert_eq!(names(&listed(&gateway, &["--event", "password"]).await), passwords);
    assert_eq!(names(&listed(&gateway, &["--event", "password.refused"]).await), passwords[1..]);
    let both = listed(&gateway, &["--event", "account", "--account", "ada"]).await;
    assert_eq!(names(&both), ["account.added"]);
    let all = listed(&gateway, &["--since", "1h"]).await;
    assert_eq!((all.len(), listed(&gateway, &["--until", "1h"]).await.len()), (9, 0));
    let middle = all[4]["at"].as_str().unwrap();
    let (since, until) = (listed(&gateway, &["--since", middle]).await, listed(&gateway, &["--until", middle]).await);
    assert_eq!([since, until].concat(), all, "a moment belongs to what begins with it");
    let (status, out, err) = audit(&gateway, &["list", "--limit", "2"]).await;
    assert_eq!((status, out.lines().count()), (Some(0), 2));
    assert_eq!(err, "there are older events: see --limit, --until and `audit export`\n");
    assert_eq!(listed(&gateway, &["--limit", "9"]).await, all);
    let id = both[0]["account"].as_str().unwrap().to_owned();
    gateway.user(&["remove", "ada", "--yes"], "").await;
    let gone = listed(&gateway, &["--account", &id]).await;
    assert_eq!((gone.len(), &gone[0]["user"], &gone[0]["details"]["username"]), (8, &Value::Null, &Value::from("ada")));
    let nobody = audit(&gateway, &["list", "--account", "ada"]).await;
    let said = "portcullis: \"ada\": there is no account with this user name or e-mail address; for a removed account, give its id, see `audit show`\n";
    assert_eq!(nobody, (Some(1), String::new(), said.to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_filter_is_named_exactly() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let when =
        "write a duration (`90d`, `1h30m`), a date (`2027-01-31`) or an RFC 3339 moment (`2027-01-31T12:00:00Z`)";
    for (arguments, status, said) in [
        (&["list", "--event", "login"][..], 2, "no event has this name; valid names are `password`, `code`, `sign-in`"),
        (
            &["export", "--event", "session.gone"],
            2,
            "valid names are `session.ended`, `session.timed-out`, `session.revoked`",
        ),
        (&["list", "--event", "access.refused"], 2, "such events are only in the log (target `audit`)"),
        (&["list", "--since", "yesterday"], 2, when),
        (&["export", "--until", "7"], 2, when),
        (&["list", "--limit", "0"], 2, "0 is not in 1..=10000"),
        (&["export", "--format", "xml"], 2, "[possible values: json, csv]"),
        (&["show", "one"], 2, "invalid value 'one' for '<ID>'"),
        (&["show", "999"], 1, "there is no event 999: it was never written, or has been deleted after 90 days"),
        (
            &["list", "--since", "2027-01-31", "--until", "2027-01-30"],
            1,
            "--since (2027-01-31T00:00:00.000Z) is not before --until (2027-01-30T00:00:00.000Z)",
        ),
    ] {
        let (found, out, err) = audit(&gateway, arguments).await;
        assert_eq!((found, out.as_str()), (Some(status), ""), "{arguments:?}: {err}");
        assert!(err.contains(said), "{arguments:?}: {err}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_of_many_pages_has_each_event_once_and_in_order() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    append(&gateway, 1_200).await;
    let exported = printed(&gateway, &["export", "--event", "session.ended"]).await;
    let lines: Vec<Value> = exported.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let numbers: Vec<u64> = lines.iter().map(|event| event["details"]["number"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (0..1_200).collect::<Vec<u64>>());
    assert_eq!(listed(&gateway, &["--event", "session.ended", "--limit", "1200"]).await.len(), 1_200);
    let config = gateway.config_file();
    let pipe = format!("{BINARY} audit export --config '{config}' | head -n 1");
    let first = finish(&mut command("bash", &["-o", "pipefail", "-c", &pipe], &[]), "").await;
    assert!(first.status.success(), "a reader who leaves is no failure: {}", text(&first));
    assert_eq!(text(&first).lines().count(), 1);
}

/// Numbered events, written as another process on the same file would.
async fn append(gateway: &Environment, count: u64) {
    let store = gateway.store().await;
    for number in 0..count {
        let event = portcullis::parts::store::StoredEvent {
            at: portcullis::parts::Clock::system().now(),
            name: "session.ended".to_owned(),
            account: None,
            client: None,
            request: None,
            details: format!("{{\"number\":{number}}}"),
        };
        store.append_event(&event).await.unwrap();
    }
    store.close().await;
}

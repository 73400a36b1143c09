//! D13: one style of lists, with the names of the columns, the ids of the log, and JSON.

use serde_json::{Value, json};

use crate::gateway::{GatewayProcess, Setup};
use crate::process::{run, text};

const LISTS: [&[&str]; 4] = [&["user", "list"], &["session", "list", "ada"], &["token", "list"], &["keys", "list"]];

async fn said(gateway: &GatewayProcess, arguments: &[&str]) -> String {
    let config = gateway.config_file();
    let output = run(&[arguments, &["--config", &config]].concat(), &[], "").await;
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// An installation with one of each.
async fn installation() -> GatewayProcess {
    let gateway = GatewayProcess::start(Setup { site: "host = \"127.0.0.1\"".to_owned(), ..Setup::default() }).await;
    gateway.signed_in(&gateway.account.clone()).await;
    said(&gateway, &["token", "create", "--user", "ada", "--site", "127.0.0.1", "--expires", "1d"]).await;
    gateway
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_has_a_header_and_one_aligned_line_for_each_thing() {
    let gateway = installation().await;
    let headers = [
        "ID USER STATUS E-MAIL PHONE METHOD GROUPS",
        "ID CREATED LAST USED EXPIRES METHOD CLIENT",
        "ID USER SITE CREATED LAST USED EXPIRES NAME",
        "ID CREATED SIGNS",
    ];
    for (list, header) in LISTS.into_iter().zip(headers) {
        let text = said(&gateway, list).await;
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2, "{list:?}: {text}");
        assert_eq!(lines[0].split_whitespace().collect::<Vec<_>>().join(" "), header, "{list:?}");
        // Each heading stands where its cells begin.
        for heading in lines[0].split("  ").map(str::trim).filter(|heading| !heading.is_empty()) {
            let at = lines[0].find(heading).unwrap();
            assert!(at == 0 || lines[1][..at].ends_with("  "), "{list:?}: {heading}\n{text}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_is_also_json_with_the_same_things() {
    let gateway = installation().await;
    for list in LISTS {
        let text = said(&gateway, &[list, &["--json"]].concat()).await;
        let all: Value = serde_json::from_str(&text).unwrap();
        let ids: Vec<&Value> = all.as_array().unwrap().iter().map(|one| &one["id"]).collect();
        assert_eq!(ids.len(), 1, "{list:?}: {text}");
        let shown = said(&gateway, list).await;
        let shown = shown.lines().nth(1).unwrap().split(' ').next().unwrap();
        let id = ids[0].as_str().map_or_else(|| ids[0].to_string(), |id| id.chars().take(8).collect());
        assert_eq!(id, shown, "{list:?}");
    }
    gateway.user(&["remove", "ada", "--yes"], "").await;
    gateway.user(&["add", "eve", "--phone", "+15005550001", "--password-stdin"], "nine quiet bridges\n").await;
    for list in [&["session", "list", "eve", "--json"][..], &["token", "list", "--json"]] {
        assert_eq!(serde_json::from_str::<Value>(&said(&gateway, list).await).unwrap(), json!([]), "{list:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ids_of_accounts_and_sessions_are_those_of_the_log() {
    let gateway = installation().await;
    let log = gateway.log().await;
    for list in [LISTS[0], LISTS[1]] {
        let text = said(&gateway, list).await;
        let id = text.lines().nth(1).unwrap().split(' ').next().unwrap();
        assert!(log.contains(id), "{list:?}: {id}\n{log}");
    }
}

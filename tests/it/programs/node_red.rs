//! Node-RED: its editor in a browser, with the WebSocket that it hears by, and flows that answer requests.

use std::net::SocketAddr;
use std::path::Path;

use serde_json::{Value, json};

use super::{Behind, folder, node};
use crate::browser::{Browser, LOGOUT_BUTTON};
use crate::process::Process;
use crate::visitor::{LOGOUT, Request};
use crate::wire::{eventually, free_address};

/// It asks nobody who they are. Its trail says when the editor's socket opens and closes.
const SETTINGS: &str = "module.exports = {
    uiHost: '127.0.0.1', uiPort: PORT, flowFile: 'flows.json', userDir: __dirname, credentialSecret: 'not kept',
    telemetry: { enabled: false, updateNotification: false },
    editorTheme: { tours: false },
    externalModules: { palette: { allowInstall: false } },
    logging: { console: { level: 'info', metrics: false, audit: true } },
};
";

async fn start(home: &Path) -> (Process, SocketAddr) {
    let address = free_address();
    std::fs::write(home.join("settings.js"), SETTINGS.replace("PORT", &address.port().to_string())).unwrap();
    let mut process = node::start("node-red", &["--settings", "settings.js"], home);
    process.line_with("Started flows").await;
    (process, address)
}

/// Flows that answer `GET /hello/NAME` and what is posted there.
fn flows(greeting: &str) -> Value {
    let entry = |id: &str, method: &str| json!({ "id": id, "type": "http in", "z": "tab", "url": "/hello/:name", "method": method, "wires": [["words"]] });
    let template = format!("{greeting}, {{{{{{req.params.name}}}}}}{{{{{{payload.more}}}}}}");
    json!([
        { "id": "tab", "type": "tab", "label": "Greetings" },
        entry("in", "get"),
        entry("posted", "post"),
        { "id": "words", "type": "template", "z": "tab", "field": "payload", "fieldType": "msg", "format": "handlebars",
          "syntax": "mustache", "template": template, "output": "str", "wires": [["out"]] },
        { "id": "out", "type": "http response", "z": "tab", "wires": [] },
    ])
}

/// The answer to a deployment of this version of the interface names its revision.
fn deploys(greeting: &str) -> Request {
    Request::new("POST", "/flows")
        .header("Content-Type", "application/json")
        .header("Node-RED-API-Version", "v2")
        .body(json!({ "flows": flows(greeting) }).to_string())
}

async fn greets(behind: &Behind, greeting: &str) {
    for answer in behind.both(|| Request::get("/hello/Ada?more=1"), 200).await {
        assert_eq!(answer.text(), format!("{greeting}, Ada1"));
    }
    let json = "application/json";
    let posted = || Request::new("POST", "/hello/Ada").header("Content-Type", json).body("{\"more\":\"!\"}");
    for answer in behind.both(posted, 200).await {
        assert_eq!(answer.text(), format!("{greeting}, Ada!"));
    }
}

/// What a program gets, whose token does not end with anybody's session.
async fn by_token(behind: &Behind, request: Request) -> Value {
    let answer = behind.by_token(request).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    serde_json::from_slice(&answer.body).expect("JSON")
}

/// The editor hears by its socket that this revision was deployed.
async fn hears(browser: &Browser, revision: &Value) {
    assert!(revision.is_string(), "{revision}");
    eventually("the editor hears of it", || async { browser.value("heard.at(-1)").await == *revision }).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "heavy: ./tests/run --all"]
async fn node_red_is_edited_in_the_browser_and_by_token_and_log_out_ends_what_the_editor_hears() {
    let home = folder();
    let (node_red, address) = start(home.path()).await;
    let behind = Behind::start(address, "").await;
    behind.is_closed().await;

    let browser = behind.in_chromium("/").await;
    browser.find("#red-ui-workspace").await;
    node_red.has_written("\"event\":\"comms.open\"").await;
    let listens = "(window.heard = [''], \
                   RED.comms.subscribe('notification/runtime-deploy', (_, told) => heard.push(told.revision)), heard.length)";
    assert_eq!(browser.value(listens).await, 1);

    let request = deploys("Hello");
    let fields: serde_json::Map<String, Value> =
        request.headers.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    let body = String::from_utf8(request.body).expect("text");
    let sent = json!({ "method": "POST", "headers": fields, "body": body });
    let deployed = browser.value(&format!("fetch('/flows', {sent}).then(answer => answer.json())")).await;
    hears(&browser, &deployed["rev"]).await;
    greets(&behind, "Hello").await;

    hears(&browser, &by_token(&behind, deploys("Good evening")).await["rev"]).await;
    greets(&behind, "Good evening").await;
    assert_eq!(by_token(&behind, Request::get("/flows")).await, flows("Good evening"));

    // Another window of the same browser logs out; nobody touches the editor.
    assert!(!node_red.output().contains("comms.close"), "{}", node_red.output());
    let editor = browser.page.window().await.unwrap();
    let second = browser.page.new_window(true).await.unwrap();
    browser.page.switch_to_window(second.handle).await.unwrap();
    browser.open_url(&format!("{}{LOGOUT}", behind.ada.origin())).await;
    browser.click(LOGOUT_BUTTON).await;
    browser.reads("You are signed out.").await;
    node_red.has_written("\"event\":\"comms.close\"").await;
    browser.page.switch_to_window(editor).await.unwrap();
    let asked = browser.value("fetch('/flows').then(answer => answer.status)").await;
    assert_eq!(asked, 401, "signed out");
    let heard = browser.value("heard").await;
    let unheard = by_token(&behind, deploys("Good night")).await;
    // The answer comes before the flows run.
    let run = || async { behind.by_token(Request::get("/hello/Ada")).await.text() == "Good night, Ada" };
    eventually("the last flows run", run).await;
    greets(&behind, "Good night").await;
    assert_ne!(heard.as_array().expect("a list").last(), Some(&unheard["rev"]));
    // What Chromium makes of a 401.
    let words = "/comms' failed: HTTP Authentication failed";
    let refused = || async {
        let complaints = browser.complaints().await;
        complaints.iter().any(|line| line.contains(words))
    };
    eventually("the editor's next attempt is refused", refused).await;
    assert_eq!(browser.value("heard").await, heard, "the editor hears nothing any more");
    assert_eq!(node_red.output().matches("comms.open").count(), 1, "nor did it come in again: {}", node_red.output());
    browser.close().await;
}

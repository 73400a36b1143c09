//! `JupyterLab` with a real kernel: its REST API, the WebSocket over which code runs, and its page.

use std::net::SocketAddr;
use std::path::Path;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::{Behind, folder, installed, listens};
use crate::process::{Process, command};
use crate::response::Response;
use crate::visitor::{Request, Visitor};
use crate::websocket::{Socket, ends, handshake_at, open, refused};
use crate::wire::{eventually, free_address, within};

/// As `docs/apps.md` says; below it what keeps this one by itself.
const CONFIG: &str = "c.ServerApp.ip = '127.0.0.1'
c.ServerApp.local_hostnames = ['app.localhost']
c.IdentityProvider.token = ''

c.ServerApp.allow_root = True
c.ServerApp.open_browser = False
c.ServerApp.port_retries = 0
c.LabApp.extension_manager = 'readonly'
";

/// The cookie and the header in which Jupyter wants the same word, from whatever changes something.
const XSRF: (&str, &str) = ("_xsrf", "X-XSRFToken");

/// Runs the cell.
const SHIFT_ENTER: &str = "\u{e008}\u{e007}";

/// No question about news lies over the page.
const PAGE: &str = r#"{ "disabledExtensions": { "@jupyterlab/apputils-extension:announcements": true } }"#;

async fn start(home: &Path) -> (Process, SocketAddr) {
    let (program, address) = (installed("jupyter-lab"), free_address());
    let notebooks = home.join("notebooks");
    std::fs::create_dir(&notebooks).unwrap();
    let more = format!("c.ServerApp.port = {}\nc.ServerApp.root_dir = '{}'\n", address.port(), notebooks.display());
    std::fs::write(home.join("jupyter_server_config.py"), format!("{CONFIG}{more}")).unwrap();
    std::fs::create_dir(home.join("labconfig")).unwrap();
    std::fs::write(home.join("labconfig/page_config.json"), PAGE).unwrap();
    let home = home.to_str().expect("a path");
    let names = ["HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"];
    let environment = names.map(|name| (name, home));
    let process = Process::spawn(&mut command(program.to_str().expect("a path"), &[], &environment));
    listens(address).await;
    (process, address)
}

/// Jupyter ends its kernels when it is asked to end.
async fn stop(mut jupyter: Process) {
    jupyter.terminate().await;
    jupyter.status().await;
}

/// A client of the REST API with its cookies.
#[derive(Clone)]
struct Client {
    visitor: Visitor,
    /// The header of an access token; without it, the session among the cookies counts.
    carrier: Option<(&'static str, String)>,
}

impl Client {
    fn shows(&self, request: Request) -> Request {
        match &self.carrier {
            Some((name, value)) => request.bare().header(name, value),
            None => request,
        }
    }

    async fn send(&mut self, method: &str, target: &str, body: Option<Value>) -> Response {
        let mut request = self.shows(Request::new(method, target));
        if let Some(word) = self.visitor.jar.get(XSRF.0) {
            request = request.header(XSRF.1, word);
        }
        if let Some(body) = body {
            request = request.header("Content-Type", "application/json").body(body.to_string());
        }
        self.visitor.send(request).await
    }

    async fn gets(&mut self, target: &str) -> Value {
        let answer = self.send("GET", target, None).await;
        assert_eq!(answer.status, 200, "{target}: {answer:?}");
        serde_json::from_slice(&answer.body).expect("JSON")
    }

    /// As a script does it: the page sets the cookie that everything after it repeats.
    async fn starts_a_kernel(&mut self) -> String {
        let answer = self.send("POST", "/api/kernels", None).await;
        assert_eq!(answer.status, 403, "{answer:?}");
        assert!(answer.text().contains("'_xsrf' argument missing"), "Jupyter's own words: {answer:?}");
        assert_eq!(self.send("GET", "/lab", None).await.status, 200);
        let answer = self.send("POST", "/api/kernels", None).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        let kernel: Value = serde_json::from_slice(&answer.body).expect("JSON");
        kernel["id"].as_str().expect("an id").to_owned()
    }

    fn channels(&self, kernel: &str) -> Request {
        self.shows(handshake_at(&format!("/api/kernels/{kernel}/channels")))
    }

    async fn connects(&self, kernel: &str) -> Socket {
        let opened = open(&self.visitor, self.channels(kernel)).await;
        opened.unwrap_or_else(|answer| panic!("{:?}: {answer:?}", self.carrier))
    }

    /// Writes a notebook and reads it again.
    async fn keeps(&mut self, name: &str, notebooks: &Path) {
        let cell = json!({ "cell_type": "code", "id": "a", "source": "6*7", "metadata": {}, "outputs": [],
            "execution_count": null });
        let notebook = json!({ "cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5 });
        let target = format!("/api/contents/{name}");
        let model = json!({ "type": "notebook", "format": "json", "content": notebook });
        let answer = self.send("PUT", &target, Some(model)).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        assert_eq!(self.gets(&target).await["content"]["cells"][0]["source"], "6*7");
        let file = std::fs::read(notebooks.join(name)).expect("the notebook");
        let file: Value = serde_json::from_slice(&file).expect("JSON");
        assert_eq!(file["cells"][0]["source"], json!(["6*7"]), "on disk a list of lines");
    }
}

/// What the kernel says is the value of `code`.
async fn value(socket: &mut Socket, code: &str) -> String {
    let id = format!("the-request-{code}");
    let header = json!({ "msg_id": id, "session": "tests", "username": "ada", "date": "2026-01-01T00:00:00Z",
        "msg_type": "execute_request", "version": "5.3" });
    let content = json!({ "code": code, "silent": false, "store_history": true, "user_expressions": {},
        "allow_stdin": false, "stop_on_error": true });
    let message = json!({ "channel": "shell", "header": header, "parent_header": {}, "metadata": {},
        "content": content, "buffers": [] });
    within("sending", socket.send(Message::text(message.to_string()))).await.expect("an open socket");
    within("the result", async {
        loop {
            let message = socket.next().await.expect("an open socket").expect("a whole message");
            let Message::Text(text) = message else { continue };
            let message: Value = serde_json::from_str(&text).expect("JSON");
            if message["msg_type"] == "execute_result" && message["parent_header"]["msg_id"] == id.as_str() {
                return message["content"]["data"]["text/plain"].as_str().expect("a text").to_owned();
            }
        }
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "heavy: ./tests/run --all"]
async fn code_runs_over_the_kernels_websocket_until_the_person_logs_out() {
    let home = folder();
    let (jupyter, address) = start(home.path()).await;
    let behind = Behind::start(address, "").await;
    behind.is_closed().await;
    let mut ada = Client { visitor: behind.ada.clone(), carrier: None };
    let kernel = ada.starts_a_kernel().await;
    ada.keeps("session.ipynb", &home.path().join("notebooks")).await;
    let answer = refused(&behind.nobody(), ada.channels(&kernel)).await;
    assert_eq!(answer.status, 401, "{answer:?}");
    let own = ada.channels(&kernel).header("Origin", &ada.visitor.origin());
    let mut socket = open(&ada.visitor, own.clone()).await.unwrap_or_else(|answer| panic!("it must open: {answer:?}"));
    assert_eq!(value(&mut socket, "6*7").await, "42");

    let mut script = Client { visitor: behind.nobody(), carrier: behind.carriers().into_iter().next() };
    let place = format!("/api/kernels/{kernel}");
    assert_eq!(script.gets(&place).await["connections"], 1);
    ada.visitor.clone().log_out().await;
    ends(socket).await;
    assert_eq!(refused(&ada.visitor, own).await.status, 401);
    let left = || async { script.clone().gets(&place).await["connections"] == 0 };
    eventually("Jupyter's side ends too", left).await;
    assert_eq!(value(&mut script.connects(&kernel).await, "6*7+1").await, "43", "the kernel itself lives on");
    stop(jupyter).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "heavy: ./tests/run --all"]
async fn a_script_runs_code_in_jupyter_with_an_access_token_in_every_header() {
    let home = folder();
    let (jupyter, address) = start(home.path()).await;
    let behind = Behind::start(address, "").await;
    for (number, carrier) in behind.carriers().into_iter().enumerate() {
        let mut script = Client { visitor: behind.nobody(), carrier: Some(carrier) };
        let kernel = script.starts_a_kernel().await;
        script.keeps(&format!("token-{number}.ipynb"), &home.path().join("notebooks")).await;
        assert_eq!(value(&mut script.connects(&kernel).await, "6*7").await, "42");
        assert_eq!(script.send("DELETE", &format!("/api/kernels/{kernel}"), None).await.status, 204);
        assert_eq!(script.gets("/api/kernels").await, json!([]));
    }
    stop(jupyter).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "heavy: ./tests/run --all"]
async fn a_person_runs_a_cell_in_jupyterlab_in_the_browser() {
    let home = folder();
    let (jupyter, address) = start(home.path()).await;
    let behind = Behind::start(address, "").await;
    let browser = behind.in_chromium("/lab").await;
    browser.click(".jp-LauncherCard[data-category=Notebook]").await;
    browser.reads("Python 3 (ipykernel) | Idle").await;
    browser.click(".jp-Notebook .cm-content").await;
    browser.press("6*7").await;
    browser.reads("6*7").await;
    browser.press(SHIFT_ENTER).await;
    let output = browser.find(".jp-OutputArea-executeResult .jp-OutputArea-output").await;
    assert_eq!(output.text().await.expect("a text"), "42");
    browser.screenshot("jupyterlab").await;
    browser.close().await;
    stop(jupyter).await;
}

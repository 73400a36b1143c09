//! Streamlit: a page that lives over one WebSocket.

use std::net::SocketAddr;
use std::path::Path;

use futures_util::{SinkExt, StreamExt};
use tokio_tungstenite::tungstenite::Message;

use super::{Behind, folder, installed, listens};
use crate::process::{Process, command};
use crate::visitor::{LOGOUT, Request};
use crate::websocket::{Socket, ends, handshake_at, open, refused};
use crate::wire::{free_address, within};

/// As `docs/apps.md` says.
const CONFIG: &str = "[server]
address = \"127.0.0.1\"
headless = true
trustedUserHeaders = { Remote-User = \"name\", Remote-Email = \"email\" }

[browser]
gatherUsageStats = false
";

const APP: &str = "import streamlit as st

if \"clicks\" not in st.session_state:
    st.session_state.clicks = 0
if st.button(\"One more\"):
    st.session_state.clicks += 1
st.write(f\"{st.user.name} ({st.user.email}) clicked {st.session_state.clicks} times.\")
";

const STREAM: &str = "/_stcore/stream";

async fn start(home: &Path) -> (Process, SocketAddr) {
    let (program, address) = (installed("streamlit"), free_address());
    std::fs::create_dir(home.join(".streamlit")).unwrap();
    std::fs::write(home.join(".streamlit/config.toml"), CONFIG).unwrap();
    std::fs::write(home.join("app.py"), APP).unwrap();
    let (port, folder) = (address.port().to_string(), home.to_str().expect("a path"));
    let arguments = ["run", "app.py", "--server.port", &port];
    let mut command = command(program.to_str().expect("a path"), &arguments, &[("HOME", folder)]);
    let process = Process::spawn(command.current_dir(home));
    listens(address).await;
    (process, address)
}

fn stream() -> Request {
    handshake_at(STREAM).header("Sec-WebSocket-Protocol", "streamlit")
}

/// Asks for the app as its page does and waits until it says `words`.
async fn says(socket: &mut Socket, words: &str) {
    // Field 11 of Streamlit's `BackMsg`, `rerun_script`, with nothing in it.
    within("sending", socket.send(Message::binary(vec![0x5a, 0]))).await.expect("an open socket");
    within(words, async {
        loop {
            let message = socket.next().await.expect("an open socket").expect("a whole message").into_data();
            if message.windows(words.len()).any(|window| window == words.as_bytes()) {
                return;
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "heavy: ./tests/run --all"]
async fn a_person_clicks_in_a_streamlit_app_until_they_log_out() {
    let home = folder();
    let (_streamlit, address) = start(home.path()).await;
    let behind = Behind::start(address, "").await;
    let browser = behind.in_chromium("/").await;
    browser.reads("ada (ada@example.com) clicked 0 times.").await;
    for text in ["ada (ada@example.com) clicked 1 times.", "ada (ada@example.com) clicked 2 times."] {
        browser.click("[data-testid=stButton] button").await;
        browser.reads(text).await;
    }
    assert!(!browser.has("[data-testid=stConnectionStatus]").await);
    browser.screenshot("streamlit-1-clicked").await;

    // Logged out in another window, which leaves this page as it is.
    let app = browser.in_a_new_window().await;
    browser.open_url(&format!("{}{LOGOUT}", behind.ada.origin())).await;
    browser.click("form[action$='/logout'] button").await;
    browser.find("input[name=password]").await;
    browser.back_in(app).await;
    browser.find("[data-testid=stConnectionStatus]").await;
    browser.screenshot("streamlit-2-logged-out").await;
    browser.open_url(&behind.ada.origin()).await;
    browser.find("input[name=password]").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "heavy: ./tests/run --all"]
async fn the_websocket_of_streamlit_ends_with_the_session_and_no_new_one_opens() {
    let home = folder();
    let (_streamlit, address) = start(home.path()).await;
    let behind = Behind::start(address, "").await;
    behind.is_closed().await;
    assert_eq!(refused(&behind.nobody(), stream()).await.status, 401);
    let own = stream().header("Origin", &behind.ada.origin());
    let mut socket = open(&behind.ada, own.clone()).await.unwrap_or_else(|answer| panic!("it must open: {answer:?}"));
    says(&mut socket, "ada (ada@example.com) clicked 0 times.").await;
    behind.ada.clone().log_out().await;
    ends(socket).await;
    assert_eq!(refused(&behind.ada, own).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "heavy: ./tests/run --all"]
async fn an_access_token_in_every_header_opens_page_and_websocket_of_streamlit() {
    let home = folder();
    let (_streamlit, address) = start(home.path()).await;
    let behind = Behind::start(address, "").await;
    let client = behind.nobody();
    for (name, value) in behind.carriers() {
        let page = client.clone().send(Request::get("/").bare().header(name, &value)).await;
        assert_eq!(page.status, 200, "{page:?}");
        assert!(page.text().contains("<title>Streamlit</title>"), "{page:?}");
        let opened = open(&client, stream().header(name, &value)).await;
        let mut socket = opened.unwrap_or_else(|answer| panic!("{name}: {answer:?}"));
        says(&mut socket, "ada (ada@example.com) clicked 0 times.").await;
    }
}

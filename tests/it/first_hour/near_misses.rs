//! D12: what nearly works is said in one line.

use super::{EXAMPLE, Folder};
use crate::process::text;
use crate::wire::Wire;

/// A self-signed certificate for this host, in the folder.
fn certificate(folder: &Folder, host: &str) {
    let made = rcgen::generate_simple_self_signed([host.to_owned()]).unwrap();
    folder.write("cert.pem", &made.cert.pem());
    folder.write("key.pem", &made.signing_key.serialize_pem());
}

fn with_tls(config: &str) -> String {
    config.replace("[store]", "tls = [{ certificate = \"cert.pem\", key = \"key.pem\" }]\n\n[store]")
}

#[tokio::test]
async fn plain_http_on_the_tls_port_is_answered_400_with_a_hint_and_a_log_line() {
    let folder = Folder::with(&with_tls(EXAMPLE));
    certificate(&folder, "app.localhost");
    let mut gateway = folder.serve();
    let address = gateway.listening().await;
    for request in ["GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n", "POST /x HTTP/1.1\r\nHost: a\r\n\r\n"] {
        let mut wire = Wire::open(address).await;
        wire.send(request).await;
        let answer = String::from_utf8(wire.rest().await).unwrap();
        assert!(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{answer}");
        let body = "This port speaks https: write https:// in front of the address.\n";
        assert!(
            answer.ends_with(&format!("Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())),
            "{answer}"
        );
    }
    let line = "plain http on an https port was answered 400: use https:// there peer=127.0.0.1";
    gateway.has_written(line).await;
}

#[tokio::test]
async fn a_portal_over_plain_http_with_tls_is_a_mistake() {
    let portal = "[portal]\nurl = \"http://auth.localhost\"\n\n[cpaas]";
    let folder = Folder::with(&with_tls(&EXAMPLE.replace("[cpaas]", portal)));
    certificate(&folder, "*.localhost");
    let (status, said) = folder.said(&["config", "check"]).await;
    assert_eq!(status, Some(78), "{said}");
    let expected =
        "plain http, but with `server.tls` every address speaks https; write `https://`, or remove `server.tls`\n";
    assert!(said.starts_with("portal.url (config/portcullis.toml line ") && said.ends_with(expected), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[tokio::test]
async fn a_variable_that_was_probably_meant_for_us_is_named_with_the_right_one() {
    let folder = Folder::with(EXAMPLE);
    for (name, meant) in [
        ("PORTCULLIS_LISTEN", "`PORTCULLIS_SERVER__LISTEN`"),
        ("PORTCULLIS_SERVER_LISTEN", "`PORTCULLIS_SERVER__LISTEN`"),
        ("portcullis_log__level", "`PORTCULLIS_LOG__LEVEL`"),
        ("PORTCULLIS_LOGLEVEL", "`PORTCULLIS_LOG__LEVEL`"),
        ("PORTCULLIS_URL", "`PORTCULLIS_PORTAL__URL` or `PORTCULLIS_STORE__URL`"),
    ] {
        let output = folder.run_with(&["config", "check"], &[(name, "x")], "").await;
        let expected = format!("warning: {name} (environment): is ignored; did you mean {meant}?\nok\n");
        assert_eq!(text(&output), expected, "{name}");
    }
    for name in ["PORTCULLIS_PORT", "PORTCULLIS_SERVICE_HOST", "PORTCULLIS_PORT_8080_TCP_ADDR"] {
        assert_eq!(text(&folder.run_with(&["config", "check"], &[(name, "x")], "").await), "ok\n", "{name}");
    }
}

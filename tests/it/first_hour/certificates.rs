//! D4: `config check` reads certificate and key as a visitor's browser will.

use std::process::Stdio;

use rcgen::{CertificateParams, KeyPair, date_time_ymd};

use super::{EXAMPLE, Folder};
use crate::process::{command, finish, text};

/// A certificate for this host, valid in these years, with its key.
fn made(host: &str, from: i32, until: i32) -> (String, String) {
    let mut params = CertificateParams::new([host.to_owned()]).unwrap();
    params.not_before = date_time_ymd(from, 1, 1);
    params.not_after = date_time_ymd(until, 1, 1);
    let key = KeyPair::generate().unwrap();
    (params.self_signed(&key).unwrap().pem(), key.serialize_pem())
}

fn folder(certificate: &str, key: &str) -> Folder {
    let tls = "tls = [{ certificate = \"cert.pem\", key = \"key.pem\" }]\n\n[store]";
    let folder = Folder::with(&EXAMPLE.replace("[store]", tls));
    folder.write("cert.pem", certificate);
    folder.write("key.pem", key);
    folder
}

/// `config check` and `serve` fail with 78 and one line that names the key and the reason.
async fn refused(folder: &Folder, key: &str, reason: &str) {
    for command in [&["config", "check"][..], &["serve"]] {
        let (status, said) = folder.said(command).await;
        assert_eq!((status, said.lines().count()), (Some(78), 1), "{command:?}: {said}");
        assert!(said.starts_with(&format!("server.tls[0].{key} (config/portcullis.toml line ")), "{said}");
        assert!(said.contains(reason), "{said}");
    }
}

#[tokio::test]
async fn a_pair_that_fits_is_ok() {
    let (certificate, key) = made("app.localhost", 2020, 2090);
    assert_eq!(folder(&certificate, &key).done(&["config", "check"], "").await, "ok\n");
}

#[tokio::test]
async fn a_key_of_another_certificate_an_encrypted_one_and_swapped_files_are_mistakes() {
    let (certificate, key) = made("app.localhost", 2020, 2090);
    let (_, other) = made("app.localhost", 2020, 2090);
    let of = "key.pem: the key does not belong to the certificate cert.pem; ";
    refused(&folder(&certificate, &other), "key", of).await;
    refused(
        &folder(&key, &certificate),
        "certificate",
        "cert.pem: there is no certificate in it: `certificate` and `key` are swapped; ",
    )
    .await;
    refused(
        &folder(&certificate, &certificate),
        "key",
        "key.pem: there is no private key in it: `certificate` and `key` are swapped; ",
    )
    .await;
    let mut openssl = command("openssl", &["pkey", "-aes256", "-passout", "pass:quiet"], &[]);
    let encrypted = finish(openssl.stderr(Stdio::piped()), &key).await;
    assert!(encrypted.status.success(), "{}", text(&encrypted));
    let encrypted = String::from_utf8(encrypted.stdout).unwrap();
    refused(&folder(&certificate, &encrypted), "key", "key.pem: the key is encrypted").await;
}

#[tokio::test]
async fn dates_fail_the_check_and_are_a_warning_of_serve() {
    for (from, until, expected) in [
        (2020, 2021, "the certificate ended at 2021-01-01T00:00:00.000Z; renew it, or set the clock"),
        (2090, 2091, "the certificate begins at 2090-01-01T00:00:00.000Z; set the clock"),
    ] {
        let (certificate, key) = made("app.localhost", from, until);
        let folder = folder(&certificate, &key);
        let (status, said) = folder.said(&["config", "check"]).await;
        assert_eq!((status, said.lines().count()), (Some(78), 1), "{said}");
        assert!(said.starts_with("server.tls") && said.contains(expected), "{said}");
        let mut gateway = folder.serve();
        let line = gateway.line_with(expected).await;
        assert!(line.contains("WARN"), "{line}");
        gateway.listening().await;
    }
}

const UNCOVERED: &str = "no certificate is for app.localhost; add one that names it";

#[tokio::test]
async fn a_certificate_for_another_host_is_a_mistake_for_check_and_serve() {
    let (certificate, key) = made("other.localhost", 2020, 2090);
    let folder = folder(&certificate, &key);
    for command in [&["config", "check"][..], &["serve"]] {
        let (status, said) = folder.said(command).await;
        let expected = format!("server.tls (config/portcullis.toml line 5): {UNCOVERED}\n");
        assert_eq!((status, said), (Some(78), expected), "{command:?}");
    }
}

#[tokio::test]
async fn a_reload_with_a_certificate_for_another_host_changes_nothing() {
    let (certificate, key) = made("app.localhost", 2020, 2090);
    let folder = folder(&certificate, &key);
    let mut gateway = folder.serve();
    gateway.listening().await;
    let (certificate, key) = made("other.localhost", 2020, 2090);
    folder.write("cert.pem", &certificate);
    folder.write("key.pem", &key);
    gateway.signal("HUP").await;
    let line = gateway.line_with("not reloaded: the previous configuration stays in effect").await;
    assert!(line.contains("ERROR"), "{line}");
    assert!(gateway.output().contains(UNCOVERED), "{}", gateway.output());
}

#[tokio::test]
async fn a_host_that_is_an_address_is_looked_for_as_an_address_of_the_certificate() {
    for (host, address) in [("127.0.0.1", "127.0.0.1"), ("[::1]", "::1")] {
        let (certificate, key) = made(address, 2020, 2090);
        let folder = folder(&certificate, &key);
        let config = std::fs::read_to_string(folder.path("config/portcullis.toml")).unwrap();
        folder.write("config/portcullis.toml", &config.replace("app.localhost", host));
        assert_eq!(folder.done(&["config", "check"], "").await, "ok\n");
    }
}

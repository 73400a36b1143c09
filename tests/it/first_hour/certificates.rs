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
async fn dates_and_hosts_fail_the_check_and_are_a_warning_of_serve() {
    for (host, from, until, expected) in [
        ("app.localhost", 2020, 2021, "the certificate ended at 2021-01-01T00:00:00.000Z; renew it, or set the clock"),
        ("app.localhost", 2090, 2091, "the certificate begins at 2090-01-01T00:00:00.000Z; set the clock"),
        ("other.localhost", 2020, 2090, "no certificate is for app.localhost; add one that names it"),
    ] {
        let (certificate, key) = made(host, from, until);
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

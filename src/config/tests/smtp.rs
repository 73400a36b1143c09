use std::time::Duration;

use super::{Folder, mistakes};
use crate::config::load::{Config, Flags};
use crate::delivery::{EmailProvider, Encryption, SmtpSettings};
use crate::platform::secret::ExposeSecret as _;

/// Codes by mail alone; `[smtp]` comes last, so that its first key stands on line 7.
const BY_MAIL: &str = "[[sites]]\nupstream = [\"http://127.0.0.1:3000\"]\n[delivery]\nsms = []\nemail = [\"smtp\"]";

/// A section with the two keys that it must have.
const WHOLE: &str = "host = \"mail.example.com\"\nfrom = \"no-reply@example.com\"\n";

fn with(smtp: &str) -> String {
    format!("{BY_MAIL}\n[smtp]\n{smtp}")
}

fn loaded(text: &str) -> Config {
    Folder::with(text).load(&[], Flags::default()).unwrap_or_else(|lines| panic!("{lines:#?}"))
}

fn settings(smtp: &str) -> SmtpSettings {
    let config = loaded(&with(smtp));
    assert_eq!(config.warnings, <[&str; 0]>::default());
    config.settings.delivery.smtp.unwrap()
}

/// The one warning of a section.
fn warned(smtp: &str) -> String {
    let warnings = loaded(&with(smtp)).warnings;
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    warnings[0].split_once(": ").map(|(_, warning)| warning.to_owned()).unwrap()
}

#[test]
fn a_mail_server_needs_a_host_and_a_sender_and_no_cpaas() {
    let config = loaded(&with(WHOLE));
    assert_eq!(config.settings.delivery.email, [EmailProvider::Smtp]);
    assert!(config.settings.delivery.cpaas.is_none());
    let smtp = settings(WHOLE);
    assert_eq!((smtp.host.as_str(), smtp.port, smtp.encryption), ("mail.example.com", 587, Encryption::StartTls));
    assert_eq!((smtp.from.as_str(), smtp.from_name.as_str()), ("no-reply@example.com", "Portcullis"));
    assert_eq!((smtp.timeout, smtp.account.is_none(), smtp.ehlo_name), (Duration::from_secs(15), true, None));
}

#[test]
fn the_port_goes_by_the_kind_of_tls() {
    let port = |tls: &str| settings(&format!("{WHOLE}tls = \"{tls}\"\n").replace("mail.example.com", "localhost")).port;
    assert_eq!((port("starttls"), port("implicit"), port("none")), (587, 465, 25));
    assert_eq!(settings(&format!("{WHOLE}port = 2525\n")).port, 2525);
}

#[test]
fn sender_and_greeting_follow_the_portal_unless_they_are_written() {
    let portal = "[portal]\nurl = \"https://auth.example.org\"\nname = \"Example\"\n";
    let of = |smtp: &str| {
        let text = format!("{portal}{}", with(smtp)).replace("[[sites]]\n", "[[sites]]\nhost = \"a.example.org\"\n");
        loaded(&text).settings.delivery.smtp.unwrap()
    };
    let smtp = of(WHOLE);
    assert_eq!((smtp.from_name.as_str(), smtp.ehlo_name.unwrap().as_str()), ("Example", "auth.example.org"));
    let written = WHOLE.replace("\"no-reply@example.com\"", "\"Our House <no-reply@example.com>\"");
    let smtp = of(&format!("{written}ehlo_name = \"gate.example.net\"\n"));
    assert_eq!((smtp.from_name.as_str(), smtp.ehlo_name.unwrap().as_str()), ("Our House", "gate.example.net"));
}

#[test]
fn an_account_has_a_name_and_one_password() {
    let account = "username = \"ada\"\npassword = \"s3cret-of-mail\"\n";
    let account = settings(&format!("{WHOLE}{account}")).account.unwrap();
    assert_eq!((account.username.as_str(), account.password.expose_secret()), ("ada", "s3cret-of-mail"));
    let folder = Folder::with("");
    folder.write("mail.secret", "s3cret-in-file\n", 0o600);
    let folder =
        folder.rewrite(&with(&format!("{WHOLE}username = \"ada\"\npassword_file = \"{{folder}}/mail.secret\"\n")));
    let smtp = folder.load(&[], Flags::default()).unwrap().settings.delivery.smtp.unwrap();
    assert_eq!(smtp.account.unwrap().password.expose_secret(), "s3cret-in-file");
    for (written, line) in [
        (
            "username = \"ada\"\n",
            "smtp.password (not set): missing; write the password of `username`, or `password_file`",
        ),
        (
            "password = \"s3cret-of-mail\"\n",
            "smtp.username (not set): missing; write the user name that the password belongs to",
        ),
        (
            "username = \"ada\"\npassword = \"s3cret-of-mail\"\npassword_file = \"x\"\n",
            "smtp.password (portcullis.toml line 10): set more than once: portcullis.toml line 10, portcullis.toml line 11; keep one of them",
        ),
    ] {
        assert_eq!(mistakes(&with(&format!("{WHOLE}{written}"))), [line]);
    }
}

#[test]
fn every_mistake_is_reported_at_once() {
    let written = "host = \"mail.example.com:587\"\nport = 0\ntls = \"ssl\"\nfrom = \"Example\"\nehlo_name = \"a b\"\n\
                   timeout = \"2m\"\nusername = \"ada\"\npassword = \"short\"\nroot_certificates = [\"/nonexistent.pem\"]\n\
                   pasword = 1\n";
    let host = "write the host alone, such as `mail.example.com`; its port belongs into `smtp.port`";
    assert_eq!(
        mistakes(&with(written)),
        [
            "smtp.pasword (portcullis.toml line 16): unknown key; did you mean `smtp.password`?",
            &format!("smtp.host (portcullis.toml line 7): `mail.example.com:587` is not a host; {host}"),
            "smtp.port (portcullis.toml line 8): out of range; write a whole number from 1 to 65535",
            "smtp.tls (portcullis.toml line 9): `ssl` is none of `starttls`, `implicit`, `none`; write `starttls` or `implicit` or `none`",
            "smtp.password (portcullis.toml line 14): a secret has at least 6 characters; write the secret that the other system gave you",
            "smtp.from (portcullis.toml line 10): not an e-mail address; write one such as `no-reply@example.com` or `Example <no-reply@example.com>`",
            &format!("smtp.ehlo_name (portcullis.toml line 11): `a b` is not a host; {host}"),
            "smtp.timeout (portcullis.toml line 12): `2m` is out of range; write a duration from 1s to 1m",
            "smtp.root_certificates[0] (portcullis.toml line 15): /nonexistent.pem: No such file or directory (os error 2); write the path of a PEM file with the certificate of an authority",
        ]
    );
    assert_eq!(
        mistakes(&with("")),
        [
            "smtp.host (not set): missing; write the host of the mail server",
            "smtp.from (not set): missing; write the address that codes come from",
        ]
    );
}

#[test]
fn what_others_could_read_is_refused_and_a_password_always() {
    let plain = format!("{WHOLE}tls = \"none\"\n");
    let refused = "smtp.tls (portcullis.toml line 9): `none` to another machine; write `starttls` or `implicit`; or, where nobody else is on the network between, `insecure_plaintext = true`";
    assert_eq!(mistakes(&with(&plain)), [refused]);
    let account = format!("{plain}username = \"ada\"\npassword = \"s3cret-of-mail\"\n");
    let password = "smtp.password (portcullis.toml line 11): a password that would cross the network without TLS; write `tls = \"starttls\"` or `tls = \"implicit\"`, or remove `username` and the password";
    assert_eq!(mistakes(&with(&account)), [password, refused]);
    assert_eq!(mistakes(&with(&format!("{account}insecure_plaintext = true\n"))), [password]);
    for host in ["localhost", "127.0.0.1", "[::1]"] {
        assert!(settings(&account.replace("mail.example.com", host)).account.is_some(), "{host}");
    }
}

#[test]
fn what_is_allowed_and_risky_or_likely_a_slip_is_said() {
    assert_eq!(
        warned(&format!("{WHOLE}tls = \"none\"\ninsecure_plaintext = true\n")),
        "codes travel to another machine without TLS: whoever is on the network between can read them"
    );
    assert_eq!(warned(&format!("{WHOLE}port = 465\n")), "465 is the port for `tls = \"implicit\"`");
    assert_eq!(
        warned(&format!("{WHOLE}tls = \"implicit\"\nport = 587\n")),
        "this is a port for `tls = \"starttls\"`; `implicit` has 465"
    );
    let unused = with(WHOLE).replace("sms = []\nemail = [\"smtp\"]", "email = []");
    let cpaas = "[cpaas]\nbase_url = \"https://cpaas.example.com\"\nclient_id = \"a\"\nclient_secret = \"s3cret-x\"\n";
    let warnings = loaded(&format!("{unused}{cpaas}")).warnings;
    let [warning] = warnings.as_slice() else { panic!("{warnings:?}") };
    assert!(
        warning.ends_with("portcullis.toml line 5): nothing is sent by it: `delivery.email` does not name `smtp`"),
        "{warning}"
    );
}

#[test]
fn a_provider_without_its_section_says_what_to_add_and_how_to_do_without() {
    let lines = |delivery: &str| mistakes(&with(WHOLE).replace("sms = []\nemail = [\"smtp\"]", delivery));
    let cpaas = "add `[cpaas]` with `base_url`, `client_id` and `client_secret_file`";
    assert_eq!(
        lines("email = [\"smtp\"]"),
        [format!(
            "cpaas (not set): missing; `delivery.sms` uses the CPaaS: {cpaas}, or set `sms = []` to do without it"
        )]
    );
    assert_eq!(
        lines("sms = []"),
        [format!(
            "cpaas (not set): missing; `delivery.email` uses the CPaaS: {cpaas}, or set `email = [\"smtp\"]` to do without it"
        )]
    );
    assert_eq!(
        mistakes(&format!("{BY_MAIL}\n")),
        ["smtp (not set): missing; `delivery.email` sends by a mail server: add `[smtp]` with `host` and `from`"]
    );
}

#[test]
fn a_password_in_a_file_that_everybody_can_read_is_worth_a_warning_and_is_shown_nowhere() {
    let folder = Folder::with("");
    let text = with(&format!("{WHOLE}username = \"ada\"\npassword = \"canary-secret\"\n"));
    folder.write("portcullis.toml", &text, 0o644);
    let config = folder.load(&[], Flags::default()).unwrap();
    let [warning] = config.warnings.as_slice() else { panic!("{:?}", config.warnings) };
    assert!(
        warning.contains("everybody on this machine can read it") && warning.contains("`password_file`"),
        "{warning}"
    );
    assert!(config.show().contains("password = \"(hidden)\"") && !config.show().contains("canary"));
    assert!(!format!("{:?}", config.settings.delivery).contains("canary"));
}

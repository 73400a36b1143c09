use std::time::Duration;

use super::{Folder, mistakes_beside, right};
use crate::config::load::Flags;
use crate::events::{Facility, SyslogAddress};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const REMEDY: &str = "make one that the receiver gets too: `echo whsec_$(openssl rand -base64 32)`";

/// A webhook whose `name` stands on line 2, `url` on line 3 and `secret` on line 4.
fn webhook(url: &str, secret: &str) -> String {
    format!("[[events.webhook]]\nname = \"siem\"\nurl = \"{url}\"\nsecret = \"{secret}\"\n")
}

fn syslog(address: &str) -> String {
    format!("[[events.syslog]]\nname = \"logs\"\naddress = \"{address}\"\n")
}

#[test]
fn a_webhook_needs_a_name_a_url_and_a_secret_and_gets_all_events() {
    let events = right(&webhook("https://siem.example.com/in", SECRET)).settings.events;
    let webhook = &events.webhooks[0];
    assert_eq!((webhook.name.as_str(), webhook.url.as_str()), ("siem", "https://siem.example.com/in"));
    assert_eq!((webhook.secret.expose().len(), webhook.timeout), (24, Duration::from_secs(10)));
    assert!(webhook.events.iter().any(|pattern| pattern.matches("session.ended")));
    assert!(events.syslogs.is_empty());
    assert_eq!(
        mistakes_beside("[[events.webhook]]\n"),
        [
            "events.webhook[0].name (not set): missing; give the receiver a name, such as `siem`",
            "events.webhook[0].url (not set): missing; write the URL of the receiver",
            "events.webhook[0].secret (not set): missing; write a secret that the receiver knows: `echo whsec_$(openssl rand -base64 32)`, or `secret_file`",
        ]
    );
}

#[test]
fn the_url_of_a_webhook_is_https_or_on_this_machine() {
    for url in ["http://127.0.0.1:9/x", "http://localhost/x?y", "http://[::1]/", "https://siem.example.com"] {
        assert_eq!(mistakes_beside(&webhook(url, SECRET)), <[&str; 0]>::default(), "{url}");
    }
    let write = "write the URL of the receiver, such as `https://siem.example.com/portcullis`";
    for (url, what, remedy) in [
        ("siem.example.com", "not a URL", write),
        ("ftp://siem.example.com", "the scheme \"ftp\" is not https", write),
        (
            "http://siem.example.com/canary",
            "plain http to another machine",
            "write `https://`: plain http is allowed only on this machine",
        ),
        (
            "https://canary:canary@siem.example.com",
            "a URL with a user or password in it",
            "remove it: the signature tells the receiver who sends",
        ),
        ("https://siem.example.com/#canary", "a URL with a fragment", write),
    ] {
        let line = format!("events.webhook[0].url (portcullis.toml line 3): {what}; {remedy}");
        assert_eq!(mistakes_beside(&webhook(url, SECRET)), [line], "{url}");
    }
}

#[test]
fn a_weak_secret_of_a_webhook_is_refused_and_none_is_shown() {
    for (secret, what) in [
        ("canary-secret", "the secret of a webhook is `whsec_` and Base64"),
        ("whsec_canary!", "the secret of a webhook is `whsec_` and Base64"),
        ("whsec_Y2FuYXJ5", "the secret of a webhook has 24 to 64 bytes"),
        ("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "the secret is not random: it repeats a few bytes"),
    ] {
        let line = format!("events.webhook[0].secret (portcullis.toml line 4): {what}; {REMEDY}");
        assert_eq!(mistakes_beside(&webhook("https://a.test", secret)), [line], "{secret}");
    }
    let shown = right(&webhook("https://siem.example.com/canary?canary", SECRET));
    assert!(shown.show().contains("secret = \"(hidden)\""), "{}", shown.show());
    assert!(shown.show().contains("url = \"https://siem.example.com/(hidden)\""), "{}", shown.show());
    assert!(!shown.show().contains("canary") && !shown.show().contains("whsec_"), "{}", shown.show());
}

#[test]
fn the_secret_of_a_webhook_may_stand_in_a_file_that_others_cannot_read() {
    let text = webhook("https://a.test", SECRET)
        .replace(&format!("secret = \"{SECRET}\""), "secret_file = \"{folder}/webhook.secret\"");
    let folder = Folder::with("").rewrite(&format!("{text}{}", super::RIGHT));
    folder.write("webhook.secret", SECRET, 0o600);
    assert_eq!(folder.mistakes(), <[&str; 0]>::default());
    folder.write("webhook.secret", SECRET, 0o644);
    let mistakes = folder.mistakes();
    assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    assert!(
        mistakes[0].starts_with("events.webhook[0].secret_file (portcullis.toml line 4): everybody on this machine")
    );
    folder.write("webhook.secret", "canary-secret", 0o600);
    let line = "events.webhook[0].secret_file (portcullis.toml line 4): the secret of a webhook is `whsec_` and Base64";
    assert_eq!(folder.mistakes(), [format!("{line}; {REMEDY}")]);
}

#[test]
fn a_secret_in_a_file_that_everybody_reads_is_warned_about() {
    let folder = Folder::with("");
    folder.write("portcullis.toml", &format!("{}{}", webhook("https://a.test", SECRET), super::RIGHT), 0o644);
    let warnings = folder.load(&[], Flags::default()).unwrap().warnings;
    let found = warnings.iter().find(|warning| warning.starts_with("events.webhook[0].secret (")).unwrap();
    assert!(found.contains("everybody on this machine can read it") && found.contains("`secret_file`"), "{found}");
}

#[test]
fn the_address_of_a_syslog_server_has_the_port_of_its_transport() {
    let address = |text: &str| right(&syslog(text)).settings.events.syslogs[0].address.clone();
    let host = || "logs.example.com".parse().unwrap();
    assert_eq!(address("udp://logs.example.com"), SyslogAddress::Udp(host(), 514));
    assert_eq!(address("tcp://logs.example.com"), SyslogAddress::Tcp(host(), 601));
    assert_eq!(address("tls://logs.example.com/"), SyslogAddress::Tls(host(), 6514));
    assert_eq!(address("tls://logs.example.com:7000"), SyslogAddress::Tls(host(), 7000));
    assert_eq!(address("unix:/dev/log"), SyslogAddress::Unix("/dev/log".into()));
    for text in ["", "logs.example.com", "http://logs.example.com", "udp://", "udp://a b", "tcp://a:0", "unix:dev/log"]
    {
        let mistakes = mistakes_beside(&syslog(text));
        assert_eq!(mistakes.len(), 1, "{text}: {mistakes:?}");
        assert!(mistakes[0].starts_with("events.syslog[0].address (portcullis.toml line 3): "), "{mistakes:?}");
    }
}

#[test]
fn events_that_cross_the_network_unencrypted_are_warned_about() {
    for (address, warns) in [
        ("udp://logs.example.com", true),
        ("tcp://192.0.2.1", true),
        ("tls://logs.example.com", false),
        ("tcp://127.0.0.1", false),
        ("unix:/dev/log", false),
    ] {
        let warnings = right(&syslog(address)).warnings;
        let found = warnings.iter().any(|warning| warning.starts_with("events.syslog[0].address ("));
        assert_eq!(found, warns, "{address}: {warnings:?}");
    }
}

#[test]
fn a_pattern_names_stored_events_and_a_facility_is_a_word() {
    let lines =
        "events = [\"sign-in.*\", \"account.disabled\"]\nfacility = \"local3\"\nhost_name = \"gate.example.com\"\n";
    let config = right(&format!("{}{lines}", syslog("unix:/dev/log")));
    let settings = &config.settings.events.syslogs[0];
    assert_eq!(settings.facility, Facility::Local(3));
    assert_eq!(settings.events.iter().map(ToString::to_string).collect::<Vec<_>>(), ["sign-in.*", "account.disabled"]);
    let remedy = "write one such as `sign-in.completed`, `sign-in.*` or `*`; docs/operation.md lists them";
    for (events, key, what, remedy) in [
        ("[\"login.*\"]", "[0]", "`login.*`: no event has this name", remedy),
        (
            "[\"*\", \"access.*\"]",
            "[1]",
            "`access.*`: such events are only in the log (target `audit`), and are not sent",
            remedy,
        ),
        ("[]", "", "an empty list, which sends nothing", "write `[\"*\"]` for all"),
    ] {
        let text = format!("{}events = {events}\n", syslog("unix:/dev/log"));
        let line = format!("events.syslog[0].events{key} (portcullis.toml line 4): {what}; {remedy}");
        assert_eq!(mistakes_beside(&text), [line]);
    }
}

#[test]
fn each_receiver_has_a_name_of_its_own() {
    let one = webhook("https://a.test", SECRET);
    let two = syslog("unix:/dev/log").replace("logs", "siem");
    let line = "events.syslog[0].name (portcullis.toml line 6): the same name as `events.webhook[0]`; give each receiver its own name";
    assert_eq!(mistakes_beside(&format!("{one}{two}")), [line]);
    let line = "events.webhook[0].name (portcullis.toml line 2): `My SIEM` is not a name of 1 to 32 letters, digits and hyphens; write small letters, digits and hyphens, such as `siem`";
    assert_eq!(mistakes_beside(&one.replace("siem", "My SIEM")), [line]);
}

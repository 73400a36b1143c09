//! `[events]`: receivers of security events.

use super::secret::one_of;
use crate::audit::EventPattern;
use crate::config::key_path::KeyPath;
use crate::config::mistake::Fault;
use crate::config::mistakes::MistakeCollector;
use crate::config::reader::{Text, section};
use crate::config::value::duration::Span;
use crate::config::value::events::{OwnHostName, SinkName, WebhookUrl, webhook_key};
use crate::config::value::path::FilePath;
use crate::config::value::secret::Secret;
use crate::delivery::root_certificate_problem;
use crate::events::{Facility, Settings, SyslogAddress, SyslogSettings, WebhookSettings};
use crate::platform::secret::SecretBytes;

section! {
    /// Receivers of security events: each stored event of the audit trail is sent in order, at least once. What a receiver
    /// does not take waits in the database.
    Events {
        /// Receivers that get a signed HTTP request for each event, one `[[events.webhook]]` for each.
        webhook: Vec<Webhook>,
        /// Syslog servers (RFC 5424), one `[[events.syslog]]` for each.
        syslog: Vec<Syslog>,
    }
}

section! {
    /// A receiver that gets a signed HTTP request for each event.
    Webhook {
        /// The name of the receiver: in the log, and in the database for how far it has got. A new name begins with the
        /// events from then on.
        name: Option<Text<SinkName>>,
        /// The URL that events are posted to. Plain http is allowed only on this machine.
        url: Option<Text<WebhookUrl>>,
        /// The secret that the requests are signed with (Standard Webhooks): `whsec_` and the Base64 of 24 to 64 random
        /// bytes.
        secret: Option<Text<Secret>>,
        /// A file that contains only the secret, not readable by everybody on the machine.
        secret_file: Option<Text<FilePath>>,
        /// Which events are sent: names, or beginnings with a `*` behind them.
        events: Vec<Text<EventPattern>> = vec![Text(EventPattern::all())],
        /// How long one request may take.
        timeout: Text<Span<1, 60>> = Text(Span::seconds(10)),
        /// Certificates of authorities (PEM files) that are trusted in addition to the public ones.
        root_certificates: Vec<Text<FilePath>>,
    }
}

section! {
    /// A syslog server (RFC 5424).
    Syslog {
        /// The name of the receiver: in the log, and in the database for how far it has got. A new name begins with the
        /// events from then on.
        name: Option<Text<SinkName>>,
        /// The server: `udp://host` (port 514), `tcp://host` (port 601, octet counting), `tls://host` (port 6514), or
        /// `unix:/dev/log`. UDP and TCP are not encrypted, and UDP loses messages.
        address: Option<Text<SyslogAddress>>,
        /// The facility of the messages.
        facility: Text<Facility> = Text(Facility::AuthPriv),
        /// The name of this machine in the messages. Default: its own.
        host_name: Option<Text<OwnHostName>>,
        /// Which events are sent: names, or beginnings with a `*` behind them.
        events: Vec<Text<EventPattern>> = vec![Text(EventPattern::all())],
        /// How long one batch of messages may take.
        timeout: Text<Span<1, 60>> = Text(Span::seconds(10)),
        /// Certificates of authorities (PEM files) that are trusted in addition to the public ones, for `tls://`.
        root_certificates: Vec<Text<FilePath>>,
    }
}

impl Events {
    pub(super) fn to_settings(&self, mistakes: &mut MistakeCollector<'_>) -> Settings {
        let webhooks = at("webhook");
        let syslogs = at("syslog");
        let settings = Settings {
            webhooks: numbered(&self.webhook)
                .filter_map(|(i, one)| one.to_settings(&webhooks.index(i), mistakes))
                .collect(),
            syslogs: numbered(&self.syslog)
                .filter_map(|(i, one)| one.to_settings(&syslogs.index(i), mistakes))
                .collect(),
        };
        let names = numbered(&self.webhook).map(|(i, one)| (webhooks.index(i), one.name.as_ref()));
        let names: Vec<(KeyPath, Option<&Text<SinkName>>)> =
            names.chain(numbered(&self.syslog).map(|(i, one)| (syslogs.index(i), one.name.as_ref()))).collect();
        for (index, (at, name)) in names.iter().enumerate() {
            let Some(Text(name)) = name else { continue };
            let is_same =
                |(_, other): &&(KeyPath, Option<&Text<SinkName>>)| other.is_some_and(|other| other.0.0 == name.0);
            if let Some((earlier, _)) = names.iter().take(index).find(is_same) {
                let what = format!("the same name as `{earlier}`");
                mistakes.mistake(&at.key("name"), Fault::new(what, "give each receiver its own name"));
            }
        }
        settings
    }
}

impl Webhook {
    fn to_settings(&self, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> Option<WebhookSettings> {
        named(self.name.as_ref(), at, mistakes);
        if self.url.is_none() {
            mistakes.missing(&at.key("url"), "write the URL of the receiver");
        }
        let secret = self.secret(at, mistakes);
        check_roots(&self.root_certificates, at, mistakes);
        wants(&self.events, at, mistakes);
        Some(WebhookSettings {
            name: self.name.as_ref()?.0.0.clone(),
            url: self.url.as_ref()?.0.0.clone(),
            secret: secret?,
            events: self.events.iter().map(|pattern| pattern.0.clone()).collect(),
            timeout: self.timeout.0.0,
            extra_roots: self.root_certificates.iter().map(|file| file.0.0.clone()).collect(),
        })
    }

    fn secret(&self, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> Option<SecretBytes> {
        let value = at.key("secret");
        let file = at.key("secret_file");
        if self.secret.is_none()
            && self.secret_file.is_none()
            && !mistakes.is_mistaken(&value)
            && !mistakes.is_mistaken(&file)
        {
            let remedy =
                "write a secret that the receiver knows: `echo whsec_$(openssl rand -base64 32)`, or `secret_file`";
            mistakes.missing(&value, remedy);
        }
        let secret = one_of(self.secret.as_ref(), self.secret_file.as_ref(), &value, mistakes)?;
        let written = if self.secret.is_some() { &value } else { &file };
        webhook_key(&secret).map_err(|fault| mistakes.mistake(written, fault)).ok()
    }
}

impl Syslog {
    fn to_settings(&self, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> Option<SyslogSettings> {
        named(self.name.as_ref(), at, mistakes);
        if self.address.is_none() {
            mistakes.missing(&at.key("address"), "write the address of the syslog server, such as `unix:/dev/log`");
        }
        check_roots(&self.root_certificates, at, mistakes);
        wants(&self.events, at, mistakes);
        let Text(address) = self.address.as_ref()?;
        if let SyslogAddress::Udp(host, _) | SyslogAddress::Tcp(host, _) = address
            && !host.is_loopback()
        {
            let risk = "events travel to another machine without TLS: whoever is on the network between can read and change them";
            mistakes.warning(&at.key("address"), risk);
        }
        Some(SyslogSettings {
            name: self.name.as_ref()?.0.0.clone(),
            address: address.clone(),
            facility: self.facility.0,
            host_name: self.host_name.as_ref().map(|name| name.0.0.clone()),
            events: self.events.iter().map(|pattern| pattern.0.clone()).collect(),
            timeout: self.timeout.0.0,
            extra_roots: self.root_certificates.iter().map(|file| file.0.0.clone()).collect(),
        })
    }
}

fn at(kind: &str) -> KeyPath {
    KeyPath::of("events").key(kind)
}

fn numbered<T>(list: &[T]) -> impl Iterator<Item = (usize, &T)> {
    list.iter().enumerate()
}

fn named(name: Option<&Text<SinkName>>, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) {
    if name.is_none() {
        mistakes.missing(&at.key("name"), "give the receiver a name, such as `siem`");
    }
}

/// An empty list would send nothing.
fn wants(events: &[Text<EventPattern>], at: &KeyPath, mistakes: &mut MistakeCollector<'_>) {
    if events.is_empty() && !mistakes.is_mistaken(&at.key("events")) {
        mistakes
            .mistake(&at.key("events"), Fault::new("an empty list, which sends nothing", "write `[\"*\"]` for all"));
    }
}

fn check_roots(files: &[Text<FilePath>], at: &KeyPath, mistakes: &mut MistakeCollector<'_>) {
    for (index, Text(FilePath(file))) in files.iter().enumerate() {
        if let Some(problem) = root_certificate_problem(file) {
            let what = format!("{}: {problem}", file.display());
            let remedy = "write the path of a PEM file with the certificate of an authority";
            mistakes.mistake(&at.key("root_certificates").index(index), Fault::new(what, remedy));
        }
    }
}

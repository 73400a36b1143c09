//! `[smtp]`

use super::portal::Portal;
use super::secret::one_of;
use crate::config::key_path::KeyPath;
use crate::config::mistake::Fault;
use crate::config::mistakes::MistakeCollector;
use crate::config::reader::{Count, Switch, Text, section};
use crate::config::value::duration::Span;
use crate::config::value::mail::{MailHost, Sender};
use crate::config::value::name::Identifier;
use crate::config::value::path::FilePath;
use crate::config::value::secret::Secret;
use crate::delivery::{Encryption, MailAccount, SmtpSettings, root_certificate_problem};
use crate::domain::host::HostName;

section! {
    /// The mail server that takes codes by mail, for `smtp` in `delivery.email`.
    Smtp {
        /// The mail server, by the name that its certificate holds.
        host: Option<Text<MailHost>>,
        /// Its port. Left out: 587 with `starttls`, 465 with `implicit`, 25 with `none`.
        port: Option<Count<1, 65535>>,
        /// How the connection is encrypted. `starttls`: plain at first, then TLS or nothing. `implicit`: TLS from the
        /// first byte. `none`: not at all, on this machine alone.
        tls: Text<Encryption> = Text(Encryption::StartTls),
        /// Allow `tls = "none"` to another machine. Whoever is on the network between can read every code.
        insecure_plaintext: Switch = Switch::Off,
        /// The user name at the mail server. Left out: the server takes mail from this machine without one.
        username: Option<Text<Identifier>>,
        /// Its password. Never sent to another machine without TLS.
        password: Option<Text<Secret>>,
        /// A file that holds the password alone, not readable by everybody on the machine.
        password_file: Option<Text<FilePath>>,
        /// The sender: an address that the server lets this account send from, with or without a name before it. Without a
        /// name: `portal.name`. Mails that cannot be delivered come back to it.
        from: Option<Text<Sender>>,
        /// The name that the gateway greets the server with (EHLO). Left out: the host of `portal.url`, else the address
        /// of this machine on the connection, in brackets.
        ehlo_name: Option<Text<MailHost>>,
        /// Certificates of authorities (PEM files) that are trusted beside the public ones: for a mail server with one of
        /// its own.
        root_certificates: Vec<Text<FilePath>>,
        /// How long one mail may take in all. The visitor waits for it.
        timeout: Text<Span<1, 60>> = Text(Span::seconds(15)),
    }
}

impl Smtp {
    pub(super) fn to_settings(&self, portal: &Portal, mistakes: &mut MistakeCollector<'_>) -> Option<SmtpSettings> {
        let at = KeyPath::of("smtp");
        if self.host.is_none() {
            mistakes.missing(&at.key("host"), "write the host of the mail server");
        }
        if self.from.is_none() {
            mistakes.missing(&at.key("from"), "write the address that codes come from");
        }
        let account = self.account(&at, mistakes);
        self.check_encryption(&at, mistakes);
        self.check_port(&at, mistakes);
        for (index, Text(FilePath(file))) in self.root_certificates.iter().enumerate() {
            if let Some(problem) = root_certificate_problem(file) {
                let what = format!("{}: {problem}", file.display());
                let remedy = "write the path of a PEM file with the certificate of an authority";
                mistakes.mistake(&at.key("root_certificates").index(index), Fault::new(what, remedy));
            }
        }
        let Text(sender) = self.from.as_ref()?;
        let ehlo_name = self.ehlo_name.as_ref().map(|name| name.0.0.clone());
        Some(SmtpSettings {
            host: self.host.as_ref()?.0.0.clone(),
            port: self.port(),
            encryption: self.tls.0,
            account,
            from: sender.address.clone(),
            from_name: sender.name.clone().unwrap_or_else(|| portal.name.0.0.clone()),
            ehlo_name: ehlo_name.or_else(|| host_of(portal)),
            timeout: self.timeout.0.0,
            extra_roots: self.root_certificates.iter().map(|file| file.0.0.clone()).collect(),
        })
    }

    fn port(&self) -> u16 {
        // RFC 6409 §3.1, RFC 8314 §7.3, RFC 5321 §4.5.4.2.
        let usual = match self.tls.0 {
            Encryption::StartTls => 587,
            Encryption::Implicit => 465,
            Encryption::None => 25,
        };
        self.port.and_then(|port| u16::try_from(port.0).ok()).unwrap_or(usual)
    }

    fn account(&self, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> Option<MailAccount> {
        let password = one_of(self.password.as_ref(), self.password_file.as_ref(), &at.key("password"), mistakes);
        let written = self.password.is_some() || self.password_file.is_some();
        let reported = |key: &str| mistakes.is_mistaken(&at.key(key));
        if self.username.is_some() && !written && !reported("password") && !reported("password_file") {
            mistakes.missing(&at.key("password"), "write the password of `username`, or `password_file`");
        }
        if self.username.is_none() && written {
            mistakes.missing(&at.key("username"), "write the user name that the password belongs to");
        }
        Some(MailAccount { username: self.username.as_ref()?.0.0.clone(), password: password?.0 })
    }

    /// Whether others can read what is sent.
    fn check_encryption(&self, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) {
        let Some(Text(MailHost(host))) = &self.host else { return };
        if self.tls.0 != Encryption::None || host.is_loopback() {
            return;
        }
        let secret = if self.password_file.is_some() { "password_file" } else { "password" };
        if self.password.is_some() || self.password_file.is_some() {
            let what = "a password that would cross the network without TLS";
            let remedy = "write `tls = \"starttls\"` or `tls = \"implicit\"`, or remove `username` and the password";
            mistakes.mistake(&at.key(secret), Fault::new(what, remedy));
        }
        match self.insecure_plaintext {
            Switch::On => {
                let risk =
                    "codes travel to another machine without TLS: whoever is on the network between can read them";
                mistakes.warning(&at.key("insecure_plaintext"), risk);
            }
            Switch::Off => {
                let remedy = "write `starttls` or `implicit`; or, where nobody else is on the network between, \
                              `insecure_plaintext = true`";
                mistakes.mistake(&at.key("tls"), Fault::new("`none` to another machine", remedy));
            }
        }
    }

    /// On the port of the other kind of TLS both sides wait for each other until the time is up.
    fn check_port(&self, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) {
        let advice = match (self.tls.0, self.port()) {
            (Encryption::StartTls | Encryption::None, 465) => "465 is the port for `tls = \"implicit\"`",
            (Encryption::Implicit, 25 | 587) => "this is a port for `tls = \"starttls\"`; `implicit` has 465",
            (Encryption::StartTls | Encryption::Implicit | Encryption::None, _) => return,
        };
        mistakes.warning(&at.key("port"), advice);
    }
}

/// The host of `portal.url`, where it is a name that others can know.
fn host_of(portal: &Portal) -> Option<HostName> {
    let host = portal.url.as_ref()?.0.0.authority().host();
    (host.address().is_none() && !host.is_loopback()).then(|| host.clone())
}

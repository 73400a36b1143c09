//! `tls` of a site: what the gateway verifies and presents on TLS connections to the site.

use rustls::RootCertStore;

use crate::config::key_path::KeyPath;
use crate::config::mistake::Fault;
use crate::config::mistakes::MistakeCollector;
use crate::config::reader::{Switch, Text, section};
use crate::config::value::path::FilePath;
use crate::config::value::upstream_host::ServerHost;
use crate::platform::private_file;
use crate::upstream::{ClientCertificate, SiteTls, TlsSetting, Verification};

section! {
    /// TLS to a site whose address begins with `https://`. Files are read at start.
    Tls {
        /// The authorities that may sign the site's certificate, in PEM. They replace the public ones.
        ca: Option<Text<FilePath>>,
        /// The name that the site's certificate must contain. Default: the host of the address.
        server_name: Option<Text<ServerHost>>,
        /// The client certificate for a site that requests one, with its intermediate certificates, in PEM.
        certificate: Option<Text<FilePath>>,
        /// Its private key, in PEM, readable by its owner only.
        key: Option<Text<FilePath>>,
        /// Accepts any certificate. Anyone on the network in between can impersonate the site and read everything.
        insecure: Switch = Switch::Off,
    }
}

impl Tls {
    pub(super) fn to_settings(&self, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> SiteTls {
        let file = |file: &Option<Text<FilePath>>| file.as_ref().map(|file| file.0.0.clone());
        let client = match (file(&self.certificate), file(&self.key)) {
            (Some(certificate), Some(key)) => Some(ClientCertificate { certificate, key }),
            (None, None) => None,
            (Some(_), None) => {
                mistakes.missing(&at.key("key"), "write the private key of `certificate`");
                None
            }
            (None, Some(_)) => {
                mistakes.missing(&at.key("certificate"), "write the certificate of `key`");
                None
            }
        };
        let verification = match self.insecure {
            Switch::On => Verification::Off,
            Switch::Off => Verification::Full,
        };
        let server_name = self.server_name.as_ref().map(|name| name.0.0.clone());
        let tls = SiteTls { ca: file(&self.ca), server_name, client, verification };
        self.check(&tls, at, mistakes);
        tls
    }

    /// Checks what is known without a connection.
    fn check(&self, tls: &SiteTls, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) {
        if let Some(client) = &tls.client
            && let Err(error) = private_file::check(&client.key)
        {
            return mistakes.mistake(
                &at.key("key"),
                Fault::new(error.to_string(), "the key authenticates the gateway to the site: keep it private"),
            );
        }
        if self.insecure == Switch::On && self.ca.is_some() {
            let what = "`true` together with `ca`, which then has no effect";
            mistakes.mistake(&at.key("insecure"), Fault::new(what, "remove one of them"));
        }
        if let Err(error) = tls.config(&RootCertStore::empty()) {
            let key = match error.setting {
                TlsSetting::Ca => "ca",
                TlsSetting::Certificate => "certificate",
                TlsSetting::Key => "key",
            };
            mistakes.mistake(&at.key(key), Fault::new(error.to_string(), "name a valid PEM file for this key"));
        }
        if self.insecure == Switch::On {
            mistakes.warning(
                &at.key("insecure"),
                "the certificate of this site is not verified: anyone on the network in between can impersonate the site \
                 and read everything; name its authority in `ca`",
            );
        }
    }
}

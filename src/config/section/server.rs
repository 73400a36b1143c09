//! `[server]`: sockets, TLS, trusted proxies and limits.

use std::collections::HashSet;
use std::fs::{self, File};

use crate::config::file_mode::readable_by_all;
use crate::config::key_path::KeyPath;
use crate::config::mistake::{Fault, reason};
use crate::config::mistakes::MistakeCollector;
use crate::config::reader::{Count, Switch, Text, section};
use crate::config::value::duration::Span;
use crate::config::value::hsts::Hsts;
use crate::config::value::path::FilePath;
use crate::config::value::size::Size;
use crate::domain::network::{TrustedProxies, TrustedProxy};
use crate::server::{self, Certificate, ListenAddress, ServerError, TlsPair};

section! {
    /// Where and how the gateway listens.
    Server {
        /// Addresses to listen on: `host:port`, or `unix:/path`. The host is an address of this machine or `localhost`
        /// (127.0.0.1); port 0 takes a free one.
        listen: Vec<Text<ListenAddress>> = vec![Text(ListenAddress::Tcp(([127, 0, 0, 1], 8080).into()))],
        /// Certificates and keys in PEM files. If there is one, every TCP address uses TLS; several are selected by the
        /// server name that the client sends.
        tls: Vec<Tls>,
        /// Peers whose `X-Forwarded-*` headers are used: addresses, networks, or `unix` for peers on a unix socket.
        /// Empty by default: anyone else could claim any address in such a header.
        trusted_proxies: Vec<Text<TrustedProxy>>,
        /// Allows sites over plain http on hosts other than this machine. Anyone on the network can then read session
        /// cookies and passwords; only for tests on your own network.
        insecure_http: Switch = Switch::Off,
        /// The Strict-Transport-Security header of the gateway's own answers to visitors over https: `auto`
        /// (`max-age=63072000` if `tls` is set; otherwise nothing, because a proxy that ends TLS should send it, for
        /// the app too), `off`, or its value.
        hsts: Text<Hsts> = Text(Hsts::Auto),
        /// Timeout for a client's first byte, and for a whole request head.
        header_timeout: Text<Span<1, 300>> = Text(Span::seconds(10)),
        /// How long a request body may pause.
        body_timeout: Text<Span<1, 3600>> = Text(Span::seconds(30)),
        /// How long active requests may take to finish after SIGTERM.
        drain_timeout: Text<Span<0, 3600>> = Text(Span::seconds(10)),
        /// The maximum number of connections, and of requests to sites; further ones are answered 503. One address may
        /// use a tenth of what is still free, at least 16 connections and 100 requests. Each connection needs two open
        /// files.
        max_connections: Count<1, 1_000_000> = Count(10_000),
        /// The maximum size of a request head (request line and header fields). A larger one, or one with more than 100
        /// fields, is answered 431.
        max_head: Text<Size<4096, 1_048_576>> = Text(Size(32 << 10)),
    }
}

section! {
    /// A certificate and its key.
    Tls {
        /// PEM file with the certificate and its intermediate certificates, the certificate itself first.
        certificate: Option<Text<FilePath>>,
        /// PEM file with the private key.
        key: Option<Text<FilePath>>,
    }
}

/// Two years, the minimum for browsers to preload a host.
const HSTS: &str = "max-age=63072000";

impl Server {
    pub(super) fn to_settings(&self, mistakes: &mut MistakeCollector<'_>) -> server::Settings {
        self.check_listen(mistakes);
        self.check_proxies(mistakes);
        let at = KeyPath::of("server").key("tls");
        let tls: Vec<TlsPair> = self
            .tls
            .iter()
            .enumerate()
            .filter_map(|(index, pair)| pair.to_settings(&at.index(index), mistakes))
            .collect();
        server::Settings {
            listen: self.listen.iter().map(|address| address.0.clone()).collect(),
            tls,
            trusted_proxies: TrustedProxies::new(self.trusted_proxies.iter().map(|proxy| proxy.0.clone()).collect()),
            header_timeout: self.header_timeout.0.0,
            body_timeout: self.body_timeout.0.0,
            drain_timeout: self.drain_timeout.0.0,
            max_connections: usize::try_from(self.max_connections.0).unwrap_or(usize::MAX),
            max_head: self.max_head.0.0,
        }
    }

    /// The value of the header for answers over https. `None`: it is not sent.
    pub(super) fn hsts(&self) -> Option<String> {
        match &self.hsts.0 {
            Hsts::Auto => (!self.tls.is_empty()).then(|| HSTS.to_owned()),
            Hsts::Off => None,
            Hsts::Value(value) => Some(value.clone()),
        }
    }

    /// Whether no address speaks plain http. A unix socket does, for a proxy that may speak anything to visitors.
    pub(super) fn is_https_only(&self) -> bool {
        let tcp = |address: &Text<ListenAddress>| matches!(address.0, ListenAddress::Tcp(_));
        !self.tls.is_empty() && self.listen.iter().all(tcp)
    }

    fn check_listen(&self, mistakes: &mut MistakeCollector<'_>) {
        let at = KeyPath::of("server").key("listen");
        if self.listen.is_empty() {
            mistakes.missing(&at, "name at least one address");
        }
        // If an element is invalid, the indexes of the others have shifted.
        let judged = mistakes.is_mistaken(&at);
        let mut seen = HashSet::new();
        for (index, Text(address)) in self.listen.iter().enumerate() {
            let free_port = matches!(address, ListenAddress::Tcp(address) if address.port() == 0);
            if !judged && !free_port && !seen.insert(format!("{address:?}")) {
                mistakes.mistake(&at.index(index), Fault::new("this address is listed twice", "remove one of them"));
            }
        }
        let guarded = !self.tls.is_empty() || !self.trusted_proxies.is_empty();
        let exposed = |address: &ListenAddress| match address {
            ListenAddress::Tcp(address) => !address.ip().is_loopback(),
            ListenAddress::Unix(_) => false,
        };
        if self.insecure_http == Switch::On {
            let at = KeyPath::of("server").key("insecure_http");
            mistakes.warning(&at, "passwords and sessions can be read and stolen on the network");
        } else if !guarded && self.listen.iter().any(|address| exposed(&address.0)) {
            mistakes.warning(
                &at,
                "other machines reach this over plain http, where nobody can sign in: set `server.tls`, or \
                 `server.trusted_proxies` to the proxy in front that ends TLS",
            );
        }
    }

    fn check_proxies(&self, mistakes: &mut MistakeCollector<'_>) {
        let at = KeyPath::of("server").key("trusted_proxies");
        for (index, Text(proxy)) in self.trusted_proxies.iter().enumerate() {
            if matches!(proxy, TrustedProxy::Network(network) if network.bits() == 0) {
                mistakes.warning(&at.index(index), "everybody is trusted: any client can claim any address and host");
            }
        }
    }
}

impl Tls {
    fn to_settings(&self, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> Option<TlsPair> {
        let certificate = readable(self.certificate.as_ref(), &at.key("certificate"), mistakes);
        let key = readable(self.key.as_ref(), &at.key("key"), mistakes);
        let pair = TlsPair { certificate: certificate?.0.clone(), key: key?.0.clone() };
        if let Err(error) = Certificate::open(&pair) {
            let of_key = |file: &std::path::Path| file == pair.key;
            let is_key = if let ServerError::Certificate { file, .. } = &error { of_key(file) } else { false };
            let key = if is_key { "key" } else { "certificate" };
            let why = error.to_string();
            let why = why.trim_start_matches("`server.tls`: ");
            mistakes.mistake(
                &at.key(key),
                Fault::new(why, "name a certificate in PEM, and the unencrypted key that belongs to it"),
            );
        }
        if fs::metadata(&pair.key).is_ok_and(|metadata| readable_by_all(&metadata)) {
            let shown = pair.key.display();
            mistakes.warning(
                &at.key("key"),
                format!("everybody on this machine can read {shown}: run `chmod 600 {shown}`"),
            );
        }
        Some(pair)
    }
}

/// The file, if it exists and is readable: reported now instead of at the first handshake.
fn readable<'a>(
    file: Option<&'a Text<FilePath>>,
    at: &KeyPath,
    mistakes: &mut MistakeCollector<'_>,
) -> Option<&'a FilePath> {
    let Some(Text(file)) = file else {
        mistakes.missing(at, "name the PEM file");
        return None;
    };
    let shown = file.0.display();
    let fault = match File::open(&file.0).and_then(|file| file.metadata()) {
        Ok(metadata) if metadata.is_file() => return Some(file),
        Ok(_) => Fault::new(format!("{shown} is not a file"), "name the PEM file"),
        Err(error) => Fault::new(
            format!("the file {shown} cannot be read ({})", reason(&error)),
            "name an existing, readable PEM file",
        ),
    };
    mistakes.mistake(at, fault);
    None
}

//! The connection to the deployment: finds its address, tries its certificate, and sends one request after the other.
//!
//! Every wait has a deadline, and the requests are counted: the load on a deployment stays negligible. The session is
//! sent only if the certificate is valid (or to this machine), and it is never shown.

use std::cell::Cell;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;

use super::super::terminal;
use super::super::wire::{self, Answer, Endpoint, Tls};
use super::deployment::Deployment;
use super::probe_request::ProbeRequest;
use crate::domain::origin::Scheme;
use crate::platform::private_file;
use crate::platform::secret::{ExposeSecret as _, SecretString};

/// The answer, or why there is none.
pub(super) type Heard = Result<Answer, String>;

/// More than the checks send; it stops a check that loops.
pub(super) const MOST_REQUESTS: u32 = 99;

/// The time limit from the connection to the end of the answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// After so many timeouts the deployment is not asked again: each costs [`PATIENCE`].
const MOST_SILENCES: u32 = 5;

/// The value of a session cookie, from `--cookie-file`.
pub(super) struct Session(SecretString);

impl Session {
    /// Reads it from a file that other users cannot read.
    pub(super) fn read(file: Option<&Path>) -> anyhow::Result<Option<Self>> {
        let Some(file) = file else { return Ok(None) };
        let text = String::from_utf8(private_file::read(file)?).ok();
        let text = text.map(|text| text.trim().to_owned());
        let plain = |text: &String| text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b';');
        let value = text.filter(|text| !text.is_empty()).filter(plain);
        let value = value.with_context(|| format!("{} does not contain the value of one cookie", file.display()))?;
        let session = Self(value.into());
        anyhow::ensure!(!session.value().is_empty(), "{} contains a name but no value", file.display());
        Ok(Some(session))
    }

    /// The value of the `Cookie` field.
    pub(super) fn cookie(&self, name: &str) -> SecretString {
        let value = self.value();
        SecretString::from(format!("{name}={value}"))
    }

    /// The secret value. The file may also contain `name=value`, as copied from a browser.
    pub(super) fn value(&self) -> &str {
        let written = self.0.expose_secret();
        match written.split_once('=') {
            Some((name, value)) if name.ends_with("portcullis") => value,
            Some(_) | None => written,
        }
    }
}

/// The trusted authorities: the public ones and those of the file.
pub(super) fn trust(file: Option<&Path>) -> anyhow::Result<Arc<ClientConfig>> {
    Ok(Arc::new(wire::known_authorities(file)?))
}

/// A connection to the deployment, with the request counters.
pub(super) struct Probe {
    pub(super) deployment: Deployment,
    pub(super) session: Option<Session>,
    /// What is wrong with the certificate. `Ok` without TLS.
    pub(super) certificate: Result<(), String>,
    endpoint: Result<Endpoint, String>,
    tls: Tls,
    asked: Cell<u32>,
    silent: Cell<u32>,
}

impl Probe {
    /// Looks the deployment up and tries its certificate. An unreachable deployment is a finding, not an error.
    pub(super) async fn new(
        deployment: Deployment,
        trust: Arc<ClientConfig>,
        session: Option<Session>,
    ) -> anyhow::Result<Self> {
        let name = ServerName::try_from(deployment.host().to_owned()).context("the host is not a valid server name")?;
        let tls = Tls { name, config: trust };
        let mut probe = Self {
            deployment,
            session,
            certificate: Ok(()),
            endpoint: Err(String::new()),
            tls,
            asked: Cell::new(0),
            silent: Cell::new(0),
        };
        probe.endpoint = probe.find().await;
        Ok(probe)
    }

    /// Returns the first address that answers. If its certificate is not valid, the other checks continue without
    /// verification.
    async fn find(&mut self) -> Result<Endpoint, String> {
        let endpoint = match self.deployment.scheme() {
            Scheme::Http => Endpoint::Plain,
            Scheme::Https => Endpoint::Tls,
        };
        let anybody = Tls { config: Arc::new(wire::any_certificate().map_err(text)?), name: self.tls.name.clone() };
        let mut last = "the host has no address".to_owned();
        for address in self.addresses().await? {
            let endpoint = endpoint(address);
            match within(wire::connect(&endpoint, &self.tls)).await {
                Ok(_) => return Ok(endpoint),
                Err(error) if matches!(endpoint, Endpoint::Tls(_)) => {
                    last = error;
                    if within(wire::connect(&endpoint, &anybody)).await.is_ok() {
                        self.certificate = Err(last);
                        self.tls = anybody;
                        return Ok(endpoint);
                    }
                }
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    async fn addresses(&self) -> Result<Vec<SocketAddr>, String> {
        let port = self.deployment.port();
        if let Some(address) = self.deployment.address {
            return Ok(vec![SocketAddr::new(address.ip, address.port.unwrap_or(port))]);
        }
        if self.deployment.is_name_of_this_machine() {
            let both = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
            return Ok(both.map(|ip| SocketAddr::new(ip, port)).to_vec());
        }
        let host = self.deployment.host();
        let found = within(async { Ok(tokio::net::lookup_host((host, port)).await?) }).await;
        found.map(Iterator::collect).map_err(|error| format!("the host {host:?} cannot be looked up: {error}"))
    }

    /// Whether any address answered.
    pub(super) fn reached(&self) -> Result<(), String> {
        self.endpoint.as_ref().map(|_| ()).map_err(Clone::clone)
    }

    /// Why the session is not sent. `None` if it may be.
    pub(super) fn withheld(&self) -> Option<&'static str> {
        let deployment = &self.deployment;
        if self.certificate.is_err() {
            return Some("the session is not sent because the certificate is not valid");
        }
        let open = deployment.scheme() == Scheme::Http && !deployment.is_on_this_machine();
        open.then_some("the session is not sent over plain http")
    }

    /// Sends a request without a session.
    pub(super) async fn ask(&self, request: &ProbeRequest) -> Heard {
        self.send(self.endpoint.clone()?, &self.bytes(request, None)).await
    }

    /// Sends a request with this `Cookie`.
    pub(super) async fn ask_with(&self, request: &ProbeRequest, cookie: &SecretString) -> Heard {
        match self.withheld() {
            Some(why) => Err(why.to_owned()),
            None => self.send(self.endpoint.clone()?, &self.bytes(request, Some(cookie.expose_secret()))).await,
        }
    }

    /// Sends a request with an invalid field name (RFC 9110 §5.1), which no proxy passes on.
    pub(super) async fn ask_malformed(&self) -> Heard {
        let request = ProbeRequest::bare("/").field("no name", "1");
        self.send(self.endpoint.clone()?, &self.bytes(&request, None)).await
    }

    /// Sends a request to port 80 of the same address.
    pub(super) async fn ask_plainly(&self, request: &ProbeRequest) -> Heard {
        match self.endpoint.clone()? {
            Endpoint::Plain(address) | Endpoint::Tls(address) => {
                let plain = Endpoint::Plain(SocketAddr::new(address.ip(), Scheme::Http.port()));
                self.send(plain, &self.bytes(request, None)).await
            }
            Endpoint::Unix(_) => Err("a unix socket has no port".to_owned()),
        }
    }

    fn bytes(&self, request: &ProbeRequest, cookie: Option<&str>) -> Vec<u8> {
        request.bytes(&self.deployment.authority(), &self.deployment.origin(), cookie)
    }

    async fn send(&self, endpoint: Endpoint, request: &[u8]) -> Heard {
        if self.asked.get() >= MOST_REQUESTS || self.silent.get() >= MOST_SILENCES {
            return Err("no further request was sent".to_owned());
        }
        self.asked.set(self.asked.get() + 1);
        let answer = async { wire::ask(wire::connect(&endpoint, &self.tls).await?, request).await };
        let Ok(answer) = tokio::time::timeout(PATIENCE, answer).await else {
            self.silent.set(self.silent.get() + 1);
            return Err(SILENCE.to_owned());
        };
        answer.map_err(text)
    }
}

const SILENCE: &str = "no answer within 10 seconds";

async fn within<T>(work: impl Future<Output = anyhow::Result<T>>) -> Result<T, String> {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(outcome) => outcome.map_err(text),
        Err(_) => Err(SILENCE.to_owned()),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
fn text(error: anyhow::Error) -> String {
    terminal::one_line(&error)
}

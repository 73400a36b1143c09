//! `portcullis health`: asks a running gateway whether it is ready; exit status 0 or 1, for container health checks.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use rustls::pki_types::ServerName;
use url::Url;

use super::runtime::block_on;
use super::wire::{self, Endpoint, Tls};
use super::{configuration, terminal};
use crate::config::settings::Settings;
use crate::server::ListenAddress;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The gateway, or the URL to request. Without a path: /portcullis/health/ready. Default: `/health/ready` below
    /// `portal.path` at the first address of `server.listen`.
    #[arg(long, value_name = "URL")]
    url: Option<Url>,
}

/// The health request.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Request {
    endpoint: Endpoint,
    path: String,
}

impl Request {
    /// Sends the request and returns the status of the answer.
    async fn send(&self) -> anyhow::Result<u16> {
        let (host, name) = match &self.endpoint {
            Endpoint::Plain(address) | Endpoint::Tls(address) => (address.to_string(), ServerName::from(address.ip())),
            Endpoint::Unix(_) => ("localhost".to_owned(), ServerName::from(IpAddr::V4(Ipv4Addr::LOCALHOST))),
        };
        // The certificate is not verified: the request has no secrets, its answer grants nothing, and it is sent on
        // this machine.
        let tls = Tls { name, config: Arc::new(wire::any_certificate()?) };
        let question = format!("GET {} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", self.path);
        Ok(wire::ask(wire::connect(&self.endpoint, &tls).await?, question.as_bytes()).await?.status)
    }
}

/// A gateway that takes longer does not serve people either.
const PATIENCE: Duration = Duration::from_secs(5);

/// The default path.
const READY: &str = "/portcullis/health/ready";

pub(super) fn run(arguments: Arguments, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    let request = match arguments.url {
        Some(url) => of_url(&url)?,
        None => of_settings(&configuration::without_sites(file)?.settings)?,
    };
    let status = block_on(async {
        let answer = tokio::time::timeout(PATIENCE, request.send()).await;
        answer.context("no answer within 5 seconds")?
    })?;
    terminal::print(&format!("{status}\n"))?;
    Ok(if status == 200 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn of_url(url: &Url) -> anyhow::Result<Request> {
    let endpoint = match url.scheme() {
        "http" => Endpoint::Plain,
        "https" => Endpoint::Tls,
        other => bail!("{other:?} is neither http nor https"),
    };
    let host = url.host_str().context("the URL has no host")?.trim_matches(['[', ']']);
    let address = match host {
        "localhost" => IpAddr::V4(Ipv4Addr::LOCALHOST),
        other => other.parse().ok().with_context(|| {
            format!("{other:?} is a host name; give the gateway's address, such as http://127.0.0.1:8080")
        })?,
    };
    let address = SocketAddr::new(address, url.port_or_known_default().context("the URL has no port")?);
    // The gateway's certificate is for the names of its sites, so it cannot be verified for an address. On this machine
    // there is nobody in between; elsewhere the answer could come from anyone.
    anyhow::ensure!(
        url.scheme() == "http" || address.ip().is_loopback(),
        "over https, a gateway can only be checked on its own machine, such as https://127.0.0.1:8443/…"
    );
    let path = if url.path() == "/" { READY } else { url.path() };
    Ok(Request { endpoint: endpoint(address), path: path.to_owned() })
}

fn of_settings(settings: &Settings) -> anyhow::Result<Request> {
    let path = format!("{}/health/ready", settings.web.path);
    let endpoint = match settings.server.listen.first().context("`server.listen` has no address")? {
        ListenAddress::Unix(socket) => Endpoint::Unix(socket.clone()),
        ListenAddress::Tcp(address) if address.port() == 0 => {
            bail!("`server.listen` has port 0: give the address with --url")
        }
        ListenAddress::Tcp(address) if settings.server.tls.is_empty() => Endpoint::Plain(reachable(*address)),
        ListenAddress::Tcp(address) => Endpoint::Tls(reachable(*address)),
    };
    Ok(Request { endpoint, path })
}

/// Replaces an unspecified address (`0.0.0.0`, `::`) with the loopback address.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        IpAddr::V4(_) | IpAddr::V6(_) => address.ip(),
    };
    SocketAddr::new(ip, address.port())
}

#[cfg(test)]
mod tests;

//! How a fault is fixed: exact lines for the proxy in front if its configuration is the cause, otherwise a description.
//! One file for each proxy; a proxy returns `None` if the text of [`general`] is enough.
//!
//! Not taken from `config` by `include_str!`: those files are whole configurations with all names that are removed, and
//! an instruction is the smallest piece that fixes one fault. A test compares the common lines word for word.

mod apache;
mod caddy;
mod envoy;
mod general;
mod haproxy;
mod ingress_nginx;
mod nginx;
mod traefik;

use super::deployment::Deployment;
use super::fix::Fix;
use super::proxy::Proxy;

/// The lines, with this deployment's host and prefix. The addresses are those of the files in `config`:
/// the gateway at port 9091, the app at port 3000.
pub(super) fn lines(fix: Fix, proxy: Option<Proxy>, deployment: &Deployment) -> String {
    if fix == Fix::Believe && proxy != Some(Proxy::None) {
        // Either side may lack its line, and from outside both look the same.
        return format!("{}\n{}", lines(Fix::Original, proxy, deployment), general::lines(fix));
    }
    let lines = match own(fix, proxy) {
        // The proxy may pass the host on and the gateway not know it: from outside both look the same.
        Some(own) if fix == Fix::Host && proxy != Some(Proxy::None) => format!("{own}\n{SITE}"),
        own => own.unwrap_or_else(|| general::lines(fix)).to_owned(),
    };
    lines.replace("PREFIX", &deployment.prefix).replace("HOST", deployment.host())
}

fn own(fix: Fix, proxy: Option<Proxy>) -> Option<&'static str> {
    match proxy {
        Some(Proxy::Nginx) => nginx::lines(fix),
        Some(Proxy::IngressNginx) => ingress_nginx::lines(fix),
        Some(Proxy::Traefik) => traefik::lines(fix),
        Some(Proxy::Caddy) => caddy::lines(fix),
        Some(Proxy::Haproxy) => haproxy::lines(fix),
        Some(Proxy::Envoy) => envoy::lines(fix),
        Some(Proxy::Apache) => apache::lines(fix),
        Some(Proxy::None) => general::without_proxy(fix),
        None => None,
    }
}

const SITE: &str = "# in portcullis.toml\n[[sites]]\nhost = \"HOST\"";

#[cfg(test)]
mod tests;

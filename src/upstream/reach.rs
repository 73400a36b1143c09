//! Reaches one address of a site as the gateway does for a visitor: for whoever examines a configuration.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderValue, Request, StatusCode, Uri, Version, header};
use rustls::RootCertStore;
use tokio::time::timeout;

use crate::upstream::addresses::Addresses;
use crate::upstream::connector::Connector;
use crate::upstream::error::UpstreamError;
use crate::upstream::idle::IdleConnections;
use crate::upstream::settings::{HostPolicy, Settings, SiteUpstream, UpstreamAddress};
use crate::upstream::visitor_body::VisitorBody;

/// How long an app may take for the head of its answer. Nobody waits for a page here, and an app that needs longer is
/// worth a line.
const PATIENCE: Duration = Duration::from_secs(10);

/// One address of a site, and the host that its visitors type.
pub(crate) struct Destination<'a> {
    pub upstream: &'a SiteUpstream,
    pub address: &'a UpstreamAddress,
    /// The visitors' `Host`; `None`: the site has none of its own, and the address stands in.
    pub host: Option<HeaderValue>,
}

/// Connects, with TLS as configured, and sends one request for `/`. Any answer counts: what the app says to a stranger
/// is its own business.
pub(crate) async fn reach(settings: &Settings, to: &Destination<'_>) -> Result<StatusCode, UpstreamError> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let tls = Arc::new(to.upstream.tls.config(&roots)?);
    let connector = Connector::new(tls, to.upstream.tls.server_name.clone(), settings.connect_timeout);
    let only = Addresses::new(std::slice::from_ref(to.address), || IdleConnections::new(Duration::ZERO, 0));
    let chosen = only.next().ok_or_else(|| UpstreamError::Unreachable("the site has no address".to_owned()))?;
    let (mut connection, _) = connector.connect(&only, chosen).await?;
    let host = match (&to.upstream.host, &to.host) {
        (HostPolicy::Name(name), _) => name.clone(),
        (HostPolicy::Keep, Some(host)) => host.clone(),
        (HostPolicy::Keep, None) | (HostPolicy::Upstream, _) => connection.authority().clone(),
    };
    let mut request = Request::new(VisitorBody::none());
    *request.uri_mut() = Uri::try_from(format!("{}/", to.upstream.base_path)).map_err(|_| UpstreamError::Target)?;
    *request.version_mut() = Version::HTTP_11;
    request.headers_mut().insert(header::HOST, host);
    let agent = HeaderValue::from_static(concat!("portcullis/", env!("CARGO_PKG_VERSION")));
    request.headers_mut().insert(header::USER_AGENT, agent);
    request.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    let answer = timeout(settings.response_timeout.min(PATIENCE), connection.send(request)).await;
    let answer = answer.map_err(|_| UpstreamError::TimedOut)?;
    answer.map(|answer| answer.status()).map_err(|failure| UpstreamError::of(failure, connection.address()))
}

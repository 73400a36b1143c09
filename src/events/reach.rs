//! Tries a receiver and sends it no event: for whoever examines a configuration.

use bytes::Bytes;
use http::{HeaderMap, Method};
use tokio::time::Instant;

use crate::delivery::{Call, Outbound, PeerFault, SignInError};
use crate::events::error::EventsError;
use crate::events::settings::{SyslogAddress, SyslogSettings, WebhookSettings};
use crate::events::syslog::Syslog;

/// What a receiver did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reached {
    /// It answered with this status.
    Answered(u16),
    /// It took the connection.
    Connected,
    /// Nothing tells whether anybody listens.
    Unknown,
}

/// Sends a HEAD request. Any answer counts: many receivers answer only to POST.
pub(crate) async fn reach_webhook(settings: &WebhookSettings) -> Result<Reached, SignInError> {
    let outbound = Outbound::new(&settings.extra_roots, settings.timeout)?;
    let call = Call { method: Method::HEAD, url: settings.url.clone(), headers: HeaderMap::new(), body: Bytes::new() };
    match outbound.send(call, Instant::now() + settings.timeout).await {
        Ok(answer) => Ok(Reached::Answered(answer.status.as_u16())),
        Err(failure) => Err(SignInError { fault: failure.fault, reason: failure.reason }),
    }
}

/// Connects, with TLS as configured.
pub(crate) async fn reach_syslog(settings: &SyslogSettings) -> Result<Reached, SignInError> {
    let setup = |error: EventsError| SignInError { fault: PeerFault::Setup, reason: error.to_string() };
    let syslog = Syslog::new(settings).map_err(setup)?;
    match (syslog.reach().await, &settings.address) {
        (Ok(()), SyslogAddress::Udp(..)) => Ok(Reached::Unknown),
        (Ok(()), SyslogAddress::Tcp(..) | SyslogAddress::Tls(..) | SyslogAddress::Unix(_)) => Ok(Reached::Connected),
        (Err(reason), _) => Err(SignInError { fault: PeerFault::Unreachable, reason }),
    }
}

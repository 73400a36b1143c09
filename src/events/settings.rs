//! The settings of `[events]`.

use std::path::PathBuf;
use std::time::Duration;

use url::Url;

use crate::audit::EventPattern;
use crate::domain::host::HostName;
use crate::platform::secret::SecretBytes;

/// The receivers.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    pub(crate) webhooks: Vec<WebhookSettings>,
    pub(crate) syslogs: Vec<SyslogSettings>,
}

/// One `[[events.webhook]]`.
#[derive(Debug, Clone)]
pub(crate) struct WebhookSettings {
    /// The name of its cursor in the store.
    pub name: String,
    /// HTTPS, or HTTP on loopback.
    pub url: Url,
    /// The key of the signature.
    pub secret: SecretBytes,
    /// Which events it gets.
    pub events: Vec<EventPattern>,
    /// Total time for one event.
    pub timeout: Duration,
    /// PEM files of certificate authorities that are trusted in addition to the public ones.
    pub extra_roots: Vec<PathBuf>,
}

/// One `[[events.syslog]]`.
#[derive(Debug, Clone)]
pub(crate) struct SyslogSettings {
    /// The name of its cursor in the store.
    pub name: String,
    /// Where messages go.
    pub address: SyslogAddress,
    /// The facility of each message.
    pub facility: Facility,
    /// HOSTNAME in each message; `None`: the name of this machine.
    pub host_name: Option<HostName>,
    /// Which events it gets.
    pub events: Vec<EventPattern>,
    /// Total time for one batch of messages.
    pub timeout: Duration,
    /// PEM files of certificate authorities that are trusted in addition to the public ones.
    pub extra_roots: Vec<PathBuf>,
}

/// The address of a syslog server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SyslogAddress {
    /// RFC 5426.
    Udp(HostName, u16),
    /// RFC 6587 with octet counting.
    Tcp(HostName, u16),
    /// RFC 5425.
    Tls(HostName, u16),
    /// A datagram socket of this machine, such as `/dev/log`.
    Unix(PathBuf),
}

/// A syslog facility (RFC 5424 §6.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Facility {
    /// `auth`, 4.
    Auth,
    /// `authpriv`, 10.
    AuthPriv,
    /// `local0` to `local7`, 16 to 23, by their last digit.
    Local(u8),
}

impl Facility {
    /// Its number in PRI.
    pub(super) const fn number(self) -> u8 {
        match self {
            Self::Auth => 4,
            Self::AuthPriv => 10,
            Self::Local(digit) => 16 + digit,
        }
    }
}

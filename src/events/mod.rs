//! Floor 5: security events for other systems: webhooks and syslog.
//!
//! Sends each stored event to every configured receiver, in order and at least once, and keeps watch over the chain of the
//! audit trail. Nothing waits for it: it reads the trail from the store, where the backlog is whatever comes after the
//! receiver's cursor, so a receiver that is down costs one row. It writes no event about its own failures, which would be
//! sent and fail in turn; they are in the log. `config` makes its settings, `startup` starts it, `cli/online` tries it.

mod backoff;
mod courier;
mod error;
mod reach;
mod running;
mod settings;
mod sink;
mod syslog;
mod watch;
mod webhook;

pub(crate) use error::EventsError;
pub(crate) use reach::{Reached, reach_syslog, reach_webhook};
pub(crate) use running::Events;
pub(crate) use settings::{Facility, Settings, SyslogAddress, SyslogSettings, WebhookSettings};

//! Syslog (RFC 5424): one message an event.

mod message;
mod transport;

use crate::events::error::EventsError;
use crate::events::settings::SyslogSettings;
use crate::store::EventRow;

use message::Frame;
use transport::Connector;

/// A syslog server.
pub(super) struct Syslog {
    frame: Frame,
    connector: Connector,
}

impl Syslog {
    pub(super) fn new(settings: &SyslogSettings) -> Result<Self, EventsError> {
        let connector = Connector::new(settings)
            .map_err(|error| EventsError::Client { sink: settings.name.clone(), reason: error.0 })?;
        Ok(Self { frame: Frame::of(settings), connector })
    }

    /// Sends all or, as far as can be told, none of these events.
    pub(super) async fn send(&self, rows: &[&EventRow]) -> Result<(), String> {
        if rows.is_empty() {
            return Ok(());
        }
        let messages: Vec<String> = rows.iter().map(|row| self.frame.message(row)).collect();
        self.connector.send(&messages).await
    }

    /// Connects and sends nothing.
    pub(super) async fn reach(&self) -> Result<(), String> {
        self.connector.send(&[]).await
    }
}

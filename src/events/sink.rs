//! A receiver: what it gets, and how.

use std::time::Duration;

use tokio::time::Instant;

use crate::audit::EventPattern;
use crate::events::error::EventsError;
use crate::events::settings::{SyslogSettings, WebhookSettings};
use crate::events::syslog::Syslog;
use crate::events::webhook::Webhook;
use crate::platform::clock::Clock;
use crate::store::EventRow;

/// One configured receiver.
pub(super) struct Sink {
    pub(super) name: String,
    /// The longest time that one step takes.
    pub(super) timeout: Duration,
    events: Vec<EventPattern>,
    transport: Transport,
}

enum Transport {
    Webhook(Webhook),
    Syslog(Syslog),
}

/// What became of a page of events.
pub(super) struct Delivered {
    /// The last event that the receiver has, or does not want.
    pub(super) until: i64,
    /// Why it went no further, in one line.
    pub(super) failure: Option<String>,
}

impl Sink {
    pub(super) fn webhook(settings: &WebhookSettings) -> Result<Self, EventsError> {
        Ok(Self {
            name: settings.name.clone(),
            timeout: settings.timeout,
            events: settings.events.clone(),
            transport: Transport::Webhook(Webhook::new(settings)?),
        })
    }

    pub(super) fn syslog(settings: &SyslogSettings) -> Result<Self, EventsError> {
        Ok(Self {
            name: settings.name.clone(),
            timeout: settings.timeout,
            events: settings.events.clone(),
            transport: Transport::Syslog(Syslog::new(settings)?),
        })
    }

    /// Sends the events of a page that the receiver wants, oldest first, until `end`: then the step that is under way is the
    /// last.
    pub(super) async fn deliver(&self, page: &[EventRow], clock: &Clock, end: Instant) -> Delivered {
        let before = page.first().map_or(0, |row| row.id - 1);
        match &self.transport {
            Transport::Webhook(webhook) => {
                let mut until = before;
                for row in page {
                    if self.wants(row)
                        && let Err(failure) = webhook.send(row, clock.now()).await
                    {
                        return Delivered { until, failure: Some(failure) };
                    }
                    until = row.id;
                    if Instant::now() >= end {
                        break;
                    }
                }
                Delivered { until, failure: None }
            }
            Transport::Syslog(syslog) => {
                let wanted: Vec<&EventRow> = page.iter().filter(|row| self.wants(row)).collect();
                let last = page.last().map_or(before, |row| row.id);
                match syslog.send(&wanted).await {
                    Ok(()) => Delivered { until: last, failure: None },
                    Err(failure) => Delivered { until: before, failure: Some(failure) },
                }
            }
        }
    }

    fn wants(&self, row: &EventRow) -> bool {
        self.events.iter().any(|pattern| pattern.matches(&row.event.name))
    }
}

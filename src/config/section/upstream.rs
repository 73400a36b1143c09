//! `[upstream]`: timeouts and connection pool.

use crate::config::reader::{Count, Text, section};
use crate::config::value::duration::Span;
use crate::upstream;

section! {
    /// Connections to protected sites.
    Upstream {
        /// Timeout for connecting to a site.
        connect_timeout: Text<Span<1, 60>> = Text(Span::seconds(5)),
        /// Timeout for the head of a site's answer.
        response_timeout: Text<Span<1, 3600>> = Text(Span::seconds(60)),
        /// How long an unused connection is kept open.
        idle_timeout: Text<Span<1, 3600>> = Text(Span::seconds(30)),
        /// How many unused connections are kept for each address of a site. A server that uses a process per connection
        /// needs a lower number.
        max_idle_connections: Count<0, 100_000> = Count(1024),
    }
}

impl Upstream {
    /// The settings without the sites, which come from `[[sites]]`.
    pub(super) fn to_settings(&self) -> upstream::Settings {
        upstream::Settings {
            sites: Vec::new(),
            connect_timeout: self.connect_timeout.0.0,
            response_timeout: self.response_timeout.0.0,
            idle_timeout: self.idle_timeout.0.0,
            max_idle_connections: usize::try_from(self.max_idle_connections.0).unwrap_or(usize::MAX),
        }
    }
}

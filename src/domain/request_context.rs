//! The facts of one request.

use crate::domain::client::ClientAddress;
use crate::domain::host::HostName;
use crate::domain::identifier::RequestId;
use crate::domain::origin::Origin;
use crate::domain::site::SiteId;
use crate::platform::clock::Timestamp;

/// The facts of one request, as received or as another proxy asks about it. Made once, in `server/receive` or in
/// `authz`, and lent to whatever handles the request. A request has one `now`: everything that it does is judged and
/// recorded at the time its head arrived. Its body may follow up to a minute later (`server/router`): waits are counted
/// between arrivals, and what such a request earns (a code, a hand-over token) is that much closer to its end.
#[derive(Debug, Clone)]
pub(crate) struct RequestContext {
    /// Identifies the request in the log, the audit trail and on error pages.
    pub id: RequestId,
    /// When the request head arrived.
    pub now: Timestamp,
    /// Client address, as seen by the outermost trusted proxy.
    pub client: ClientAddress,
    /// The origin in the visitor's address bar.
    pub origin: Origin,
    /// The protected site; `None` on the portal's own host, which protects nothing.
    pub site: Option<SiteId>,
    /// The host of `origin`, if the configuration names it. Only such a host may appear in a message to a person; any
    /// other host is an unchecked claim of the request.
    pub configured_host: Option<HostName>,
}

impl RequestContext {
    /// The host of the origin, without port.
    pub(crate) const fn host(&self) -> &HostName {
        self.origin.authority().host()
    }
}

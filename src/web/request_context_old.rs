//! One request as `server/receive` understood it, or as another proxy asks about it (`authz`).

use std::sync::Arc;

use crate::audit::Scene;
use crate::domain::client::ClientAddress;
use crate::domain::host::HostName;
use crate::domain::identifier::RequestId;
use crate::domain::origin::Origin;
use crate::login::{Attempt, DeviceClaim};
use crate::platform::clock::Timestamp;
use crate::policy::Site;

/// Who came, from where, to which site. Handlers find it among the request's extensions.
#[derive(Debug, Clone)]
pub struct Visit {
    /// Names this request in the log and on error pages.
    pub request: RequestId,
    /// When it came.
    pub now: Timestamp,
    /// From where.
    pub client: ClientAddress,
    /// The origin in the visitor's address bar.
    pub here: Origin,
    /// The site; `None` on the host of the portal alone, which is no protected site.
    pub site: Option<Arc<Site>>,
}

/// An extension of an answer with a form: the origin that the form's redirect leads to, for `form-action` (a browser
/// applies it to the redirect after a POST as well).
#[derive(Debug, Clone)]
pub struct FormReturn(pub Origin);

impl Visit {
    /// The host, without port.
    pub const fn host(&self) -> &HostName {
        self.here.authority().host()
    }

    /// The visit as `login` sees it.
    pub fn attempt(&self, device: Option<DeviceClaim>) -> Attempt {
        Attempt {
            request: self.request,
            client: self.client,
            here: self.here.clone(),
            configured_host: self.configured_host(),
            device,
        }
    }

    /// The host, where the configuration names it: nothing that reaches a person may hang on a host that only the
    /// request names. The portal's own host is named by `portal.url`.
    fn configured_host(&self) -> Option<String> {
        let named = match &self.site {
            Some(site) => site.configured_host(self.host()),
            None => Some(self.host()),
        };
        named.map(ToString::to_string)
    }

    /// The visit as `audit` sees it.
    pub const fn scene(&self) -> Scene {
        Scene { at: self.now, client: self.client, request: self.request, account: None }
    }
}

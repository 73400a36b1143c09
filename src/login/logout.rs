//! Logging out.

use crate::audit::{Audit, Event, ForgettingReason, ForgottenBrowsers};
use crate::domain::identifier::{AccountId, DeviceId, SessionId};
use crate::domain::request_context::RequestContext;
use crate::login::outcome::{LogOut, LoginError};
use crate::login::parts::Login;
use crate::login::remember::forgotten;
use crate::registry::Registry;
use crate::store::{ForgottenBrowser, SessionEnd};

/// What becomes of a remembered browser when its person logs out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BrowserAfterwards {
    Unchanged,
    /// The browser in which the session began.
    Forgotten(DeviceId),
}

impl Login {
    /// Ends the session. When this returns, a copied cookie no longer works on this instance, even if the store failed.
    /// It stops working on other instances within a second of the write to the store. [`BrowserAfterwards::Forgotten`]
    /// forgets the browser in the same write, even if the session has ended meanwhile.
    pub(crate) async fn log_out(
        &self,
        context: &RequestContext,
        session: SessionId,
        account: AccountId,
        browser: BrowserAfterwards,
    ) -> Result<LogOut, LoginError> {
        let forgets = match browser {
            BrowserAfterwards::Unchanged => None,
            BrowserAfterwards::Forgotten(device) => {
                let browsers = ForgottenBrowsers::One(device);
                let event = forgotten(context, account, browsers, ForgettingReason::Request);
                Some(ForgottenBrowser { account, device, event })
            }
        };
        let event = Audit::row(&Event::SessionEnded { session }, context, Some(account));
        let end = SessionEnd { session, event, forgets };
        let login = self.clone();
        // Spawned so that it completes even if the visitor disconnects: the server then drops the request, and a
        // log-out must not stop halfway. Each log-out needs a live session, which bounds the work that disconnecting
        // clients can cause.
        let work = tokio::spawn(async move {
            let registry = &login.parts.registry;
            match login.parts.store.end_session(&end).await {
                Ok(ended) => {
                    end.stored(ended).for_each(Audit::log);
                    registry.end_session(session);
                    Ok(LogOut::Written)
                }
                Err(failure) => {
                    registry.end_unwritten(end);
                    Registry::report_unwritten(session, &failure);
                    Ok(LogOut::InMemory)
                }
            }
        });
        work.await.map_err(|_| LoginError::Broken)?
    }
}

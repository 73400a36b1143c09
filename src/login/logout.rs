//! Logging out.

use crate::audit::{Audit, Event};
use crate::domain::identifier::{AccountId, SessionId};
use crate::domain::request_context::RequestContext;
use crate::login::outcome::{LogOut, LoginError};
use crate::login::parts::Login;
use crate::registry::Registry;

impl Login {
    /// Ends the session. When this returns, a copied cookie no longer works on this instance, even if the store failed.
    /// It stops working on other instances within a second of the write to the store.
    pub(crate) async fn log_out(
        &self,
        context: &RequestContext,
        session: SessionId,
        account: AccountId,
    ) -> Result<LogOut, LoginError> {
        let event = Audit::row(&Event::SessionEnded { session }, context, Some(account));
        let login = self.clone();
        // Spawned so that it completes even if the visitor disconnects: the server then drops the request, and a
        // log-out must not stop halfway. Each log-out needs a live session, which bounds the work that disconnecting
        // clients can cause.
        let work = tokio::spawn(async move {
            let registry = &login.parts.registry;
            match login.parts.store.end_session(session, &event).await {
                Ok(ended) => {
                    if ended {
                        Audit::log(&event);
                    }
                    registry.end_session(session);
                    Ok(LogOut::Written)
                }
                Err(failure) => {
                    registry.end_unwritten(session, event);
                    Registry::report_unwritten(session, &failure);
                    Ok(LogOut::InMemory)
                }
            }
        });
        work.await.map_err(|_| LoginError::Broken)?
    }
}

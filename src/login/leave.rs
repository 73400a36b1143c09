//! The log-out.

use crate::audit::{Audit, Event};
use crate::domain::identifier::{AccountId, SessionId};
use crate::login::Login;
use crate::login::outcome::{Attempt, LoginError};

impl Login {
    /// Ends the session. When this returns, a copied cookie is dead here; on other instances within a second.
    pub async fn log_out(&self, attempt: &Attempt, session: SessionId, account: AccountId) -> Result<(), LoginError> {
        let scene = self.scene(attempt).of(account);
        let event = Audit::row(&Event::SessionEnded { session }, &scene);
        let login = self.clone();
        Self::to_the_end(async move {
            if login.parts.store.end_session(session, &event).await? {
                Audit::log(&event);
            }
            login.parts.directory.end_session(session);
            Ok(())
        })
        .await
    }
}

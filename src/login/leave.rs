//! Leaving: the log-out, and a sign-in that is given up.

use crate::audit::{Audit, Event};
use crate::domain::identifier::{AccountId, SessionId, SignInId};
use crate::login::Login;
use crate::login::outcome::{Attempt, LoginError};

impl Login {
    /// Ends the session. When this returns, a copied cookie is dead here; on other instances within a second.
    pub async fn log_out(&self, attempt: &Attempt, session: SessionId, account: AccountId) -> Result<(), LoginError> {
        let scene = self.scene(attempt).of(account);
        let event = Audit::row(&Event::SessionEnded { session }, &scene);
        if self.parts.store.end_session(session, &event).await? {
            Audit::log(&event);
        }
        self.parts.directory.end_session(session);
        Ok(())
    }

    /// Ends a sign-in under way; its code is dead.
    pub async fn abandon(&self, attempt: &Attempt, id: SignInId) -> Result<(), LoginError> {
        let scene = self.scene(attempt);
        if let Some(sign_in) = self.parts.store.sign_in(id, scene.at).await? {
            self.parts.store.close_sign_in(id).await?;
            self.parts.audit.record(&Event::SignInOver { reason: "abandoned" }, &scene.of(sign_in.account)).await;
        }
        Ok(())
    }
}

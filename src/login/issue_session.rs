//! The only place where a session is made, and what the browser is given for it.

use crate::audit::Scene;
use crate::domain::assurance::Assurance;
use crate::domain::identifier::{AccountId, DeviceId, SessionId};
use crate::domain::method::CodeMethod;
use crate::keys::Purpose;
use crate::login::Login;
use crate::login::outcome::{Aim, Attempt, LoginError, SignedIn};
use crate::platform::clock::Timestamp;
use crate::platform::random::Random;
use crate::session::cookies::Scope;
use crate::session::sealed;
use crate::store::SessionRow;

impl Login {
    /// A session that begins now, with the second factor that was given, if one was.
    pub(super) fn new_session(
        &self,
        attempt: &Attempt,
        account: AccountId,
        method: Option<CodeMethod>,
        scene: &Scene,
        random: &mut Random,
    ) -> Result<SessionRow, LoginError> {
        let scope = self.scope(attempt);
        Ok(SessionRow {
            id: SessionId::draw(random)?,
            account,
            assurance: if method.is_some() { Assurance::TwoFactor } else { Assurance::OneFactor },
            method,
            created_at: scene.at,
            authenticated_at: scene.at,
            last_used_at: scene.at,
            expires_at: self.parts.lifetimes.end_of_session(scene.at),
            client: attempt.client.network(),
            home: Some(*scope.audience()),
        })
    }

    /// The browser, known or new.
    pub(super) async fn device(
        &self,
        attempt: &Attempt,
        account: AccountId,
        random: &mut Random,
    ) -> Result<DeviceId, LoginError> {
        match self.known_device(attempt, account).await? {
            Some(device) => Ok(device),
            None => Ok(DeviceId::draw(random)?),
        }
    }

    /// What the browser is given.
    pub(super) fn signed_in(
        &self,
        attempt: &Attempt,
        aim: Aim,
        (session, account, device): (SessionId, AccountId, Option<DeviceId>),
        now: Timestamp,
    ) -> SignedIn {
        SignedIn {
            session_cookie: self.session_cookie(attempt, session, now),
            device_cookie: device.map(|device| self.device_cookie(attempt, account, device, now)),
            return_to: aim.return_to,
            session,
            nonce: aim.nonce,
        }
    }

    /// The cookie of the host in the visitor's address bar.
    pub(super) fn session_cookie(&self, attempt: &Attempt, session: SessionId, now: Timestamp) -> String {
        let scope = self.scope(attempt);
        sealed::seal(&self.parts.keys, Purpose::SessionCookie, session.as_bytes(), scope.audience(), now)
    }

    fn scope(&self, attempt: &Attempt) -> Scope {
        Scope::new(&attempt.here, self.parts.cookie_domain.as_ref())
    }
}

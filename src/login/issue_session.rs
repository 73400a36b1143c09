//! The only place where sessions are created, with the cookies that the browser gets for them.

use crate::domain::assurance::Assurance;
use crate::domain::factor_kind::FactorKind;
use crate::domain::identifier::{AccountId, DeviceId, SessionId};
use crate::domain::request_context::RequestContext;
use crate::keys::Purpose;
use crate::login::device::DeviceClaim;
use crate::login::intent::LoginIntent;
use crate::login::outcome::{LoginError, SignedIn};
use crate::login::parts::Login;
use crate::platform::random::Random;
use crate::session::cookies::Scope;
use crate::session::sealed;
use crate::store::{BrowserCookie, SessionRow};

/// An issued session and its account.
pub(super) struct Issued {
    pub(super) session: SessionId,
    pub(super) account: AccountId,
    /// The browser's cookie from now on. `None` if the browser is not known and does not become known, or showed a cookie
    /// that is not its newest one.
    pub(super) cookie: Option<BrowserCookie>,
}

impl Login {
    /// A session that begins now. `method` is the second factor that was given; `None` makes a one-factor session.
    pub(super) fn new_session(
        &self,
        context: &RequestContext,
        account: AccountId,
        method: Option<FactorKind>,
        random: &mut Random,
    ) -> Result<SessionRow, LoginError> {
        let scope = self.scope(context);
        Ok(SessionRow {
            id: SessionId::draw(random)?,
            account,
            assurance: if method.is_some() { Assurance::TwoFactor } else { Assurance::OneFactor },
            method,
            created_at: context.now,
            authenticated_at: context.now,
            last_used_at: context.now,
            expires_at: self.parts.lifetimes.end_of_session(context.now),
            client: context.client.network(),
            home: Some(*scope.audience()),
            device: None,
        })
    }

    /// The device of a known browser, or a new one.
    pub(super) async fn device(
        &self,
        context: &RequestContext,
        device: Option<&DeviceClaim>,
        account: AccountId,
        random: &mut Random,
    ) -> Result<DeviceId, LoginError> {
        match self.known_device(context, device, account).await? {
            Some(device) => Ok(device),
            None => Ok(DeviceId::draw(random)?),
        }
    }

    /// The cookies and the intent for the browser.
    pub(super) fn signed_in(&self, context: &RequestContext, issued: &Issued, intent: LoginIntent) -> SignedIn {
        let Issued { session, account, cookie } = *issued;
        SignedIn {
            session_cookie: self.session_cookie(context, session),
            device_cookie: cookie.map(|cookie| self.device_cookie(context, account, cookie)),
            session,
            intent,
        }
    }

    /// The value of the session cookie for the host in the visitor's address bar.
    pub(super) fn session_cookie(&self, context: &RequestContext, session: SessionId) -> String {
        let scope = self.scope(context);
        sealed::seal(&self.parts.keys, Purpose::SessionCookie, session.as_bytes(), scope.audience(), context.now)
    }

    fn scope(&self, context: &RequestContext) -> Scope {
        Scope::new(&context.origin, self.parts.cookie_domain.as_ref())
    }
}

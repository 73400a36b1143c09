//! Carries a session from the portal to another host, for which the portal cannot set a cookie.
//!
//! The other host stores a nonce in the browser and redirects it to the portal with the nonce's hash. The portal
//! returns a token that is valid once, for one minute, for that origin, that hash and that session. A token intercepted
//! on its way is useless: only the visitor's browser has the nonce, and the token is spent the first time it is
//! presented, by anyone. An attacker cannot sign a victim in to the attacker's session either, because the victim's
//! browser does not have the nonce that the attacker's token requires.
//!
//! The token travels in the URL of a GET. A form that posts it would need inline script or one more click, and the
//! browser would not send the nonce with it where portal and site are different sites (`SameSite=Lax`).

use std::time::Duration;

use crate::audit::{Audit, Event};
use crate::domain::identifier::{HandoverId, SessionId, SignInId};
use crate::domain::request_context::RequestContext;
use crate::domain::return_target::ReturnTarget;
use crate::keys::{self, Purpose};
use crate::login::outcome::{LoginError, RedeemedHandover};
use crate::login::parts::Login;
use crate::session::sealed;
use crate::store::{Handover, HandoverBrowser, SpentHandover};

/// A redirect takes a second; one minute allows for a slow network.
const TOKEN_LIFETIME: Duration = Duration::from_mins(1);

impl Login {
    /// Issues the token for the host of `to`. `None` if the session has ended meanwhile.
    pub(crate) async fn hand_over(
        &self,
        context: &RequestContext,
        session: SessionId,
        nonce: [u8; 32],
        to: &ReturnTarget,
    ) -> Result<Option<String>, LoginError> {
        let now = context.now;
        let audience = keys::audience(&to.origin().to_string());
        let id = HandoverId::draw(&mut self.parts.random.clone())?;
        let handover =
            Handover { id, session, audience, nonce, return_to: to.url(), expires_at: now.plus(TOKEN_LIFETIME) };
        let written = self.parts.store.insert_handover(&handover).await?;
        let token = || sealed::seal(&self.parts.keys, Purpose::HandOver, id.as_bytes(), &audience, now);
        Ok(written.then(token))
    }

    /// Redeems a token on this host, in the browser that holds `nonce`. `None` if the token is forged, spent, expired,
    /// or issued for another origin or browser.
    pub(crate) async fn redeem_handover(
        &self,
        context: &RequestContext,
        token: &str,
        nonce: Option<SignInId>,
    ) -> Result<Option<RedeemedHandover>, LoginError> {
        let audience = keys::audience(&context.origin.to_string());
        let opened = sealed::open(&self.parts.keys, Purpose::HandOver, &audience, token.as_bytes());
        let Some(id) = opened.map(|opened| HandoverId::from_bytes(opened.id)) else { return Ok(None) };
        let told = |spent: &SpentHandover| {
            let session = spent.session;
            let host = context.origin.authority().host().to_string();
            let event = match spent.browser {
                HandoverBrowser::Same => Event::HandedOver { session, host },
                HandoverBrowser::Other => Event::HandOverRefused { session, host },
            };
            Audit::row(&event, context, Some(spent.account))
        };
        let nonce = nonce.map(|nonce| keys::nonce_hash(nonce.as_bytes()));
        let spent = self.parts.store.spend_handover(id, &audience, nonce.as_ref(), told, context.now).await?;
        let Some(spent) = spent else { return Ok(None) };
        Audit::log(&told(&spent));
        if spent.browser == HandoverBrowser::Other {
            return Ok(None);
        }
        Ok(Some(RedeemedHandover {
            session_cookie: self.session_cookie(context, spent.session),
            return_to: ReturnTarget::kept(&spent.return_to, &context.origin),
        }))
    }
}

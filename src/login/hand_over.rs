//! A session carried from the portal to another host, whose browser cookie it cannot set.
//!
//! The other host leaves a nonce in the browser and sends it to the portal with the nonce's hash; the portal answers with
//! a token that counts once, for a minute, for that host, that hash and that session. A token that somebody reads on its
//! way opens nothing: the nonce is in the visitor's browser alone. And nobody can be signed in to a stranger's session:
//! his browser never left the nonce that the stranger's token asks for.

use std::time::Duration;

use crate::audit::{Audit, Event};
use crate::domain::identifier::{HandoverId, SessionId, SignInId};
use crate::domain::return_target::ReturnTarget;
use crate::keys::{self, Purpose};
use crate::login::Login;
use crate::login::outcome::{Arrived, Attempt, LoginError};
use crate::platform::random::Random;
use crate::session::sealed;
use crate::store::{Handover, SpentHandover};

/// A redirect takes a second; a minute bears a slow network.
const TOKEN_LIFETIME: Duration = Duration::from_mins(1);

impl Login {
    /// The token for the host of `to`. `None`: the session has ended meanwhile.
    pub async fn hand_over(
        &self,
        session: SessionId,
        nonce: [u8; 32],
        to: &ReturnTarget,
    ) -> Result<Option<String>, LoginError> {
        let now = self.parts.clock.now();
        let audience = keys::audience(to.origin().authority().host().as_str());
        let id = HandoverId::draw(&mut Random::system())?;
        let handover =
            Handover { id, session, audience, nonce, return_to: to.url(), expires_at: now.plus(TOKEN_LIFETIME) };
        let written = self.parts.store.insert_handover(&handover).await?;
        let token = || sealed::seal(&self.parts.keys, Purpose::HandOver, id.as_bytes(), &audience, now);
        Ok(written.then(token))
    }

    /// The session that a token carries here, in the browser that holds `nonce`. `None`: the token is forged, spent, too
    /// old, or for another host or browser.
    pub async fn arrive(&self, attempt: &Attempt, token: &str, nonce: SignInId) -> Result<Option<Arrived>, LoginError> {
        let scene = self.scene(attempt);
        let host = attempt.here.authority().host();
        let audience = keys::audience(host.as_str());
        let opened = sealed::open(&self.parts.keys, Purpose::HandOver, &audience, token.as_bytes());
        let Some(id) = opened.map(|opened| HandoverId::from_bytes(opened.id)) else { return Ok(None) };
        let told = |spent: &SpentHandover| {
            let event = Event::HandedOver { session: spent.session, host: host.to_string() };
            Audit::row(&event, &scene.of(spent.account))
        };
        let nonce = keys::nonce_hash(nonce.as_bytes());
        let spent = self.parts.store.spend_handover(id, &audience, &nonce, told, scene.at).await?;
        let Some(spent) = spent else { return Ok(None) };
        Audit::log(&told(&spent));
        Ok(Some(Arrived {
            session_cookie: self.session_cookie(attempt, spent.session, scene.at),
            return_to: ReturnTarget::kept(&spent.return_to, &attempt.here),
        }))
    }
}

//! Browsers that have signed in before.
//!
//! A device cookie earns nothing but a failure counter of its own, so that strangers who guess at an account do not
//! make its owner wait. It is bound to one account and one host: signing in to one account gives no
//! spare counter for another.

use crate::domain::identifier::{AccountId, DeviceId};
use crate::domain::request_context::RequestContext;
use crate::keys::{self, Purpose};
use crate::login::outcome::LoginError;
use crate::login::parts::Login;
use crate::session::sealed;
use crate::throttle::Subject;

/// The value of a device cookie as it came, unchecked: only with an account does it mean anything.
#[derive(Debug, Clone)]
pub(crate) struct DeviceClaim(String);

impl DeviceClaim {
    /// What the browser sent.
    pub(crate) const fn new(value: String) -> Self {
        Self(value)
    }
}

impl Login {
    /// Whose counter an attempt on this account belongs to.
    pub(super) async fn subject(
        &self,
        context: &RequestContext,
        device: Option<&DeviceClaim>,
        account: AccountId,
    ) -> Result<Subject, LoginError> {
        Ok(match self.known_device(context, device, account).await? {
            Some(device) => Subject::Known(account, device),
            None => Subject::Account(account),
        })
    }

    /// The device, if this browser has signed in to this very account here before.
    pub(super) async fn known_device(
        &self,
        context: &RequestContext,
        device: Option<&DeviceClaim>,
        account: AccountId,
    ) -> Result<Option<DeviceId>, LoginError> {
        let Some(claim) = device else { return Ok(None) };
        let bound_to = bound_to(context, account);
        let opened = sealed::open(&self.parts.keys, Purpose::DeviceCookie, &bound_to, claim.0.as_bytes());
        let Some(device) = opened.map(|opened| DeviceId::from_bytes(opened.id)) else { return Ok(None) };
        let known = self.parts.store.knows_device(account, device).await?;
        Ok(known.then_some(device))
    }

    /// The cookie that makes this browser known.
    pub(super) fn device_cookie(&self, context: &RequestContext, account: AccountId, device: DeviceId) -> String {
        let bound_to = bound_to(context, account);
        sealed::seal(&self.parts.keys, Purpose::DeviceCookie, device.as_bytes(), &bound_to, context.now)
    }
}

fn bound_to(context: &RequestContext, account: AccountId) -> [u8; 16] {
    keys::audience(&format!("{} {}", account.to_hex(), context.origin.authority().host()))
}

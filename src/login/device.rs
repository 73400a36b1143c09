//! Browsers that have signed in before.
//!
//! A device cookie only gives a browser its own failure counter, so that strangers who guess at an account do not make
//! its owner wait. It is bound to one account and one host: signing in to one account gives no extra counter for
//! another.

use crate::domain::identifier::{AccountId, DeviceId};
use crate::domain::request_context::RequestContext;
use crate::keys::{self, Purpose};
use crate::login::outcome::LoginError;
use crate::login::parts::Login;
use crate::session::sealed;
use crate::throttle::Subject;

/// The unchecked value of a device cookie. It can only be checked together with an account.
#[derive(Debug, Clone)]
pub(crate) struct DeviceClaim(String);

impl DeviceClaim {
    /// Wraps the value that the browser sent.
    pub(crate) const fn new(value: String) -> Self {
        Self(value)
    }
}

impl Login {
    /// The counter that an attempt on this account belongs to.
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

    /// The device, if this browser has signed in to this account on this host before.
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

    /// The value of the cookie that makes this browser known.
    pub(super) fn device_cookie(&self, context: &RequestContext, account: AccountId, device: DeviceId) -> String {
        let bound_to = bound_to(context, account);
        sealed::seal(&self.parts.keys, Purpose::DeviceCookie, device.as_bytes(), &bound_to, context.now)
    }
}

fn bound_to(context: &RequestContext, account: AccountId) -> [u8; 16] {
    keys::audience(&format!("{} {}", account.to_hex(), context.origin.authority().host()))
}

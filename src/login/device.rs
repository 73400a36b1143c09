//! Browsers that have signed in before.
//!
//! A device cookie gives a browser its own failure counter, so that strangers who guess at an account do not make its
//! owner wait. Where the person asked for it, it also skips the second factor ([`super::remember`]). It is bound to one
//! account and to the host or domain that our cookies belong to: signing in to one account gives no extra counter for
//! another, and skips nothing.

use crate::domain::identifier::{AccountId, DeviceId};
use crate::domain::request_context::RequestContext;
use crate::keys::{self, Purpose};
use crate::login::outcome::LoginError;
use crate::login::parts::Login;
use crate::session::{cookies, sealed};
use crate::store::BrowserCookie;
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
        let Some(shown) = self.unsealed_device(context, device, account) else { return Ok(None) };
        let known = self.parts.store.knows_device(account, shown.device).await?;
        Ok(known.then_some(shown.device))
    }

    /// The content of the cookie, if we issued it for this account and host.
    pub(super) fn unsealed_device(
        &self,
        context: &RequestContext,
        device: Option<&DeviceClaim>,
        account: AccountId,
    ) -> Option<BrowserCookie> {
        let bound_to = self.bound_to(context, account);
        let opened = sealed::open(&self.parts.keys, Purpose::DeviceCookie, &bound_to, device?.0.as_bytes())?;
        Some(BrowserCookie { device: DeviceId::from_bytes(opened.id), issued_at: opened.issued_at })
    }

    /// The value of the cookie that makes this browser known. Its time is the one in the store, not the clock's: only
    /// that one is later than in every cookie before.
    pub(super) fn device_cookie(&self, context: &RequestContext, account: AccountId, cookie: BrowserCookie) -> String {
        let bound_to = self.bound_to(context, account);
        let BrowserCookie { device, issued_at } = cookie;
        sealed::seal(&self.parts.keys, Purpose::DeviceCookie, device.as_bytes(), &bound_to, issued_at)
    }

    fn bound_to(&self, context: &RequestContext, account: AccountId) -> [u8; 16] {
        let holder = cookies::holder(&context.origin, self.parts.cookie_domain.as_ref());
        keys::audience(&format!("{} {holder}", account.to_hex()))
    }
}

//! Remembered browsers: after a code was given in a browser, the second factor is skipped in it for a while, if the person
//! asked for it and `session.remember_device` allows it.
//!
//! The password is still required, and a rule with `fresh_within` still asks for a code: the session counts as
//! authenticated at the time when the code was given. The mark belongs to one account and one device cookie. Every
//! completed sign-in replaces that cookie, and only the newest one skips the factor. An earlier one, shown with the right
//! password, means that somebody holds a copy (RFC 9700 §4.14.2 treats refresh tokens in the same way): the browser is
//! forgotten. Only a code makes the browser with an earlier cookie the one with the newest again; the password alone,
//! where a rule requires no more, opens a session without a new cookie. Which cookie is newer is decided by the store, one
//! write after the other, and not by the clock: each cookie carries a later time than all before it. The identifier in the
//! cookie stays the same, because the failure counters of codes belong to it: with a new one at each sign-in, a copied
//! cookie would give new guesses each time.

use std::time::Duration;

use tracing::warn;

use crate::audit::{Audit, Event, ForgettingReason, ForgottenBrowsers, SecondFactor};
use crate::domain::assurance::Assurance;
use crate::domain::identifier::{AccountId, DeviceId, SessionId};
use crate::domain::request_context::RequestContext;
use crate::login::choice::{Forgetting, RememberChoice};
use crate::login::device::DeviceClaim;
use crate::login::intent::LoginIntent;
use crate::login::issue_session::Issued;
use crate::login::outcome::{LoginError, SignedIn};
use crate::login::parts::Login;
use crate::login::password::Right;
use crate::platform::clock::{SKEW, Timestamp};
use crate::platform::telemetry::GATEWAY;
use crate::policy::Evidence;
use crate::store::{
    BrowserClaim, BrowserCookie, BrowserMark, OpenedRemembered, RememberedBrowsers, SessionRow, SignIn,
};

/// The browsers in which the owner of a session need not give a code.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Remembered {
    /// Until when this browser, in which the session began, is remembered; `None`: it is not.
    pub until: Option<Timestamp>,
    /// The number of other browsers.
    pub others: u64,
}

impl Login {
    /// For how long the code page of this sign-in offers to remember the browser. `None`: it does not. Where a rule wants
    /// a fresh factor, the offer would promise what the rule does not keep.
    pub(super) async fn remember_offer(&self, sign_in: &SignIn) -> Result<Option<Duration>, LoginError> {
        let (Some(period), Some(session)) = (self.parts.remember_device, sign_in.session) else {
            return Ok(self.parts.remember_device);
        };
        let live = self.parts.registry.session(session).await?;
        Ok(live.filter(|live| live.row().assurance == Assurance::OneFactor).map(|_| period))
    }

    /// What a right code does to the mark of the browser.
    pub(super) fn mark(
        &self,
        context: &RequestContext,
        sign_in: &SignIn,
        browser: DeviceId,
        session: SessionId,
        choice: RememberChoice,
    ) -> BrowserMark {
        match (choice, self.parts.remember_device, sign_in.session) {
            (RememberChoice::Remember, Some(_), _) => {
                let event = Event::BrowserRemembered { browser, session };
                BrowserMark::Set(Audit::row(&event, context, Some(sign_in.account)))
            }
            // A code for a fresh factor does not ask the question, so it does not answer it.
            (RememberChoice::AskAgain | RememberChoice::Remember, _, Some(_)) => BrowserMark::Keep,
            (RememberChoice::AskAgain | RememberChoice::Remember, _, None) => BrowserMark::Clear,
        }
    }

    /// Opens a session without a code, if this browser is remembered. `None`: it is not, and nothing was written except
    /// that a copied cookie forgets its browser.
    pub(super) async fn enter_remembered(
        &self,
        context: &RequestContext,
        device: Option<&DeviceClaim>,
        right: &Right,
        intent: &LoginIntent,
    ) -> Result<Option<SignedIn>, LoginError> {
        let Some(period) = self.parts.remember_device else { return Ok(None) };
        let account = right.account.id;
        let Some(shown) = self.unsealed_device(context, device, account) else { return Ok(None) };
        let claim = BrowserClaim { shown, since: context.now.minus(period), until: context.now.plus(SKEW) };
        let blank = self.new_session(context, account, None, &mut self.parts.random.clone())?;
        let session = SessionRow { assurance: Assurance::TwoFactor, ..blank };
        let id = session.id;
        let told = |session: &SessionRow| {
            let second = SecondFactor::Skipped(shown.device, session.authenticated_at);
            Audit::row(&Event::SignInCompleted { second, session: session.id }, context, Some(account))
        };
        let opened = self.parts.store.open_remembered_session(session, &right.verified, &claim, told).await?;
        let Some(OpenedRemembered { event, cookie }) = opened else {
            self.forget_if_copied(context, account, shown).await?;
            return Ok(None);
        };
        Audit::log(&event);
        let issued = Issued { session: id, account, cookie: Some(cookie) };
        Ok(Some(self.signed_in(context, &issued, intent.clone())))
    }

    async fn forget_if_copied(
        &self,
        context: &RequestContext,
        account: AccountId,
        shown: BrowserCookie,
    ) -> Result<(), LoginError> {
        let event = forgotten(context, account, ForgottenBrowsers::One(shown.device), ForgettingReason::EarlierCookie);
        if self.parts.store.forget_copied_browser(account, shown, &event).await? {
            Audit::log(&event);
        }
        Ok(())
    }

    /// The browsers in which the owner of this session need not give a code now.
    pub(crate) async fn remembered(
        &self,
        context: &RequestContext,
        session: SessionId,
    ) -> Result<Remembered, LoginError> {
        let Some(period) = self.parts.remember_device else { return Ok(Remembered::default()) };
        let Some((account, device)) = self.browser_of(session).await? else { return Ok(Remembered::default()) };
        let since = context.now.minus(period);
        let RememberedBrowsers { this, others } = self.parts.store.remembered_browsers(account, device, since).await?;
        let others = u64::try_from(others).unwrap_or_default();
        Ok(Remembered { until: this.map(|given| given.plus(period)), others })
    }

    /// The same for the page that asks before logging out, which has to work while the store fails: nothing is offered
    /// then.
    pub(crate) async fn remembered_at_best(&self, context: &RequestContext, session: SessionId) -> Remembered {
        self.remembered(context, session).await.unwrap_or_else(|failure| {
            warn!(target: GATEWAY, %failure, "whether a browser is remembered could not be read");
            Remembered::default()
        })
    }

    /// Forgets browsers of the owner of this session. The next sign-in in them needs a code. Their sessions go on.
    pub(crate) async fn forget_browsers(
        &self,
        context: &RequestContext,
        session: SessionId,
        which: Forgetting,
    ) -> Result<(), LoginError> {
        let Some((account, device)) = self.browser_of(session).await? else { return Ok(()) };
        let store = &self.parts.store;
        let row = |browsers| forgotten(context, account, browsers, ForgettingReason::Request);
        let (event, changed) = match (which, device) {
            (Forgetting::All, _) => {
                let event = row(ForgottenBrowsers::All);
                let changed = store.forget_browsers_of(account, &event).await?;
                (event, changed)
            }
            (Forgetting::This, Some(device)) => {
                let event = row(ForgottenBrowsers::One(device));
                let changed = store.forget_browser(account, device, &event).await?;
                (event, changed)
            }
            (Forgetting::This, None) => return Ok(()),
        };
        if changed {
            Audit::log(&event);
        }
        Ok(())
    }

    /// When the person last signed in or gave a code for this session. In a remembered browser the factor is older than the
    /// session.
    pub(crate) async fn signed_in_at(&self, evidence: &Evidence) -> Result<Timestamp, LoginError> {
        let live = self.parts.registry.session(evidence.session).await?;
        let given = evidence.authenticated_at;
        Ok(live.map_or(given, |live| live.row().created_at.max(given)))
    }

    /// The account of a live session, and the browser in which it began, if that is known.
    pub(crate) async fn browser_of(
        &self,
        session: SessionId,
    ) -> Result<Option<(AccountId, Option<DeviceId>)>, LoginError> {
        let live = self.parts.registry.session(session).await?;
        Ok(live.map(|live| (live.row().account, live.row().device)))
    }
}

pub(super) fn forgotten(
    context: &RequestContext,
    account: AccountId,
    browsers: ForgottenBrowsers,
    reason: ForgettingReason,
) -> crate::store::StoredEvent {
    Audit::row(&Event::BrowserForgotten { browsers, reason }, context, Some(account))
}

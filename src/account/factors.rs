//! The factors of an account: adding, naming and removing them, and its recovery codes.
//!
//! Whether the person may do it now (a session with two factors, a fresh one) is decided by the page. A factor is added in
//! two steps: it is proved before it counts. Every change of what an account holds ends its other sessions in the store;
//! the caller makes the registry follow.

use std::sync::Arc;
use std::time::Duration;

use tracing::error;

use crate::audit::{Audit, ChangedBy, Event, FactorEdit};
use crate::domain::factor_kind::FactorKind;
use crate::domain::factor_name::FactorName;
use crate::domain::identifier::{AccountId, FactorId, SessionId};
use crate::domain::method::CodeMethod;
use crate::domain::request_context::RequestContext;
use crate::factor::{FactorError, Factors, MadePasskey, NewPasskeyRequest, RecoveryCodes, Registration, TotpSetup};
use crate::platform::clock::{SKEW, Timestamp};
use crate::platform::random::{EntropyUnavailable, Random};
use crate::platform::telemetry::GATEWAY;
use crate::store::{
    CodeReplacement, Enrolment, FactorAddition, FactorChange, FactorRemoval, FactorRow, HeldFactors, LastFactor,
    RemovalRule, Store, StoreError,
};

/// Attempts to prove a factor that is being added. A code of the wrong app is typed once or twice.
const PROOFS: u32 = 10;

/// How long a factor may take from its page to its proof (OWASP ASVS 6.5.5 allows a code ten minutes).
const ENROLMENT_LIFETIME: Duration = Duration::from_mins(10);

/// Apps and passkeys of one account. Nobody has more devices, and a list without end could be filled by a thief.
pub(super) const MOST_FACTORS: u32 = 20;

/// How many factors are read at once.
const PAGE: u32 = 200;

/// Reads and changes factors. Cheap to clone.
#[derive(Clone)]
pub(crate) struct AccountFactors {
    parts: Arc<Parts>,
}

/// What [`AccountFactors`] is built from.
pub(crate) struct Parts {
    pub store: Store,
    pub factors: Arc<Factors>,
    /// Draws the ids of factors.
    pub random: Random,
}

/// Whose factors are changed, and in which session.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Owner {
    pub account: AccountId,
    pub session: SessionId,
}

/// What an account can sign in with, beside its password.
pub(crate) struct FactorList {
    /// Apps, passkeys and recovery codes.
    pub held: HeldFactors,
    /// Where codes are sent, masked.
    pub sent: Vec<(CodeMethod, String)>,
    /// A recovery code was used a short time ago.
    pub recovered: Option<Recovered>,
    /// The passkeys that are copied to other devices of their owner.
    pub synced: Vec<FactorId>,
    /// Whether pages of this origin can add passkeys.
    pub passkeys: PasskeyOffer,
}

/// A recovery code was used a short time ago: what the account had then cannot be removed for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Recovered {
    pub at: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// Whether a page offers passkeys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PasskeyOffer {
    /// It does. The domain that they belong to.
    Here(String),
    /// They are off, or work on another host.
    No,
}

/// The result of proving a factor that is being added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proved {
    /// It counts from now on.
    Added,
    /// The proof is wrong; it can be tried again.
    Wrong,
    /// There is nothing to prove any more.
    Over,
    /// The account has as many factors as it may have.
    Full,
    /// This passkey is registered already.
    Registered,
}

/// The result of removing a factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Removed {
    Done,
    /// The account has no such factor.
    Unknown,
    /// It is the last way to sign in.
    Last,
    /// A recovery code was used: it cannot be removed until then.
    Recovered(Timestamp),
    /// The session has ended.
    Ended,
}

/// The result of replacing recovery codes.
pub(crate) enum Replaced {
    /// The new codes, which are shown once.
    Done(RecoveryCodes),
    /// A recovery code was used, and nothing that the account had before proved the session since: not until then.
    Recovered(Timestamp),
    /// The session has ended.
    Ended,
}

impl Recovered {
    /// Until when this factor cannot be removed. `None`: it can be.
    pub(crate) fn keeps(self, row: &FactorRow) -> Option<Timestamp> {
        (row.created_at <= self.at).then_some(self.until)
    }
}

/// A change of factors failed. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FactorChangeError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Factor(#[from] FactorError),
    #[error(transparent)]
    Entropy(#[from] EntropyUnavailable),
}

impl AccountFactors {
    pub(crate) fn new(parts: Parts) -> Self {
        Self { parts: Arc::new(parts) }
    }

    /// What an account can sign in with. `None`: it is gone.
    pub(crate) async fn list(
        &self,
        context: &RequestContext,
        id: AccountId,
    ) -> Result<Option<FactorList>, FactorChangeError> {
        let Some(account) = self.parts.store.account(id).await? else { return Ok(None) };
        let held = self.parts.store.held_factors(id).await?;
        let sent = self.parts.factors.enrolled(&account);
        let recovered = held
            .recovered_at
            .map(|at| Recovered { at, until: self.delayed(at) })
            .filter(|recovered| recovered.until > context.now);
        let passkeys = self.parts.factors.passkeys();
        let synced = held.rows.iter().filter(|row| row.kind == FactorKind::Passkey && passkeys.is_synced(row));
        let synced = synced.map(|row| row.id).collect();
        let passkeys = passkeys.domain_at(&context.origin).map_or(PasskeyOffer::No, PasskeyOffer::Here);
        Ok(Some(FactorList { held, sent, recovered, synced, passkeys }))
    }

    /// When the delay of a recovery code that was used at this moment is over.
    fn delayed(&self, at: Timestamp) -> Timestamp {
        at.plus(self.parts.factors.settings().recovery_delay)
    }

    /// A recovery code that was used after this moment still keeps what the account had then.
    fn recovered_after(&self, now: Timestamp) -> Timestamp {
        now.minus(self.parts.factors.settings().recovery_delay)
    }

    /// Encrypts with the newest version of the key what older versions encrypted, so that those can be removed, and keeps in
    /// the store which version that is. What cannot be decrypted stays as it is and is logged. Returns how many factors were
    /// encrypted.
    pub(crate) async fn encrypt_again(&self) -> Result<usize, FactorChangeError> {
        let newest = self.parts.factors.newest_key();
        self.parts.store.keep_encryption_key(newest).await?;
        let mut done = 0;
        let mut after = FactorId::from_bytes([0; 16]);
        loop {
            let rows = self.parts.store.factors_of_other_keys(newest, after, PAGE).await?;
            let Some(last) = rows.last() else { return Ok(done) };
            after = last.id;
            for row in &rows {
                match self.parts.factors.encrypt_again(row) {
                    Ok(encrypted) => {
                        self.parts.store.encrypt_again(row, &encrypted).await?;
                        done += 1;
                    }
                    Err(failure) => {
                        let account = row.account.to_hex();
                        error!(target: GATEWAY, account, factor = %row.kind, %failure, "a factor cannot be used");
                    }
                }
            }
        }
    }

    /// Begins to add an authenticator app. `None`: account or session have ended.
    pub(crate) async fn begin_app(
        &self,
        context: &RequestContext,
        owner: Owner,
    ) -> Result<Option<TotpSetup>, FactorChangeError> {
        let Some(account) = self.parts.store.account(owner.account).await? else { return Ok(None) };
        let id = FactorId::draw(&mut self.parts.random.clone())?;
        let new = self.parts.factors.begin_totp(&account, id)?;
        let enrolment = Enrolment {
            session: owner.session,
            kind: FactorKind::Totp,
            id,
            encrypted: new.encrypted,
            expires_at: context.now.plus(ENROLMENT_LIFETIME),
        };
        Ok(self.parts.store.begin_enrolment(&enrolment).await?.then_some(new.setup))
    }

    /// Adds the authenticator app that shows this code.
    pub(crate) async fn finish_app(
        &self,
        context: &RequestContext,
        owner: Owner,
        typed: &str,
        name: FactorName,
    ) -> Result<Proved, FactorChangeError> {
        let store = &self.parts.store;
        let now = context.now;
        let latest = now.plus(ENROLMENT_LIFETIME).plus(SKEW);
        let claimed = store.claim_enrolment(owner.session, FactorKind::Totp, PROOFS, now, latest).await?;
        let Some(enrolment) = claimed else { return Ok(Proved::Over) };
        let account = owner.account;
        let made = self.parts.factors.finish_totp(account, &enrolment, typed, name, context.now)?;
        let Some(row) = made else { return Ok(Proved::Wrong) };
        self.add(context, owner, &row).await
    }

    /// Begins to add a passkey: what the browser is told (JSON). `None`: pages of this origin have no passkeys, or account or
    /// session have ended.
    pub(crate) async fn begin_passkey(
        &self,
        context: &RequestContext,
        owner: Owner,
    ) -> Result<Option<String>, FactorChangeError> {
        let store = &self.parts.store;
        let mut random = self.parts.random.clone();
        let Some(account) = store.account(owner.account).await? else { return Ok(None) };
        let Some(user) = store.passkey_user(owner.account, random.bytes()?).await? else { return Ok(None) };
        let held = store.held_factors(owner.account).await?;
        let asked = NewPasskeyRequest { account: &account, held: &held, id: FactorId::draw(&mut random)?, user };
        let id = asked.id;
        let begun = self.parts.factors.passkeys().begin(asked, &context.origin, &mut random)?;
        let Some(new) = begun else { return Ok(None) };
        let enrolment = Enrolment {
            session: owner.session,
            kind: FactorKind::Passkey,
            id,
            encrypted: new.encrypted,
            expires_at: context.now.plus(ENROLMENT_LIFETIME),
        };
        Ok(store.begin_enrolment(&enrolment).await?.then_some(new.options))
    }

    /// Adds the passkey that the browser made.
    pub(crate) async fn finish_passkey(
        &self,
        context: &RequestContext,
        owner: Owner,
        shown: &str,
        name: FactorName,
    ) -> Result<Proved, FactorChangeError> {
        let store = &self.parts.store;
        // One attempt: a browser makes a new passkey for a new challenge.
        let now = context.now;
        let latest = now.plus(ENROLMENT_LIFETIME).plus(SKEW);
        let claimed = store.claim_enrolment(owner.session, FactorKind::Passkey, 1, now, latest).await?;
        let Some(enrolment) = claimed else { return Ok(Proved::Over) };
        let held = store.held_factors(owner.account).await?;
        let made = MadePasskey { shown, name, held: &held, origin: &context.origin, now: context.now };
        let passkeys = self.parts.factors.passkeys();
        match passkeys.finish(owner.account, &enrolment, made, &mut self.parts.random.clone())? {
            Registration::Made(row) => self.add(context, owner, &row).await,
            Registration::Known => Ok(Proved::Registered),
            Registration::Refused => Ok(Proved::Wrong),
        }
    }

    async fn add(&self, context: &RequestContext, owner: Owner, row: &FactorRow) -> Result<Proved, FactorChangeError> {
        let change = change(context, owner, FactorEdit::Added, row.kind, row.name.clone());
        Ok(match self.parts.store.add_factor(row, MOST_FACTORS, &change).await? {
            FactorAddition::Added => {
                Audit::log(&change.event);
                Proved::Added
            }
            FactorAddition::Over => Proved::Over,
            FactorAddition::Full => Proved::Full,
            FactorAddition::Registered => Proved::Registered,
        })
    }

    /// Gives a factor another name. Returns false if the account has no such factor.
    pub(crate) async fn rename(
        &self,
        context: &RequestContext,
        owner: Owner,
        factor: FactorId,
        name: FactorName,
    ) -> Result<bool, FactorChangeError> {
        let held = self.parts.store.held_factors(owner.account).await?;
        let Some(row) = held.rows.iter().find(|row| row.id == factor) else { return Ok(false) };
        let change = change(context, owner, FactorEdit::Renamed, row.kind, name.clone());
        let renamed = self.parts.store.rename_factor(factor, &name, &change).await?;
        if renamed {
            Audit::log(&change.event);
        }
        Ok(renamed)
    }

    /// Removes a factor, unless it is the last way to sign in or a recovery code was used a short time ago.
    pub(crate) async fn remove(
        &self,
        context: &RequestContext,
        owner: Owner,
        factor: FactorId,
    ) -> Result<Removed, FactorChangeError> {
        let Some(factors) = self.list(context, owner.account).await? else { return Ok(Removed::Unknown) };
        let Some(row) = factors.held.rows.iter().find(|row| row.id == factor) else { return Ok(Removed::Unknown) };
        let change = change(context, owner, FactorEdit::Removed, row.kind, row.name.clone());
        let last = if factors.sent.is_empty() { LastFactor::Stays } else { LastFactor::MayGo };
        let rule = RemovalRule { last, recovered_after: self.recovered_after(context.now) };
        Ok(match self.parts.store.remove_factor(factor, rule, &change).await? {
            FactorRemoval::Removed => {
                Audit::log(&change.event);
                Removed::Done
            }
            FactorRemoval::Unknown => Removed::Unknown,
            FactorRemoval::Last => Removed::Last,
            FactorRemoval::Recovered(at) => Removed::Recovered(self.delayed(at)),
            FactorRemoval::Ended => Removed::Ended,
        })
    }

    /// Replaces the recovery codes. The codes are shown once; the store keeps their hashes.
    pub(crate) async fn replace_codes(
        &self,
        context: &RequestContext,
        owner: Owner,
    ) -> Result<Replaced, FactorChangeError> {
        let codes = self.parts.factors.draw_recovery_codes(owner.account)?;
        let event = Event::RecoveryCodes { count: codes.hashes.len(), by: ChangedBy::Session(owner.session) };
        let event = Audit::row(&event, context, Some(owner.account));
        let change = FactorChange { account: owner.account, by: Some(owner.session), event };
        let after = self.recovered_after(context.now);
        Ok(match self.parts.store.replace_recovery_codes(&codes.hashes, after, &change).await? {
            CodeReplacement::Replaced => {
                Audit::log(&change.event);
                Replaced::Done(codes)
            }
            CodeReplacement::Recovered(at) => Replaced::Recovered(self.delayed(at)),
            CodeReplacement::Ended => Replaced::Ended,
        })
    }
}

fn change(
    context: &RequestContext,
    owner: Owner,
    change: FactorEdit,
    kind: FactorKind,
    name: FactorName,
) -> FactorChange {
    let event = Event::Factor { change, kind, name, by: ChangedBy::Session(owner.session) };
    let event = Audit::row(&event, context, Some(owner.account));
    FactorChange { account: owner.account, by: Some(owner.session), event }
}

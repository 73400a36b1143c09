//! The registry: live sessions, accounts and tokens.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use dashmap::{DashMap, DashSet};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use crate::domain::identifier::{AccountId, SessionId, TokenId};
use crate::domain::identity::Identity;
use crate::platform::clock::{Clock, Timestamp};
use crate::registry::deadlines::Deadlines;
use crate::registry::feed::Feed;
use crate::registry::session::LiveSession;
use crate::registry::tokens::{LiveToken, Tokens};
use crate::registry::unwritten::UnwrittenEnds;
use crate::session::lifetimes::{Lifetimes, Standing};
use crate::store::{Account, AccountStatus, Store, StoreError};

/// The live sessions, accounts and tokens of this process.
pub(crate) struct Registry {
    pub(super) store: Store,
    pub(super) clock: Clock,
    pub(super) lifetimes: Lifetimes,
    pub(super) feed: Feed,
    pub(super) sessions: DashMap<SessionId, Arc<LiveSession>>,
    pub(super) deadlines: Deadlines,
    pub(super) unwritten: UnwrittenEnds,
    /// The latest time that the expiry loop saw. An earlier one means that the clock was set back.
    latest: AtomicI64,
    accounts: DashMap<AccountId, Option<Arc<Identity>>>,
    pub(super) tokens: Tokens,
    /// Cancelled to close tunnels that were opened with a password alone.
    tunnels: DashMap<AccountId, CancellationToken>,
    /// Signed ids that the store no longer has. An ended session never comes back, so a replayed cookie costs no second
    /// read.
    ended: DashSet<SessionId>,
    /// Number of changes. If it grew while the store was read, the result is discarded and read again.
    changes: AtomicU64,
    /// One lock for each first byte of an id, so that many requests of one browser cost one read of the store.
    readers: Vec<Mutex<()>>,
}

/// How many ended ids are remembered before the list is cleared; 16 bytes each.
const ENDED_KEPT: usize = 10_000;

/// How often a read that a change overtook is repeated before it fails.
const RETRIES: usize = 8;

impl Registry {
    /// An empty registry that follows the feed of `store` from `head` on.
    pub(crate) fn new(store: Store, clock: Clock, lifetimes: Lifetimes, head: i64) -> Self {
        Self {
            store,
            clock,
            lifetimes,
            feed: Feed::starting_at(head),
            sessions: DashMap::new(),
            deadlines: Deadlines::default(),
            unwritten: UnwrittenEnds::default(),
            latest: AtomicI64::new(i64::MIN),
            accounts: DashMap::new(),
            tokens: Tokens::default(),
            tunnels: DashMap::new(),
            ended: DashSet::new(),
            changes: AtomicU64::new(0),
            readers: (0..256).map(|_| Mutex::new(())).collect(),
        }
    }

    /// Returns a session from memory or by one read of the store. `None` if it has ended or never existed.
    pub(crate) async fn session(&self, id: SessionId) -> Result<Option<Arc<LiveSession>>, StoreError> {
        if let Some(live) = self.current(id) {
            return Ok(Some(live));
        }
        if self.is_over(id) {
            return Ok(None);
        }
        let _reader = self.reader(id.as_bytes()).await;
        for _ in 0..RETRIES {
            if let Some(live) = self.current(id) {
                return Ok(Some(live));
            }
            let before = self.changes.load(Ordering::SeqCst);
            // Checked after `changes` is read: an end before that is seen here, and a later one increments the counter,
            // which makes us read again.
            if self.is_over(id) {
                return Ok(None);
            }
            let Some(row) = self.store.session(id).await? else {
                self.forget_session(id);
                return Ok(None);
            };
            let known = self.sessions.get(&id).map(|known| Arc::clone(&known));
            let live =
                Arc::new(known.map_or_else(|| LiveSession::new(row.clone()), |known| known.renewed(row.clone())));
            if self.sessions.insert(id, Arc::clone(&live)).is_none() {
                self.queue(&live);
            }
            if self.changes.load(Ordering::SeqCst) == before {
                return Ok(Some(live));
            }
            // Someone may have opened a tunnel on it meanwhile.
            if let Some((_, doubtful)) = self.sessions.remove(&id) {
                doubtful.end();
            }
        }
        Err(StoreError::Overtaken("a session"))
    }

    /// Returns the identity of an account from memory or by one read of the store. `None` if it is disabled or removed.
    pub(crate) async fn identity(&self, account: AccountId) -> Result<Option<Arc<Identity>>, StoreError> {
        if let Some(known) = self.accounts.get(&account) {
            return Ok(known.clone());
        }
        let _reader = self.reader(account.as_bytes()).await;
        for _ in 0..RETRIES {
            if let Some(known) = self.accounts.get(&account) {
                return Ok(known.clone());
            }
            let before = self.changes.load(Ordering::SeqCst);
            let identity = self.store.account(account).await?.and_then(identity_of).map(Arc::new);
            self.accounts.insert(account, identity.clone());
            if self.changes.load(Ordering::SeqCst) == before {
                return Ok(identity);
            }
            self.accounts.remove(&account);
        }
        Err(StoreError::Overtaken("an account"))
    }

    async fn reader(&self, id: &[u8; 16]) -> Option<tokio::sync::MutexGuard<'_, ()>> {
        match self.readers.get(usize::from(id[0])) {
            Some(reader) => Some(reader.lock().await),
            None => None,
        }
    }

    /// Ends a session: no request passes with it any more, and its tunnels close.
    pub(crate) fn end_session(&self, id: SessionId) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.forget_session(id);
    }

    /// Whether this session is known to have ended. Its row may still exist if the store was not written yet.
    fn is_over(&self, id: SessionId) -> bool {
        self.ended.contains(&id) || self.unwritten.contains(id)
    }

    /// Queues the session for its next limit.
    pub(super) fn queue(&self, live: &LiveSession) {
        let at = self.lifetimes.next_limit(live.last_used(), live.row().expires_at);
        self.deadlines.push(at, live.row().id, live.uses());
    }

    /// Whether the clock was set back since the last call.
    pub(super) fn set_back(&self, now: Timestamp) -> bool {
        self.latest.swap(now.millis(), Ordering::Relaxed) > now.millis()
    }

    fn forget_session(&self, id: SessionId) {
        self.remember_ended(id);
        if let Some((_, live)) = self.sessions.remove(&id) {
            live.end();
        }
    }

    fn current(&self, id: SessionId) -> Option<Arc<LiveSession>> {
        self.sessions.get(&id).filter(|live| live.is_current()).map(|live| Arc::clone(&live))
    }

    /// Records that the session's factor was given again. The next request loads it again; its tunnels stay open.
    pub(crate) fn session_changed(&self, id: SessionId) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        if let Some(live) = self.sessions.get(&id) {
            live.outdate();
        }
    }

    /// Ends all sessions of the account.
    pub(crate) fn end_sessions_of(&self, account: AccountId) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        // Removed first: a tunnel that is just being opened must not find the account current after the existing
        // watches are cancelled.
        self.accounts.remove(&account);
        self.sessions.retain(|_, live| {
            let stays = live.row().account != account;
            if !stays {
                live.end();
            }
            stays
        });
        self.tokens.cut(account);
        if let Some((_, tunnels)) = self.tunnels.remove(&account) {
            tunnels.cancel();
        }
    }

    /// Records that the account changed. The next request loads it again.
    pub(super) fn account_changed(&self, account: AccountId) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.accounts.remove(&account);
    }

    /// Forgets everything, because the feed has a gap and anything may have changed.
    pub(super) fn forget_all(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.accounts.clear();
        self.tokens.cut_all();
        self.tunnels.retain(|_, tunnels| {
            tunnels.cancel();
            false
        });
        self.sessions.retain(|_, live| {
            // This also closes tunnels of sessions that are still live. Their clients reconnect and are judged again.
            live.end();
            false
        });
    }

    /// A token that is cancelled when the session ends for any reason. `None` if it is not live.
    pub(crate) fn watch(&self, session: SessionId) -> Option<CancellationToken> {
        self.sessions.get(&session).map(|live| live.watch())
    }

    /// A token that is cancelled when all sessions of the account end: log-out everywhere, a new password, disabling,
    /// removal.
    pub(crate) fn watch_account(&self, account: AccountId) -> CancellationToken {
        self.tunnels.entry(account).or_default().child_token()
    }

    /// Whether this identity is unchanged since it was read. Call it after taking a watch: an end before that is
    /// detected here, a later end cancels the watch.
    pub(crate) fn is_current(&self, identity: &Arc<Identity>) -> bool {
        let known = self.accounts.get(&identity.account);
        known.is_some_and(|known| known.as_ref().is_some_and(|known| Arc::ptr_eq(known, identity)))
    }

    /// Records a use of the session outside a request: bytes in a tunnel.
    pub(crate) fn touch(&self, session: SessionId) {
        let now = self.clock.now();
        if let Some(live) = self.sessions.get(&session)
            // A stream that was silent for too long does not revive its session.
            && live.standing(&self.lifetimes, now) == Standing::Live
        {
            live.touch(now);
        }
    }

    /// Counts a hand-over of the session to `place`. Returns whether the browser goes round in circles.
    pub(crate) fn goes_round(&self, session: SessionId, place: &str) -> bool {
        let now = self.clock.now();
        self.sessions.get(&session).is_some_and(|live| live.goes_round(place, now))
    }

    /// Returns the token with this id, if it exists. The caller has to check its hash, site and times.
    pub(crate) fn token(&self, id: TokenId) -> Option<Arc<LiveToken>> {
        self.tokens.get(id)
    }

    /// A token that is cancelled when the access token ends for any reason or its account is disabled. `None` if it is
    /// not live.
    pub(crate) fn watch_token(&self, id: TokenId) -> Option<CancellationToken> {
        self.token(id).map(|token| token.watch())
    }

    /// Records a use of the access token outside a request: bytes in a tunnel.
    pub(crate) fn touch_token(&self, id: TokenId) {
        if let Some(token) = self.token(id) {
            token.touch(self.clock.now());
        }
    }

    fn remember_ended(&self, id: SessionId) {
        if self.ended.len() >= ENDED_KEPT {
            self.ended.clear();
        }
        self.ended.insert(id);
    }
}

fn identity_of(account: Account) -> Option<Identity> {
    match account.status {
        AccountStatus::Active => Some(Identity {
            account: account.id,
            username: account.username,
            name: account.name,
            email: account.email,
            groups: account.groups,
        }),
        AccountStatus::Disabled => None,
    }
}

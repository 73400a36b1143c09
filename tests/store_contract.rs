//! What every store must keep, whatever database stands behind it. Each test has its own file; where two handles are
//! open on one file, they stand for two processes.

#[path = "store_contract/accounts.rs"]
mod accounts;
#[path = "store_contract/chain.rs"]
mod chain;
#[path = "store_contract/counters.rs"]
mod counters;
#[path = "store_contract/factor_changes.rs"]
mod factor_changes;
#[path = "store_contract/factors.rs"]
mod factors;
#[path = "store_contract/file.rs"]
mod file;
#[path = "store_contract/remembered.rs"]
mod remembered;
#[path = "store_contract/sessions.rs"]
mod sessions;
#[path = "store_contract/sign_ins.rs"]
mod sign_ins;
#[path = "store_contract/tokens.rs"]
mod tokens;
#[path = "store_contract/trail.rs"]
mod trail;

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use portcullis::parts::PasswordHash;
use portcullis::parts::Random;
use portcullis::parts::Timestamp;
use portcullis::parts::store::Assurance;
use portcullis::parts::store::CodeMethod;
use portcullis::parts::store::Encrypted;
use portcullis::parts::store::FactorKind;
use portcullis::parts::store::HostPattern;
use portcullis::parts::store::LoginName;
use portcullis::parts::store::StoredEvent;
use portcullis::parts::store::{
    Account, AccountStatus, BrowserClaim, BrowserCookie, BrowserMark, BrowserUse, ChainHead, Change, CodeReplacement,
    Completion, Counted, CounterRule, Earned, Ended, Enrolment, EventFilter, EventRow, FactorAddition, FactorChange,
    FactorRemoval, FactorReset, FactorRow, ForgottenBrowser, GuessClaim, HeldFactors, KeyRing, KeySettings, LastFactor,
    LostEvents, OtherDomain, Proof, ProofClaim, RelyingPartyChange, RememberedBrowsers, RemovalRule, ResetExtent,
    SendClaim, SendLimit, SessionEnd, SessionRow, Settings, SignIn, SinkHolder, Spending, Store, StoreError,
    SweptEvents, TakenFactor, TokenRow, TrailFault,
};
use portcullis::parts::store::{AccountId, ChallengeId, DeviceId, FactorId, SessionId, SignInId, TokenId};
use tempfile::TempDir;

struct Fixture {
    folder: TempDir,
    keys: Arc<KeyRing>,
    store: Store,
}

/// The keys of an installation in this folder.
fn keys(folder: &TempDir) -> Arc<KeyRing> {
    let settings = KeySettings { file: folder.path().join("portcullis.keys") };
    Arc::new(KeyRing::open_or_create(&settings, now(), &mut Random::system()).unwrap())
}

impl Fixture {
    async fn build() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keys = keys(&folder);
        let store = Store::open(&Settings { file: folder.path().join("portcullis.db") }, &keys).await.unwrap();
        Self { folder, keys, store }
    }

    fn settings(&self) -> Settings {
        Settings { file: self.file("") }
    }

    fn file(&self, ending: &str) -> PathBuf {
        self.folder.path().join(format!("portcullis.db{ending}"))
    }

    /// Another handle on the same file: a second process.
    async fn second(&self) -> Store {
        Store::open(&self.settings(), &self.keys).await.unwrap()
    }

    async fn account(&self, name: &str) -> Account {
        let account = account(name);
        self.store.insert_account(&account, &event("account.added")).await.unwrap();
        account
    }

    /// Opens a sign-in for the password that the account had when it was read.
    async fn open(&self, id: SignInId, account: &Account) -> bool {
        let sign_in = begun(id, account, "https://app.example.com/");
        self.store.open_sign_in(&sign_in, account.password.as_ref().unwrap()).await.unwrap()
    }

    async fn sign_in(&self, account: &Account) -> SignInId {
        let id = SignInId::draw(&mut Random::system()).unwrap();
        assert!(self.open(id, account).await);
        id
    }

    /// A sign-in with a code out.
    async fn challenged(&self, account: &Account) -> (SignInId, ChallengeId) {
        let sign_in = self.sign_in(account).await;
        let fresh = ChallengeId::draw(&mut Random::system()).unwrap();
        let claim = self.store.claim_send(sign_in, fresh, CodeMethod::Sms, now().plus(SECOND * 30), now()).await;
        assert!(matches!(claim.unwrap(), SendClaim::Claimed(id, None) if id == fresh));
        self.sent(fresh, "first").await;
        (sign_in, fresh)
    }

    async fn sent(&self, challenge: ChallengeId, reference: &str) {
        let (proof, until) = (remote(reference), now().plus(MINUTE * 5));
        self.store.record_send(challenge, CodeMethod::Sms, "cpaas", &proof, until).await.unwrap();
    }

    async fn session(&self, account: &Account) -> SessionId {
        let (sign_in, challenge) = self.challenged(account).await;
        let completion = completion(account, sign_in, challenge);
        assert!(self.store.complete_sign_in(&completion, now()).await.unwrap().is_some());
        session_of(&completion)
    }

    async fn event_names(&self) -> Vec<String> {
        self.store.newest_events(1000).await.unwrap().into_iter().map(|event| event.name).collect()
    }
}

/// The browser of every completion.
const DEVICE: DeviceId = DeviceId::from_bytes([9; 16]);

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);

fn now() -> Timestamp {
    Timestamp::from_millis(1_800_000_000_000)
}

fn event(name: &str) -> StoredEvent {
    StoredEvent { at: now(), name: name.into(), account: None, client: None, request: None, details: "{}".into() }
}

fn remote(reference: &str) -> Proof {
    Proof::Remote(reference.into())
}

fn account(name: &str) -> Account {
    Account {
        id: AccountId::draw(&mut Random::system()).unwrap(),
        username: name.parse().unwrap(),
        name: Some("Ada Lovelace".parse().unwrap()),
        email: Some(format!("{name}@example.com").parse().unwrap()),
        phone: Some("+15005550074".parse().unwrap()),
        groups: vec!["staff".parse().unwrap(), "a\"b;c".parse().unwrap()],
        code_email: None,
        default_method: CodeMethod::Sms,
        password: Some(PasswordHash::from_stored("$argon2id$x".into())),
        status: AccountStatus::Active,
        created_at: now(),
    }
}

fn sent_code(sign_in: SignInId, challenge: ChallengeId, proof: Proof) -> Spending {
    Spending::SentCode { sign_in, challenge, proof }
}

fn completion(account: &Account, sign_in: SignInId, challenge: ChallengeId) -> Completion {
    let session = SessionRow {
        id: SessionId::draw(&mut Random::system()).unwrap(),
        account: account.id,
        assurance: Assurance::TwoFactor,
        method: Some(FactorKind::Sms),
        created_at: now(),
        authenticated_at: now(),
        last_used_at: now(),
        expires_at: now().plus(HOUR * 12),
        client: "192.0.2.1".into(),
        home: None,
        device: Some(DEVICE),
    };
    let browser = BrowserUse { device: DEVICE, mark: BrowserMark::Keep };
    let earned = Earned::Session(session);
    let spending = sent_code(sign_in, challenge, remote("first"));
    Completion { sign_in, spending, earned, browser, event: event("sign-in.completed") }
}

/// The session that a completion makes.
fn session_of(completion: &Completion) -> SessionId {
    match &completion.earned {
        Earned::Session(session) => session.id,
        Earned::StepUp { session, .. } => *session,
    }
}

/// A sign-in that begins now.
fn begun(id: SignInId, account: &Account, return_to: &str) -> SignIn {
    SignIn {
        id,
        account: account.id,
        return_to: return_to.into(),
        created_at: now(),
        expires_at: now().plus(MINUTE * 15),
        challenge: None,
        nonce: None,
        guesses: 0,
        session: None,
    }
}

/// The numbers of the throttle for an account.
const ACCOUNT: CounterRule =
    CounterRule { free: 5, first_wait: SECOND, longest_wait: Duration::from_mins(15), window: None, limit: Some(100) };

/// And for a client address.
const ADDRESS: CounterRule = CounterRule { free: 20, window: Some(Duration::from_mins(10)), limit: None, ..ACCOUNT };

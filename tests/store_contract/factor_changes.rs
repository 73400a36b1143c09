//! Who may change factors: a session that still lives, and not at once after a recovery code was used.

use super::*;

const APP: FactorId = FactorId::from_bytes([1; 16]);
const KEY: FactorId = FactorId::from_bytes([2; 16]);

/// A moment after `now()`.
fn later() -> Timestamp {
    now().plus(MINUTE)
}

fn change(account: &Account, by: SessionId) -> FactorChange {
    FactorChange { account: account.id, by: Some(by), event: event("factor.removed") }
}

/// Adds an app at this moment.
async fn add(fixture: &Fixture, account: &Account, by: SessionId, id: FactorId, created_at: Timestamp) {
    let encrypted = Encrypted { key: 1, bytes: b"secret".to_vec() };
    let expires_at = now().plus(MINUTE * 10);
    let enrolment = Enrolment { session: by, kind: FactorKind::Totp, id, encrypted: encrypted.clone(), expires_at };
    assert!(fixture.store.begin_enrolment(&enrolment).await.unwrap());
    let row = FactorRow {
        id,
        account: account.id,
        kind: FactorKind::Totp,
        name: "phone".parse().unwrap(),
        encrypted,
        credential: None,
        last_step: Some(1),
        created_at,
        last_used_at: None,
    };
    assert_eq!(fixture.store.add_factor(&row, 20, &change(account, by)).await.unwrap(), FactorAddition::Added);
}

/// Signs in with this recovery code at this moment. Returns the session.
async fn recover(fixture: &Fixture, account: &Account, code: u8, at: Timestamp) -> SessionId {
    let spending = Spending::RecoveryCode { hash: [code; 32], recovered_after: at.minus(MINUTE * 60) };
    sign_in(fixture, account, FactorKind::RecoveryCode, spending, at).await
}

async fn sign_in(
    fixture: &Fixture,
    account: &Account,
    kind: FactorKind,
    spending: Spending,
    at: Timestamp,
) -> SessionId {
    let (sign_in, challenge) = fixture.challenged(account).await;
    let blank = completion(account, sign_in, challenge);
    let Earned::Session(row) = &blank.earned else { panic!("a sign-in opens a session") };
    let row = SessionRow { method: Some(kind), ..row.clone() };
    let session = row.id;
    let completion = Completion { spending, earned: Earned::Session(row), ..blank };
    assert!(fixture.store.complete_sign_in(&completion, at).await.unwrap().is_some());
    session
}

#[tokio::test]
async fn a_session_that_has_ended_changes_nothing() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let session = fixture.session(&ada).await;
    add(&fixture, &ada, session, APP, now()).await;
    let bobs = fixture.session(&fixture.account("bob").await).await;
    let store = &fixture.store;
    let rule = RemovalRule { last: LastFactor::MayGo, recovered_after: now() };
    let before = store.held_factors(ada.id).await.unwrap();
    for by in [bobs, SessionId::from_bytes([0xee; 16])] {
        let change = change(&ada, by);
        let replaced = store.replace_recovery_codes(&[[1; 32]], now(), &change).await.unwrap();
        assert_eq!(replaced, CodeReplacement::Ended);
        assert_eq!(store.remove_factor(APP, rule, &change).await.unwrap(), FactorRemoval::Ended);
        assert!(!store.rename_factor(APP, &"mine".parse().unwrap(), &change).await.unwrap());
        assert_eq!(store.held_factors(ada.id).await.unwrap(), before);
    }
    let end = FactorChange {
        event: StoredEvent { at: now().plus(MINUTE * 60 * 24 * 400), ..event("x") },
        ..change(&ada, session)
    };
    assert_eq!(store.remove_factor(APP, rule, &end).await.unwrap(), FactorRemoval::Ended, "it has expired");
    assert!(store.rename_factor(APP, &"mine".parse().unwrap(), &change(&ada, session)).await.unwrap());
}

#[tokio::test]
async fn a_recovery_code_keeps_what_was_there_for_a_while_and_nothing_that_came_later() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let own = fixture.session(&ada).await;
    let store = &fixture.store;
    add(&fixture, &ada, own, APP, now()).await;
    store.replace_recovery_codes(&[[1; 32], [2; 32]], now(), &change(&ada, own)).await.unwrap();
    let thief = recover(&fixture, &ada, 1, later()).await;
    let rule = RemovalRule { last: LastFactor::MayGo, recovered_after: now() };
    let kept = store.remove_factor(APP, rule, &change(&ada, thief)).await.unwrap();
    assert_eq!(kept, FactorRemoval::Recovered(later()));
    add(&fixture, &ada, thief, KEY, later().plus(MINUTE)).await;
    // A second code does not make the delay begin again: it would keep what the thief added.
    let owner = recover(&fixture, &ada, 2, later().plus(MINUTE * 2)).await;
    assert_eq!(store.held_factors(ada.id).await.unwrap().recovered_at, Some(later()));
    assert_eq!(store.remove_factor(KEY, rule, &change(&ada, owner)).await.unwrap(), FactorRemoval::Removed);
    let over = RemovalRule { recovered_after: later(), ..rule };
    assert_eq!(store.remove_factor(APP, over, &change(&ada, owner)).await.unwrap(), FactorRemoval::Removed);
}

#[tokio::test]
async fn after_a_recovery_code_only_a_factor_of_before_replaces_the_other_codes() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let own = fixture.session(&ada).await;
    let store = &fixture.store;
    store.replace_recovery_codes(&[[1; 32], [2; 32]], now(), &change(&ada, own)).await.unwrap();
    let thief = recover(&fixture, &ada, 1, later()).await;
    let replace = async |by, after| store.replace_recovery_codes(&[[3; 32]], after, &change(&ada, by)).await.unwrap();
    let delayed = CodeReplacement::Recovered(later());
    assert_eq!(replace(thief, now()).await, delayed, "the session of the recovery code");
    add(&fixture, &ada, thief, KEY, later().plus(MINUTE)).await;
    let spending = Spending::TotpStep { factor: KEY, step: 2 };
    let by_app = sign_in(&fixture, &ada, FactorKind::Totp, spending, later()).await;
    assert_eq!(replace(by_app, now()).await, delayed, "an app that was added since");
    let rule = RemovalRule { last: LastFactor::MayGo, recovered_after: now() };
    assert_eq!(store.remove_factor(KEY, rule, &change(&ada, by_app)).await.unwrap(), FactorRemoval::Removed);
    assert_eq!(replace(by_app, now()).await, delayed, "an app that was added since, and removed");
    assert_eq!(store.held_factors(ada.id).await.unwrap().recovery, [[2; 32]]);
    let by_code = fixture.session(&ada).await;
    assert_eq!(replace(by_code, now()).await, CodeReplacement::Replaced, "a code was sent to their phone");
    assert_eq!(store.held_factors(ada.id).await.unwrap().recovery, [[3; 32]]);
    assert_eq!(replace(by_code, later()).await, CodeReplacement::Replaced, "the delay is over");
}

#[tokio::test]
async fn an_operator_takes_all_factors_away_or_none() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let session = fixture.session(&ada).await;
    let store = &fixture.store;
    add(&fixture, &ada, session, APP, now()).await;
    store.replace_recovery_codes(&[[1; 32]], now(), &change(&ada, session)).await.unwrap();
    let taken = |id| TakenFactor { id, event: event("factor.removed") };
    let reset = |factors| FactorReset {
        account: ada.id,
        factors,
        extent: ResetExtent::All,
        recovery: Some(event("recovery_codes.replaced")),
        at: later(),
    };
    let before = store.held_factors(ada.id).await.unwrap();
    assert!(!store.reset_factors(&reset(vec![taken(APP), taken(KEY)])).await.unwrap());
    assert!(!store.reset_factors(&reset(Vec::new())).await.unwrap(), "one that was added meanwhile");
    let no_codes = FactorReset { recovery: None, ..reset(vec![taken(APP)]) };
    assert!(!store.reset_factors(&no_codes).await.unwrap(), "codes that were made meanwhile");
    assert_eq!(store.held_factors(ada.id).await.unwrap(), before);
    assert!(store.session(session).await.unwrap().is_some());
    assert!(store.reset_factors(&reset(vec![taken(APP)])).await.unwrap());
    let after = store.held_factors(ada.id).await.unwrap();
    assert_eq!((after.rows, after.recovery, after.recovered_at), (Vec::new(), Vec::new(), Some(later())));
    assert!(store.session(session).await.unwrap().is_none());
}

#[tokio::test]
async fn the_store_knows_the_key_that_the_gateway_encrypts_with() {
    let fixture = Fixture::build().await;
    assert_eq!(fixture.store.encryption_key().await.unwrap(), None);
    for key in [1, 3, 2] {
        fixture.store.keep_encryption_key(key).await.unwrap();
        assert_eq!(fixture.second().await.encryption_key().await.unwrap(), Some(key));
    }
}

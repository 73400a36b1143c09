//! Factors that people hold: what is used up is used up once, and what changes them ends the other sessions.

use super::*;

const FACTOR: FactorId = FactorId::from_bytes([0x0f; 16]);

fn encrypted(text: &str) -> Encrypted {
    Encrypted { key: 1, bytes: text.as_bytes().to_vec() }
}

fn factor(account: &Account, kind: FactorKind) -> FactorRow {
    FactorRow {
        id: FACTOR,
        account: account.id,
        kind,
        name: "phone".parse().unwrap(),
        encrypted: encrypted("first"),
        credential: (kind == FactorKind::Passkey).then(|| b"credential".to_vec()),
        last_step: (kind == FactorKind::Totp).then_some(100),
        created_at: now(),
        last_used_at: None,
    }
}

fn change(account: &Account, by: Option<SessionId>) -> FactorChange {
    FactorChange { account: account.id, by, event: event("factor.added") }
}

/// Adds a factor in a session of its own.
async fn added(fixture: &Fixture, account: &Account, kind: FactorKind) -> SessionId {
    let session = fixture.session(account).await;
    fixture.store.begin_enrolment(&enrolment(session, kind)).await.unwrap();
    let outcome = fixture.store.add_factor(&factor(account, kind), 20, &change(account, Some(session))).await.unwrap();
    assert_eq!(outcome, FactorAddition::Added);
    session
}

fn enrolment(session: SessionId, kind: FactorKind) -> Enrolment {
    Enrolment { session, kind, id: FACTOR, encrypted: encrypted("pending"), expires_at: now().plus(MINUTE * 10) }
}

/// Fifty completions of fifty sign-ins with one proof, on two instances; how many succeed.
async fn completed(fixture: &Fixture, account: &Account, spending: &Spending) -> u32 {
    let second = fixture.second().await;
    let mut tries = Vec::new();
    for n in 0..50 {
        let (sign_in, challenge) = fixture.challenged(account).await;
        let store = if n % 2 == 0 { fixture.store.clone() } else { second.clone() };
        let completion = Completion { spending: spending.clone(), ..completion(account, sign_in, challenge) };
        tries.push(tokio::spawn(async move { store.complete_sign_in(&completion, now()).await.unwrap().is_some() }));
    }
    let mut won = 0;
    for done in tries {
        won += u32::from(done.await.unwrap());
    }
    won
}

#[tokio::test]
async fn a_time_step_counts_once_and_so_do_all_before_it() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    added(&fixture, &ada, FactorKind::Totp).await;
    let step = |step| Spending::TotpStep { factor: FACTOR, step };
    assert_eq!(completed(&fixture, &ada, &step(100)).await, 0, "the code that proved the app");
    assert_eq!(completed(&fixture, &ada, &step(102)).await, 1);
    assert_eq!(completed(&fixture, &ada, &step(101)).await, 0, "an earlier step");
    assert_eq!(completed(&fixture, &ada, &step(102)).await, 0);
    assert_eq!(completed(&fixture, &ada, &step(103)).await, 1);
    let bob = fixture.account("bob").await;
    assert_eq!(completed(&fixture, &bob, &step(104)).await, 0, "another account's app");
    let held = fixture.store.held_factors(ada.id).await.unwrap();
    assert_eq!((held.rows[0].last_step, held.last), (Some(103), Some(FactorKind::Sms)));
}

#[tokio::test]
async fn a_recovery_code_counts_once_for_its_own_account_and_a_new_set_replaces_the_old() {
    let fixture = Fixture::build().await;
    let (ada, bob) = (fixture.account("ada").await, fixture.account("bob").await);
    let replace = async |hashes: &[[u8; 32]], at: Timestamp| {
        fixture.store.replace_recovery_codes(hashes, at, &change(&ada, None)).await.unwrap()
    };
    assert_eq!(replace(&[[1; 32], [2; 32]], now()).await, CodeReplacement::Replaced);
    let code = |byte| Spending::RecoveryCode { hash: [byte; 32], recovered_after: now().minus(MINUTE) };
    assert_eq!(completed(&fixture, &bob, &code(1)).await, 0);
    assert_eq!(completed(&fixture, &ada, &code(1)).await, 1);
    assert_eq!(completed(&fixture, &ada, &code(1)).await, 0);
    let held = fixture.store.held_factors(ada.id).await.unwrap();
    assert_eq!((held.recovery, held.recovered_at), (vec![[2; 32]], Some(now())));
    assert_eq!(fixture.store.held_factors(bob.id).await.unwrap(), HeldFactors::default());
    assert_eq!(replace(&[[3; 32]], now().minus(MINUTE)).await, CodeReplacement::Recovered(now()));
    assert_eq!(replace(&[[3; 32]], now()).await, CodeReplacement::Replaced, "the delay is over");
    assert_eq!(completed(&fixture, &ada, &code(2)).await, 0);
    assert_eq!(completed(&fixture, &ada, &code(3)).await, 1);
}

#[tokio::test]
async fn a_passkey_counts_once_for_each_state_that_was_verified() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    added(&fixture, &ada, FactorKind::Passkey).await;
    let used = |before, after| Spending::Passkey {
        factor: FACTOR,
        before: encrypted(before),
        after: Encrypted { key: 2, bytes: encrypted(after).bytes },
    };
    assert_eq!(completed(&fixture, &ada, &used("first", "second")).await, 1);
    assert_eq!(completed(&fixture, &ada, &used("first", "third")).await, 0);
    let held = fixture.store.held_factors(ada.id).await.unwrap();
    assert_eq!(held.rows[0].encrypted, Encrypted { key: 2, bytes: b"second".to_vec() });
}

#[tokio::test]
async fn adding_a_factor_ends_every_other_session_and_spends_the_enrolment() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let (other, bobs) = (fixture.session(&ada).await, fixture.session(&fixture.account("bob").await).await);
    let own = fixture.session(&ada).await;
    let (sign_in, _) = fixture.challenged(&ada).await;
    let head = fixture.store.feed_head().await.unwrap();
    fixture.store.begin_enrolment(&enrolment(own, FactorKind::Totp)).await.unwrap();
    let row = factor(&ada, FactorKind::Totp);
    let stranger = fixture.store.add_factor(&row, 20, &change(&ada, Some(other))).await.unwrap();
    assert_eq!(stranger, FactorAddition::Over, "the enrolment belongs to another session");
    assert_eq!(fixture.store.add_factor(&row, 20, &change(&ada, Some(own))).await.unwrap(), FactorAddition::Added);
    assert_eq!(fixture.store.add_factor(&row, 20, &change(&ada, Some(own))).await.unwrap(), FactorAddition::Over);
    assert!(
        fixture.store.session(own).await.unwrap().is_some() && fixture.store.session(bobs).await.unwrap().is_some()
    );
    assert!(fixture.store.session(other).await.unwrap().is_none());
    assert!(fixture.store.sign_in(sign_in, now()).await.unwrap().is_none());
    let changes: Vec<Change> =
        fixture.store.feed_since(head).await.unwrap().unwrap().into_iter().map(|(_, change)| change).collect();
    assert_eq!(changes, [Change::SessionEnded(other)]);
}

#[tokio::test]
async fn an_enrolment_allows_so_many_attempts_and_ends_with_its_time_and_its_session() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let session = fixture.session(&ada).await;
    let pending = enrolment(session, FactorKind::Totp);
    let latest = now().plus(MINUTE * 10);
    let claim = async |at| fixture.store.claim_enrolment(session, FactorKind::Totp, 2, at, latest).await.unwrap();
    assert_eq!(claim(now()).await, None);
    let future = Enrolment { expires_at: latest.plus(MINUTE), ..pending.clone() };
    assert!(fixture.store.begin_enrolment(&future).await.unwrap());
    assert_eq!(claim(now()).await, None, "begun before the clock was set back");
    assert!(fixture.store.begin_enrolment(&pending).await.unwrap());
    assert_eq!(claim(now().plus(MINUTE * 10)).await, None, "over");
    assert_eq!(claim(now()).await.as_ref(), Some(&pending));
    assert_eq!(claim(now()).await.as_ref(), Some(&pending));
    assert_eq!(claim(now()).await, None, "all attempts are used");
    assert!(fixture.store.begin_enrolment(&pending).await.unwrap(), "begun again");
    assert_eq!(claim(now()).await.as_ref(), Some(&pending));
    fixture.store.end_sessions_of(ada.id, &event("session.revoked")).await.unwrap();
    assert_eq!(claim(now()).await, None);
    assert!(!fixture.store.begin_enrolment(&pending).await.unwrap());
}

#[tokio::test]
async fn the_last_factor_stays_unless_a_code_can_be_sent_and_a_full_account_gets_no_more() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let session = added(&fixture, &ada, FactorKind::Totp).await;
    let removal = change(&ada, Some(session));
    let rule = |last| RemovalRule { last, recovered_after: now() };
    let remove = async |id, last| fixture.store.remove_factor(id, rule(last), &removal).await.unwrap();
    assert_eq!(remove(FACTOR, LastFactor::Stays).await, FactorRemoval::Last);
    assert_eq!(remove(FactorId::from_bytes([1; 16]), LastFactor::MayGo).await, FactorRemoval::Unknown);
    fixture.store.begin_enrolment(&enrolment(session, FactorKind::Passkey)).await.unwrap();
    let row = FactorRow { id: FACTOR, ..factor(&ada, FactorKind::Passkey) };
    assert_eq!(fixture.store.add_factor(&row, 1, &removal).await.unwrap(), FactorAddition::Full);
    assert_eq!(remove(FACTOR, LastFactor::MayGo).await, FactorRemoval::Removed);
    assert_eq!(remove(FACTOR, LastFactor::MayGo).await, FactorRemoval::Unknown);
}

#[tokio::test]
async fn proofs_of_one_sign_in_are_as_many_as_allowed_however_many_come_at_once() {
    let fixture = Fixture::build().await;
    let (second, ada) = (fixture.second().await, fixture.account("ada").await);
    let sign_in = fixture.sign_in(&ada).await;
    let claims = (0..50).map(|n| {
        let store = if n % 2 == 0 { fixture.store.clone() } else { second.clone() };
        tokio::spawn(async move { store.claim_proof(sign_in, 5, now()).await.unwrap() })
    });
    let mut left = Vec::new();
    for claim in claims.collect::<Vec<_>>() {
        match claim.await.unwrap() {
            ProofClaim::Claimed { left: more } => left.push(more),
            ProofClaim::Exhausted => {}
            ProofClaim::Unknown => panic!("the sign-in is there"),
        }
    }
    left.sort_unstable();
    assert_eq!(left, [0, 1, 2, 3, 4]);
    fixture.store.return_proof(sign_in).await.unwrap();
    let claim = async || second.claim_proof(sign_in, 5, now()).await.unwrap();
    assert_eq!((claim().await, claim().await), (ProofClaim::Claimed { left: 0 }, ProofClaim::Exhausted));
    let late = fixture.store.claim_proof(sign_in, 5, now().plus(MINUTE * 15)).await.unwrap();
    assert_eq!(late, ProofClaim::Unknown);
}

#[tokio::test]
async fn a_challenge_of_a_passkey_is_kept_while_it_waits_and_answered_once() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let sign_in = fixture.sign_in(&ada).await;
    let soon = now().plus(MINUTE * 5);
    let ask = async |text, at| fixture.store.passkey_challenge(sign_in, &encrypted(text), soon, at).await.unwrap();
    assert_eq!(ask("first", now()).await, Some(encrypted("first")));
    assert_eq!(ask("second", now()).await, Some(encrypted("first")), "a page that is loaded again");
    assert_eq!(ask("third", soon).await, Some(encrypted("third")), "the first has expired");
    assert_eq!(fixture.store.take_passkey_challenge(sign_in, soon, soon).await.unwrap(), None, "expired");
    let early = soon.minus(MINUTE);
    let taken = fixture.store.take_passkey_challenge(sign_in, now(), early).await.unwrap();
    assert_eq!(taken, None, "asked before the clock was set back");
    let answers = (0..50).map(|_| {
        let store = fixture.store.clone();
        tokio::spawn(async move { store.take_passkey_challenge(sign_in, now(), soon).await.unwrap().is_some() })
    });
    let mut taken = 0;
    for answer in answers.collect::<Vec<_>>() {
        taken += u32::from(answer.await.unwrap());
    }
    assert_eq!(taken, 1);
    let claim = async |byte| fixture.store.claim_login_challenge(&[byte; 16], soon).await.unwrap();
    assert!(claim(1).await && !claim(1).await && claim(2).await);
}

#[tokio::test]
async fn the_domain_of_passkeys_changes_only_while_no_passkey_belongs_to_another_or_if_that_is_accepted() {
    let fixture = Fixture::build().await;
    let keep = async |id, other| fixture.store.keep_relying_party(id, other).await.unwrap();
    assert_eq!(keep("a.example", OtherDomain::Refused).await, RelyingPartyChange::Same);
    assert_eq!(keep("b.example", OtherDomain::Refused).await, RelyingPartyChange::Same, "nobody has a passkey yet");
    let ada = fixture.account("ada").await;
    added(&fixture, &ada, FactorKind::Passkey).await;
    let other = RelyingPartyChange::Other { before: "b.example".to_owned(), passkeys: 1 };
    assert_eq!(keep("c.example", OtherDomain::Refused).await, other);
    assert_eq!(keep("b.example", OtherDomain::Refused).await, RelyingPartyChange::Same);
    assert_eq!(keep("c.example", OtherDomain::Accepted).await, other, "accepted");
    assert_eq!(keep("c.example", OtherDomain::Refused).await, RelyingPartyChange::Same);
}

#[tokio::test]
async fn a_passkey_is_found_by_its_credential_and_the_random_name_of_its_account() {
    let fixture = Fixture::build().await;
    let (ada, bob) = (fixture.account("ada").await, fixture.account("bob").await);
    added(&fixture, &ada, FactorKind::Passkey).await;
    assert_eq!(fixture.store.passkey_user(ada.id, [1; 16]).await.unwrap(), Some([1; 16]));
    assert_eq!(fixture.store.passkey_user(ada.id, [9; 16]).await.unwrap(), Some([1; 16]), "it never changes");
    assert_eq!(fixture.store.passkey_user(bob.id, [2; 16]).await.unwrap(), Some([2; 16]));
    let find = async |credential: &[u8], user: u8| fixture.store.passkey(credential, &[user; 16]).await.unwrap();
    assert_eq!(find(b"credential", 1).await.map(|row| row.account), Some(ada.id));
    assert_eq!(find(b"credential", 2).await, None);
    assert_eq!(find(b"credentia", 1).await, None);
    let session = fixture.session(&bob).await;
    fixture.store.begin_enrolment(&enrolment(session, FactorKind::Passkey)).await.unwrap();
    let again = FactorRow { account: bob.id, ..factor(&bob, FactorKind::Passkey) };
    let outcome = fixture.store.add_factor(&again, 20, &change(&bob, Some(session))).await.unwrap();
    assert_eq!(outcome, FactorAddition::Registered, "one passkey belongs to one account");
}

//! Sign-ins and challenges: who wins when many claim the same.

use super::*;

#[tokio::test]
async fn fifty_guesses_at_once_get_exactly_five() {
    let fixture = Fixture::build().await;
    let (second, ada) = (fixture.second().await, fixture.account("ada").await);
    let (sign_in, _) = fixture.challenged(&ada).await;
    let guesses = (0..50).map(|n| {
        let store = if n % 2 == 0 { fixture.store.clone() } else { second.clone() };
        tokio::spawn(async move { store.claim_guess(sign_in, 5, now()).await.unwrap() })
    });
    let mut numbers = Vec::new();
    for guess in guesses.collect::<Vec<_>>() {
        match guess.await.unwrap() {
            GuessClaim::Claimed(claimed) => numbers.push(claimed.guesses),
            GuessClaim::Exhausted => {}
            other @ (GuessClaim::NoCode | GuessClaim::Unknown) => panic!("{other:?}"),
        }
    }
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn fifty_completions_at_once_make_exactly_one_session() {
    let fixture = Fixture::build().await;
    let (second, ada) = (fixture.second().await, fixture.account("ada").await);
    let (sign_in, challenge) = fixture.challenged(&ada).await;
    let completions = (0..50).map(|n| {
        let store = if n % 2 == 0 { fixture.store.clone() } else { second.clone() };
        let completion = completion(&ada, sign_in, challenge);
        tokio::spawn(async move { store.complete_sign_in(&completion, now()).await.unwrap().is_some() })
    });
    let mut won = 0;
    for completion in completions.collect::<Vec<_>>() {
        won += u32::from(completion.await.unwrap());
    }
    assert_eq!(won, 1);
    assert_eq!(fixture.store.sessions_of(ada.id).await.unwrap().len(), 1);
    assert_eq!(fixture.event_names().await.iter().filter(|name| *name == "sign-in.completed").count(), 1);
    assert!(fixture.store.sign_in(sign_in, now()).await.unwrap().is_none());
    assert!(matches!(fixture.store.claim_guess(sign_in, 5, now()).await.unwrap(), GuessClaim::Unknown));
    assert!(fixture.store.knows_device(ada.id, DeviceId::from_bytes([9; 16])).await.unwrap());
    assert!(!fixture.store.knows_device(AccountId::from_bytes([1; 16]), DeviceId::from_bytes([9; 16])).await.unwrap());
}

#[tokio::test]
async fn a_completion_needs_an_active_account_a_live_sign_in_and_the_proof_that_still_stands() {
    let fixture = Fixture::build().await;
    let (ada, bob) = (fixture.account("ada").await, fixture.account("bob").await);
    let (sign_in, challenge) = fixture.challenged(&ada).await;
    let good = completion(&ada, sign_in, challenge);
    let mut nothing = good.clone();
    nothing.spending = sent_code(sign_in, challenge, Proof::Nothing);
    let mut local = good.clone();
    local.spending = sent_code(sign_in, challenge, Proof::Local { key: 1, tag: [0; 32] });
    let mut other = good.clone();
    other.spending = sent_code(sign_in, ChallengeId::from_bytes([1; 16]), remote("first"));
    let foreign = completion(&bob, sign_in, challenge);
    let mut cut = good.clone();
    cut.spending = sent_code(sign_in, challenge, remote("firs"));
    for bad in [&nothing, &local, &other, &foreign, &cut] {
        assert!(fixture.store.complete_sign_in(bad, now()).await.unwrap().is_none(), "{bad:?}");
    }
    assert!(fixture.store.complete_sign_in(&good, now().plus(MINUTE * 15)).await.unwrap().is_none(), "expired");
    fixture.sent(challenge, "second").await;
    assert!(fixture.store.complete_sign_in(&good, now()).await.unwrap().is_none(), "sent again meanwhile");
    fixture.sent(challenge, "first").await;
    let (bobs, code) = fixture.challenged(&bob).await;
    fixture.store.set_status(bob.id, AccountStatus::Disabled, &event("account.disabled")).await.unwrap();
    assert!(fixture.store.complete_sign_in(&completion(&bob, bobs, code), now()).await.unwrap().is_none(), "disabled");
    assert!(fixture.store.sessions_of(ada.id).await.unwrap().is_empty());
    assert!(fixture.store.complete_sign_in(&good, now()).await.unwrap().is_some());
}

#[tokio::test]
async fn a_completion_that_fails_half_way_spends_nothing() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let taken = fixture.session(&ada).await;
    let (sign_in, challenge) = fixture.challenged(&ada).await;
    let mut twice = completion(&ada, sign_in, challenge);
    if let Earned::Session(session) = &mut twice.earned {
        session.id = taken;
    }
    assert!(fixture.store.complete_sign_in(&twice, now()).await.is_err());
    assert!(fixture.store.complete_sign_in(&completion(&ada, sign_in, challenge), now()).await.unwrap().is_some());
}

#[tokio::test]
async fn a_local_proof_comes_back_as_it_was_recorded_and_completes() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let (sign_in, challenge) = fixture.challenged(&ada).await;
    let proof = Proof::Local { key: 255, tag: [0xa5; 32] };
    let until = now().plus(MINUTE);
    fixture.store.record_send(challenge, CodeMethod::Email, "smtp", &proof, until).await.unwrap();
    let kept = fixture.store.sign_in(sign_in, now()).await.unwrap().unwrap().challenge.unwrap();
    assert_eq!((kept.proof.clone(), kept.method, kept.provider.as_str()), (proof.clone(), CodeMethod::Email, "smtp"));
    let spending = sent_code(sign_in, challenge, proof);
    let completion = Completion { spending, ..completion(&ada, sign_in, challenge) };
    assert!(fixture.store.complete_sign_in(&completion, now()).await.unwrap().is_some());
}

#[tokio::test]
async fn there_is_no_guess_without_a_code_after_its_life_or_after_the_sign_in() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let bare = fixture.sign_in(&ada).await;
    assert!(matches!(fixture.store.claim_guess(bare, 5, now()).await.unwrap(), GuessClaim::NoCode));
    let fresh = ChallengeId::from_bytes([3; 16]);
    fixture.store.claim_send(bare, fresh, CodeMethod::Sms, now().plus(SECOND), now()).await.unwrap();
    assert!(matches!(fixture.store.claim_guess(bare, 5, now()).await.unwrap(), GuessClaim::NoCode), "not yet sent");
    let (sign_in, _) = fixture.challenged(&ada).await;
    let late = now().plus(MINUTE * 5);
    assert!(matches!(fixture.store.claim_guess(sign_in, 5, late).await.unwrap(), GuessClaim::NoCode), "expired code");
    let over = now().plus(MINUTE * 15);
    assert!(matches!(fixture.store.claim_guess(sign_in, 5, over).await.unwrap(), GuessClaim::Unknown));
    assert!(fixture.store.sign_in(sign_in, over).await.unwrap().is_none());
}

#[tokio::test]
async fn a_returned_guess_can_be_made_again_and_no_more_than_that() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let (sign_in, challenge) = fixture.challenged(&ada).await;
    for _ in 0..3 {
        fixture.store.return_guess(challenge).await.unwrap();
    }
    for _ in 0..5 {
        assert!(matches!(fixture.store.claim_guess(sign_in, 5, now()).await.unwrap(), GuessClaim::Claimed(_)));
    }
    fixture.store.return_guess(challenge).await.unwrap();
    assert!(matches!(fixture.store.claim_guess(sign_in, 5, now()).await.unwrap(), GuessClaim::Claimed(_)));
    assert!(matches!(fixture.store.claim_guess(sign_in, 5, now()).await.unwrap(), GuessClaim::Exhausted));
}

#[tokio::test]
async fn sending_again_waits_keeps_the_guesses_and_ends_with_them() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let (sign_in, challenge) = fixture.challenged(&ada).await;
    let other = ChallengeId::from_bytes([3; 16]);
    let later = now().plus(SECOND * 30);
    let send = async |at: Timestamp| {
        fixture.store.claim_send(sign_in, other, CodeMethod::Email, at.plus(SECOND * 30), at).await.unwrap()
    };
    fixture.store.claim_guess(sign_in, 5, now()).await.unwrap();
    assert!(matches!(send(now().plus(SECOND * 10)).await, SendClaim::Wait(wait) if wait == SECOND * 20));
    let SendClaim::Claimed(id, Some(before)) = send(later).await else { panic!("not claimed") };
    assert_eq!((id, before.id, before.proof, before.method), (challenge, challenge, remote("first"), CodeMethod::Sms));
    assert!(matches!(send(later).await, SendClaim::Wait(_)), "one send for one claim");
    fixture.sent(challenge, "second").await;
    let kept = fixture.store.sign_in(sign_in, now()).await.unwrap().unwrap().challenge.unwrap();
    assert_eq!((kept.guesses, kept.proof), (1, remote("second")));
    for _ in 0..4 {
        fixture.store.claim_guess(sign_in, 5, now()).await.unwrap();
    }
    assert!(matches!(send(later.plus(MINUTE)).await, SendClaim::Over), "no guess left");
    let (expired, _) = fixture.challenged(&ada).await;
    let over = now().plus(HOUR);
    let claim = fixture.store.claim_send(expired, other, CodeMethod::Sms, over, over).await.unwrap();
    assert!(matches!(claim, SendClaim::Over));
    let unknown = SignInId::from_bytes([0; 16]);
    let claim = fixture.store.claim_send(unknown, other, CodeMethod::Sms, over, now()).await.unwrap();
    assert!(matches!(claim, SendClaim::Over));
}

#[tokio::test]
async fn of_fifty_sends_at_once_one_goes_out() {
    let fixture = Fixture::build().await;
    let (second, ada) = (fixture.second().await, fixture.account("ada").await);
    let sign_in = fixture.sign_in(&ada).await;
    let claims = (0..50_u8).map(|n| {
        let store = if n % 2 == 0 { fixture.store.clone() } else { second.clone() };
        let fresh = ChallengeId::from_bytes([n; 16]);
        tokio::spawn(async move { store.claim_send(sign_in, fresh, CodeMethod::Sms, now().plus(SECOND), now()).await })
    });
    let mut claimed = 0;
    for claim in claims.collect::<Vec<_>>() {
        claimed += u32::from(matches!(claim.await.unwrap().unwrap(), SendClaim::Claimed(_, None)));
    }
    assert_eq!(claimed, 1);
}

#[tokio::test]
async fn a_sign_in_goes_on_under_a_new_id_while_its_code_can_still_be_typed() {
    let fixture = Fixture::build().await;
    let (ada, bob) = (fixture.account("ada").await, fixture.account("bob").await);
    let (old, challenge) = fixture.challenged(&ada).await;
    let new = SignInId::from_bytes([5; 16]);
    let go_on = async |account: &Account, at| {
        let next = begun(new, account, "https://app.example.com/two");
        fixture.store.continue_sign_in(old, &next, at).await.unwrap()
    };
    assert!(!go_on(&bob, now()).await, "another account's");
    assert!(!go_on(&ada, now().plus(MINUTE * 5)).await, "code expired");
    fixture.store.claim_guess(old, 5, now()).await.unwrap();
    assert!(go_on(&ada, now()).await);
    assert!(!go_on(&ada, now()).await, "the old id is dead");
    assert!(fixture.store.sign_in(old, now()).await.unwrap().is_none());
    let kept = fixture.store.sign_in(new, now()).await.unwrap().unwrap();
    assert_eq!(kept.return_to, "https://app.example.com/two");
    let code = kept.challenge.unwrap();
    assert_eq!((code.id, code.guesses), (challenge, 1));
    let again = SignInId::from_bytes([6; 16]);
    for _ in 0..4 {
        fixture.store.claim_guess(new, 5, now()).await.unwrap();
    }
    assert!(!fixture.store.continue_sign_in(new, &begun(again, &ada, ""), now()).await.unwrap(), "no guess left");
    let bare = fixture.sign_in(&ada).await;
    assert!(!fixture.store.continue_sign_in(bare, &begun(again, &ada, ""), now()).await.unwrap(), "nothing was sent");
}

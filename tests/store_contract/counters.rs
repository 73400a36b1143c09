//! Counters: failures held back, sends limited.

use super::*;

#[tokio::test]
async fn five_failures_are_free_then_waits_double_to_a_quarter_of_an_hour_until_the_counter_closes() {
    let fixture = Fixture::build().await;
    let mut at = now();
    let mut waits = Vec::new();
    for failure in 1..=100 {
        let counted = fixture.store.count_failure("account:x:password", &ACCOUNT, at).await.unwrap();
        assert_eq!(counted, Counted::Allowed { failures: failure });
        if let Counted::Wait(wait) = fixture.store.count_failure("account:x:password", &ACCOUNT, at).await.unwrap() {
            waits.push(wait.as_secs());
            let early = at.plus(wait).minus(Duration::from_millis(1));
            let held = fixture.store.count_failure("account:x:password", &ACCOUNT, early).await.unwrap();
            assert_eq!(held, Counted::Wait(Duration::from_millis(1)));
            at = at.plus(wait);
        } else if failure < 5 {
            // The question itself was counted: nothing holds it back yet.
            fixture.store.uncount_failure("account:x:password", &ACCOUNT, at).await.unwrap();
        }
    }
    assert_eq!(waits[..11], [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900]);
    assert!(waits[11..].iter().all(|wait| *wait == 900));
    assert_eq!(waits.len(), 95, "no wait after the first four, closed after the hundredth");
    let late = at.plus(HOUR * 24 * 365);
    assert_eq!(fixture.store.count_failure("account:x:password", &ACCOUNT, late).await.unwrap(), Counted::Closed);
    fixture.store.clear_counter("account:x:password").await.unwrap();
    let counted = fixture.store.count_failure("account:x:password", &ACCOUNT, late).await.unwrap();
    assert_eq!(counted, Counted::Allowed { failures: 1 });
}

#[tokio::test]
async fn failures_at_once_are_counted_one_by_one_and_held_back_together() {
    let fixture = Fixture::build().await;
    let second = fixture.second().await;
    let counts = (0..50).map(|n| {
        let store = if n % 2 == 0 { fixture.store.clone() } else { second.clone() };
        tokio::spawn(async move { store.count_failure("key", &ACCOUNT, now()).await.unwrap() })
    });
    let mut allowed = Vec::new();
    for count in counts.collect::<Vec<_>>() {
        match count.await.unwrap() {
            Counted::Allowed { failures } => allowed.push(failures),
            Counted::Wait(wait) => assert_eq!(wait, SECOND),
            Counted::Closed => panic!("closed"),
        }
    }
    allowed.sort_unstable();
    assert_eq!(allowed, [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn failures_outside_the_window_are_forgotten_one_by_one() {
    let fixture = Fixture::build().await;
    let count = async |at: Timestamp| fixture.store.count_failure("192.0.2.1", &ADDRESS, at).await.unwrap();
    for second in 0..20 {
        count(now().plus(SECOND * second)).await;
    }
    let full = now().plus(SECOND * 19);
    assert_eq!(count(full).await, Counted::Wait(SECOND));
    // Ten minutes after the first three, those three no longer count.
    let later = now().plus(MINUTE * 10 + SECOND * 2);
    assert_eq!(count(later).await, Counted::Allowed { failures: 18 });
    let calm = now().plus(HOUR);
    assert_eq!(count(calm).await, Counted::Allowed { failures: 1 });
}

#[tokio::test]
async fn a_failure_taken_back_takes_its_wait_with_it() {
    let fixture = Fixture::build().await;
    for _ in 0..5 {
        fixture.store.count_failure("key", &ACCOUNT, now()).await.unwrap();
    }
    assert_eq!(fixture.store.count_failure("key", &ACCOUNT, now()).await.unwrap(), Counted::Wait(SECOND));
    fixture.store.uncount_failure("key", &ACCOUNT, now()).await.unwrap();
    let counted = fixture.store.count_failure("key", &ACCOUNT, now()).await.unwrap();
    assert_eq!(counted, Counted::Allowed { failures: 5 });
    fixture.store.uncount_failure("other", &ACCOUNT, now()).await.unwrap();
}

#[tokio::test]
async fn restoring_an_account_clears_its_own_counters_and_no_others() {
    let fixture = Fixture::build().await;
    let (ada, bob) = (fixture.account("ada").await, fixture.account("bob").await);
    let key = |account: &Account, factor: &str| format!("account:{}:{factor}", account.id.to_hex());
    let keys = [key(&ada, "sms"), key(&ada, "password"), key(&bob, "sms"), "network:192.0.2.1".to_owned()];
    for key in &keys {
        fixture.store.count_failure(key, &ACCOUNT, now()).await.unwrap();
    }
    fixture.store.restore_account(ada.id, &event("account.restored")).await.unwrap();
    let mut counts = Vec::new();
    for key in &keys {
        counts.push(fixture.store.count_failure(key, &ACCOUNT, now()).await.unwrap());
    }
    assert_eq!(counts, [1, 1, 2, 2].map(|failures| Counted::Allowed { failures }));
}

#[tokio::test]
async fn a_send_counts_against_every_limit_or_none() {
    let fixture = Fixture::build().await;
    let limit = |key: &str, most, window| SendLimit { key: key.into(), most, window };
    let number = [limit("sms:+1", 3, MINUTE * 10), limit("sms:+1", 10, HOUR * 24), limit("range:+", 4, HOUR)];
    for _ in 0..3 {
        assert_eq!(fixture.store.count_send(&number, now()).await.unwrap(), Ok(()));
    }
    let refused = fixture.store.count_send(&number, now().plus(MINUTE)).await.unwrap();
    assert_eq!(refused, Err(MINUTE * 9));
    // The refused one left no mark on the range, which has one to give.
    let other = [limit("sms:+2", 3, MINUTE * 10), limit("range:+", 4, HOUR)];
    assert_eq!(fixture.store.count_send(&other, now().plus(MINUTE)).await.unwrap(), Ok(()));
    assert_eq!(fixture.store.count_send(&other, now().plus(MINUTE)).await.unwrap(), Err(MINUTE * 59));
    fixture.store.uncount_send(&other, now().plus(MINUTE)).await.unwrap();
    assert_eq!(fixture.store.count_send(&other, now().plus(MINUTE)).await.unwrap(), Ok(()));
    let none = [limit("never", 0, HOUR)];
    assert_eq!(fixture.store.count_send(&none, now()).await.unwrap(), Err(HOUR));
}

#[tokio::test]
async fn of_fifty_sends_to_one_number_three_are_counted() {
    let fixture = Fixture::build().await;
    let second = fixture.second().await;
    let sends = (0..50).map(|n| {
        let store = if n % 2 == 0 { fixture.store.clone() } else { second.clone() };
        let limits = [SendLimit { key: "sms:+1".into(), most: 3, window: MINUTE * 10 }];
        tokio::spawn(async move { store.count_send(&limits, now()).await.unwrap() })
    });
    let mut counted = 0;
    for send in sends.collect::<Vec<_>>() {
        counted += u32::from(send.await.unwrap().is_ok());
    }
    assert_eq!(counted, 3);
}

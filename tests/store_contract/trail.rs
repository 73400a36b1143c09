//! Audit trail, change feed, sweep.

use super::*;

#[tokio::test]
async fn the_newest_events_come_first_and_whole() {
    let fixture = Fixture::build().await;
    let whole = StoredEvent {
        account: Some(AccountId::from_bytes([1; 16])),
        client: Some("192.0.2.1".into()),
        request: Some("0123abcd".into()),
        details: "{\"a\":\"\\u0000'\"}".into(),
        ..event("second")
    };
    fixture.store.append_event(&event("first")).await.unwrap();
    fixture.store.append_event(&whole).await.unwrap();
    assert_eq!(fixture.store.newest_events(10).await.unwrap(), [whole.clone(), event("first")]);
    assert_eq!(fixture.store.newest_events(1).await.unwrap(), [whole]);
}

#[tokio::test]
async fn every_change_reaches_the_other_process_in_order() {
    let fixture = Fixture::build().await;
    let (second, mut ada) = (fixture.second().await, fixture.account("ada").await);
    let (one, _two) = (fixture.session(&ada).await, fixture.session(&ada).await);
    let cursor = second.feed_head().await.unwrap();
    assert_eq!(second.feed_since(cursor).await.unwrap().unwrap(), []);
    fixture.store.end_session(&SessionEnd::of(one, event("x"))).await.unwrap();
    ada.groups.clear();
    fixture.store.update_account(&ada, &event("x")).await.unwrap();
    fixture.store.end_sessions_of(ada.id, &event("x")).await.unwrap();
    fixture.store.set_status(ada.id, AccountStatus::Disabled, &event("x")).await.unwrap();
    let hash = PasswordHash::from_stored("$argon2id$new".into());
    fixture.store.change_password(ada.id, &hash, &event("x"), now()).await.unwrap();
    fixture.store.remove_account(ada.id, &event("x")).await.unwrap();
    let seen = second.feed_since(cursor).await.unwrap().unwrap();
    assert!(seen.is_sorted_by(|a, b| a.0 < b.0));
    assert_eq!(seen.last().unwrap().0, second.feed_head().await.unwrap());
    let changes: Vec<Change> = seen.into_iter().map(|(_, change)| change).collect();
    let (account, sessions) = (Change::AccountChanged(ada.id), Change::SessionsEnded(ada.id));
    assert_eq!(changes[..3], [Change::SessionEnded(one), account, sessions]);
    // Disabled, new password, removed: each tells both.
    for pair in changes[3..].chunks(2) {
        assert!(pair.contains(&account) && pair.contains(&sessions), "{pair:?}");
    }
    assert_eq!(changes.len(), 9);
}

#[tokio::test]
async fn a_cursor_older_than_what_is_kept_is_told_to_reload_also_when_nothing_is_left() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let start = fixture.store.feed_head().await.unwrap();
    for _ in 0..3 {
        fixture.store.end_sessions_of(ada.id, &event("x")).await.unwrap();
    }
    let head = fixture.store.feed_head().await.unwrap();
    fixture.store.sweep(now().plus(MINUTE)).await.unwrap();
    assert_eq!(fixture.store.feed_since(start).await.unwrap().unwrap().len(), 3);
    fixture.store.sweep(now().plus(HOUR * 2)).await.unwrap();
    assert!(fixture.store.feed_since(start).await.unwrap().is_none());
    assert_eq!(fixture.store.feed_head().await.unwrap(), head);
    assert_eq!(fixture.store.feed_since(head).await.unwrap().unwrap(), []);
    assert!(fixture.store.feed_since(head + 1).await.unwrap().is_none(), "a number that was never given");
    fixture.store.end_sessions_of(ada.id, &event("x")).await.unwrap();
    let next = fixture.store.feed_since(head).await.unwrap().unwrap();
    assert_eq!(next, [(head + 1, Change::SessionsEnded(ada.id))]);
}

#[tokio::test]
async fn the_sweep_takes_what_is_over_and_leaves_the_rest() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let session = fixture.session(&ada).await;
    let sign_in = fixture.sign_in(&ada).await;
    fixture.store.count_failure("192.0.2.1", &ADDRESS, now()).await.unwrap();
    fixture.store.count_failure("account:x", &ACCOUNT, now()).await.unwrap();
    let limits = [SendLimit { key: "sms:+1".into(), most: 1, window: HOUR }];
    fixture.store.count_send(&limits, now()).await.unwrap().unwrap();
    fixture.store.sweep(now()).await.unwrap();
    assert!(fixture.store.session(session).await.unwrap().is_some());
    assert!(fixture.store.sign_in(sign_in, now()).await.unwrap().is_some());
    assert!(fixture.store.count_send(&limits, now()).await.unwrap().is_err());
    fixture.store.sweep(now().plus(HOUR * 12)).await.unwrap();
    assert!(fixture.store.session(session).await.unwrap().is_none());
    assert!(fixture.store.sign_in(sign_in, now()).await.unwrap().is_none());
    assert_eq!(fixture.store.count_send(&limits, now()).await.unwrap(), Ok(()));
    let counted = fixture.store.count_failure("account:x", &ACCOUNT, now()).await.unwrap();
    assert_eq!(counted, Counted::Allowed { failures: 2 }, "only a success or an operator clears it");
    assert_eq!(fixture.event_names().await.len(), 2);
    fixture.store.sweep(now().plus(HOUR * 24 * 91)).await.unwrap();
    assert!(fixture.event_names().await.is_empty());
    assert_eq!(fixture.store.accounts().await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_trail_is_read_page_by_page_in_both_directions_and_nothing_moves_meanwhile() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    for second in 1..=5 {
        let at = now().plus(SECOND * second);
        let told = StoredEvent { at, account: (second % 2 == 0).then_some(ada.id), ..event("session.ended") };
        fixture.store.append_event(&told).await.unwrap();
    }
    let any = EventFilter::default();
    let ids = |rows: Vec<EventRow>| rows.into_iter().map(|row| row.id).collect::<Vec<i64>>();
    let page = fixture.store.events_before(i64::MAX, &any, 2).await.unwrap();
    fixture.store.append_event(&event("token.created")).await.unwrap();
    assert_eq!(ids(page), [6, 5]);
    assert_eq!(ids(fixture.store.events_before(5, &any, 2).await.unwrap()), [4, 3]);
    assert_eq!(ids(fixture.store.events_after(0, &any, 2).await.unwrap()), [1, 2]);
    assert_eq!(ids(fixture.store.events_after(5, &any, 10).await.unwrap()), [6, 7]);
    let of_ada = EventFilter { account: Some(ada.id), name: Some("session".into()), ..any.clone() };
    let found = fixture.store.events_after(0, &of_ada, 10).await.unwrap();
    assert!(found.iter().all(|row| row.username.as_ref() == Some(&ada.username)));
    assert_eq!(ids(found), [3, 5]);
    let (from, to) = (now().plus(SECOND * 2), now().plus(SECOND * 4));
    let between = EventFilter { since: Some(from), until: Some(to), ..any.clone() };
    assert_eq!(ids(fixture.store.events_after(0, &between, 10).await.unwrap()), [3, 4]);
    let literal = EventFilter { name: Some("s%".into()), ..any };
    assert_eq!(fixture.store.events_after(0, &literal, 10).await.unwrap(), []);
    let one = fixture.store.event(3).await.unwrap().unwrap();
    assert_eq!((one.event.at, one.username), (from, Some(ada.username.clone())));
    assert_eq!(fixture.store.event(8).await.unwrap(), None);
    fixture.store.remove_account(ada.id, &event("account.removed")).await.unwrap();
    let gone = fixture.store.event(3).await.unwrap().unwrap();
    assert_eq!((gone.event.account, gone.username), (Some(ada.id), None));
}

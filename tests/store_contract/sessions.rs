//! Sessions: made once, ended once.

use super::*;

#[tokio::test]
async fn an_ended_session_stays_ended_and_is_told_once() {
    let house = House::build().await;
    let ada = house.account("ada").await;
    let session = house.session(&ada).await;
    assert_eq!(house.store.session(session).await.unwrap().unwrap().assurance, Assurance::TwoFactor);
    assert!(house.store.end_session(session, &event("session.ended")).await.unwrap());
    assert!(!house.store.end_session(session, &event("session.ended")).await.unwrap());
    house.store.touch_sessions(&[(session, now().plus(MINUTE))]).await.unwrap();
    assert!(house.store.session(session).await.unwrap().is_none());
    assert_eq!(house.event_names().await.iter().filter(|name| *name == "session.ended").count(), 1);
}

#[tokio::test]
async fn a_batch_of_ends_is_told_for_each_session_that_had_not_ended_before() {
    let house = House::build().await;
    let ada = house.account("ada").await;
    let (one, two, stays) = (house.session(&ada).await, house.session(&ada).await, house.session(&ada).await);
    house.store.end_session(one, &event("session.ended")).await.unwrap();
    let head = house.store.feed_head().await.unwrap();
    let batch = [(one, event("session.timed-out")), (two, event("session.timed-out"))];
    assert_eq!(house.store.end_sessions(&batch).await.unwrap(), [false, true]);
    let told = house.store.feed_since(head).await.unwrap().unwrap();
    assert_eq!(told.iter().map(|(_, change)| *change).collect::<Vec<_>>(), [Change::SessionEnded(two)]);
    assert_eq!(house.event_names().await.iter().filter(|name| *name == "session.timed-out").count(), 1);
    assert!(house.store.session(stays).await.unwrap().is_some());
}

#[tokio::test]
async fn all_sessions_of_one_account_end_and_no_others() {
    let house = House::build().await;
    let (ada, bob) = (house.account("ada").await, house.account("bob").await);
    for _ in 0..3 {
        house.session(&ada).await;
    }
    house.session(&bob).await;
    assert_eq!(house.store.sessions_of(ada.id).await.unwrap().len(), 3);
    assert_eq!(house.store.end_sessions_of(ada.id, &event("sessions.ended")).await.unwrap(), 3);
    assert_eq!(house.store.sessions_of(bob.id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_last_use_only_moves_forward() {
    let house = House::build().await;
    let ada = house.account("ada").await;
    let session = house.session(&ada).await;
    for (at, expected) in [(MINUTE * 2, MINUTE * 2), (MINUTE, MINUTE * 2), (MINUTE * 3, MINUTE * 3)] {
        house.store.touch_sessions(&[(session, now().plus(at))]).await.unwrap();
        let kept = house.store.session(session).await.unwrap().unwrap().last_used_at;
        assert_eq!(kept, now().plus(expected));
    }
}

//! Sessions: made once, ended once.

use super::*;

#[tokio::test]
async fn an_ended_session_stays_ended_and_is_told_once() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let session = fixture.session(&ada).await;
    assert_eq!(fixture.store.session(session).await.unwrap().unwrap().assurance, Assurance::TwoFactor);
    let end = SessionEnd::of(session, event("session.ended"));
    assert!(fixture.store.end_session(&end).await.unwrap().session);
    assert!(!fixture.store.end_session(&end).await.unwrap().session);
    fixture.store.touch_sessions(&[(session, now().plus(MINUTE))]).await.unwrap();
    assert!(fixture.store.session(session).await.unwrap().is_none());
    assert_eq!(fixture.event_names().await.iter().filter(|name| *name == "session.ended").count(), 1);
}

#[tokio::test]
async fn a_batch_of_ends_is_told_for_each_session_that_had_not_ended_before() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let (one, two, stays) = (fixture.session(&ada).await, fixture.session(&ada).await, fixture.session(&ada).await);
    fixture.store.end_session(&SessionEnd::of(one, event("session.ended"))).await.unwrap();
    let head = fixture.store.feed_head().await.unwrap();
    let batch = [one, two].map(|session| SessionEnd::of(session, event("session.timed-out")));
    let ended = fixture.store.end_sessions(&batch).await.unwrap();
    assert_eq!(ended.iter().map(|ended| ended.session).collect::<Vec<_>>(), [false, true]);
    let told = fixture.store.feed_since(head).await.unwrap().unwrap();
    assert_eq!(told.iter().map(|(_, change)| *change).collect::<Vec<_>>(), [Change::SessionEnded(two)]);
    assert_eq!(fixture.event_names().await.iter().filter(|name| *name == "session.timed-out").count(), 1);
    assert!(fixture.store.session(stays).await.unwrap().is_some());
}

#[tokio::test]
async fn all_sessions_of_one_account_end_and_no_others() {
    let fixture = Fixture::build().await;
    let (ada, bob) = (fixture.account("ada").await, fixture.account("bob").await);
    for _ in 0..3 {
        fixture.session(&ada).await;
    }
    fixture.session(&bob).await;
    assert_eq!(fixture.store.sessions_of(ada.id).await.unwrap().len(), 3);
    assert_eq!(fixture.store.end_sessions_of(ada.id, &event("sessions.ended")).await.unwrap(), 3);
    assert_eq!(fixture.store.sessions_of(bob.id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_last_use_only_moves_forward() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let session = fixture.session(&ada).await;
    for (at, expected) in [(MINUTE * 2, MINUTE * 2), (MINUTE, MINUTE * 2), (MINUTE * 3, MINUTE * 3)] {
        fixture.store.touch_sessions(&[(session, now().plus(at))]).await.unwrap();
        let kept = fixture.store.session(session).await.unwrap().unwrap().last_used_at;
        assert_eq!(kept, now().plus(expected));
    }
}

//! The chain of the audit trail, its end and its beginning, and the receivers of events.

use super::*;

const DAY: Duration = Duration::from_hours(24);

fn event_at(at: Timestamp) -> StoredEvent {
    StoredEvent { at, ..event("session.ended") }
}

fn holder(sink: &str, number: u8, until: Timestamp) -> SinkHolder<'_> {
    SinkHolder { sink, holder: [number; 16], until }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn processes_that_write_at_once_write_one_chain() {
    let fixture = Fixture::build().await;
    let others = [fixture.second().await, fixture.second().await, fixture.second().await];
    let writers = others.into_iter().chain([fixture.store.clone()]).map(|store| {
        tokio::spawn(async move {
            for _ in 0..50 {
                store.append_event(&event("session.ended")).await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let report = fixture.store.verify_trail(None).await.unwrap();
    assert_eq!((report.fitting, report.broken, report.head.event), (200, None, 200));
    assert_eq!(report.head, fixture.store.trail_head().await.unwrap());
    assert!(fixture.store.has_link(&report.head).await.unwrap());
    let other = ChainHead { chain: [7; 32], ..report.head };
    assert!(!fixture.store.has_link(&other).await.unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_trail_that_grows_and_is_swept_while_it_is_verified_is_intact() {
    let fixture = Fixture::build().await;
    for _ in 0..3000 {
        fixture.store.append_event(&event("session.ended")).await.unwrap();
    }
    let writer = fixture.second().await;
    let writing = tokio::spawn(async move {
        for round in 0..100 {
            writer.append_event(&event_at(now().plus(DAY * 50))).await.unwrap();
            if round == 50 {
                writer.sweep(now().plus(DAY * 91)).await.unwrap();
            }
        }
    });
    while !writing.is_finished() {
        assert_eq!(fixture.store.verify_trail(None).await.unwrap().broken, None);
    }
    writing.await.unwrap();
    let report = fixture.store.verify_trail(None).await.unwrap();
    assert_eq!((report.fitting, report.broken, report.head.event), (100, None, 3100));
}

#[tokio::test]
async fn a_change_that_fails_uses_no_number() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    assert!(fixture.store.insert_account(&account("ada"), &event("account.added")).await.is_err());
    fixture.store.set_status(ada.id, AccountStatus::Disabled, &event("account.disabled")).await.unwrap();
    let report = fixture.store.verify_trail(None).await.unwrap();
    assert_eq!((report.fitting, report.broken), (2, None));
}

#[tokio::test]
async fn the_chain_survives_the_sweep_also_when_nothing_is_left() {
    let fixture = Fixture::build().await;
    for day in 0..10 {
        fixture.store.append_event(&event_at(now().plus(DAY * day))).await.unwrap();
    }
    let old = fixture.store.verify_trail(None).await.unwrap().head;
    assert_eq!(fixture.store.sweep(now().plus(DAY * 94)).await.unwrap(), SweptEvents::default());
    let report = fixture.store.verify_trail(Some(old.chain)).await.unwrap();
    assert_eq!((report.fitting, report.broken, report.known_head), (6, None, Some(10)));
    fixture.store.sweep(now().plus(DAY * 200)).await.unwrap();
    let report = fixture.store.verify_trail(Some(old.chain)).await.unwrap();
    assert_eq!((report.fitting, report.broken, report.known_head), (0, None, Some(10)), "the beginning has its hash");
    assert!(fixture.store.has_link(&old).await.unwrap());
    fixture.store.append_event(&event_at(now().plus(DAY * 200))).await.unwrap();
    let report = fixture.store.verify_trail(Some(old.chain)).await.unwrap();
    assert_eq!((report.fitting, report.broken, report.head.event), (1, None, 11));
}

#[tokio::test]
async fn the_sweep_leaves_no_gap_where_a_clock_was_wrong() {
    let fixture = Fixture::build().await;
    for day in [0, 5, 1, 2] {
        fixture.store.append_event(&event_at(now().plus(DAY * day))).await.unwrap();
    }
    fixture.store.sweep(now().plus(DAY * 93)).await.unwrap();
    let report = fixture.store.verify_trail(None).await.unwrap();
    assert_eq!((report.fitting, report.broken), (3, None), "the two behind the later one stay with it");
    fixture.store.sweep(now().plus(DAY * 96)).await.unwrap();
    assert_eq!(fixture.store.verify_trail(None).await.unwrap().fitting, 0);
}

/// Does what somebody can do who may write the file.
async fn tamper(fixture: &Fixture, statement: &'static str) {
    let file = format!("sqlite://{}", fixture.file("").display());
    let mut other = <sqlx::SqliteConnection as sqlx::Connection>::connect(&file).await.unwrap();
    let triggers = "DROP TRIGGER events_are_not_changed; DROP TRIGGER events_are_not_deleted";
    sqlx::raw_sql(triggers).execute(&mut other).await.unwrap();
    sqlx::raw_sql(statement).execute(&mut other).await.unwrap();
}

#[tokio::test]
async fn events_that_no_key_can_verify_are_told_when_they_are_deleted() {
    let fixture = Fixture::build().await;
    for _ in 0..5 {
        fixture.store.append_event(&event("session.ended")).await.unwrap();
    }
    tamper(&fixture, "UPDATE events SET at = 0, details = 'x', chain_key = x'0102030405060708' WHERE id < 4").await;
    let swept = fixture.store.sweep(now()).await.unwrap();
    assert_eq!(swept, SweptEvents { unverifiable: 3, ..SweptEvents::default() });
}

#[tokio::test]
async fn events_before_the_beginning_of_a_chain_that_has_nothing_before_it_are_found() {
    let fixture = Fixture::build().await;
    fixture.store.append_event(&event("session.ended")).await.unwrap();
    let insert = "INSERT INTO events (id, at, name, details) VALUES (-5, 1, 'account.added', '{}'), (0, 1, 'x', '{}')";
    tamper(&fixture, insert).await;
    let report = fixture.store.verify_trail(None).await.unwrap();
    assert_eq!(report.broken.map(|broken| broken.fault), Some(TrailFault::Inserted(2)));
}

#[tokio::test]
async fn after_newest_events_were_cut_off_a_receiver_gets_the_ones_that_bear_their_numbers() {
    let fixture = Fixture::build().await;
    let store = &fixture.store;
    let names = ["siem".to_owned()];
    store.register_sinks(&names, now()).await.unwrap();
    for _ in 0..5 {
        store.append_event(&event("session.ended")).await.unwrap();
    }
    let holder = holder("siem", 1, now().plus(MINUTE));
    store.claim_sink(&holder, now(), now().plus(HOUR)).await.unwrap();
    assert!(store.advance_sink(&holder, 5).await.unwrap());
    tamper(&fixture, "DELETE FROM events WHERE id > 2; UPDATE sqlite_sequence SET seq = 2 WHERE name = 'events'").await;
    store.register_sinks(&names, now()).await.unwrap();
    store.append_event(&event("audit.broken")).await.unwrap();
    assert_eq!(store.sink_backlog("siem").await.unwrap(), Some(2));
}

#[tokio::test]
async fn an_event_that_did_not_fit_is_told_when_it_is_deleted() {
    let fixture = Fixture::build().await;
    for _ in 0..5 {
        fixture.store.append_event(&event("session.ended")).await.unwrap();
    }
    tamper(&fixture, "UPDATE events SET details = '{\"a\":1}' WHERE id = 3").await;
    let swept = fixture.store.sweep(now().plus(DAY * 91)).await.unwrap();
    assert_eq!(swept, SweptEvents { broken: Some(3), ..SweptEvents::default() });
    let report = fixture.store.verify_trail(None).await.unwrap();
    assert_eq!((report.fitting, report.broken), (0, None));
}

#[tokio::test]
async fn a_new_receiver_gets_what_happens_from_then_on_and_an_old_one_goes_on_where_it_was() {
    let fixture = Fixture::build().await;
    let store = &fixture.store;
    store.append_event(&event("session.ended")).await.unwrap();
    let names = ["siem".to_owned()];
    store.register_sinks(&names, now()).await.unwrap();
    assert_eq!(store.sink_backlog("siem").await.unwrap(), None);
    store.append_event(&event("session.ended")).await.unwrap();
    assert_eq!(store.sink_backlog("siem").await.unwrap(), Some(1));
    store.register_sinks(&names, now().plus(HOUR)).await.unwrap();
    assert_eq!(store.sink_backlog("siem").await.unwrap(), Some(1));
    assert_eq!(store.sink_backlog("other").await.unwrap(), None);
}

#[tokio::test]
async fn one_process_sends_at_a_time_and_what_was_sent_never_goes_back() {
    let fixture = Fixture::build().await;
    let (store, second) = (&fixture.store, fixture.second().await);
    store.register_sinks(&["siem".to_owned()], now()).await.unwrap();
    for _ in 0..5 {
        store.append_event(&event("session.ended")).await.unwrap();
    }
    let (one, two) = (holder("siem", 1, now().plus(MINUTE)), holder("siem", 2, now().plus(MINUTE)));
    let longest = now().plus(HOUR);
    assert_eq!(store.claim_sink(&one, now(), longest).await.unwrap(), Some(0));
    assert_eq!(second.claim_sink(&two, now(), longest).await.unwrap(), None, "it is held");
    assert_eq!(store.claim_sink(&one, now(), longest).await.unwrap(), Some(0), "by this process");
    assert!(store.advance_sink(&one, 3).await.unwrap());
    assert!(!second.advance_sink(&two, 5).await.unwrap());
    let later = now().plus(MINUTE);
    let two = holder("siem", 2, later.plus(MINUTE));
    assert_eq!(second.claim_sink(&two, later, later.plus(HOUR)).await.unwrap(), Some(3), "the hold is over");
    assert!(!store.advance_sink(&one, 4).await.unwrap(), "the first has lost it");
    assert!(second.advance_sink(&two, 4).await.unwrap());
    assert!(second.advance_sink(&two, 2).await.unwrap());
    assert_eq!(store.sink_backlog("siem").await.unwrap(), Some(4), "it does not go back");
    second.release_sink("siem", [2; 16]).await.unwrap();
    assert_eq!(store.claim_sink(&one, later, later.plus(HOUR)).await.unwrap(), Some(4));
    let past = now().minus(DAY);
    let two = holder("siem", 2, past.plus(MINUTE));
    assert_eq!(second.claim_sink(&two, past, past.plus(HOUR)).await.unwrap(), Some(4), "a clock that was set back");
}

#[tokio::test]
async fn the_sweep_waits_for_a_receiver_and_tells_what_it_lost_in_the_end() {
    let fixture = Fixture::build().await;
    let store = &fixture.store;
    store.register_sinks(&["siem".to_owned(), "gone".to_owned()], now()).await.unwrap();
    for _ in 0..5 {
        store.append_event(&event("session.ended")).await.unwrap();
    }
    let at = now().plus(DAY * 91);
    store.register_sinks(&["siem".to_owned()], at).await.unwrap();
    store.claim_sink(&holder("siem", 1, at), at, at.plus(HOUR)).await.unwrap();
    store.advance_sink(&holder("siem", 1, at), 2).await.unwrap();
    assert_eq!(store.sweep(at).await.unwrap(), SweptEvents::default());
    let report = store.verify_trail(None).await.unwrap();
    assert_eq!((report.fitting, report.broken), (3, None), "those that it has are deleted, the others wait");
    let at = now().plus(DAY * 121);
    store.register_sinks(&["siem".to_owned()], at).await.unwrap();
    let lost = vec![LostEvents { sink: "siem".to_owned(), count: 3 }];
    assert_eq!(store.sweep(at).await.unwrap(), SweptEvents { lost, ..SweptEvents::default() });
    assert_eq!(store.verify_trail(None).await.unwrap().fitting, 0);
    assert_eq!(store.sink_backlog("siem").await.unwrap(), None);
}

#[tokio::test]
async fn a_receiver_that_is_no_longer_configured_keeps_no_event() {
    let fixture = Fixture::build().await;
    fixture.store.register_sinks(&["gone".to_owned()], now()).await.unwrap();
    fixture.store.append_event(&event("session.ended")).await.unwrap();
    fixture.store.sweep(now().plus(DAY * 91)).await.unwrap();
    assert_eq!(fixture.store.verify_trail(None).await.unwrap().fitting, 0);
}

//! Many passwords at once cost a bounded amount of memory, and whoever is signed in is served meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use crate::gateway::{GatewayProcess, Setup, all_the_way};
use crate::visitor::{LOGIN, Request, Visitor, form};
use crate::wire::within;

const THREADS: usize = 2;
const QUEUE: usize = 8;
const LOGINS: usize = 200;
const MIB: usize = 1 << 20;

/// Connections of [`LOGINS`] visitors at once (1 MiB each) and what the allocator keeps of what was freed; [`LOGINS`]
/// hashes at once would be 3800 MiB.
const SLACK: usize = LOGINS * MIB + 64 * MIB;

/// The login form filled in with a name of its own, from an address of its own: no counter holds it back.
async fn attempts(gateway: &GatewayProcess) -> Vec<(Visitor, Request)> {
    let mut visitor = gateway.visitor();
    let page = visitor.open("/").await;
    let form = form(&page, LOGIN);
    let attempt = |number: usize| {
        let name = format!("nobody{number}");
        let request = Request::post(LOGIN, &form.filled(&[("username", &name), ("password", "a wrong password")]));
        let last = u8::try_from(number).expect("a small number");
        (visitor.clone().coming_from([127, 9, 9, last].into()), request)
    };
    (1..=LOGINS).map(attempt).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_logins_at_once_stay_in_their_memory_and_hold_up_nobody() {
    let more = format!("[password]\nthreads = {THREADS}\nqueue = {QUEUE}");
    let gateway = GatewayProcess::start(Setup { more, ..Setup::default() }).await;
    let signed_in = all_the_way(gateway.visitor(), &gateway.sandbox, &gateway.account.clone()).await;
    let attempts = attempts(&gateway).await;
    let before = gateway.process.memory();

    let (over, served) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let guest = tokio::spawn({
        let (over, served) = (Arc::clone(&over), Arc::clone(&served));
        async move {
            while !over.load(Ordering::SeqCst) {
                let answer = signed_in.clone().get("/").await;
                assert_eq!(answer.status, 200, "{answer:?}");
                // Only what comes while logins wait for their answers.
                served.fetch_add(usize::from(!over.load(Ordering::SeqCst)), Ordering::SeqCst);
            }
        }
    });
    let mut tasks = tokio::task::JoinSet::new();
    for (mut visitor, request) in attempts {
        tasks.spawn(async move { visitor.send(request).await });
    }
    let (mut refused, mut busy, mut peak) = (0, 0, before);
    while !tasks.is_empty() {
        peak = peak.max(gateway.process.memory());
        // The timeout is only there to look at the memory between two answers.
        let Ok(Some(answer)) = tokio::time::timeout(Duration::from_millis(5), tasks.join_next()).await else {
            continue;
        };
        let answer = answer.expect("no panic");
        if answer.status == 503 {
            assert_eq!(answer.header("retry-after"), Some("5"), "{answer:?}");
            busy += 1;
        } else {
            assert!(answer.status == 422 && answer.words().contains("Invalid credentials"), "{answer:?}");
            refused += 1;
        }
    }
    over.store(true, Ordering::SeqCst);
    within("the signed-in visitor", guest).await.expect("every request was answered");
    assert_ne!(served.load(Ordering::SeqCst), 0, "whoever is signed in waited until all logins were answered");
    // How many places become free while they come is the machine's matter; those that are free at first are taken.
    assert!(refused >= THREADS + QUEUE && busy > 0, "{refused} judged, {busy} sent away");
    assert_eq!(refused + busy, LOGINS);
    let grown = peak - before;
    assert!(grown < THREADS * 19 * MIB + SLACK, "it took {} MiB more", grown / MIB);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_sent_away_was_not_counted_and_gets_in_afterwards() {
    let more = "[password]\nthreads = 1\nqueue = 1".to_owned();
    let gateway = GatewayProcess::start(Setup { more, ..Setup::default() }).await;
    let mut tasks = tokio::task::JoinSet::new();
    for (mut visitor, request) in attempts(&gateway).await.into_iter().take(50) {
        tasks.spawn(async move { visitor.send(request).await.status });
    }
    let (mut busy, mut refused) = (0, 0);
    while let Some(status) = tasks.join_next().await {
        match status.expect("no panic") {
            503 => busy += 1,
            422 => refused += 1,
            other => panic!("{other}"),
        }
    }
    assert_ne!(busy, 0, "the queue was never full: {refused} judged");
    gateway.signed_in(&gateway.account.clone()).await;
}

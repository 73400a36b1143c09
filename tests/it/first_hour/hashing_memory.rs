//! D3: the memory of password hashing is bounded by threads, not by attempts.

use tokio::task::JoinSet;

use crate::gateway::{GatewayProcess, Setup};
use crate::visitor::{LOGIN, Request, form};

const KIB: usize = 1024;
const THREADS: usize = 2;

/// One hash: 19 MiB (OWASP's parameters, `src/password/hash.rs`).
const HASH: usize = 19_456 * KIB;

/// What sixteen connections and the first write to the store leave behind, without a hash: less than half of one.
const REST: usize = HASH / 2;

/// With memory of its own for each attempt, it grows by 170 MiB and more. The second sixteen find the memory of the first.
#[tokio::test(flavor = "multi_thread")]
async fn sixteen_wrong_sign_ins_cost_one_workspace_for_each_thread() {
    let more = format!("[password]\nthreads = {THREADS}");
    let gateway = GatewayProcess::start(Setup { more, ..Setup::default() }).await;
    let mut visitor = gateway.visitor();
    let page = visitor.open("/").await;
    let form = form(&page, LOGIN);
    let before = gateway.process.memory();
    for round in 1..=2_u8 {
        let mut attempts = JoinSet::new();
        for number in 1..=16 {
            let name = format!("nobody{round}-{number}");
            let request = Request::post(LOGIN, &form.filled(&[("username", &name), ("password", "a wrong password")]));
            let mut visitor = visitor.clone().coming_from([127, 8, round, number].into());
            attempts.spawn(async move { visitor.send(request).await.status });
        }
        assert_eq!(attempts.join_all().await, [422; 16], "each was judged and wrong");
        let grown = gateway.process.memory().saturating_sub(before);
        let bound = THREADS * HASH + REST;
        assert!(grown <= bound, "after {} attempts {} KiB of {} KiB", u32::from(round) * 16, grown / KIB, bound / KIB);
    }
}

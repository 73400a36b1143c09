//! Password checks in progress, shared by concurrent requests with the same name, password and client network.
//!
//! A browser or a calendar client sends its password with every request, eight at a time. Without sharing, each request
//! would cost a hash and count as an attempt of its own. A request whose name, password and network match a check in
//! progress waits for that check's result. Together they count as one attempt, because guessing the same password eight
//! times teaches a guesser no more than guessing it once. Different passwords share nothing. A finished check is
//! removed before its result is returned; neither the result nor the password is kept for a later request.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared, WeakShared};

use crate::keys::Tag;
use crate::login::outcome::{BasicOutcome, LoginError};

/// The result that every waiting request receives.
type Answered = Result<BasicOutcome, Arc<LoginError>>;

/// A check in progress. It is cancelled when its last clone is dropped.
type Check = Shared<BoxFuture<'static, Answered>>;

/// The checks in progress, keyed by a keyed hash of network, name and password.
#[derive(Default)]
pub(super) struct PasswordChecks(Mutex<UnderWay>);

#[derive(Default)]
struct UnderWay {
    checks: HashMap<Tag, (u64, WeakShared<BoxFuture<'static, Answered>>)>,
    /// Number of checks begun so far; the number of a check tells it from an earlier one with the same key.
    begun: u64,
}

/// Removes its check from the map when the check finishes, or when the last waiting request drops it.
struct Entry {
    all: Arc<PasswordChecks>,
    key: Tag,
    number: u64,
}

impl PasswordChecks {
    /// Joins the check in progress under this key, or starts the one that `begin` returns.
    pub(super) fn join<F>(self: &Arc<Self>, key: Tag, begin: impl FnOnce() -> F) -> Check
    where
        F: Future<Output = Result<BasicOutcome, LoginError>> + Send + 'static,
    {
        let mut under_way = self.lock();
        if let Some(check) = under_way.checks.get(&key).and_then(|(_, check)| check.upgrade()) {
            return check;
        }
        under_way.begun += 1;
        let entry = Entry { all: Arc::clone(self), key, number: under_way.begun };
        let number = entry.number;
        let work = begin();
        let check = async move {
            let answered = work.await.map_err(Arc::new);
            drop(entry);
            answered
        };
        let check = check.boxed().shared();
        if let Some(weak) = check.downgrade() {
            under_way.checks.insert(key, (number, weak));
        }
        check
    }

    fn lock(&self) -> MutexGuard<'_, UnderWay> {
        // Each change inserts or removes a whole entry, so the map is consistent after a panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        let mut under_way = self.all.lock();
        // If all waiting requests dropped this check, a newer one may already have its key.
        if under_way.checks.get(&self.key).is_some_and(|(number, _)| *number == self.number) {
            under_way.checks.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::oneshot;

    const KEY: Tag = [7; 32];

    #[tokio::test]
    async fn whoever_asks_meanwhile_shares_the_answer_and_whoever_comes_later_does_not() {
        let checks = Arc::new(PasswordChecks::default());
        let (finish, finished) = oneshot::channel::<()>();
        let first = checks.join(KEY, || async {
            let _ = finished.await;
            Ok(BasicOutcome::Wrong)
        });
        let second = checks.join(KEY, || async { panic!("a check of its own") });
        let other = checks.join([8; 32], || async { Ok(BasicOutcome::Busy) });
        assert!(matches!(other.await, Ok(BasicOutcome::Busy)), "other passwords wait for nobody");
        let together = tokio::spawn(async { (first.await, second.await) });
        finish.send(()).unwrap();
        assert!(matches!(together.await.unwrap(), (Ok(BasicOutcome::Wrong), Ok(BasicOutcome::Wrong))));
        assert!(checks.lock().checks.is_empty(), "nothing is kept");
        assert!(matches!(checks.join(KEY, || async { Ok(BasicOutcome::Busy) }).await, Ok(BasicOutcome::Busy)));
    }

    #[tokio::test]
    async fn a_check_goes_on_for_those_who_stay_and_ends_when_all_have_left() {
        let checks = Arc::new(PasswordChecks::default());
        let (finish, finished) = oneshot::channel::<()>();
        let first = checks.join(KEY, || async {
            let _ = finished.await;
            Ok(BasicOutcome::Wrong)
        });
        let second = checks.join(KEY, || async { Ok(BasicOutcome::Busy) });
        drop(first);
        finish.send(()).unwrap();
        assert!(matches!(second.await, Ok(BasicOutcome::Wrong)));
        let (alive, ended) = oneshot::channel::<()>();
        let left = checks.join(KEY, || async move {
            let _alive = alive;
            std::future::pending().await
        });
        drop(left);
        assert!(ended.await.is_err() && checks.lock().checks.is_empty());
    }

    #[tokio::test]
    async fn a_check_that_fails_fails_for_everybody() {
        let checks = Arc::new(PasswordChecks::default());
        let first = checks.join(KEY, || async { Err(LoginError::Broken) });
        let second = checks.join(KEY, || async { Ok(BasicOutcome::Busy) });
        assert!(first.await.is_err() && second.await.is_err());
        assert!(checks.lock().checks.is_empty());
    }
}

//! Misbehaviour on demand, and the count of calls.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How many code ids are counted; the count is for tests, which use a few.
const COUNTED: usize = 10_000;

/// What was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Operation {
    /// A token.
    Token,
    /// A new code.
    Create,
    /// A code again.
    Resend,
    /// A guess.
    Verify,
    /// A code to be forgotten.
    Delete,
    /// A text of ours.
    Sms,
    /// What became of a text.
    Status,
    /// Every one of them.
    #[default]
    Any,
}

/// How a call goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// It does not: for `milliseconds` alone, or to end an earlier misbehaviour of this operation.
    None,
    /// Late, by `milliseconds`. (Any other kind may be late as well.)
    Delay,
    /// Nothing is done, the answer is `status` (500 if not said) with an error body.
    Status,
    /// Nothing is done, the answer is 200 with a page that is not JSON.
    Garbage,
    /// It is done, and the connection ends without an answer.
    Drop,
    /// It is done, and the connection ends in the middle of the answer.
    Cut,
}

/// The body of `POST /misbehave`: `{"operation": "verify", "kind": "status", "status": 503, "count": 2}`.
///
/// One for each operation; a new one replaces it. `any` stands behind the others.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Misbehaviour {
    /// What goes wrong; `any` if not said.
    #[serde(default)]
    pub operation: Operation,
    /// How.
    pub kind: Kind,
    /// How late, before anything is done.
    #[serde(default)]
    pub milliseconds: u64,
    /// The status of kind `status`.
    #[serde(default)]
    pub status: Option<u16>,
    /// For how many calls; `null`: until it is ended.
    #[serde(default)]
    pub count: Option<u32>,
}

/// What one call is to suffer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fault {
    /// How.
    pub kind: Kind,
    /// After this.
    pub delay: Duration,
    /// With this status.
    pub status: u16,
}

/// How often each operation was called; misbehaving calls count too.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Calls {
    /// By operation; those never called are missing.
    #[serde(flatten)]
    pub operations: BTreeMap<Operation, u64>,
    /// Guesses that arrived for each code id.
    pub verifies: BTreeMap<String, u64>,
}

/// The misbehaviour in force.
#[derive(Debug, Default)]
pub(super) struct Faults(BTreeMap<Operation, Misbehaviour>);

impl Calls {
    /// Counts one call.
    pub fn count(&mut self, operation: Operation) {
        *self.operations.entry(operation).or_default() += 1;
    }

    /// Counts one guess.
    pub(super) fn count_guess(&mut self, code: &str) {
        if self.verifies.len() < COUNTED || self.verifies.contains_key(code) {
            *self.verifies.entry(code.to_owned()).or_default() += 1;
        }
    }

    /// How often `operation` was called.
    pub fn of(&self, operation: Operation) -> u64 {
        self.operations.get(&operation).copied().unwrap_or_default()
    }
}

impl Faults {
    /// Puts a misbehaviour in force; one for no calls at all ends the earlier one.
    pub(super) fn set(&mut self, misbehaviour: Misbehaviour) {
        if misbehaviour.count == Some(0) {
            self.0.remove(&misbehaviour.operation);
        } else {
            self.0.insert(misbehaviour.operation, misbehaviour);
        }
    }

    /// Ends all of it.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// What the next call of `operation` suffers; counts down.
    pub(super) fn take(&mut self, operation: Operation) -> Fault {
        let key = if self.0.contains_key(&operation) { operation } else { Operation::Any };
        let Some(found) = self.0.get_mut(&key) else {
            return Fault { kind: Kind::None, delay: Duration::ZERO, status: 500 };
        };
        let fault = Fault {
            kind: found.kind,
            delay: Duration::from_millis(found.milliseconds),
            status: found.status.unwrap_or(500),
        };
        if let Some(left) = &mut found.count {
            *left = left.saturating_sub(1);
            if *left == 0 {
                self.0.remove(&key);
            }
        }
        fault
    }
}

//! Faults on demand, and counters of calls.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The most code ids with a counter. The counters are for tests, which use a few.
const COUNTED: usize = 10_000;

/// An operation of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Operation {
    /// Issues a token.
    Token,
    /// Creates a code.
    Create,
    /// Sends a code again.
    Resend,
    /// Checks a guess.
    Verify,
    /// Deletes a code.
    Delete,
    /// Sends a message.
    Sms,
    /// Reports the delivery of a message.
    Status,
    /// All operations.
    #[default]
    Any,
}

/// How a call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// It succeeds. For a delay only, or to end an earlier fault of this operation.
    None,
    /// It succeeds after `milliseconds`. (All other kinds can be delayed as well.)
    Delay,
    /// Nothing is done; the response has `status` (500 by default) and an error body.
    Status,
    /// Nothing is done; the response is 200 with a page that is not JSON.
    Garbage,
    /// The operation is done, and the connection ends without a response.
    Drop,
    /// The operation is done, and the connection ends in the middle of the response.
    Cut,
}

/// The body of `POST /misbehave`: `{"operation": "verify", "kind": "status", "status": 503, "count": 2}`.
///
/// Each operation has one fault at a time; a new one replaces it. The fault of `any` applies to operations without
/// their own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Misbehaviour {
    /// The operation that fails; `any` by default.
    #[serde(default)]
    pub operation: Operation,
    /// How it fails.
    pub kind: Kind,
    /// Delay in milliseconds, before anything is done.
    #[serde(default)]
    pub milliseconds: u64,
    /// The status for the kind `status`.
    #[serde(default)]
    pub status: Option<u16>,
    /// The number of calls that fail; `null` means until it is ended.
    #[serde(default)]
    pub count: Option<u32>,
}

/// The fault of one call.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fault {
    /// How it fails.
    pub kind: Kind,
    /// The delay before anything is done.
    pub delay: Duration,
    /// The status for the kind `status`.
    pub status: u16,
}

/// The number of calls of each operation, including failed ones.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Calls {
    /// By operation; operations that were never called are missing.
    #[serde(flatten)]
    pub operations: BTreeMap<Operation, u64>,
    /// The number of guesses for each code id.
    pub verifies: BTreeMap<String, u64>,
}

/// The faults that are set.
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

    /// The number of calls of `operation`.
    pub fn of(&self, operation: Operation) -> u64 {
        self.operations.get(&operation).copied().unwrap_or_default()
    }
}

impl Faults {
    /// Sets a fault. A count of zero ends the earlier one.
    pub(super) fn set(&mut self, misbehaviour: Misbehaviour) {
        if misbehaviour.count == Some(0) {
            self.0.remove(&misbehaviour.operation);
        } else {
            self.0.insert(misbehaviour.operation, misbehaviour);
        }
    }

    /// Ends all faults.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// The fault of the next call of `operation`. Counts it down.
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

//! Limits the work that one request may cause while its rules are matched.
//!
//! A visitor chooses the length of a path and how many interpretations it has, and can send one without a session.
//! Regular expressions take time linear in the path, so bytes × comparisons measures the time on every machine.

/// Bytes that the rules may be compared with for one request. An optimised build compares about 0.5 GB/s when a regular
/// expression keeps it busy, so this is about a millisecond. An ordinary path of 6 KiB stays below the limit under
/// twenty `path_regex` rules, one of 200 bytes under five hundred.
const MOST_BYTES: usize = 512 * 1024;

/// Fixed cost of every comparison, in bytes, in addition to the bytes compared.
const LOOK: usize = 32;

/// The part of one request's budget that is left.
#[derive(Debug)]
pub(crate) struct Budget {
    left: usize,
}

/// Judging the request would cost more than `MOST_BYTES`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the path takes more work to judge than one request may cost: it is too long for the rules of this site")]
pub(crate) struct BudgetExceeded;

impl Budget {
    /// The budget for everything that one request is judged by: all of its methods and targets.
    pub(crate) const fn for_one_request() -> Self {
        Self { left: MOST_BYTES }
    }

    /// Charges one comparison of `bytes` bytes.
    pub(super) const fn look(&mut self, bytes: usize) -> Result<(), BudgetExceeded> {
        match self.left.checked_sub(bytes.saturating_add(LOOK)) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(BudgetExceeded),
        }
    }

    /// Bytes charged so far.
    #[cfg(test)]
    pub(super) const fn spent(&self) -> usize {
        MOST_BYTES - self.left
    }
}

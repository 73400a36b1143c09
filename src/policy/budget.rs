//! What one request may cost to judge.
//!
//! A visitor chooses the length of a path and how many interpretations it has, and anyone may send one without a
//! session. Regular expressions take time linear in the path, so bytes × looks is a measure of the time that holds on
//! every machine.

/// Bytes of paths that the rules of one request may be compared with. An optimised build compares 0.5 GB/s where an
/// expression keeps it busy, so this is about a millisecond. An ordinary path of 6 KiB stays below it under twenty
/// `path_regex` rules, one of 200 bytes under five hundred.
const MOST_BYTES: usize = 512 * 1024;

/// What every look at a rule costs beside the bytes it compares.
const LOOK: usize = 32;

/// What is left of the budget of one request.
#[derive(Debug)]
pub(crate) struct Budget {
    left: usize,
}

/// The request would cost more to judge than one may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the path takes more work to judge than one request may cost: it is too long for the rules of this site")]
pub(crate) struct BudgetExceeded;

impl Budget {
    /// For everything that one request is judged by: all of its methods and targets.
    pub(crate) const fn for_one_request() -> Self {
        Self { left: MOST_BYTES }
    }

    /// Takes one look at `bytes` bytes.
    pub(super) const fn look(&mut self, bytes: usize) -> Result<(), BudgetExceeded> {
        match self.left.checked_sub(bytes.saturating_add(LOOK)) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(BudgetExceeded),
        }
    }

    /// What was spent.
    #[cfg(test)]
    pub(super) const fn spent(&self) -> usize {
        MOST_BYTES - self.left
    }
}

//! The definition of a check.

use std::pin::Pin;

use super::examination::Examination;
use super::outcome::{Code, Outcome};

type Pending<'a> = Pin<Box<dyn Future<Output = Outcome> + 'a>>;

/// One check of `doctor`.
pub(super) struct Check {
    /// Its name in the report.
    pub(super) name: &'static str,
    /// What is true if the check is right.
    pub(super) about: &'static str,
    /// Every code that it can report.
    pub(super) codes: &'static [Code],
    pub(super) run: for<'a> fn(&'a Examination) -> Pending<'a>,
}

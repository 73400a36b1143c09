//! What a check is.

use std::pin::Pin;

use super::examination::Examination;
use super::outcome::{Code, Outcome};

type Pending<'a> = Pin<Box<dyn Future<Output = Outcome> + 'a>>;

/// One check.
pub(super) struct Check {
    /// Its name in the report.
    pub(super) name: &'static str,
    /// What holds when it is right.
    pub(super) about: &'static str,
    /// Every kind of finding that it can make.
    pub(super) codes: &'static [Code],
    pub(super) run: for<'a> fn(&'a Examination) -> Pending<'a>,
}

//! Floor 2: who may pass.
//!
//! Turns the rules of a site, a principal and a target into a [`Permit`] or a `DenialReason`. It is pure: no clock, no
//! store, no network. Only this room can make a `Permit`, and `upstream/forward` requires one, so no request reaches a
//! site undecided. A request is routed only to the site whose rule permitted it. Called by `authorize`, by `portal`,
//! which must know what a page requires, and by `rules test`.
//!
//! Rules belong to their site ([`Site`]), and a look-up gets one site, so it costs the same however many other sites
//! there are. `docs/rules.md` explains how rules are written and what they mean.

mod budget;
mod decide;
mod foreign_regex;
mod matching;
mod pattern;
mod query;
mod rule;
mod selection;
mod sites;
mod without_session;

#[cfg(test)]
mod tests;

pub(crate) use budget::{Budget, BudgetExceeded};
pub(crate) use decide::{Evidence, Permit, PolicyMatch, Principal};
pub(crate) use foreign_regex::{SearchedText, all_matches, anchored};
pub(crate) use matching::{Explanation, RuleId, explain};
pub(crate) use pattern::{Comparison, PathFault, PathPattern};
pub(crate) use query::PolicyQuery;
pub(crate) use rule::{Credential, People, Requirement, Rule};
pub(crate) use selection::Selection;
pub(crate) use sites::{AmbiguousPaths, Assertion, Site, SiteSettings, Sites};
pub(crate) use without_session::{BrowserAssets, WithoutSession};

//! Floor 2: who may pass.
//!
//! The rules of a site, a principal and a target become a [`Permit`] or a `DenialReason`: pure, without clock, store or
//! network. A `Permit` can be made only here, and `upstream/forward` takes nothing less, so that no request reaches a
//! site undecided. The rule that lets a request pass names the site it is routed to, and nothing else does. Called by
//! `authorize`, by `portal`, which must know what a place asks for, and by `rules test`.
//!
//! Rules hang on their site ([`Site`]), and a look-up is handed one site: it costs what this site's rules cost, however
//! many others there are. `docs/rules.md` says how a rule is written and what it means.

mod budget;
mod decide;
mod matching;
mod pattern;
mod query;
mod rule;
mod selection;
mod sites;

#[cfg(test)]
mod tests;

pub(crate) use budget::{Budget, BudgetExceeded};
pub(crate) use decide::{Evidence, Permit, PolicyMatch, Principal};
pub(crate) use matching::{Explanation, RuleId, explain};
pub(crate) use pattern::{Comparison, PathFault, PathPattern};
pub(crate) use query::PolicyQuery;
pub(crate) use rule::{Credential, People, Requirement, Rule};
pub(crate) use selection::Selection;
pub(crate) use sites::{AmbiguousPaths, Assertion, Site, SiteSettings, Sites};

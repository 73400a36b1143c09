//! Floor 2: who may pass.
//!
//! A site's rules, an asker and a target become a [`Pass`] or a refusal: pure, without clock, store or network. A `Pass`
//! can be made only here, and `upstream/forward` takes nothing less, so that no request reaches a site undecided.
//! Called by `gate`
//! and `authz`, and by `portal`, which must know what a place asks for.

mod decide;
mod rule;
mod sites;

pub use decide::{Asked, Asker, Evidence, Pass, Ruling};
pub use rule::{Credential, Requirement, Rule};
pub use sites::{AmbiguousPaths, Assertion, Site, SiteId, SiteSettings, Sites};

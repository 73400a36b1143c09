//! Floor 2: who may pass.
//!
//! A site, an asker and a target become a [`Pass`] or a [`Refusal`]: pure, without clock, store or network. A `Pass`
//! can be made only here, and `upstream/forward` takes nothing less, so that no request reaches a site undecided.
//! Called by `gate`.

mod decide;
mod sites;

pub use decide::{Asker, Evidence, Pass, decide};
pub use sites::{AmbiguousPaths, Site, SiteId, SiteSettings, Sites};

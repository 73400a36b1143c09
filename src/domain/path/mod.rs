//! A path as rules see it: its canonical form, and every further way in which a server could interpret the same bytes.
//!
//! The gateway forwards a path byte for byte, so what a rule opens must be what the site serves. The canonical form
//! follows RFC 3986 §6.2.2. Servers do more or less than that: they decode twice, treat `\` as `/`, drop `;…`, fold
//! case. [`PathInterpretations`] applies all of that in every order, and a request passes only if every result passes.

mod below;
mod canonical;
mod fold;
mod interpretations;
mod steps;

#[cfg(test)]
mod tests;

pub(crate) use below::is_below;
pub use canonical::CanonicalPath;
pub(super) use canonical::escape;
pub use fold::folded;
pub use interpretations::{Extent, PathInterpretations};
pub(super) use steps::unicode_escape;

//! Expressions of other programs, which search in a text, as those of a rule, which match the whole path. Nothing is
//! widened: what has no equal is refused.

mod anchored;
mod automaton;
mod finite;

#[cfg(test)]
mod tests;

pub(crate) use anchored::{SearchedText, anchored};
pub(crate) use finite::all_matches;

//! Floor 6: the site is told in signed form who is there.
//!
//! `Remote-User` is only as good as the network between the gateway and the site; a signature also holds where others
//! can reach the site. Decides what the token says and for how long it is handed out. Stands beside `asker`, below every
//! door: gate and authz give the same words for the same pass. It never decides whether somebody may pass.

mod signed;

pub use signed::Assertions;

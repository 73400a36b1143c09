//! Floor 6: the site is told in signed form who is there.
//!
//! `Remote-User` is only as good as the network between the gateway and the site; a signature also holds where others
//! can reach the site. Decides what the token says and for how long it is handed out. Stands beside `authn`, below
//! `proxy` and `authz`, which tell a site the same about one permit. It never decides whether somebody may pass.

mod signed;

pub(crate) use signed::Assertions;

//! Floor 6: the signed identity assertion for a site.
//!
//! `Remote-User` is only as trustworthy as the network between the gateway and the site. A signature can also be
//! verified where others can reach the site. Decides what the token contains and how long it is reused. Used by `proxy`
//! and `authz`, which must tell a site the same about one permit. Never decides whether a request may pass.

mod signed;

pub(crate) use signed::Assertions;

//! Floor 5: live sessions, access tokens and their accounts in memory.
//!
//! The hot path reads these instead of the store. The change feed keeps them current: what ends on this instance is
//! effective at once ([`Registry::end_session`]), on others within a second. If the feed cannot be read for longer than
//! the grace ([`feed`]), the registry reports that it is stale, and every request is answered 503. It never decides who
//! may pass. `authn` queries it; `login` reports log-outs and step-ups to it; changes to accounts arrive by the feed.

mod deadlines;
mod ending;
mod feed;
mod flush;
mod follow;
mod live;
mod maintenance;
mod session;
mod tokens;
mod unwritten;

pub(crate) use feed::Freshness;
pub(crate) use live::Registry;
pub(crate) use maintenance::Maintenance;
pub(crate) use tokens::LiveToken;

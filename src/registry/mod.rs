//! Floor 5: live sessions, access tokens and their accounts in memory.
//!
//! What the hot path reads instead of the store. It is kept true by the change feed: what ends here counts at once on
//! this instance ([`Registry::end_session`]), on others within a second; when the feed cannot be read for longer than
//! the grace it says so and every answer is 503, never a permit ([`feed`]). It never decides who may pass; `authn` asks
//! it, `login` and `account` tell it.

mod deadlines;
mod ending;
mod feed;
mod flush;
mod follow;
mod live;
mod maintenance;
mod session;
mod supervisor;
mod tokens;
mod unwritten;

pub(crate) use feed::Freshness;
pub(crate) use live::Registry;
pub(crate) use maintenance::Maintenance;
pub(crate) use tokens::LiveToken;

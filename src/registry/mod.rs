//! Floor 4: live sessions, access tokens and their accounts in memory.
//!
//! What the hot path reads instead of the store. It is kept true by the change feed: what ends here counts at once on
//! this instance ([`Registry::end_session`]), on others within a second; when the feed cannot be read for longer than
//! the grace it says so and every answer is 503, never a pass ([`feed`]). It never decides who may pass; `asker` asks
//! it, `login` and `account` tell it.

mod deadlines;
mod ending;
mod feed;
mod flush;
mod live;
mod maintenance;
mod supervisor;
mod tokens;

pub use feed::{Freshness, GRACE};
pub use live::{LiveSession, Registry};
pub use maintenance::Maintenance;
pub use tokens::LiveToken;

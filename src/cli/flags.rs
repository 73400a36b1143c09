//! The options of `serve` that set keys of the configuration. The commands that check and show it take them too, because
//! without them a configuration may be incomplete.

use crate::config::load::Flags;

#[derive(Debug, clap::Args)]
pub(super) struct FlagArguments {
    /// Listen on this address instead of `server.listen`; can be given several times.
    #[arg(long, value_name = "ADDRESS")]
    listen: Vec<String>,
    /// Protect the site at this URL, for every host, instead of `[[sites]]`; if given several times, the addresses
    /// share the requests.
    #[arg(long, value_name = "URL")]
    upstream: Vec<String>,
}

impl From<FlagArguments> for Flags {
    fn from(typed: FlagArguments) -> Self {
        Self { listen: typed.listen, upstream: typed.upstream }
    }
}

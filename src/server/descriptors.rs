//! How many connections the system lets this process have.
//!
//! A connection of a visitor and one to a site behind it are two files to the system. Where it allows too few, fewer
//! visitors are let in, with a clear 503, instead of failing in the middle of things with "too many open files".

use crate::platform::process;
use crate::platform::telemetry::GATEWAY;

/// For the store, the log, listening sockets, the CPaaS and kept connections to sites.
const RESERVE: usize = 128;

/// One for the visitor, one for the site.
const FOR_EACH: usize = 2;

/// Raises the limit on open files as far as it goes; how many connections fit, `wanted` at most.
pub(super) fn connections(wanted: usize) -> usize {
    let Some(allowed) = process::raise_open_files() else { return wanted };
    let allowed = usize::try_from(allowed).unwrap_or(usize::MAX);
    let fit = fitting(wanted, allowed);
    if fit < wanted {
        tracing::warn!(
            target: GATEWAY,
            "the system allows {allowed} open files, enough for {fit} connections and not for server.max_connections = \
             {wanted}: raise the limit (`LimitNOFILE=` of the unit, `ulimit -Hn`), or lower the setting"
        );
    }
    fit
}

fn fitting(wanted: usize, allowed: usize) -> usize {
    // Where not even the reserve is there, a part of what is must do.
    let spare = allowed.saturating_sub(RESERVE).max(allowed / 2);
    wanted.min(spare / FOR_EACH).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_connection_needs_two_files_and_some_are_kept_back() {
        for (wanted, allowed, fit) in
            [(10_000, 20_128, 10_000), (10_000, 20_126, 9_999), (10_000, 1024, 448), (10, 1024, 10), (10_000, 64, 16)]
        {
            assert_eq!(fitting(wanted, allowed), fit, "{wanted} of {allowed}");
        }
    }
}

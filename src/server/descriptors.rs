//! How many connections the limit on open files allows.
//!
//! A visitor's connection and the one to a site behind it need a file descriptor each. If the system allows too few,
//! the limits on connections and exchanges are lowered: visitors above them are refused at once, instead of failing
//! midway with "too many open files".

use crate::platform::process;
use crate::platform::telemetry::GATEWAY;

/// Descriptors for the store, the log, listening sockets, the CPaaS and idle connections to sites.
const RESERVE: usize = 128;

/// One descriptor for the visitor, one for the site.
const FOR_EACH: usize = 2;

/// Raises the limit on open files as far as possible and returns how many connections fit, at most `wanted`.
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
    // If the limit is too low even for the reserve, half of it is used for connections.
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

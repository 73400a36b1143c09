//! The checks, in the order of the report.

mod claims;
mod client_address;
mod own_paths;
mod pages;
mod paths;
mod refusal;
mod second_target;
mod static_files;
mod transport;

use super::check::Check;

/// All checks, in the order of the report. To add one, write a file in `checks/` with a `Check` and add a line here;
/// its codes go into the table of `docs/operation.md`.
pub(super) const CHECKS: [&Check; 18] = [
    &transport::TLS,
    &own_paths::PORTAL,
    &own_paths::DECISIONS,
    &refusal::PERSON,
    &refusal::PROGRAM,
    &refusal::WEBSOCKET,
    &pages::COOKIES,
    &pages::CACHING,
    &pages::HEADERS,
    &claims::SPOOFED_IDENTITY,
    &claims::IDENTITY,
    &claims::SPOOFED_ORIGIN,
    &client_address::CHECK,
    &second_target::CHECK,
    &paths::SPELLINGS,
    &static_files::CHECK,
    &paths::METHODS,
    &own_paths::KEYS,
];

#[cfg(test)]
mod tests;

//! The checks, in the order of the report.

mod claims;
mod doors;
mod pages;
mod paths;
mod refusal;
mod transport;

use std::future::ready;
use std::pin::Pin;

use super::examination::Examination;
use super::mend::Mend;

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) seen: String,
    pub(super) mend: Mend,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// With what was seen.
    Right(String),
    /// At least one.
    Wrong(Vec<Fault>),
    /// With the reason.
    NotChecked(String),
}

type Pending<'a> = Pin<Box<dyn Future<Output = Outcome> + 'a>>;

/// One check.
pub(super) struct Check {
    /// Its name in the report.
    pub(super) name: &'static str,
    /// What holds when it is right.
    pub(super) about: &'static str,
    pub(super) run: for<'a> fn(&'a Examination) -> Pending<'a>,
}

/// All of them. A new one is a line here and a function in one of the files beside this.
pub(super) const CHECKS: [Check; 15] = [
    Check {
        name: "tls",
        about: "the certificate holds and plain http leads to https",
        run: |seen| Box::pin(transport::tls(seen)),
    },
    Check {
        name: "portal",
        about: "our own pages are reached without a session",
        run: |seen| Box::pin(doors::portal(seen)),
    },
    Check {
        name: "decisions",
        about: "the questions of proxies are refused from outside",
        run: |seen| Box::pin(doors::decisions(seen)),
    },
    Check {
        name: "page",
        about: "a person without a session is led to sign in, and back to exactly where he was",
        run: |seen| Box::pin(refusal::person(seen)),
    },
    Check {
        name: "program",
        about: "a script without a session gets 401",
        run: |seen| Box::pin(ready(refusal::program(seen))),
    },
    Check {
        name: "websocket",
        about: "no WebSocket opens without a session",
        run: |seen| Box::pin(refusal::websocket(seen)),
    },
    Check {
        name: "cookies",
        about: "cookies are bound to this host, https and http alone",
        run: |seen| Box::pin(pages::cookies(seen)),
    },
    Check {
        name: "caching",
        about: "nothing of ours is kept by a cache",
        run: |seen| Box::pin(ready(pages::caching(seen))),
    },
    Check {
        name: "headers",
        about: "our pages keep their security headers",
        run: |seen| Box::pin(ready(pages::headers(seen))),
    },
    Check {
        name: "spoofed-identity",
        about: "a stranger who claims to be somebody gets nowhere",
        run: |seen| Box::pin(claims::identity(seen)),
    },
    Check {
        name: "identity",
        about: "the app learns who is there from us alone",
        run: |seen| Box::pin(claims::told(seen)),
    },
    Check {
        name: "spoofed-origin",
        about: "a stranger's forwarding headers change nothing",
        run: |seen| Box::pin(claims::origin(seen)),
    },
    Check {
        name: "paths",
        about: "no spelling of a path opens the page",
        run: |seen| Box::pin(paths::spellings(seen)),
    },
    Check {
        name: "methods",
        about: "TRACE is refused and a method cannot be overridden",
        run: |seen| Box::pin(paths::methods(seen)),
    },
    Check {
        name: "keys",
        about: "the keys of assertions can be fetched, where a site uses them",
        run: |seen| Box::pin(doors::keys(seen)),
    },
];

impl Fault {
    pub(super) fn new(mend: Mend, seen: impl Into<String>) -> Self {
        Self { seen: seen.into(), mend }
    }
}

impl Outcome {
    /// Right where nothing is wrong.
    fn of(faults: Vec<Fault>, right: impl Into<String>) -> Self {
        if faults.is_empty() { Self::Right(right.into()) } else { Self::Wrong(faults) }
    }

    fn wrong(mend: Mend, seen: impl Into<String>) -> Self {
        Self::Wrong(vec![Fault::new(mend, seen)])
    }
}

/// A stranger's words in the report: no control characters for the terminal, and not whole pages.
pub(super) fn quoted(text: &str) -> String {
    const MOST: usize = 160;
    let cut: String = text.chars().take(MOST).collect();
    format!("{cut:?}{}", if cut.len() < text.len() { "…" } else { "" })
}

#[cfg(test)]
mod tests;

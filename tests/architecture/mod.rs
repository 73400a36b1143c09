//! The floors, sizes and names of the house, read from the source. One table each; a finding says file, line, what is
//! wrong and what to do. A change of the tables belongs together with the crate docs and `docs/architecture.md`.

mod cycles;
mod exposure;
mod measures;
mod paths;
mod reader;
mod samples;
mod source;
mod words;

use std::fs;
use std::path::{Path, PathBuf};

use source::{Source, rust_files, sources};

/// A file may name only its own room and rooms on lower floors; two rooms of one floor do not name each other.
const FLOORS: [(u8, &[&str]); 14] = [
    (0, &["platform"]),
    (1, &["domain", "keys"]),
    (2, &["i18n", "session", "policy", "headers", "password"]),
    (3, &["store", "delivery"]),
    (4, &["throttle", "audit", "factor"]),
    (5, &["registry", "challenge", "account", "upstream", "events"]),
    (6, &["login", "authn", "assertion"]),
    (7, &["web"]),
    (8, &["authorize"]),
    (9, &["portal", "authz", "proxy", "sandbox"]),
    (10, &["server"]),
    (11, &["config"]),
    (12, &["startup"]),
    (13, &["cli"]),
];

/// An outside crate and the only files that may name it.
const OWNERS: [(&str, &[&str]); 35] = [
    ("sqlx", &["store"]),
    ("argon2", &["password"]),
    ("webauthn_rs_core", &["factor"]),
    ("totp_rs", &["factor/totp"]),
    ("qrcode", &["portal/factors/qr"]),
    ("ring", &["keys"]),
    ("subtle", &["keys", "password/foreign"]),
    ("bcrypt", &["password/foreign"]),
    ("sha_crypt", &["password/foreign"]),
    ("pbkdf2", &["password/foreign"]),
    ("scrypt", &["password/foreign"]),
    ("md5", &["password/foreign"]),
    ("sha1", &["password/foreign"]),
    ("sha2", &["password/foreign"]),
    ("csv", &["cli"]),
    ("saphyr_parser", &["cli"]),
    ("regex_automata", &["policy"]),
    ("reqwest", &["delivery/outbound"]),
    ("lettre", &["delivery/email/smtp"]),
    ("figment", &["config"]),
    ("toml", &["config", "cli/rules/import"]),
    ("askama", &["portal", "sandbox"]),
    ("getrandom", &["platform"]),
    ("fluent_bundle", &["i18n"]),
    ("roxmltree", &["config"]),
    ("x509_cert", &["server"]),
    ("jiff", &["platform", "i18n"]),
    ("anyhow", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("rpassword", &["cli"]),
    ("rustix", &["platform"]),
    ("regex", &["policy"]),
    ("regex_syntax", &["policy"]),
    ("psl", &["config"]),
];

/// Where programs start: they alone make the sources of time and entropy.
const START: [&str; 4] = ["platform", "startup", "cli", "sandbox/running"];

/// Names that say nothing about what a module decides.
const EMPTY_NAMES: [&str; 7] = ["util", "common", "helpers", "misc", "manager", "types", "base"];

/// Words that the glossary retired, as names of types, functions and modules, and what to say instead.
const RETIRED: [(&str, &str); 48] = [
    ("Asker", "Principal"),
    ("Askers", "Principal"),
    ("Visit", "RequestContext"),
    ("Attempt", "RequestContext, or what is attempted"),
    ("Scene", "RequestContext"),
    ("Noted", "RequestContext"),
    ("Guest", "RequestContext"),
    ("Wish", "AccessRequest"),
    ("Asked", "AccessRequest"),
    ("Pass", "Permit"),
    ("Turned", "Denial"),
    ("Refused", "Denial"),
    ("Ruling", "PolicyMatch"),
    ("Readings", "PathInterpretations"),
    ("Question", "ProxyRequest or UpstreamRequest"),
    ("Ask", "ProxyRequest or UpstreamRequest"),
    ("Asking", "ForwardAuthRequest"),
    ("Told", "ForwardAuthResponse"),
    ("House", "Handler"),
    ("Doors", "Router"),
    ("Knock", "ProbeRequest"),
    ("Facts", "ConnectionInfo"),
    ("Place", "what stands there"),
    ("hold", "ConnectionPermit"),
    ("Judgement", "FramingVerdict"),
    ("Arrival", "ForwardedInfo"),
    ("Onward", "UpstreamContext"),
    ("Errand", "LoginIntent"),
    ("Aim", "LoginIntent"),
    ("Carried", "LoginIntent"),
    ("way_in", "login_url"),
    ("way_on", "redirect"),
    ("leave", "logout"),
    ("mint", "issue_session"),
    ("Passage", "ExchangeKind"),
    ("Lifeline", "tunnel_guard"),
    ("Footing", "PasswordPolicy"),
    ("TypedPassword", "SubmittedPassword"),
    ("Door", "AttemptKind"),
    ("Nobody", "UnknownAccount"),
    ("Leaf", "ConfigValue"),
    ("Written", "ConfigValue"),
    ("meant", "into_settings"),
    ("Mend", "Fix"),
    ("keeper", "maintenance, sweep or expiry"),
    ("keep", "maintenance, sweep or expiry"),
    ("chance", "entropy"),
    ("asker", "principal"),
];

/// Former names of rooms: no module is called so.
const RETIRED_ROOMS: [(&str, &str); 4] =
    [("access", "policy"), ("gate", "proxy"), ("directory", "registry"), ("words", "i18n")];

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 60;
const MEDIAN_FILE: usize = 130;

fn floor(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(_, rooms)| rooms.contains(&room)).map(|(floor, _)| *floor)
}

#[test]
fn every_file_keeps_to_its_floor_its_crates_and_its_size() {
    let findings: Vec<String> = sources().iter().flat_map(Source::check).collect();
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
}

#[test]
fn modules_inside_a_room_form_no_cycle() {
    let findings = cycles::cycles(&sources());
    assert!(findings.is_empty(), "{} cycles:\n{findings:#?}", findings.len());
}

#[test]
fn a_public_function_is_used_outside_its_room() {
    let findings = exposure::unused_outside(&sources(), &exposure::texts_outside());
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
}

#[test]
fn half_of_the_files_are_short() {
    let rooms = sources().into_iter().filter(|source| !source.is_test());
    let mut lines: Vec<usize> = rooms.map(|source| source.lines_without_tests()).collect();
    lines.sort_unstable();
    let median = lines[lines.len() / 2];
    assert!(median <= MEDIAN_FILE, "the median file has {median} lines without tests; at most {MEDIAN_FILE}");
}

#[test]
fn no_test_file_is_too_long_to_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let long = |file: &PathBuf| fs::read_to_string(file).unwrap().lines().count() > LONGEST_FILE;
    let found: Vec<PathBuf> = rust_files(&root).into_iter().filter(long).collect();
    assert!(found.is_empty(), "over {LONGEST_FILE} lines, split by subject: {found:?}");
}

//! Users of tinyauth: `name:hash` or `name:hash:totp`, separated by commas in a variable, or one on each line of a file.

use super::entry::{Entry, ParsedFile, RawAccount};
use super::totp::{RawTotp, base32};
use crate::cli::foreign_file::Location;

/// The variables that hold users, with and without the prefix that newer versions want.
const VARIABLES: [&str; 4] = ["TINYAUTH_AUTH_USERS", "TINYAUTH_USERS", "AUTH_USERS", "USERS"];

/// Whether a line sets one of the variables; returns its value.
pub(super) fn variable(line: &str) -> Option<&str> {
    let line = line.trim().trim_start_matches("- ").trim_start_matches("export ");
    let (name, value) = line.split_once('=').or_else(|| line.split_once(": "))?;
    VARIABLES.contains(&name.trim()).then(|| value.trim().trim_matches(['"', '\'']))
}

/// Whether a line of a users file has the secret of an app, which htpasswd has no place for.
pub(super) fn has_secret(line: &str) -> bool {
    let secret = |user: &str| user.splitn(3, ':').nth(2).is_some_and(|text| text.len() >= 16 && base32(text).is_some());
    line.split(',').any(secret)
}

pub(super) fn parse(text: &str) -> ParsedFile {
    let lines = || text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with('#'));
    let is_env = lines().any(|(_, line)| variable(line).is_some());
    let users = lines().flat_map(|(index, line)| {
        let value = if is_env { variable(line).unwrap_or_default() } else { line.trim() };
        value.split(',').map(str::trim).filter(|user| !user.is_empty()).map(move |user| (index + 1, user))
    });
    let entries = users.map(|(line, user)| entry(user, Location::Line(line))).collect();
    ParsedFile { entries, ..ParsedFile::default() }
}

fn entry(user: &str, at: Location) -> Entry {
    let mut parts = user.splitn(3, ':');
    let (Some(name), Some(hash)) = (parts.next(), parts.next()) else {
        let why = "there is no `:` between a name and a hash".to_owned();
        return Entry { at, name: String::new(), account: Err(why), notes: Vec::new() };
    };
    let totp = parts.next().filter(|secret| !secret.is_empty()).into_iter().map(|secret| {
        let raw = RawTotp { issuer: "", algorithm: "SHA1", digits: "6", period: "30" };
        raw.parse(base32(secret))
    });
    let raw = RawAccount {
        username: name.to_owned(),
        hashes: vec![hash.to_owned()],
        totp: totp.collect(),
        ..RawAccount::default()
    };
    raw.into_entry(at)
}

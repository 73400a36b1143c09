//! The users file of caddy-security (go-authcrunch): JSON with a list `users`.

use serde::Deserialize;
use serde_json::Value;

use super::entry::{Entry, ParsedFile, RawAccount};
use super::totp::{ImportedTotp, RawTotp};
use crate::cli::foreign_file::Location;

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct User {
    username: String,
    disabled: bool,
    name: Option<Name>,
    email_address: Option<Value>,
    email_addresses: Vec<Value>,
    passwords: Vec<Password>,
    roles: Vec<Role>,
    mfa_tokens: Vec<MfaToken>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Name {
    first: String,
    middle: String,
    last: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Password {
    hash: String,
    expired: bool,
    disabled: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Role {
    name: String,
    organization: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct MfaToken {
    #[serde(rename = "type")]
    kind: String,
    comment: String,
    algorithm: String,
    secret: String,
    period: u32,
    digits: u32,
    disabled: bool,
    expired: bool,
}

pub(super) fn parse(text: &str) -> Result<ParsedFile, String> {
    let root: Value = serde_json::from_str(text).map_err(|error| format!("this is not JSON: {error}"))?;
    let Some(users) = root.get("users").and_then(Value::as_array) else {
        return Err("there is no list `users`; this is not the users file of caddy-security".to_owned());
    };
    let entries = users.iter().enumerate().map(|(index, user)| {
        let at = Location::Key(format!("users[{index}]"));
        if let Ok(user) = User::deserialize(user) {
            return entry(user, at);
        }
        let name = user.get("username").and_then(Value::as_str).unwrap_or_default().to_owned();
        Entry { at, name, account: Err("it has not the form of a user".to_owned()), notes: Vec::new() }
    });
    Ok(ParsedFile { entries: entries.collect(), ..ParsedFile::default() })
}

fn entry(user: User, at: Location) -> Entry {
    let mut notes = Vec::new();
    let addresses = user.email_address.iter().chain(&user.email_addresses).filter_map(address);
    let email = addresses.into_iter().next().map(str::to_owned);
    let live = |token: &&MfaToken| !token.disabled && !token.expired;
    if user.mfa_tokens.iter().filter(live).any(|token| token.kind != "totp") {
        notes.push("its security keys are left out: they are bound to the other program".to_owned());
    }
    let totp = user.mfa_tokens.iter().filter(live).filter(|token| token.kind == "totp").map(app).collect();
    let role = |role: &Role| match role.organization.as_str() {
        "" => role.name.clone(),
        organization => format!("{organization}/{}", role.name),
    };
    let raw = RawAccount {
        name: user.name.as_ref().map(full_name),
        email,
        groups: Some(user.roles.iter().map(role).collect()),
        hashes: user.passwords.into_iter().filter(|one| !one.disabled && !one.expired).map(|one| one.hash).collect(),
        disabled: user.disabled.then_some("it is disabled in the file"),
        totp,
        notes,
        username: user.username,
        ..RawAccount::default()
    };
    raw.into_entry(at)
}

/// An address stands alone, or in an object.
fn address(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get("address")?.as_str())
}

fn full_name(name: &Name) -> String {
    let parts = [&name.first, &name.middle, &name.last].map(|part| part.trim());
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// go-authcrunch uses the bytes of the text as the key, without decoding them.
fn app(token: &MfaToken) -> Result<ImportedTotp, String> {
    let digits = token.digits.to_string();
    let period = token.period.to_string();
    let algorithm = if token.algorithm.is_empty() { "SHA1" } else { &token.algorithm };
    let raw = RawTotp { issuer: &token.comment, algorithm, digits: &digits, period: &period };
    raw.parse(Some(token.secret.as_bytes().to_vec()))
}

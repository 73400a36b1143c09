//! Formats access tokens for the operator, without their hash.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::account::OwnedToken;
use crate::domain::identity::DisplayName;
use crate::store::TokenRow;

/// The output format, from `--json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// One line for each token.
    Text,
    Json,
}

/// Formats all tokens.
pub(super) fn tokens(tokens: &[OwnedToken], form: Form) -> anyhow::Result<String> {
    match form {
        Form::Json => {
            let all: Value = tokens.iter().map(object).collect();
            Ok(serde_json::to_string_pretty(&all)? + "\n")
        }
        Form::Text => Ok(tokens.iter().map(line).collect()),
    }
}

fn line(OwnedToken { token, owner }: &OwnedToken) -> String {
    let TokenRow { id, site, created_at, expires_at, .. } = token;
    let used = token.last_used_at.map_or_else(|| "never".to_owned(), |at| at.to_string());
    let id = id.short();
    let mut line = format!("{id}  {owner}  {site}  since {created_at}  last used {used}  until {expires_at}");
    if let Some(name) = &token.name {
        let _ = write!(line, "  {}", name.as_str());
    }
    line.push('\n');
    line
}

fn object(OwnedToken { token, owner }: &OwnedToken) -> Value {
    json!({
        "id": token.id.to_hex(),
        "user": owner.as_str(),
        "site": token.site.to_string(),
        "name": token.name.as_ref().map(DisplayName::as_str),
        "created_at": token.created_at.to_string(),
        "expires_at": token.expires_at.to_string(),
        "last_used_at": token.last_used_at.map(|at| at.to_string()),
    })
}

//! Formats access tokens for the operator, without their hash.

use serde_json::Value;

use crate::account::OwnedToken;
use crate::cli::table::{Form, Table, json, none};
use crate::domain::identity::DisplayName;

/// The columns of the list.
const HEAD: [&str; 7] = ["ID", "USER", "SITE", "CREATED", "LAST USED", "EXPIRES", "NAME"];

/// Formats all tokens.
pub(super) fn tokens(tokens: &[OwnedToken], form: Form) -> String {
    match form {
        Form::Json => json(&tokens.iter().map(object).collect()),
        Form::Text if tokens.is_empty() => "there are no access tokens\n".to_owned(),
        Form::Text => Table::new(HEAD, tokens.iter().map(cells)).to_string(),
    }
}

fn cells(OwnedToken { token, owner }: &OwnedToken) -> [String; 7] {
    [
        token.id.short(),
        owner.to_string(),
        token.site.to_string(),
        token.created_at.to_string(),
        token.last_used_at.map_or_else(|| "never".to_owned(), |at| at.to_string()),
        token.expires_at.to_string(),
        token.name.as_ref().map_or_else(none, |name| name.as_str().to_owned()),
    ]
}

fn object(OwnedToken { token, owner }: &OwnedToken) -> Value {
    serde_json::json!({
        "id": token.id.to_hex(),
        "user": owner.as_str(),
        "site": token.site.to_string(),
        "name": token.name.as_ref().map(DisplayName::as_str),
        "created_at": token.created_at.to_string(),
        "expires_at": token.expires_at.to_string(),
        "last_used_at": token.last_used_at.map(|at| at.to_string()),
    })
}

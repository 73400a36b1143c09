//! Formats accounts for the operator, without the password hash.

use std::io::Write;

use serde_json::{Value, json};

use crate::domain::email::EmailAddress;
use crate::domain::identity::{DisplayName, Group};
use crate::domain::phone::PhoneNumber;
use crate::store::Account;

/// The output format, from `--json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Aligned text.
    Text,
    Json,
}

/// The columns of the list.
const HEAD: [&str; 6] = ["USER", "STATUS", "E-MAIL", "PHONE", "METHOD", "GROUPS"];

/// All accounts, one line each.
pub(super) fn list(accounts: &[Account], form: Form, out: &mut dyn Write) -> anyhow::Result<()> {
    match form {
        Form::Json => return value(&accounts.iter().map(object).collect(), out),
        Form::Text if accounts.is_empty() => {
            writeln!(out, "there are no accounts yet; add one with: portcullis user add NAME --phone NUMBER")?;
            return Ok(());
        }
        Form::Text => {}
    }
    let rows: Vec<[String; 6]> = std::iter::once(HEAD.map(str::to_owned)).chain(accounts.iter().map(cells)).collect();
    let mut widths = [0; 6];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    for row in &rows {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        writeln!(out, "{}", cells.join("  ").trim_end())?;
    }
    Ok(())
}

/// One account, one line for each of its fields.
pub(super) fn one(account: &Account, form: Form, out: &mut dyn Write) -> anyhow::Result<()> {
    if form == Form::Json {
        return value(&object(account), out);
    }
    let [username, status, email, phone, method, groups] = cells(account);
    let name = account.name.as_ref().map_or_else(none, |name| name.as_str().to_owned());
    let lines = [
        ("user", username),
        ("id", account.id.to_hex()),
        ("name", name),
        ("e-mail", email),
        ("phone", phone),
        ("method", method),
        ("groups", groups),
        ("status", status),
        ("created", account.created_at.to_string()),
    ];
    for (label, text) in lines {
        writeln!(out, "{label:<8} {text}")?;
    }
    Ok(())
}

fn cells(account: &Account) -> [String; 6] {
    let groups: Vec<&str> = account.groups.iter().map(Group::as_str).collect();
    [
        account.username.to_string(),
        account.status.word().to_owned(),
        account.email.as_ref().map_or_else(none, |email| email.as_str().to_owned()),
        account.phone.as_ref().map_or_else(none, |phone| phone.as_str().to_owned()),
        account.default_method.to_string(),
        if groups.is_empty() { none() } else { groups.join(",") },
    ]
}

fn none() -> String {
    "-".to_owned()
}

fn object(account: &Account) -> Value {
    json!({
        "id": account.id.to_hex(),
        "username": account.username.as_str(),
        "name": account.name.as_ref().map(DisplayName::as_str),
        "email": account.email.as_ref().map(EmailAddress::as_str),
        "phone": account.phone.as_ref().map(PhoneNumber::as_str),
        "groups": account.groups.iter().map(Group::as_str).collect::<Vec<_>>(),
        "method": account.default_method.word(),
        "status": account.status.word(),
        "created_at": account.created_at.to_string(),
    })
}

fn value(value: &Value, out: &mut dyn Write) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)?;
    Ok(())
}

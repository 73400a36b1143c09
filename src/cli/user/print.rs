//! Formats accounts for the operator, without the password hash.

use std::io::Write;

use serde_json::Value;

use crate::cli::table::{Form, Table, json, none};
use crate::domain::email::EmailAddress;
use crate::domain::identity::{DisplayName, Group};
use crate::domain::phone::PhoneNumber;
use crate::password::scheme;
use crate::store::{Account, FactorRow, HeldFactors};

/// The columns of the list.
const HEAD: [&str; 7] = ["ID", "USER", "STATUS", "E-MAIL", "PHONE", "METHOD", "GROUPS"];

/// All accounts, one line each. `add` is the command that adds one.
pub(super) fn list(accounts: &[Account], add: &str, form: Form, out: &mut dyn Write) -> anyhow::Result<()> {
    match form {
        Form::Json => write!(out, "{}", json(&accounts.iter().map(object).collect()))?,
        Form::Text if accounts.is_empty() => {
            writeln!(out, "there are no accounts yet; add one with: {add}")?;
        }
        Form::Text => {
            let row = |account: &Account| {
                let [user, status, email, phone, method, groups] = cells(account);
                [account.id.short(), user, status, email, phone, method, groups]
            };
            write!(out, "{}", Table::new(HEAD, accounts.iter().map(row)))?;
        }
    }
    Ok(())
}

/// What is shown of one account beside its own fields.
pub(super) struct Extras<'a> {
    /// In how many browsers it is remembered.
    pub(super) browsers: i64,
    /// Its authenticator apps, passkeys and recovery codes.
    pub(super) held: &'a HeldFactors,
}

/// One account, one line for each of its fields and factors.
pub(super) fn one(account: &Account, extras: &Extras<'_>, form: Form, out: &mut dyn Write) -> anyhow::Result<()> {
    let Extras { browsers, held } = *extras;
    if form == Form::Json {
        let mut object = object(account);
        if let Value::Object(fields) = &mut object {
            fields.insert("remembered_browsers".to_owned(), browsers.into());
            fields.insert("factors".to_owned(), held.rows.iter().map(factor).collect());
            fields.insert("recovery_codes".to_owned(), held.recovery.len().into());
        }
        write!(out, "{}", json(&object))?;
        return Ok(());
    }
    let [username, status, email, phone, method, groups] = cells(account);
    let name = account.name.as_ref().map_or_else(none, |name| name.as_str().to_owned());
    let lines = [
        ("user", username),
        ("id", account.id.to_hex()),
        ("name", name),
        ("e-mail", email),
        ("codes to", account.code_email.as_ref().map_or_else(none, |email| email.as_str().to_owned())),
        ("phone", phone),
        ("method", method),
        ("groups", groups),
        ("status", status),
        ("password", account.password.as_ref().map_or_else(none, |hash| scheme(hash).to_owned())),
        ("created", account.created_at.to_string()),
        ("browsers", if browsers > 0 { format!("{browsers} remembered") } else { none() }),
    ];
    for (label, text) in lines {
        writeln!(out, "{label:<8} {text}")?;
    }
    for row in &held.rows {
        let used = row.last_used_at.map_or_else(|| "never used".to_owned(), |at| format!("last used {at}"));
        writeln!(
            out,
            "factor   {} {:?}, id {}, added {}, {used}",
            row.kind,
            row.name.as_str(),
            row.id.to_hex(),
            row.created_at
        )?;
    }
    if !held.recovery.is_empty() {
        writeln!(out, "factor   {} recovery codes left", held.recovery.len())?;
    }
    Ok(())
}

/// An edited account as JSON.
pub(super) fn edited(account: &Account, out: &mut dyn Write) -> anyhow::Result<()> {
    write!(out, "{}", json(&object(account)))?;
    Ok(())
}

/// A factor as JSON, without what it is verified with.
fn factor(row: &FactorRow) -> Value {
    serde_json::json!({
        "id": row.id.to_hex(),
        "kind": row.kind.word(),
        "name": row.name.as_str(),
        "created_at": row.created_at.to_string(),
        "last_used_at": row.last_used_at.map(|at| at.to_string()),
    })
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

fn object(account: &Account) -> Value {
    serde_json::json!({
        "id": account.id.to_hex(),
        "username": account.username.as_str(),
        "name": account.name.as_ref().map(DisplayName::as_str),
        "email": account.email.as_ref().map(EmailAddress::as_str),
        "code_email": account.code_email.as_ref().map(EmailAddress::as_str),
        "phone": account.phone.as_ref().map(PhoneNumber::as_str),
        "groups": account.groups.iter().map(Group::as_str).collect::<Vec<_>>(),
        "method": account.default_method.word(),
        "status": account.status.word(),
        "password": account.password.as_ref().map(scheme),
        "created_at": account.created_at.to_string(),
    })
}

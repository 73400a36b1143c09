//! `portcullis user edit`: changes an account in place.

use std::io::Write;

use anyhow::Context as _;
use clap::Args;

use super::print;
use crate::account::{AccountEdit, AccountError, Accounts, Edited, FieldEdit};
use crate::cli::code_ways::{CodeWays, Destinations};
use crate::cli::revocation;
use crate::cli::stored::quoted;
use crate::cli::table::{Form, FormArguments};
use crate::cli::terminal;
use crate::domain::email::EmailAddress;
use crate::domain::identity::{DisplayName, Group};
use crate::domain::method::CodeMethod;
use crate::domain::phone::PhoneNumber;
use crate::domain::username::{LoginName, Username};

#[derive(Debug, Args)]
pub(super) struct Edit {
    /// User name or e-mail address
    name: String,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    form: FormArguments,
}

/// At least one of them; what is not named stays as it is.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
#[expect(clippy::struct_excessive_bools, reason = "one for each switch of the command line")]
struct Changes {
    /// New user name
    #[arg(long, value_name = "NEW")]
    rename: Option<Username>,
    /// Display name
    #[arg(long = "name", value_name = "NAME")]
    display_name: Option<DisplayName>,
    /// Remove the display name
    #[arg(long, conflicts_with = "display_name")]
    no_name: bool,
    /// E-mail address, for signing in and for codes
    #[arg(long, value_name = "ADDRESS")]
    email: Option<EmailAddress>,
    /// Remove the e-mail address
    #[arg(long, conflicts_with = "email")]
    no_email: bool,
    /// Mailbox for codes, if not the e-mail address
    #[arg(long, value_name = "ADDRESS")]
    code_email: Option<EmailAddress>,
    /// Send codes by mail to the e-mail address again
    #[arg(long, conflicts_with = "code_email")]
    no_code_email: bool,
    /// Telephone number for codes, such as +15005550074
    #[arg(long, value_name = "NUMBER")]
    phone: Option<PhoneNumber>,
    /// Remove the telephone number
    #[arg(long, conflicts_with = "phone")]
    no_phone: bool,
    /// Join a group; can be given several times
    #[arg(long = "group", value_name = "GROUP")]
    groups: Vec<Group>,
    /// Leave a group; can be given several times
    #[arg(long = "remove-group", value_name = "GROUP")]
    remove_groups: Vec<Group>,
    /// Default method for codes: sms or email
    #[arg(long, value_name = "METHOD")]
    method: Option<CodeMethod>,
}

/// From `--phone` and `--no-phone`.
fn field<T>(set: Option<T>, remove: bool) -> FieldEdit<T> {
    match (set, remove) {
        (Some(value), _) => FieldEdit::Set(value),
        (None, true) => FieldEdit::Remove,
        (None, false) => FieldEdit::Keep,
    }
}

impl From<Changes> for AccountEdit {
    fn from(typed: Changes) -> Self {
        Self {
            username: typed.rename,
            name: field(typed.display_name, typed.no_name),
            email: field(typed.email, typed.no_email),
            code_email: field(typed.code_email, typed.no_code_email),
            phone: field(typed.phone, typed.no_phone),
            join: typed.groups,
            leave: typed.remove_groups,
            method: typed.method,
        }
    }
}

pub(super) async fn run(typed: Edit, accounts: &Accounts, ways: CodeWays, out: &mut dyn Write) -> anyhow::Result<()> {
    let outcome = accounts.edit(&LoginName::new(&typed.name), typed.changes.into()).await;
    let unknown = matches!(outcome, Err(AccountError::Unknown | AccountError::NotInGroup(_)));
    // Leaving a group or a new number may end access, which continues if the store refuses.
    let outcome = revocation::outcome(outcome);
    let Edited { account, fields } = if unknown { outcome.with_context(|| quoted(&typed.name))? } else { outcome? };
    let to = Destinations { phone: account.phone.is_some(), mailbox: account.mailbox().is_some() };
    let method = ways.method(account.default_method, to);
    if method.is_none() {
        terminal::tell(&format!("warning: {} gets no code: {}", account.username, ways.lack()));
    }
    if typed.form.form() == Form::Json {
        return print::edited(&account, out);
    }
    if fields.is_empty() {
        writeln!(out, "{} is like this already; nothing was changed", account.username)?;
        return Ok(());
    }
    let fields: Vec<&str> = fields.iter().map(|field| field.word()).collect();
    let codes = method.map(|method| format!(", codes are sent by {method}")).unwrap_or_default();
    writeln!(out, "{} is changed ({}){codes}", account.username, fields.join(", "))?;
    Ok(())
}

//! `portcullis session list | revoke`: works directly on the store, whether or not the gateway runs. A running gateway
//! learns of changes through the change feed.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use serde_json::Value;

use super::runtime::block_on;
use super::table::{Form, FormArguments, Table, json, none};
use super::{configuration, revocation, terminal};
use crate::account::AccountError;
use crate::audit::{Audit, Cause, Event, ForgettingReason, ForgottenBrowsers, RevokedSessions};
use crate::domain::identifier::DeviceId;
use crate::domain::method::CodeMethod;
use crate::domain::username::LoginName;
use crate::platform::clock::{Clock, Timestamp};
use crate::store::{Account, ForgottenBrowser, SessionEnd, SessionRow, Store, StoredEvent};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// List the live sessions of an account.
    List {
        /// User name or e-mail address.
        name: String,
        #[command(flatten)]
        form: FormArguments,
    },
    /// End all sessions of an account, or one.
    Revoke {
        /// User name or e-mail address.
        name: String,
        /// The session's id, as `session list` shows it, or its first digits.
        #[arg(long, value_name = "ID")]
        session: Option<String>,
    },
}

pub(super) fn run(command: Command, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    let config = configuration::without_sites(file)?;
    let text = block_on(async {
        let store = configuration::open_store(&config.settings).await?;
        let outcome = act(&store, command, Clock::system().now()).await;
        store.close().await;
        outcome
    })?;
    terminal::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

async fn act(store: &Store, command: Command, now: Timestamp) -> anyhow::Result<String> {
    match command {
        Command::List { name, form } => {
            let account = account(store, &name).await?;
            Ok(list(&account, store.sessions_of(account.id).await?, form.form()))
        }
        Command::Revoke { name, session: None } => {
            let account = account(store, &name).await?;
            let ended = store.end_sessions_of(account.id, &event(&account, RevokedSessions::All, now)).await;
            let ended = revocation::outcome(ended.map_err(AccountError::from))?;
            Ok(format!("sessions of {}: {ended} ended\n", account.username))
        }
        Command::Revoke { name, session: Some(written) } => {
            let account = account(store, &name).await?;
            let sessions = store.sessions_of(account.id).await?;
            let session = one(&sessions, &written)?;
            let end = SessionEnd {
                session: session.id,
                event: event(&account, RevokedSessions::One(session.id), now),
                forgets: session.device.map(|device| forgotten(&account, device, now)),
            };
            let ended = store.end_session(&end).await;
            let ended = revocation::outcome(ended.map_err(AccountError::from))?;
            Ok(format!("sessions of {}: {} ended\n", account.username, u8::from(ended.session)))
        }
    }
}

async fn account(store: &Store, name: &str) -> anyhow::Result<Account> {
    store.find_account(&LoginName::new(name)).await?.with_context(|| format!("no account is named {name:?}"))
}

/// The only session whose identifier begins with these digits. Searched only among the account's own: a typing error
/// must not end another account's session.
fn one<'a>(sessions: &'a [SessionRow], written: &str) -> anyhow::Result<&'a SessionRow> {
    let written = written.to_ascii_lowercase();
    let mut found = sessions.iter().filter(|session| session.id.to_hex().starts_with(&written));
    match (found.next(), found.next()) {
        (Some(session), None) => Ok(session),
        (Some(_), Some(_)) => bail!("several sessions begin with {written:?}: give more digits"),
        (None, _) => bail!("the account has no session {written:?}: `session list` shows its sessions"),
    }
}

/// The columns of the list.
const HEAD: [&str; 6] = ["ID", "CREATED", "LAST USED", "EXPIRES", "METHOD", "CLIENT"];

/// All sessions, newest first. The identifier is shortened, in JSON too, because the whole one is half of a cookie.
fn list(account: &Account, mut sessions: Vec<SessionRow>, form: Form) -> String {
    sessions.sort_by_key(|session| std::cmp::Reverse(session.created_at));
    match form {
        Form::Json => json(&sessions.iter().map(|session| object(account, session)).collect()),
        Form::Text if sessions.is_empty() => format!("{} has no live sessions\n", account.username),
        Form::Text => Table::new(HEAD, sessions.iter().map(cells)).to_string(),
    }
}

fn cells(session: &SessionRow) -> [String; 6] {
    let SessionRow { id, created_at, last_used_at, expires_at, method, client, .. } = session;
    let method = match method {
        None => none(),
        Some(_) if is_remembered(session) => "remembered".to_owned(),
        Some(method) => method.to_string(),
    };
    [id.short(), created_at.to_string(), last_used_at.to_string(), expires_at.to_string(), method, client.clone()]
}

/// Whether the session was opened without a code, in a remembered browser: its factor is older than the session. A code
/// that is given later is newer.
fn is_remembered(session: &SessionRow) -> bool {
    session.authenticated_at < session.created_at
}

fn object(account: &Account, session: &SessionRow) -> Value {
    serde_json::json!({
        "id": session.id.short(),
        "user": account.username.as_str(),
        "method": session.method.map(CodeMethod::word),
        "remembered": is_remembered(session),
        "created_at": session.created_at.to_string(),
        "authenticated_at": session.authenticated_at.to_string(),
        "last_used_at": session.last_used_at.to_string(),
        "expires_at": session.expires_at.to_string(),
        "client": session.client,
    })
}

fn event(account: &Account, sessions: RevokedSessions, now: Timestamp) -> StoredEvent {
    Audit::row(&Event::SessionRevoked { sessions }, Cause::Operator(now), Some(account.id))
}

fn forgotten(account: &Account, device: DeviceId, now: Timestamp) -> ForgottenBrowser {
    let browsers = ForgottenBrowsers::One(device);
    let event = Event::BrowserForgotten { browsers, reason: ForgettingReason::SessionRevoked };
    ForgottenBrowser { account: account.id, device, event: Audit::row(&event, Cause::Operator(now), Some(account.id)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::assurance::Assurance;
    use crate::domain::identifier::{AccountId, SessionId};

    fn session(first: u8, at: i64) -> SessionRow {
        let mut bytes = [0xab; 16];
        bytes[0] = first;
        let at = Timestamp::from_millis(at);
        SessionRow {
            id: SessionId::from_bytes(bytes),
            account: AccountId::from_bytes([1; 16]),
            assurance: Assurance::TwoFactor,
            method: None,
            created_at: at,
            authenticated_at: at,
            last_used_at: at,
            expires_at: at,
            client: "192.0.2.1".to_owned(),
            home: None,
            device: None,
        }
    }

    #[test]
    fn a_session_of_a_remembered_browser_is_listed_as_such_until_a_code_is_given() {
        let by_sms = SessionRow { method: Some(CodeMethod::Sms), ..session(0x10, 5_000) };
        let method = |session: &SessionRow| cells(session)[4].clone();
        assert_eq!(method(&by_sms), "sms");
        let skipped = SessionRow { authenticated_at: Timestamp::from_millis(4_000), ..by_sms };
        assert_eq!(method(&skipped), "remembered");
        let stepped_up = SessionRow { authenticated_at: Timestamp::from_millis(6_000), ..skipped };
        assert_eq!(method(&stepped_up), "sms");
    }

    #[test]
    fn the_first_digits_name_a_session_where_no_other_begins_with_them() {
        let sessions = [session(0x10, 0), session(0x11, 0)];
        assert_eq!(one(&sessions, "11AB").unwrap().id, sessions[1].id);
        assert!(one(&sessions, "1").is_err() && one(&sessions, "2").is_err());
    }
}

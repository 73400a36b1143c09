//! `portcullis keys`: lists, adds and removes versions of the signing key in the key file.

use std::io::Write;

use serde_json::Value;

use super::configuration;
use super::table::{Form, FormArguments, Table, json};
use crate::config::settings as config;
use crate::keys::{KeyId, KeyRing, KeyVersion, Settings};
use crate::platform::clock::Clock;
use crate::platform::random::Random;
use crate::store::Store;

/// List, rotate and remove versions of the signing key.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// List the versions, newest last; the last one signs.
    List(FormArguments),
    /// Add a version that signs from the next SIGHUP or start on; the old ones still verify.
    Rotate,
    /// Remove an old version: everything that it signed is refused from the next SIGHUP or start on.
    Remove {
        /// The number of the version, as `keys list` shows it.
        id: u8,
    },
}

/// Runs the command on the key file.
pub(super) fn run(command: &Command, settings: &Settings, clock: &Clock, out: &mut dyn Write) -> anyhow::Result<()> {
    match command {
        Command::List(form) => write!(out, "{}", list(&KeyRing::list(settings)?, form.form()))?,
        Command::Rotate => {
            let id = KeyRing::rotate(settings, clock.now(), &mut Random::system())?;
            writeln!(out, "version {} signs from the next SIGHUP or start on", id.number())?;
        }
        Command::Remove { id } => {
            KeyRing::remove(settings, KeyId::new(*id))?;
            writeln!(
                out,
                "version {id} is removed; everything that it signed is refused from the next SIGHUP or start on"
            )?;
        }
    }
    Ok(())
}

/// Refuses to remove a version with which factors of people are encrypted, or are to be by a gateway that has not read the
/// key file since the newest version was added: their authenticator apps and passkeys would be
/// lost.
pub(super) async fn check_unused(id: u8, settings: &config::Settings) -> anyhow::Result<()> {
    if !Store::exists(&settings.store)? {
        return Ok(());
    }
    let store = configuration::open_store(settings).await?;
    let count = store.count_factors_of_key(id).await;
    let current = store.encryption_key().await;
    store.close().await;
    let count = count?;
    let current = current?;
    anyhow::ensure!(
        count == 0,
        "{count} authenticator apps and passkeys are encrypted with version {id}; start the gateway or send it SIGHUP, \
         which encrypts them with the newest version, and try again"
    );
    anyhow::ensure!(
        current != Some(id),
        "the gateway still encrypts authenticator apps and passkeys with version {id}; start it again or send it SIGHUP, \
         and try again"
    );
    Ok(())
}

fn list(versions: &[KeyVersion], form: Form) -> String {
    let newest = versions.last().map(|version| version.id);
    let signs = |version: &KeyVersion| newest == Some(version.id);
    let object = |version: &KeyVersion| serde_json::json!({ "id": version.id.number(), "created_at": version.created, "signs": signs(version) });
    let cells = |version: &KeyVersion| {
        let signs = if signs(version) { "yes" } else { "no" };
        [version.id.number().to_string(), version.created.clone(), signs.to_owned()]
    };
    match form {
        Form::Json => json(&versions.iter().map(object).collect::<Value>()),
        Form::Text => Table::new(["ID", "CREATED", "SIGNS"], versions.iter().map(cells)).to_string(),
    }
}

//! `portcullis keys`: lists, adds and removes versions of the signing key in the key file.

use std::io::Write;

use crate::keys::{KeyId, KeyRing, Settings};
use crate::platform::clock::Clock;
use crate::platform::random::Random;

/// List, rotate and remove versions of the signing key.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// List the versions, newest last; the last one signs.
    List,
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
        Command::List => {
            let versions = KeyRing::list(settings)?;
            let newest = versions.last().map(|version| version.id);
            for version in versions {
                let mark = if newest == Some(version.id) { "\tsigns" } else { "" };
                writeln!(out, "{}\t{}{mark}", version.id.number(), version.created)?;
            }
        }
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

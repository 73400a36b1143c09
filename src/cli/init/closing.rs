//! What to do next, after everything is written.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::dialogue::{Confirmation, Dialogue};
use super::files::WrittenFile;
use super::plan::{Codes, Front, Layout, PasswordOrigin, Person, Plan, SANDBOX};
use super::unit;
use crate::cli::terminal;
use crate::platform::private_file;
use crate::platform::process::is_root;
use crate::platform::secret::ExposeSecret as _;

/// Lists the files, the password if it was generated, and the commands.
pub(super) fn show(plan: &Plan, person: Option<&Person>, files: &[WrittenFile]) -> std::io::Result<()> {
    let mut text = String::from("\nWritten:\n");
    for WrittenFile { file, what } in files {
        text += &format!("  {}: {what}\n", file.display());
    }
    if let Some(Person { account, password, origin: PasswordOrigin::Generated }) = person {
        let (name, password) = (&account.username, password.expose_secret());
        text += &format!("\nThe password of {name}, shown only now: {password}\n");
    }
    text += "\nStart it:\n";
    if let Codes::Sandbox(url) = &plan.codes {
        let address = url.trim_start_matches("http://");
        let listen = if url == SANDBOX { String::new() } else { format!(" --listen {address}") };
        text += &format!("  portcullis sandbox{listen}    # in a terminal of its own; {url}/ shows the phone\n");
    }
    let config = if is_found_by_itself(&plan.layout) {
        String::new()
    } else {
        format!(" --config {}", plan.layout.config.display())
    };
    text += &format!("  portcullis serve{config}\n");
    if person.is_none() {
        text += &format!("  portcullis user add NAME --phone NUMBER{config}    # the first account\n");
    }
    if let Front::Proxy(proxies) = &plan.front {
        text += &format!(
            "\nThe proxy at {} passes https on to {}; docs/proxies.md has its file.\n",
            proxies.join(", "),
            plan.listen
        );
    }
    text += &format!("\nThen open {}\n", plan.url());
    terminal::print(&text)
}

/// Whether `serve` looks at this place first, wherever it is started.
fn is_found_by_itself(layout: &Layout) -> bool {
    layout.config == Path::new("/etc/portcullis/portcullis.toml")
}

/// Offers the unit for systemd, where that is: writes it only for root, and only after a yes.
pub(super) fn offer_unit(dialogue: Option<&mut Dialogue>, layout: &Layout) -> anyhow::Result<()> {
    if !unit::is_systemd_here() {
        return Ok(());
    }
    let program = std::env::current_exe().unwrap_or_else(|_| PathBuf::from("/usr/local/bin/portcullis"));
    let text = unit::text(&program, layout);
    let file = Path::new(unit::FILE);
    let wanted = match dialogue {
        Some(dialogue) if is_root() && !file.exists() => {
            let question = format!("Write {} to run it as a service?", unit::FILE);
            dialogue.confirm(&question, Confirmation::No)?
        }
        Some(_) | None => Confirmation::No,
    };
    let first = match wanted {
        Confirmation::Yes => {
            private_file::create(file, text.as_bytes()).with_context(|| unit::FILE)?;
            // It holds no secret, and people read it with `systemctl cat`.
            fs::set_permissions(file, fs::Permissions::from_mode(0o644))?;
            String::new()
        }
        Confirmation::No => format!("\nTo run it as a service, write this to {}:\n\n{text}", unit::FILE),
    };
    let commands: Vec<String> = unit::commands(layout).iter().map(|command| format!("  {command}\n")).collect();
    terminal::print(&format!("{first}\nThen, as root:\n{}", commands.concat()))?;
    Ok(())
}

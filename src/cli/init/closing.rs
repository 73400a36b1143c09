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
    let files = files.iter().map(|WrittenFile { file, what }| format!("  {}: {what}\n", file.display()));
    let files: String = files.collect();
    let password = person.map(password_line).unwrap_or_default();
    let commands = commands(plan, person).join("\n  ");
    let proxy = match &plan.front {
        Front::Proxy(proxies) => format!(
            "\nLet the proxy ({}) pass requests on to {}; docs/proxies.md has its file.\n",
            proxies.join(", "),
            plan.listen
        ),
        Front::Loopback | Front::Certificate { .. } => String::new(),
    };
    let url = plan.url();
    terminal::print(&format!("\nWritten:\n{files}{password}\nStart it:\n  {commands}\n{proxy}\nThen open {url}\n"))
}

fn password_line(Person { account, password, origin }: &Person) -> String {
    match origin {
        PasswordOrigin::Given => String::new(),
        PasswordOrigin::Generated => {
            let name = &account.username;
            format!("\nThe password of {name}, shown only now: {}\n", password.expose_secret())
        }
    }
}

/// What to run, in this order.
fn commands(plan: &Plan, person: Option<&Person>) -> Vec<String> {
    let config = if is_found_by_itself(&plan.layout) {
        String::new()
    } else {
        format!(" --config {}", plan.layout.config.display())
    };
    let mut commands = Vec::new();
    if let Codes::Sandbox(url) = &plan.codes {
        let address = url.trim_start_matches("http://");
        let listen = if url == SANDBOX { String::new() } else { format!(" --listen {address}") };
        commands.push(format!("portcullis sandbox{listen}    # in a terminal of its own; {url}/ shows the phone"));
    }
    if person.is_none() {
        commands.push(format!("portcullis user add NAME --phone NUMBER{config}    # the first account"));
    }
    commands.push(format!("portcullis serve{config}"));
    commands
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

//! What to do next, after everything is written.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::dialogue::{Confirmation, Dialogue};
use super::files::{CreatedFiles, WrittenFile};
use super::plan::{Codes, Front, Layout, PasswordOrigin, Person, Plan, SANDBOX};
use super::service::{self, Service};
use super::unit;
use crate::cli::quoting::{for_shell, word};
use crate::cli::terminal;
use crate::platform::private_file;
use crate::platform::process::is_root;
use crate::platform::secret::ExposeSecret as _;

/// Lists the files, the password if it was generated, and the commands; then comes the service.
pub(super) fn show(
    plan: &Plan,
    person: Option<&Person>,
    written: &CreatedFiles,
    dialogue: Option<&mut Dialogue>,
) -> anyhow::Result<()> {
    let service = Service::of_this_machine();
    let files = written.files.iter().map(|WrittenFile { file, what }| format!("  {}: {what}\n", file.display()));
    let files: String = files.collect();
    let password = person.map(password_line).unwrap_or_default();
    let is_started_as_a_service = service.as_ref().is_some_and(|service| service.runs(&plan.layout));
    let commands = lines("  ", commands(plan, person, is_started_as_a_service));
    let start = if commands.is_empty() { String::new() } else { format!("\nStart it:\n{commands}") };
    let proxy = match &plan.front {
        Front::Proxy(proxies) => format!(
            "\nLet the proxy ({}) pass requests on to {}; docs/proxies.md has its file.\n",
            proxies.join(", "),
            plan.listen
        ),
        Front::Loopback | Front::Certificate { .. } => String::new(),
    };
    let url = plan.url();
    terminal::print(&format!("\nWritten:\n{files}{password}{start}{proxy}\nThen open {url}\n"))?;
    service.map_or(Ok(()), |service| show_service(plan, &service, &written.folders, dialogue))
}

fn lines(indent: &str, lines: Vec<String>) -> String {
    let lines: Vec<String> = lines.into_iter().map(|line| format!("{indent}{line}\n")).collect();
    lines.concat()
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
fn commands(plan: &Plan, person: Option<&Person>, is_started_as_a_service: bool) -> Vec<String> {
    let config = if is_found_by_itself(&plan.layout) {
        String::new()
    } else {
        format!(" --config {}", for_shell(&plan.layout.config))
    };
    let mut commands = Vec::new();
    if let Codes::Sandbox(url) = &plan.codes {
        let address = url.trim_start_matches("http://");
        let listen = if url == SANDBOX { String::new() } else { format!(" --listen {}", word(address)) };
        commands.push(format!("portcullis sandbox{listen}    # in a terminal of its own; {url}/ shows the phone"));
    }
    if person.is_none() {
        let to = match &plan.codes {
            Codes::MailServer(_) => "--email ADDRESS",
            Codes::Cpaas(_) | Codes::Sandbox(_) => "--phone NUMBER",
        };
        commands.push(format!("portcullis user add NAME {to}{config}    # the first account"));
    }
    if !is_started_as_a_service {
        commands.push(format!("portcullis serve{config}"));
    }
    commands
}

/// Whether `serve` looks at this place first, wherever it is started.
fn is_found_by_itself(layout: &Layout) -> bool {
    layout.config == Path::new("/etc/portcullis/portcullis.toml")
}

/// How it runs as a service: by the unit of a package, which is left alone, or by one that is offered here.
fn show_service(
    plan: &Plan,
    service: &Service,
    made: &[PathBuf],
    dialogue: Option<&mut Dialogue>,
) -> anyhow::Result<()> {
    let first = match service.packaged() {
        Some(_) if service.runs(&plan.layout) => "\nTo run it as a service, give it its files".to_owned(),
        Some(unit) => {
            terminal::print(&format!(
                "\nThe service of {} has its configuration in /etc/portcullis and its data in /var/lib/portcullis. To use \
                 it, run `portcullis init` as root, without --directory.\n",
                unit.display()
            ))?;
            return Ok(());
        }
        None => format!("{}\nThen", offer_unit(dialogue, &plan.layout)?),
    };
    let commands = lines("  ", service.commands(plan, made));
    let remarks = lines("", service::remarks(plan, made));
    terminal::print(&format!("{first}, as root:\n{commands}{remarks}"))?;
    Ok(())
}

/// Writes the unit, only for root and only after a yes; otherwise returns the text that shows it.
fn offer_unit(dialogue: Option<&mut Dialogue>, layout: &Layout) -> anyhow::Result<String> {
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
    if wanted == Confirmation::No {
        return Ok(format!("\nTo run it as a service, write this to {}:\n\n{text}", unit::FILE));
    }
    private_file::create(file, text.as_bytes()).with_context(|| unit::FILE)?;
    // It holds no secret, and people read it with `systemctl cat`.
    fs::set_permissions(file, fs::Permissions::from_mode(0o644))?;
    Ok(String::new())
}

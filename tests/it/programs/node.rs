//! Programs that run in Node.js. `./tests/run --all` installs them by `tests/peers/package-lock.json`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use tokio::process::Command;

use crate::process::{Process, command};

fn variable(wanted: &str) -> Option<OsString> {
    std::env::vars_os().find(|(name, _)| name == wanted).map(|(_, value)| value)
}

/// A command of Node.js itself, which has its home here. It may stand anywhere on the path: Node.js is often installed
/// by something else than the system.
pub fn node(program: &str, arguments: &[&str], home: &Path) -> Command {
    let mut command = command(program, arguments, &[]);
    command.env("PATH", variable("PATH").expect("a path")).env("HOME", home).current_dir(home);
    command
}

/// Starts a program that is installed with npm.
pub fn start(name: &str, arguments: &[&str], home: &Path) -> Process {
    let script = script(name);
    let arguments = [&[script.to_str().expect("a path")], arguments].concat();
    Process::spawn(&mut node("node", &arguments, home))
}

/// Below the folder that `PORTCULLIS_TEST_NODE` names, or beside the folder of the test binaries.
fn script(name: &str) -> PathBuf {
    let named = variable("PORTCULLIS_TEST_NODE").map(PathBuf::from);
    let made = Path::new(crate::process::BINARY).ancestors().map(|folder| folder.join("node"));
    let found = named
        .into_iter()
        .chain(made)
        .map(|folder| folder.join("node_modules/.bin").join(name))
        .find(|path| path.is_file());
    found.unwrap_or_else(|| {
        panic!("{name} is missing: run `./tests/run --all`, or `npm ci` with the files of tests/peers in a folder and name it in PORTCULLIS_TEST_NODE")
    })
}

//! What packages are made of, and the packages: manual pages, completions, the unit, the Debian package, the image, the
//! chart.

mod build_info;
mod chart;
mod completions;
mod debian;
mod debian_installed;
mod image;
mod manual;
mod static_binary;
mod unit;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A file of the repository.
fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    let path = source(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The version in Cargo.toml.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Runs a program to its end, however long that takes.
fn output(command: &mut Command) -> Output {
    command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

/// What a program prints that succeeds.
fn printed(command: &mut Command) -> String {
    let output = output(command);
    assert!(output.status.success(), "{command:?}: {}", crate::process::text(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// A command with the rights of root: this test's own, or through sudo.
fn as_root(program: &str) -> Command {
    use std::os::unix::fs::MetadataExt as _;
    if std::fs::metadata("/proc/self").unwrap().uid() == 0 {
        return Command::new(program);
    }
    let mut command = Command::new("sudo");
    command.args(["--non-interactive", program]);
    command
}

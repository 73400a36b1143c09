//! Hands `portcullis version` what only Cargo knows: the target and the compiler.

#![expect(clippy::disallowed_methods, reason = "Cargo's own variables, while it builds")]

use std::env;
use std::process::Command;

fn main() {
    // Without this line, a change of any file would run it again.
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=PORTCULLIS_BUILD_TARGET={}", env::var("TARGET").unwrap_or_default());
    println!("cargo::rustc-env=PORTCULLIS_BUILD_RUST={}", compiler().unwrap_or_default());
}

/// The second word of `rustc 1.95.0 (59807616e 2026-04-14)`.
fn compiler() -> Option<String> {
    let output = Command::new(env::var_os("RUSTC")?).arg("--version").output().ok()?;
    String::from_utf8(output.stdout).ok()?.split(' ').nth(1).map(str::to_owned)
}

//! Configuration files: every mistake is one line with key, place, fault and remedy; what is accepted is shown as TOML.

#![no_main]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use libfuzzer_sys::fuzz_target;
use portcullis::parts::{Sources, load};

fn file() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { memory } else { std::env::temp_dir() };
    folder.join(format!("portcullis-fuzz-{}.toml", std::process::id()))
}

/// `key (origin): what; remedy`
fn is_whole(line: &str) {
    let (key, rest) = line.split_once(" (").unwrap_or_else(|| panic!("no key and place in {line:?}"));
    let (_, fault) = rest.split_once("): ").unwrap_or_else(|| panic!("no fault in {line:?}"));
    let (what, remedy) = fault.rsplit_once("; ").unwrap_or_else(|| panic!("no remedy in {line:?}"));
    assert!(!key.is_empty() && !what.is_empty() && !remedy.is_empty(), "{line:?}");
    assert!(!line.chars().any(char::is_control), "{line:?}");
}

fuzz_target!(|text: &str| {
    let file = file();
    fs::write(&file, text).expect("a file");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("its mode");
    match load(&Sources::of_file(file.clone())) {
        Ok(config) => {
            let shown: Result<toml::Table, _> = toml::from_str(config.show());
            shown.unwrap_or_else(|error| panic!("{error} in {}", config.show()));
            assert!(!config.settings.sites.is_empty(), "a gateway without a site");
        }
        Err(mistakes) => {
            assert!(mistakes.lines().count() > 0);
            mistakes.lines().for_each(|line| is_whole(&line));
        }
    }
});

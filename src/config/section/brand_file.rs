//! Files that the pages show or load, read when the configuration is.

use std::fs::File;
use std::io::Read as _;

use crate::config::key_path::KeyPath;
use crate::config::mistake::{Fault, reason};
use crate::config::mistakes::MistakeCollector;
use crate::config::value::path::FilePath;

/// Files of pages are loaded at every sign-in; a larger one is the wrong file.
const LARGEST_FILE: u64 = 256 * 1024;

/// The content of a file that pages need.
pub(super) fn read(file: &FilePath, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    let read = File::open(&file.0).and_then(|open| open.take(LARGEST_FILE + 1).read_to_end(&mut content));
    let shown = file.0.display();
    let fault = match read {
        Err(error) => Fault::new(format!("`{shown}` cannot be read: {}", reason(&error)), "name a readable file"),
        Ok(_) if content.len() as u64 > LARGEST_FILE => {
            Fault::new(format!("`{shown}` is larger than 256 KiB"), "name a smaller file: every sign-in loads it")
        }
        Ok(0) => Fault::new(format!("`{shown}` is empty"), "name another file"),
        Ok(_) => return Some(content),
    };
    mistakes.mistake(at, fault);
    None
}

//! htpasswd files of Apache and nginx: `name:hash` on each line.

use super::entry::{Entry, ParsedFile, RawAccount};
use crate::cli::foreign_file::Location;

pub(super) fn parse(bytes: &[u8]) -> ParsedFile {
    let lines = bytes.split(|byte| *byte == b'\n').enumerate();
    let entries = lines.filter_map(|(index, line)| {
        let at = Location::Line(index + 1);
        let Ok(line) = std::str::from_utf8(line) else {
            // Without a `:` the line may be a password.
            let name =
                String::from_utf8_lossy(line).split_once(':').map_or_else(String::new, |(name, _)| name.to_owned());
            return Some(Entry { at, name, account: Err("the line is not UTF-8".to_owned()), notes: Vec::new() });
        };
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return None;
        }
        Some(entry(line, at))
    });
    ParsedFile { entries: entries.collect(), ..ParsedFile::default() }
}

fn entry(line: &str, at: Location) -> Entry {
    let Some((name, rest)) = line.split_once(':') else {
        // The line may be a password.
        let why = "there is no `:` between a name and a hash".to_owned();
        return Entry { at, name: String::new(), account: Err(why), notes: Vec::new() };
    };
    // Apache ignores what stands behind a second colon.
    let hash = rest.split(':').next().unwrap_or_default();
    RawAccount { username: name.to_owned(), hashes: vec![hash.to_owned()], ..RawAccount::default() }.into_entry(at)
}

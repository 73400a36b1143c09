//! Reads a file of another program, or standard input, within a bound.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use anyhow::Context as _;
use zeroize::Zeroizing;

/// Fifty thousand accounts. A larger file is a mistake, and would be held in memory several times.
const LARGEST: u64 = 16 << 20;

/// The bytes of a file. They may hold secrets, and are wiped when dropped.
pub(in crate::cli) struct ForeignFile(Zeroizing<Vec<u8>>);

/// Where something stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum Location {
    /// The line, counted from 1.
    Line(usize),
    /// A key, where lines say nothing.
    Key(String),
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Key(key) => f.write_str(key),
        }
    }
}

/// Reads the file; `-` is standard input.
pub(in crate::cli) fn read(path: &Path) -> anyhow::Result<ForeignFile> {
    let shown = path.display();
    if path == Path::new("-") {
        return bounded(io::stdin().lock()).context("standard input");
    }
    let file = File::open(path).with_context(|| format!("{shown} cannot be read"))?;
    bounded(file).with_context(|| format!("{shown}"))
}

fn bounded(source: impl Read) -> anyhow::Result<ForeignFile> {
    let mut bytes = Zeroizing::new(Vec::new());
    source.take(LARGEST + 1).read_to_end(&mut bytes).context("it cannot be read")?;
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    anyhow::ensure!(length <= LARGEST, "the file is larger than {} MiB; split it", LARGEST >> 20);
    Ok(ForeignFile(bytes))
}

impl ForeignFile {
    /// The bytes, without a byte order mark of UTF-8.
    pub(in crate::cli) fn bytes(&self) -> &[u8] {
        self.0.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.0)
    }

    /// The text, if it is UTF-8 or marked as UTF-16 (as Excel writes "Unicode text").
    pub(in crate::cli) fn text(&self) -> Option<Zeroizing<String>> {
        let text = match self.0.as_slice() {
            [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
            [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
            _ => std::str::from_utf8(self.bytes()).ok().map(str::to_owned),
        };
        text.map(Zeroizing::new)
    }

    /// The text, each byte as the character of that number.
    pub(in crate::cli) fn latin1(&self) -> Zeroizing<String> {
        Zeroizing::new(self.bytes().iter().copied().map(char::from).collect())
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().copied().map(unit);
    char::decode_utf16(units).collect::<Result<String, _>>().ok().filter(|_| rest.is_empty())
}

#[cfg(test)]
impl From<&[u8]> for ForeignFile {
    fn from(bytes: &[u8]) -> Self {
        Self(Zeroizing::new(bytes.to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_order_marks_are_read_and_dropped() {
        let text = |bytes: &[u8]| ForeignFile::from(bytes).text().map(|text| text.to_string());
        assert_eq!(text(b"\xef\xbb\xbfada").as_deref(), Some("ada"));
        assert_eq!(text(b"\xff\xfea\0d\0a\0").as_deref(), Some("ada"));
        assert_eq!(text(b"\xfe\xff\0a\0d\0a").as_deref(), Some("ada"));
        assert_eq!(text(b"\xff\xfea\0d"), None);
        assert_eq!(text(b"\xdcber"), None);
        assert_eq!(ForeignFile::from(&b"\xdcber"[..]).latin1().as_str(), "\u{dc}ber");
    }

    #[test]
    fn a_file_beyond_the_bound_is_refused() {
        let endless = io::repeat(b'a');
        let said = bounded(endless).err().map(|error| error.to_string());
        assert_eq!(said.as_deref(), Some("the file is larger than 16 MiB; split it"));
    }
}

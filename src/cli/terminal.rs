//! Writes to standard output and standard error. If the reader has closed the pipe (`portcullis … | head`), that is not
//! an error.

use std::fmt::Display;
use std::io::{self, Write};

/// Writes a line to standard error. An error there cannot be reported anywhere, so it is ignored.
pub(super) fn tell(line: &(impl Display + ?Sized)) {
    drop(writeln!(io::stderr().lock(), "{line}"));
}

/// An error with its causes, each said once. Some errors repeat their cause in their own text, because the log shows
/// only that text; others leave it to the list of causes.
pub(super) fn one_line(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |said, cause| {
        if said.is_empty() {
            cause
        } else if said.contains(&cause) {
            said
        } else {
            format!("{said}: {cause}")
        }
    })
}

/// Standard output, for commands that write piece by piece.
pub(super) struct Output;

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        unless_closed(io::stdout().lock().write_all(bytes)).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        unless_closed(io::stdout().lock().flush())
    }
}

/// Writes a text to standard output unchanged.
pub(super) fn print(text: &(impl Display + ?Sized)) -> io::Result<()> {
    let mut out = io::stdout().lock();
    unless_closed(write!(out, "{text}").and_then(|()| out.flush()))
}

/// Whether the reader of standard output is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    Reading,
    Gone,
}

/// Writes a part of a long text to standard output unchanged; the caller can stop when the reader is gone.
pub(super) fn print_part(text: &str) -> io::Result<Reader> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(Reader::Reading),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Reader::Gone),
        Err(error) => Err(error),
    }
}

/// Treats a closed pipe as success.
fn unless_closed(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_is_said_once_whether_or_not_its_effect_repeats_it() {
        let cause = || anyhow::anyhow!("no such file");
        assert_eq!(one_line(&cause()), "no such file");
        assert_eq!(one_line(&cause().context("the keys cannot be read")), "the keys cannot be read: no such file");
        let repeated = cause().context("keys: no such file").context("no start: keys: no such file");
        assert_eq!(one_line(&repeated), "no start: keys: no such file");
    }
}

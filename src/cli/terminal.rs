//! Writes to standard output and standard error. If the reader has closed the pipe (`portcullis … | head`), that is not
//! an error.

use std::fmt::Display;
use std::io::{self, Write};

/// Writes a line to standard error. An error there cannot be reported anywhere, so it is ignored.
pub(super) fn tell(line: &(impl Display + ?Sized)) {
    drop(writeln!(io::stderr().lock(), "{line}"));
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

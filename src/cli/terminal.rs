//! Writing to standard output and standard error. Whoever reads may have gone (`portcullis … | head`): that is no
//! error.

use std::fmt::Display;
use std::io::{self, Write};

/// Writes a line to standard error. What cannot be written there has nowhere else to go.
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

/// Writes a text to standard output, as it is.
pub(super) fn print(text: &(impl Display + ?Sized)) -> io::Result<()> {
    let mut out = io::stdout().lock();
    unless_closed(write!(out, "{text}").and_then(|()| out.flush()))
}

/// Whether somebody reads on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    Reading,
    Gone,
}

/// Writes a part of a long text to standard output, as it is; whoever writes it can stop when nobody reads on.
pub(super) fn print_part(text: &str) -> io::Result<Reader> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(Reader::Reading),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Reader::Gone),
        Err(error) => Err(error),
    }
}

/// Takes a closed pipe as the end of what the reader wanted to know.
fn unless_closed(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

//! Writes log lines to standard error on a thread of its own.
//!
//! A log that cannot be written never harms a request: no request waits for a slow log reader, and a line that the file
//! system or a closed pipe refuses is counted instead of causing an error. As soon as writing works again, one line
//! reports how many lines are missing and since when.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::platform::clock::{Clock, Timestamp};

/// Lines that wait while the reader is slow: about 2 MiB, a few seconds of a busy gateway.
const WAITING: usize = 8192;

/// How long the process waits at exit for the lines that are still queued.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(2);

/// Lines that were not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LostLines {
    /// Number of lost lines.
    pub count: u64,
    /// When the first of them was lost.
    pub from: Timestamp,
    /// When the last of them was lost.
    pub until: Timestamp,
}

/// Formats the report about lost lines as one line of the log.
pub(crate) type Report = fn(&LostLines) -> String;

/// The queue to the writing thread. Clones share it.
#[derive(Clone)]
pub(crate) struct LogWriter {
    queue: SyncSender<Message>,
    lost: Lost,
}

enum Message {
    Line(Vec<u8>),
    Flush(SyncSender<()>),
}

#[derive(Clone)]
struct Lost {
    lines: Arc<Mutex<Option<LostLines>>>,
    clock: Clock,
}

impl LogWriter {
    /// Starts the thread that writes to `sink`.
    pub(crate) fn start(sink: impl Write + Send + 'static, clock: Clock, report: Report) -> io::Result<Self> {
        let (queue, messages) = sync_channel(WAITING);
        let lost = Lost { lines: Arc::default(), clock };
        let writer = Self { queue, lost: lost.clone() };
        thread::Builder::new().name("log".to_owned()).spawn(move || write_all(&messages, sink, &lost, report))?;
        Ok(writer)
    }

    /// Waits, for a moment at most, until what was logged so far is written.
    pub(crate) fn flush(&self) {
        let (done, written) = sync_channel(1);
        if self.queue.try_send(Message::Flush(done)).is_ok() {
            // The log reader may be gone; the process ends anyway.
            let _ = written.recv_timeout(FLUSH_TIMEOUT);
        }
    }
}

/// One line: `tracing-subscriber` writes each event by one call.
impl Write for LogWriter {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        match self.queue.try_send(Message::Line(line.to_vec())) {
            Ok(()) => {}
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => self.lost.one_more(),
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Lost {
    fn one_more(&self) {
        let now = self.clock.now();
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let before = lines.unwrap_or(LostLines { count: 0, from: now, until: now });
        *lines = Some(LostLines { count: before.count.saturating_add(1), until: now, ..before });
    }

    fn take(&self) -> Option<LostLines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// The report could not be written either.
    fn put_back(&self, earlier: LostLines) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let later = lines.unwrap_or(LostLines { count: 0, ..earlier });
        let count = earlier.count.saturating_add(later.count);
        *lines = Some(LostLines { count, from: earlier.from, until: later.until });
    }
}

/// The writing end.
struct Out<S> {
    sink: S,
    line: Line,
}

/// Whether the last write ended at a line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Whole,
    /// A full disk took a part of a line.
    CutOff,
}

impl<S: Write> Out<S> {
    fn write_line(&mut self, line: &[u8]) -> io::Result<()> {
        if self.line == Line::CutOff {
            self.sink.write_all(b"\n")?;
            self.line = Line::Whole;
        }
        let mut left = line;
        while !left.is_empty() {
            match self.sink.write(left) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => left = left.get(written..).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.line = if left.len() < line.len() { Line::CutOff } else { Line::Whole };
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    /// Writes the report at the place where the lines are missing.
    fn report(&mut self, lost: &Lost, report: Report) -> io::Result<()> {
        let Some(lines) = lost.take() else { return Ok(()) };
        let outcome = self.write_line(format!("{}\n", report(&lines)).as_bytes());
        if outcome.is_err() {
            lost.put_back(lines);
        }
        outcome
    }
}

fn write_all(messages: &Receiver<Message>, sink: impl Write, lost: &Lost, report: Report) {
    let mut out = Out { sink, line: Line::Whole };
    while let Ok(message) = messages.recv() {
        match message {
            Message::Line(line) => {
                if out.report(lost, report).and_then(|()| out.write_line(&line)).is_err() {
                    lost.one_more();
                }
            }
            Message::Flush(done) => {
                // If the report cannot be written, the count is kept for the next attempt.
                let _ = out.report(lost, report);
                let _ = done.try_send(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::clock::HandClock;

    /// Takes as many writes as it is told, and refuses the rest.
    #[derive(Clone, Default)]
    struct Sink(Arc<Mutex<(Vec<u8>, bool)>>);

    impl Sink {
        fn refuses(&self, refuses: bool) {
            self.0.lock().unwrap().1 = refuses;
        }

        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().0.clone()).unwrap()
        }
    }

    impl Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let mut inner = self.0.lock().unwrap();
            if inner.1 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            inner.0.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn report(lost: &LostLines) -> String {
        format!("{} lost between {} and {}", lost.count, lost.from, lost.until)
    }

    #[test]
    fn lost_lines_are_counted_and_reported_in_their_place_when_writing_works_again() {
        let (sink, clock) = (Sink::default(), HandClock::starting_at(Timestamp::from_millis(0)));
        let mut writer = LogWriter::start(sink.clone(), clock.clock(), report).unwrap();
        writer.write_all(b"one\n").unwrap();
        LogWriter::flush(&writer);
        sink.refuses(true);
        writer.write_all(b"two\n").unwrap();
        LogWriter::flush(&writer);
        clock.advance(Duration::from_secs(1));
        writer.write_all(b"three\n").unwrap();
        LogWriter::flush(&writer);
        sink.refuses(false);
        writer.write_all(b"four\n").unwrap();
        LogWriter::flush(&writer);
        let said = "one\n2 lost between 1970-01-01T00:00:00.000Z and 1970-01-01T00:00:01.000Z\nfour\n";
        assert_eq!(sink.text(), said);
    }
}

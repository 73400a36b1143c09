//! Ctrl-C and SIGTERM: they end the process between two steps, never within the writing, and leave a terminal that shows
//! what is typed.

use std::process;
use std::sync::Arc;

use tokio::sync::Mutex;

use crate::cli::exit_status::INTERRUPTED;
use crate::cli::signals::Stop;
use crate::cli::terminal;
use crate::platform::terminal_mode::TerminalMode;

/// How far the command is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    Asking,
    Written,
}

/// Ends the process on a signal, from now on.
pub(super) struct Interrupts(Arc<Mutex<Progress>>);

impl Interrupts {
    pub(super) fn start() -> std::io::Result<Self> {
        let mut stop = Stop::listen()?;
        let mode = TerminalMode::of_standard_input();
        let progress = Arc::new(Mutex::new(Progress::Asking));
        let seen = Arc::clone(&progress);
        tokio::spawn(async move {
            stop.wait().await;
            // Waits for the writing, if that is going on.
            let progress = *seen.lock().await;
            if let Some(mode) = mode {
                mode.restore();
            }
            terminal::tell(match progress {
                Progress::Asking => "\nportcullis: stopped; nothing was written",
                Progress::Written => "\nportcullis: stopped; the files are written",
            });
            process::exit(i32::from(INTERRUPTED));
        });
        Ok(Self(progress))
    }

    /// Does the writing; a signal in the meantime waits for its end.
    pub(super) async fn hold_up<T, E>(&self, writing: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        let mut progress = self.0.lock().await;
        let outcome = writing.await;
        if outcome.is_ok() {
            *progress = Progress::Written;
        }
        outcome
    }
}

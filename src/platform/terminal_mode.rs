//! The mode of the terminal on standard input: whether it shows what is typed.

use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

/// The mode as it was found.
#[derive(Debug, Clone)]
pub(crate) struct TerminalMode(Termios);

impl TerminalMode {
    /// `None`: standard input is no terminal.
    pub(crate) fn of_standard_input() -> Option<Self> {
        tcgetattr(std::io::stdin()).ok().map(Self)
    }

    /// Sets it again. A process that ends while a password is typed would leave a terminal that shows nothing.
    pub(crate) fn restore(&self) {
        // If it fails, the terminal is gone.
        let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, &self.0);
    }
}

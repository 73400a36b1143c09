//! `[factors]`: second factors that people hold.

use crate::config::reader::{Count, Text, section};
use crate::config::value::duration::Span;

section! {
    /// Second factors that people add themselves on their account page: authenticator apps and recovery codes.
    Factors {
        /// How many time steps before and after the current one are accepted from an authenticator app. Each step lasts 30
        /// seconds, and each counts once. `0` accepts the current step alone, which people whose clock is late notice.
        totp_window: Count<0, 1> = Count(1),
        /// For how long nobody can remove a factor after a recovery code was used, in case it was a thief who used it.
        recovery_delay: Text<Span<0, 2_592_000>> = Text(Span::seconds(48 * 3600)),
    }
}

impl Factors {
    pub(super) fn steps(&self) -> u16 {
        u16::try_from(self.totp_window.0).unwrap_or_default()
    }
}

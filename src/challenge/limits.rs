//! The limits of a challenge.

use std::time::Duration;

/// Guesses at the codes that are sent for a sign-in, however often, and as many proofs of held factors. After that the
/// sign-in starts over. With six digits, five guesses at a sent code succeed in one of 200,000 sign-ins, or of 100,000 while
/// two codes are valid; five at an app in one of 66,667 while three time steps are accepted. NIST SP 800-63B-4 §3.2.2 allows
/// 100 consecutive failures for each account, which `throttle` counts.
pub(super) const GUESSES: u32 = 5;

/// How long a passkey may take to answer: as long as browsers wait (WebAuthn §15.1 recommends up to ten minutes).
pub(crate) const PASSKEY_LIFETIME: Duration = Duration::from_mins(5);

/// The configurable limits of challenges.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// `delivery.resend_after`: the wait before a code may be sent again.
    pub resend_after: Duration,
    /// `delivery.code_lifetime`: 30 s to 10 min (OWASP ASVS 6.5.5).
    pub code_lifetime: Duration,
}

//! Floor 6: one sign-in, from the password to the session, and the log-out.
//!
//! The transitions: a right password opens a sign-in and sends a code ([`password`]), or completes it if the rule of
//! the target requires one factor only; a live session opens a sign-in to have its factor confirmed again
//! ([`step_up`]); the code may be sent again or by another method, and a right one completes the sign-in ([`code`]).
//! A passkey that verified its user signs in alone ([`passkey`]). In a remembered browser the password is enough
//! ([`remember`]). Sessions are created in [`issue_session`] only; another
//! host gets one by a one-time token ([`hand_over`]). A request that carries name and password itself is checked the same
//! way and gets no session ([`basic`], [`checks`]). Every attempt is counted before it is checked and audited after.
//! Called by `portal`, and by `authorize` for requests that carry a password. Decides nothing about pages.

mod basic;
mod checks;
mod choice;
mod code;
mod device;
mod hand_over;
mod intent;
mod issue_session;
mod logout;
mod outcome;
mod parts;
mod passkey;
mod password;
mod remember;
mod step_up;

pub(crate) use choice::{Forgetting, RememberChoice, SubmittedFactor};
pub(crate) use device::DeviceClaim;
pub(crate) use intent::LoginIntent;
pub(crate) use logout::BrowserAfterwards;
pub(crate) use outcome::{
    BasicOutcome, CodePage, LogOut, LoginError, PasskeyOutcome, PasswordOutcome, SignedIn, StepUpOutcome, VerifyOutcome,
};
pub(crate) use parts::{Login, Parts};
pub(crate) use passkey::SubmittedPasskey;
pub(crate) use password::{Browser, Credentials};
pub(crate) use remember::Remembered;
pub(crate) use step_up::{StepUpRequest, StepUpWays};

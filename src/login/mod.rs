//! Floor 6: one sign-in, from the password to the session, and the log-out.
//!
//! The legal moves: a right password opens a sign-in and sends a code ([`password`]), or is enough if the rule of the
//! place requires no more; a live session opens one to have its factor asked for again ([`step_up`]); the code may be
//! sent again or by another method, and a right one ends the sign-in ([`code`]). Sessions are made in [`issue_session`]
//! only; another host gets one by a one-time token ([`hand_over`]). A request that brings name and password itself is
//! judged the same way and gets no session ([`basic`], [`checks`]). Every attempt is counted before it is judged and
//! audited after. Called by `portal`, and by `authorize` for requests that bring a password; it decides nothing about
//! pages.

mod basic;
mod checks;
mod code;
mod device;
mod hand_over;
mod intent;
mod issue_session;
mod logout;
mod outcome;
mod parts;
mod password;
mod step_up;

pub(crate) use device::DeviceClaim;
pub(crate) use intent::LoginIntent;
pub(crate) use outcome::{
    BasicOutcome, CodePage, LogOut, LoginError, PasswordOutcome, SignedIn, StepUpOutcome, VerifyOutcome,
};
pub(crate) use parts::{Login, Parts};
pub(crate) use password::{Browser, Credentials};

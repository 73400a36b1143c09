//! Why a mail was not handed over, and whether it may have been sent nevertheless.

use std::error::Error as _;

use lettre::transport::smtp;

use crate::delivery::peer_fault::PeerFault;
use crate::delivery::provider::Sent;
use crate::delivery::reason::clean;

/// A step that failed.
#[derive(Debug)]
pub(super) struct Failure {
    /// The step, by its command: `connect`, `TLS`, `EHLO`, `RCPT`, ….
    pub step: &'static str,
    pub cause: Cause,
    /// Whether the dot that ends the mail may have been written.
    pub dot: Dot,
}

/// Why a step failed.
#[derive(Debug)]
pub(super) enum Cause {
    /// The server said no (RFC 5321 §4.2.1: 4yz or 5yz), with its text.
    Refused { status: u16, text: String },
    /// The connection broke.
    Lost(String),
    /// The server closed the connection where an answer belongs, or said what is no answer.
    NoAnswer,
    /// No answer in time.
    Late,
    /// The server cannot do what we need, or answers with a status that has no meaning here.
    Unfit(String),
}

/// Whether the server may hold a whole mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dot {
    NotWritten,
    PerhapsWritten,
}

impl Cause {
    /// What an error of `lettre` says.
    pub(super) fn of(error: &smtp::Error) -> Self {
        // With a status, the source is the text of the answer; else the innermost cause says most.
        if let Some(status) = error.status() {
            let text = error.source().map(ToString::to_string).unwrap_or_default();
            return Self::Refused { status: status.into(), text };
        }
        if error.is_response() {
            return Self::NoAnswer;
        }
        if error.is_client() {
            return Self::Unfit(error.source().map(ToString::to_string).unwrap_or_default());
        }
        let mut cause = error.source();
        while let Some(deeper) = cause.and_then(|outer| outer.source()) {
            cause = Some(deeper);
        }
        Self::Lost(cause.map(ToString::to_string).unwrap_or_default())
    }
}

impl Failure {
    /// A failure before the mail itself.
    pub(super) const fn before(step: &'static str, cause: Cause) -> Self {
        Self { step, cause, dot: Dot::NotWritten }
    }

    /// Whether the mail may have been sent.
    pub(super) fn sent(&self) -> Sent {
        match (&self.cause, self.dot) {
            (Cause::Refused { .. }, _) | (_, Dot::NotWritten) => Sent::No,
            (Cause::Lost(_) | Cause::NoAnswer | Cause::Late | Cause::Unfit(_), Dot::PerhapsWritten) => Sent::Perhaps,
        }
    }

    /// What of the settings it is about. A refusal for now (RFC 5321 §4.2.1: 4yz) says nothing about the account.
    pub(super) fn fault(&self) -> PeerFault {
        match (self.step, &self.cause) {
            ("AUTH", Cause::Refused { status: 500.., .. }) => PeerFault::Credentials,
            ("connect", _) | (_, Cause::Late) => PeerFault::Unreachable,
            ("STARTTLS", Cause::Unfit(_)) => PeerFault::NoStartTls,
            ("TLS", Cause::Lost(_)) | ("STARTTLS", _) => PeerFault::Tls,
            (_, Cause::Refused { .. } | Cause::Lost(_) | Cause::NoAnswer | Cause::Unfit(_)) => PeerFault::Answer,
        }
    }

    /// Whether the connection still stands, so that a QUIT reaches the server.
    pub(super) const fn leaves_it_open(&self) -> bool {
        match self.cause {
            Cause::Refused { .. } | Cause::Unfit(_) => true,
            Cause::Lost(_) | Cause::NoAnswer | Cause::Late => false,
        }
    }

    /// One line for the operator. `hidden` are texts of ours that the server may repeat.
    pub(super) fn line(&self, hidden: &[&str]) -> String {
        let step = self.step;
        match &self.cause {
            Cause::Refused { status, text } => {
                let text = clean(text, hidden);
                if text.is_empty() {
                    format!("{step}: status {status}")
                } else {
                    format!("{step}: status {status} ({text})")
                }
            }
            Cause::Lost(why) => format!("{step}: the connection failed: {}", clean(why, hidden)),
            Cause::NoAnswer => format!("{step}: the server closed the connection, or does not speak SMTP"),
            Cause::Late => format!("{step}: no answer in time"),
            Cause::Unfit(why) => format!("{step}: {}", clean(why, hidden)),
        }
    }
}

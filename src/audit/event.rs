//! The closed list of audited decisions.

use crate::domain::client::ClientAddress;
use crate::domain::denial_reason::DenialReason;
use crate::domain::identifier::{RequestId, SessionId};
use crate::domain::method::CodeMethod;
use crate::domain::request_context::RequestContext;
use crate::platform::clock::Timestamp;
use crate::policy::RuleId;

/// One security decision.
#[derive(Debug, Clone)]
pub enum Event {
    /// Name and password were right; a code is asked for next.
    PasswordAccepted,
    /// Name or password was wrong.
    PasswordRefused,
    /// An attempt was held back by a counter and not judged.
    HeldBack {
        /// What was tried: `password` or the method of the code.
        kind: &'static str,
        /// How long from now.
        seconds: u64,
    },
    /// An attempt was counted but not judged: its visitor left, or the store failed.
    NotJudged {
        /// What was tried: `password` or the method of the code.
        kind: &'static str,
    },
    /// A code was sent.
    CodeSent {
        /// How.
        method: CodeMethod,
        /// By which provider.
        provider: String,
    },
    /// A code was asked for and could not be sent.
    CodeNotSent {
        /// How.
        method: CodeMethod,
        /// Why, in one line.
        reason: String,
    },
    /// A typed code was wrong, expired or spent.
    CodeRefused {
        /// How it had been sent.
        method: CodeMethod,
    },
    /// The provider could not say whether a code is right: the guess was given back.
    CodeUndecided {
        /// How it had been sent.
        method: CodeMethod,
        /// Why, in one line.
        reason: String,
    },
    /// A sign-in ended without success: all guesses used, expired, or abandoned.
    SignInOver {
        /// Which of these.
        reason: &'static str,
    },
    /// What was asked for was right: a session was made.
    SignInCompleted {
        /// The second factor; `None`: the password was enough.
        method: Option<CodeMethod>,
        /// The session.
        session: SessionId,
    },
    /// The factor of a session was given again.
    SteppedUp {
        /// The factor.
        method: CodeMethod,
        /// The session.
        session: SessionId,
    },
    /// A session was handed over to another host.
    HandedOver {
        /// The session.
        session: SessionId,
        /// The host.
        host: String,
    },
    /// The token of a hand-over was shown in another browser than the one that began it, and is spent.
    HandOverRefused {
        /// The session it would have opened.
        session: SessionId,
        /// The host.
        host: String,
    },
    /// A session was ended by its owner.
    SessionEnded {
        /// The session.
        session: SessionId,
    },
    /// A form or a WebSocket came from another site, or a form without its token or too late.
    FormRefused {
        /// Which check failed.
        reason: &'static str,
    },
    /// A question of another proxy was not judged: from a stranger, malformed, or about no site of ours.
    QuestionRefused {
        /// What is wrong with it.
        reason: String,
    },
    /// A request to a protected site was refused.
    AccessDenied {
        /// Why.
        reason: DenialReason,
        /// By which rule.
        rule: RuleId,
    },
}

/// What brought an event about.
#[derive(Debug, Clone, Copy)]
pub enum Cause<'a> {
    /// A request.
    Request(&'a RequestContext),
    /// A question of another proxy that could not be read: what is known is the proxy itself.
    Unreadable {
        /// Of the question.
        id: RequestId,
        /// When it arrived.
        now: Timestamp,
        /// The proxy.
        peer: ClientAddress,
    },
    /// The operator, by the command line or the configuration, at this time.
    Operator(Timestamp),
    /// The gateway itself: a limit was reached at this time.
    Expiry(Timestamp),
}

impl<'a> From<&'a RequestContext> for Cause<'a> {
    fn from(context: &'a RequestContext) -> Self {
        Self::Request(context)
    }
}

impl Event {
    /// The event's name in the log and the store.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::PasswordAccepted => "password.accepted",
            Self::PasswordRefused => "password.refused",
            Self::HeldBack { .. } => "attempt.held-back",
            Self::NotJudged { .. } => "attempt.not-judged",
            Self::CodeSent { .. } => "code.sent",
            Self::CodeNotSent { .. } => "code.not-sent",
            Self::CodeRefused { .. } => "code.refused",
            Self::CodeUndecided { .. } => "code.undecided",
            Self::SignInOver { .. } => "sign-in.over",
            Self::SignInCompleted { .. } => "sign-in.completed",
            Self::SteppedUp { .. } => "session.stepped-up",
            Self::HandedOver { .. } => "session.handed-over",
            Self::HandOverRefused { .. } => "session.hand-over-refused",
            Self::SessionEnded { .. } => "session.ended",
            Self::FormRefused { .. } => "form.refused",
            Self::QuestionRefused { .. } => "question.refused",
            Self::AccessDenied { .. } => "access.refused",
        }
    }

    /// Its further fields.
    pub fn details(&self) -> serde_json::Value {
        match self {
            Self::PasswordAccepted | Self::PasswordRefused => serde_json::json!({}),
            Self::HeldBack { kind, seconds } => serde_json::json!({ "attempt": kind, "seconds": seconds }),
            Self::NotJudged { kind } => serde_json::json!({ "attempt": kind }),
            Self::CodeSent { method, provider } => {
                serde_json::json!({ "method": method.word(), "provider": provider })
            }
            Self::CodeNotSent { method, reason } | Self::CodeUndecided { method, reason } => {
                serde_json::json!({ "method": method.word(), "reason": reason })
            }
            Self::CodeRefused { method } => serde_json::json!({ "method": method.word() }),
            Self::SignInOver { reason } | Self::FormRefused { reason } => serde_json::json!({ "reason": reason }),
            Self::SignInCompleted { method, session } => {
                let factors: Vec<&str> = std::iter::once("password").chain(method.map(CodeMethod::word)).collect();
                serde_json::json!({ "factors": factors, "session": session.short() })
            }
            Self::SteppedUp { method, session } => {
                serde_json::json!({ "factors": [method.word()], "session": session.short() })
            }
            Self::HandedOver { session, host } | Self::HandOverRefused { session, host } => {
                serde_json::json!({ "session": session.short(), "host": host })
            }
            Self::SessionEnded { session } => serde_json::json!({ "session": session.short() }),
            Self::QuestionRefused { reason } => serde_json::json!({ "reason": reason }),
            Self::AccessDenied { reason, rule } => {
                serde_json::json!({ "reason": reason.word(), "rule": rule.to_string() })
            }
        }
    }
}

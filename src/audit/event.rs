//! The closed list of audited decisions.

use serde_json::{Value, json};

use crate::audit::name::EventName;
use crate::domain::attempt_kind::AttemptKind;
use crate::domain::denial_reason::DenialReason;
use crate::domain::forgery_reason::ForgeryReason;
use crate::domain::host::HostPattern;
use crate::domain::identifier::{SessionId, TokenId};
use crate::domain::method::CodeMethod;
use crate::domain::username::Username;
use crate::platform::clock::Timestamp;
use crate::policy::RuleId;
use crate::session::lifetimes::Limit;

/// One security decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event {
    /// Name and password were right; a code is asked for next.
    PasswordAccepted,
    /// Name or password was wrong.
    PasswordRefused,
    /// An attempt was held back by a counter and not judged.
    HeldBack {
        /// What was tried.
        kind: AttemptKind,
        /// How long from now.
        seconds: u64,
    },
    /// An attempt was counted but not judged: its visitor left, or the store failed.
    NotJudged {
        /// What was tried.
        kind: AttemptKind,
    },
    /// A code was sent.
    CodeSent {
        /// How.
        method: CodeMethod,
        /// By which provider.
        provider: &'static str,
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
    /// A sign-in ended without success.
    SignInOver {
        /// Why.
        reason: SignInEnd,
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
    /// A session was past a limit.
    SessionTimedOut {
        /// The session.
        session: SessionId,
        /// Which limit.
        limit: Limit,
    },
    /// An operator ended sessions of an account.
    SessionRevoked {
        /// Which.
        sessions: RevokedSessions,
    },
    /// A form or a WebSocket came from another site, or a form without its token or too late.
    FormRefused {
        /// Which check failed.
        reason: ForgeryReason,
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
    /// An operator made or revoked an access token.
    Token {
        /// Which of these.
        change: TokenChange,
        /// Whose it is. Written beside the account's id: after a removal nothing else says who it was.
        username: Username,
        /// The token.
        token: TokenId,
        /// The site it is for.
        site: HostPattern,
        /// When it ends.
        expires: Timestamp,
    },
    /// An account changed.
    Account {
        /// How.
        change: AccountChange,
        /// Its name. Written beside the id: after a removal nothing else says who it was.
        username: Username,
    },
}

/// Why a sign-in ended without success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignInEnd {
    /// The last guess was wrong.
    AllGuessesUsed,
}

/// Which sessions an operator ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RevokedSessions {
    /// This one.
    One(SessionId),
    /// All of the account.
    All,
}

/// What happened to an access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenChange {
    /// It was made.
    Created,
    /// It was revoked.
    Revoked,
}

/// What happened to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AccountChange {
    /// It was added.
    Added,
    /// Its number, address or method changed.
    Changed,
    /// It was disabled.
    Disabled,
    /// It was enabled.
    Enabled,
    /// It was removed.
    Removed,
    /// Its failure counters were cleared.
    Restored,
    /// Its password was replaced.
    PasswordChanged,
}

impl Event {
    /// Its name.
    pub(crate) const fn name(&self) -> EventName {
        match self {
            Self::PasswordAccepted => EventName::PasswordAccepted,
            Self::PasswordRefused => EventName::PasswordRefused,
            Self::HeldBack { .. } => EventName::HeldBack,
            Self::NotJudged { .. } => EventName::NotJudged,
            Self::CodeSent { .. } => EventName::CodeSent,
            Self::CodeNotSent { .. } => EventName::CodeNotSent,
            Self::CodeRefused { .. } => EventName::CodeRefused,
            Self::CodeUndecided { .. } => EventName::CodeUndecided,
            Self::SignInOver { .. } => EventName::SignInOver,
            Self::SignInCompleted { .. } => EventName::SignInCompleted,
            Self::SteppedUp { .. } => EventName::SteppedUp,
            Self::HandedOver { .. } => EventName::HandedOver,
            Self::HandOverRefused { .. } => EventName::HandOverRefused,
            Self::SessionEnded { .. } => EventName::SessionEnded,
            Self::SessionTimedOut { .. } => EventName::SessionTimedOut,
            Self::SessionRevoked { .. } => EventName::SessionRevoked,
            Self::FormRefused { .. } => EventName::FormRefused,
            Self::QuestionRefused { .. } => EventName::QuestionRefused,
            Self::AccessDenied { .. } => EventName::AccessDenied,
            Self::Token { change, .. } => change.name(),
            Self::Account { change, .. } => change.name(),
        }
    }

    /// Its further fields.
    pub(crate) fn details(&self) -> Value {
        match self {
            Self::PasswordAccepted | Self::PasswordRefused => json!({}),
            Self::HeldBack { kind, seconds } => json!({ "attempt": kind.word(), "seconds": seconds }),
            Self::NotJudged { kind } => json!({ "attempt": kind.word() }),
            Self::CodeSent { method, provider } => json!({ "method": method.word(), "provider": provider }),
            Self::CodeNotSent { method, reason } | Self::CodeUndecided { method, reason } => {
                json!({ "method": method.word(), "reason": reason })
            }
            Self::CodeRefused { method } => json!({ "method": method.word() }),
            Self::SignInOver { reason } => json!({ "reason": reason.text() }),
            Self::FormRefused { reason } => json!({ "reason": reason.text() }),
            Self::SignInCompleted { method, session } => {
                let factors: Vec<&str> = std::iter::once("password").chain(method.map(CodeMethod::word)).collect();
                json!({ "factors": factors, "session": session.short() })
            }
            Self::SteppedUp { method, session } => json!({ "factors": [method.word()], "session": session.short() }),
            Self::HandedOver { session, host } | Self::HandOverRefused { session, host } => {
                json!({ "session": session.short(), "host": host })
            }
            Self::SessionEnded { session } => json!({ "session": session.short() }),
            Self::SessionTimedOut { session, limit } => json!({ "limit": limit.word(), "session": session.short() }),
            Self::SessionRevoked { sessions } => json!({ "by": "command line", "session": sessions.text() }),
            Self::QuestionRefused { reason } => json!({ "reason": reason }),
            Self::AccessDenied { reason, rule } => json!({ "reason": reason.word(), "rule": rule.to_string() }),
            Self::Token { change: _, username, token, site, expires } => json!({
                "username": username.as_str(),
                "token": token.short(),
                "site": site.to_string(),
                "expires": expires.to_string(),
            }),
            Self::Account { change: _, username } => json!({ "username": username.as_str() }),
        }
    }
}

impl SignInEnd {
    const fn text(self) -> &'static str {
        match self {
            Self::AllGuessesUsed => "all guesses used",
        }
    }
}

impl RevokedSessions {
    fn text(self) -> String {
        match self {
            Self::One(session) => session.short(),
            Self::All => "all".to_owned(),
        }
    }
}

impl TokenChange {
    const fn name(self) -> EventName {
        match self {
            Self::Created => EventName::TokenCreated,
            Self::Revoked => EventName::TokenRevoked,
        }
    }
}

impl AccountChange {
    const fn name(self) -> EventName {
        match self {
            Self::Added => EventName::AccountAdded,
            Self::Changed => EventName::AccountChanged,
            Self::Disabled => EventName::AccountDisabled,
            Self::Enabled => EventName::AccountEnabled,
            Self::Removed => EventName::AccountRemoved,
            Self::Restored => EventName::AccountRestored,
            Self::PasswordChanged => EventName::PasswordChanged,
        }
    }
}

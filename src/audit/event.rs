//! The closed list of audited events.

use serde_json::{Value, json};

use crate::audit::account::{AccountChange, AccountField, TokenChange};
use crate::audit::browser::{ForgettingReason, ForgottenBrowsers};
use crate::audit::factor::{ChangedBy, FactorEdit};
use crate::audit::name::EventName;
use crate::domain::attempt_kind::AttemptKind;
use crate::domain::denial_reason::DenialReason;
use crate::domain::factor_kind::FactorKind;
use crate::domain::factor_name::FactorName;
use crate::domain::forgery_reason::ForgeryReason;
use crate::domain::host::HostPattern;
use crate::domain::identifier::{DeviceId, SessionId, TokenId};
use crate::domain::method::CodeMethod;
use crate::domain::username::Username;
use crate::platform::clock::Timestamp;
use crate::policy::RuleId;
use crate::session::lifetimes::Limit;

/// One security event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event {
    /// User name and password were right; a code is requested next.
    PasswordAccepted,
    /// User name or password was wrong.
    PasswordRefused,
    /// An attempt was throttled and not judged.
    HeldBack {
        /// The kind of attempt.
        kind: AttemptKind,
        /// Seconds until the next attempt is allowed.
        seconds: u64,
    },
    /// An attempt was counted but not judged, because the visitor left or the store failed.
    NotJudged {
        /// The kind of attempt.
        kind: AttemptKind,
    },
    /// A code was sent.
    CodeSent {
        /// The method.
        method: CodeMethod,
        /// The name of the provider.
        provider: &'static str,
    },
    /// A code was requested and could not be sent.
    CodeNotSent {
        /// The method.
        method: CodeMethod,
        /// Why, in one line.
        reason: String,
    },
    /// A submitted code was wrong, expired or spent, or the answer of a passkey was refused.
    CodeRefused {
        /// The factor.
        method: FactorKind,
        /// Why, where we judged it ourselves.
        reason: Option<&'static str>,
    },
    /// Nobody could tell whether a code is right; the guess was given back.
    CodeUndecided {
        /// The factor.
        method: FactorKind,
        /// Why, in one line.
        reason: String,
    },
    /// A sign-in ended without success.
    SignInOver {
        /// Why it ended.
        reason: SignInEnd,
    },
    /// A sign-in succeeded and a session was created.
    SignInCompleted {
        /// What came after the password.
        second: SecondFactor,
        /// The session.
        session: SessionId,
    },
    /// A browser is remembered from now on.
    BrowserRemembered {
        /// The browser.
        browser: DeviceId,
        /// The session whose code was given in it.
        session: SessionId,
    },
    /// Browsers are no longer remembered.
    BrowserForgotten {
        /// Which browsers.
        browsers: ForgottenBrowsers,
        /// Why.
        reason: ForgettingReason,
    },
    /// The factor of a session was given again.
    SteppedUp {
        /// The factor.
        method: FactorKind,
        /// The session.
        session: SessionId,
    },
    /// A factor that a person holds was added, renamed or removed.
    Factor {
        /// What happened to it.
        change: FactorEdit,
        /// Its kind.
        kind: FactorKind,
        /// The name that the person gave to it.
        name: FactorName,
        /// Who did it.
        by: ChangedBy,
    },
    /// A new set of recovery codes replaced the one before.
    RecoveryCodes {
        /// How many codes it has; zero: they were taken away.
        count: usize,
        /// Who did it.
        by: ChangedBy,
    },
    /// A recovery code was used.
    RecoveryCodeUsed {
        /// How many are left.
        left: usize,
    },
    /// A session was handed over to another host.
    HandedOver {
        /// The session.
        session: SessionId,
        /// The host that received it.
        host: String,
    },
    /// A hand-over token was presented by another browser than the one that began it. It is spent.
    HandOverRefused {
        /// The session that it would have opened.
        session: SessionId,
        /// The host that it was for.
        host: String,
    },
    /// A person logged out.
    SessionEnded {
        /// The session.
        session: SessionId,
    },
    /// A session passed a limit.
    SessionTimedOut {
        /// The session.
        session: SessionId,
        /// The limit.
        limit: Limit,
    },
    /// An operator ended sessions of an account.
    SessionRevoked {
        /// Which sessions.
        sessions: RevokedSessions,
    },
    /// A form or WebSocket request came from another site, or a form had no token or an expired one.
    FormRefused {
        /// The check that failed.
        reason: ForgeryReason,
    },
    /// A forward-auth request was not judged: from an untrusted peer, malformed, or for an unknown site.
    QuestionRefused {
        /// What is wrong with it.
        reason: String,
    },
    /// A request to a protected site was denied.
    AccessDenied {
        /// Why.
        reason: DenialReason,
        /// The rule that decided.
        rule: RuleId,
    },
    /// An operator created or revoked an access token.
    Token {
        /// Whether it was created or revoked.
        change: TokenChange,
        /// The account's user name. Stored in addition to the account's id, which nothing resolves after a removal.
        username: Username,
        /// The id of the token.
        token: TokenId,
        /// The site that it is valid for.
        site: HostPattern,
        /// When it expires.
        expires: Timestamp,
    },
    /// Names, destinations or groups of an account changed. The values are not stored: the trail outlives the account.
    AccountEdited {
        /// The user name after the change.
        username: Username,
        /// What differs from before.
        fields: Vec<AccountField>,
    },
    /// An account changed.
    Account {
        /// What changed.
        change: AccountChange,
        /// The user name. Stored in addition to the account's id, which nothing resolves after a removal.
        username: Username,
    },
    /// The audit trail was changed behind the gateway.
    TrailBroken {
        /// The event that is gone, or was changed.
        event: i64,
    },
}

/// What came after the password in a sign-in that succeeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SecondFactor {
    /// Nothing: the password was enough.
    NotRequired,
    /// This factor.
    Given(FactorKind),
    /// Nothing came after a password: a passkey that verified its user was both factors.
    PasskeyAlone,
    /// Nothing: a code was given in this browser at this time, and the browser is remembered.
    Skipped(DeviceId, Timestamp),
}

/// Why a sign-in ended without success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignInEnd {
    /// The last guess was wrong.
    AllGuessesUsed,
}

/// The sessions that an operator ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RevokedSessions {
    /// A single session.
    One(SessionId),
    /// All sessions of the account.
    All,
}

impl Event {
    /// The name of the event.
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
            Self::BrowserRemembered { .. } => EventName::BrowserRemembered,
            Self::BrowserForgotten { .. } => EventName::BrowserForgotten,
            Self::SteppedUp { .. } => EventName::SteppedUp,
            Self::Factor { change, .. } => change.name(),
            Self::RecoveryCodes { .. } => EventName::RecoveryCodesReplaced,
            Self::RecoveryCodeUsed { .. } => EventName::RecoveryCodeUsed,
            Self::HandedOver { .. } => EventName::HandedOver,
            Self::HandOverRefused { .. } => EventName::HandOverRefused,
            Self::SessionEnded { .. } => EventName::SessionEnded,
            Self::SessionTimedOut { .. } => EventName::SessionTimedOut,
            Self::SessionRevoked { .. } => EventName::SessionRevoked,
            Self::FormRefused { .. } => EventName::FormRefused,
            Self::QuestionRefused { .. } => EventName::QuestionRefused,
            Self::AccessDenied { .. } => EventName::AccessDenied,
            Self::Token { change, .. } => change.name(),
            Self::AccountEdited { .. } => EventName::AccountChanged,
            Self::Account { change, .. } => change.name(),
            Self::TrailBroken { .. } => EventName::TrailBroken,
        }
    }

    /// The further fields of the event, as a JSON object.
    pub(crate) fn details(&self) -> Value {
        match self {
            Self::PasswordAccepted | Self::PasswordRefused => json!({}),
            Self::HeldBack { kind, seconds } => json!({ "attempt": kind.word(), "seconds": seconds }),
            Self::NotJudged { kind } => json!({ "attempt": kind.word() }),
            Self::CodeSent { method, provider } => json!({ "method": method.word(), "provider": provider }),
            Self::CodeNotSent { method, reason } => json!({ "method": method.word(), "reason": reason }),
            Self::CodeUndecided { method, reason } => json!({ "method": method.word(), "reason": reason }),
            Self::CodeRefused { method, reason: None } => json!({ "method": method.word() }),
            Self::CodeRefused { method, reason: Some(reason) } => json!({ "method": method.word(), "reason": reason }),
            Self::Factor { change: _, kind, name, by } => {
                json!({ "method": kind.word(), "name": name.as_str(), "by": by.text() })
            }
            Self::RecoveryCodes { count, by } => json!({ "count": count, "by": by.text() }),
            Self::RecoveryCodeUsed { left } => json!({ "left": left }),
            Self::SignInOver { reason } => json!({ "reason": reason.text() }),
            Self::FormRefused { reason } => json!({ "reason": reason.text() }),
            Self::SignInCompleted { second, session } => second.details(*session),
            Self::BrowserRemembered { browser, session } => {
                json!({ "browser": browser.short(), "session": session.short() })
            }
            Self::BrowserForgotten { browsers, reason } => {
                json!({ "browser": browsers.text(), "reason": reason.text() })
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
            Self::AccountEdited { username, fields } => {
                let fields: Vec<&str> = fields.iter().map(|field| field.word()).collect();
                json!({ "username": username.as_str(), "changed": fields })
            }
            Self::Account { change: _, username } => json!({ "username": username.as_str() }),
            Self::TrailBroken { event } => json!({ "event": event }),
        }
    }
}

impl SecondFactor {
    fn details(self, session: SessionId) -> Value {
        let session = session.short();
        match self {
            Self::NotRequired => json!({ "factors": ["password"], "session": session }),
            Self::Given(method) => json!({ "factors": ["password", method.word()], "session": session }),
            Self::PasskeyAlone => json!({ "factors": ["passkey"], "session": session }),
            Self::Skipped(browser, since) => json!({
                "factors": ["password"],
                "session": session,
                "browser": browser.short(),
                "remembered_since": since.to_string(),
            }),
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

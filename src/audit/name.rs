//! The names of events. They are public, because scripts and dashboards search for them.

use std::fmt;

/// `Variant = "name";` defines the variant, its place in the list and its text, so that none can be omitted.
macro_rules! names {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)+) => {
        /// The kind of an event, without its details.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum EventName {
            $($(#[$doc])* $name,)+
        }

        impl EventName {
            /// All names, in the order of the documentation.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The name in the log and the store.
            pub(crate) const fn text(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }
        }
    };
}

names! {
    /// User name and password were right.
    PasswordAccepted = "password.accepted";
    /// User name or password was wrong.
    PasswordRefused = "password.refused";
    /// An attempt was throttled.
    HeldBack = "attempt.held-back";
    /// An attempt was counted but not judged.
    NotJudged = "attempt.not-judged";
    /// A code was sent.
    CodeSent = "code.sent";
    /// A code could not be sent.
    CodeNotSent = "code.not-sent";
    /// A submitted code was wrong, expired or spent.
    CodeRefused = "code.refused";
    /// The provider could not tell whether a code is right.
    CodeUndecided = "code.undecided";
    /// A sign-in succeeded and a session was created.
    SignInCompleted = "sign-in.completed";
    /// A sign-in ended without a session.
    SignInOver = "sign-in.over";
    /// A person logged out.
    SessionEnded = "session.ended";
    /// A session passed a limit.
    SessionTimedOut = "session.timed-out";
    /// An operator ended sessions.
    SessionRevoked = "session.revoked";
    /// A session was handed over to another host.
    HandedOver = "session.handed-over";
    /// A hand-over token was presented by another browser.
    HandOverRefused = "session.hand-over-refused";
    /// The factor of a session was given again.
    SteppedUp = "session.stepped-up";
    /// A browser is remembered: the second factor is skipped in it for a while.
    BrowserRemembered = "browser.remembered";
    /// A browser, or all browsers of an account, are no longer remembered.
    BrowserForgotten = "browser.forgotten";
    /// A factor that a person holds was added.
    FactorAdded = "factor.added";
    /// A factor got another name.
    FactorRenamed = "factor.renamed";
    /// A factor was removed.
    FactorRemoved = "factor.removed";
    /// A new set of recovery codes replaced the one before.
    RecoveryCodesReplaced = "factor.recovery-codes-replaced";
    /// A recovery code was used.
    RecoveryCodeUsed = "factor.recovery-code-used";
    /// A forward-auth request was not judged.
    QuestionRefused = "question.refused";
    /// A form or WebSocket was refused.
    FormRefused = "form.refused";
    /// A request to a protected site was denied.
    AccessDenied = "access.refused";
    /// An access token was created.
    TokenCreated = "token.created";
    /// An access token was revoked.
    TokenRevoked = "token.revoked";
    /// An account was added.
    AccountAdded = "account.added";
    /// Names, destinations or groups of an account changed.
    AccountChanged = "account.changed";
    /// An account was disabled.
    AccountDisabled = "account.disabled";
    /// An account was enabled.
    AccountEnabled = "account.enabled";
    /// An account was removed.
    AccountRemoved = "account.removed";
    /// The failure counters of an account were cleared.
    AccountRestored = "account.restored";
    /// The password of an account was replaced.
    PasswordChanged = "account.password-changed";
    /// The gateway found that the audit trail was changed.
    TrailBroken = "audit.broken";
}

impl EventName {
    /// Whether such events are stored. The others are only logged: a stranger can cause them any number of times
    /// without being throttled, and they must not fill the store.
    pub(crate) const fn is_stored(self) -> bool {
        !matches!(
            self,
            Self::HeldBack | Self::NotJudged | Self::QuestionRefused | Self::FormRefused | Self::AccessDenied
        )
    }
}

impl fmt::Display for EventName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

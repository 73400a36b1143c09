//! The names of events: public, because scripts and dashboards look for them.

use std::fmt;

/// `Variant = "name";` makes the variant, its place in the list and its text: none can be forgotten.
macro_rules! names {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)+) => {
        /// What happened, without its details.
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
    /// Name and password were right.
    PasswordAccepted = "password.accepted";
    /// Name or password was wrong.
    PasswordRefused = "password.refused";
    /// An attempt was held back by a counter.
    HeldBack = "attempt.held-back";
    /// An attempt was counted and not judged.
    NotJudged = "attempt.not-judged";
    /// A code was sent.
    CodeSent = "code.sent";
    /// A code could not be sent.
    CodeNotSent = "code.not-sent";
    /// A typed code was wrong, expired or spent.
    CodeRefused = "code.refused";
    /// The provider could not say whether a code is right.
    CodeUndecided = "code.undecided";
    /// A session was made.
    SignInCompleted = "sign-in.completed";
    /// A sign-in ended without a session.
    SignInOver = "sign-in.over";
    /// A person logged out.
    SessionEnded = "session.ended";
    /// A session reached a limit.
    SessionTimedOut = "session.timed-out";
    /// An operator ended sessions.
    SessionRevoked = "session.revoked";
    /// A session got a cookie on another host.
    HandedOver = "session.handed-over";
    /// The token of a hand-over was shown in another browser.
    HandOverRefused = "session.hand-over-refused";
    /// The factor of a session was given again.
    SteppedUp = "session.stepped-up";
    /// A question of another proxy was not judged.
    QuestionRefused = "question.refused";
    /// A form or WebSocket was refused.
    FormRefused = "form.refused";
    /// A request to a protected site was refused.
    AccessDenied = "access.refused";
    /// An access token was made.
    TokenCreated = "token.created";
    /// An access token was revoked.
    TokenRevoked = "token.revoked";
    /// An account was added.
    AccountAdded = "account.added";
    /// The number, the address or the method of an account changed.
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
}

impl EventName {
    /// Whether such events are rows of the trail. The others are in the log alone: a stranger can cause them any number
    /// of times (no counter limits it), and they must not fill the store.
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

//! What the pages that ask for a second factor say about what just happened.

use std::time::Duration;

use http::StatusCode;

use crate::challenge::CodeState;
use crate::login::RememberChoice;

/// The message that the page shows above its forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CodeMessage {
    /// No message, unless no code is valid: then the page says so.
    Nothing,
    /// A code was sent because the visitor asked for one.
    Sent,
    /// No code could be sent.
    Unsent,
    /// The code is wrong, expired, spent or not for this sign-in.
    Wrong,
    /// The provider could not check the code. The guess is not counted.
    Unchecked,
    /// Guesses are throttled for this long.
    WaitGuess(Duration),
    /// Another code may be sent after this wait.
    WaitSend(Duration),
    /// A limit on messages is reached; sending is possible again after this wait.
    Limit(Duration),
    /// The account has no destination for the chosen method.
    NoDestination,
}

/// What the page shows beside its state.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    pub message: CodeMessage,
    /// What the visitor chose in the form that this page answers.
    pub choice: RememberChoice,
}

impl Shown {
    /// A page that answers no form with a code.
    pub(super) const fn anew(message: CodeMessage) -> Self {
        Self { message, choice: RememberChoice::AskAgain }
    }
}

impl CodeMessage {
    /// The message that the URL asks for, used only if it agrees with the state: a stranger can write such a link, and
    /// a page may be reloaded much later.
    pub(super) fn believed(sent: &str, state: CodeState) -> Self {
        match (sent, state) {
            ("1", CodeState::Sent) => Self::Sent,
            ("0", CodeState::None) => Self::Unsent,
            (_, CodeState::Sent | CodeState::None) => Self::Nothing,
        }
    }

    /// The status of the response to a form. For 422 see the login page. A provider failure is 503, so that neither
    /// people nor logs take it for a wrong code.
    pub(super) const fn status(self) -> StatusCode {
        match self {
            Self::Nothing | Self::Sent => StatusCode::OK,
            Self::Wrong | Self::NoDestination => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unsent | Self::Unchecked => StatusCode::SERVICE_UNAVAILABLE,
            Self::WaitGuess(_) | Self::WaitSend(_) | Self::Limit(_) => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    /// How long the message says that no code can be sent, so that the clock on the page agrees with it.
    pub(super) const fn wait_before_send(self) -> Option<Duration> {
        match self {
            Self::WaitSend(wait) | Self::Limit(wait) => Some(wait),
            Self::Nothing
            | Self::Sent
            | Self::Unsent
            | Self::Wrong
            | Self::Unchecked
            | Self::NoDestination
            | Self::WaitGuess(_) => None,
        }
    }

    pub(super) const fn wait(self) -> Option<Duration> {
        match self {
            Self::WaitGuess(wait) | Self::WaitSend(wait) | Self::Limit(wait) => Some(wait),
            Self::Nothing | Self::Sent | Self::Unsent | Self::Wrong | Self::Unchecked | Self::NoDestination => None,
        }
    }
}

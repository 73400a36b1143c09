//! What the login page says above its form.

use std::time::Duration;

use http::StatusCode;

use crate::i18n::texts::Texts;
use crate::portal::frame::Notice;
use crate::portal::login_intent::is_too_long;
use crate::portal::query::Query;

/// The message that the page shows above its form.
#[derive(Debug, Clone, Copy)]
pub(super) enum LoginMessage {
    Nothing,
    Wrong,
    Wait(Duration),
    Over,
    /// The last of the allowed guesses at the code was wrong.
    GuessesUsed,
    /// The return target was dropped because of its length.
    TargetTooLong,
    /// The form belongs to an earlier sign-in of this browser.
    Stale,
    /// The form came without the sign-in cookie: it is older than the cookie, or cookies are refused.
    NoCookie,
    SignedOut,
    SignedOutUnsaved,
    /// The passkey was refused, for whatever reason.
    PasskeyWrong,
    /// The passkey could not be judged.
    PasskeyUnchecked,
}

impl LoginMessage {
    /// The message that the URL asks for. A stranger can write such a link, so all of these messages are harmless.
    pub(super) fn from_query(query: &Query) -> Self {
        match (query.get("over"), query.get("out")) {
            ("1", _) => Self::Over,
            ("guesses", _) => Self::GuessesUsed,
            _ if query.get("lost") == "1" || is_too_long(query.get("rd")) => Self::TargetTooLong,
            (_, "1") => Self::SignedOut,
            (_, "unsaved") => Self::SignedOutUnsaved,
            _ => Self::Nothing,
        }
    }

    /// Wrong credentials are always 422: password managers do not offer to save a password after an error status, and
    /// failures show in access logs. Not 401, which must carry a challenge for the browser's own dialogue (RFC 9110
    /// §15.5.2). Not 403, which proxies in front of us often replace with a page of their own.
    pub(super) const fn status(self) -> StatusCode {
        match self {
            Self::Nothing
            | Self::Over
            | Self::GuessesUsed
            | Self::TargetTooLong
            | Self::SignedOut
            | Self::SignedOutUnsaved => StatusCode::OK,
            Self::Wrong | Self::Stale | Self::NoCookie | Self::PasskeyWrong => StatusCode::UNPROCESSABLE_ENTITY,
            Self::PasskeyUnchecked => StatusCode::SERVICE_UNAVAILABLE,
            Self::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    pub(super) fn notice(self, texts: Texts) -> Option<Notice> {
        let words = &texts.login;
        Some(match self {
            Self::Nothing => return None,
            Self::Wrong => Notice::bad(words.wrong()),
            Self::Wait(wait) => Notice::bad(words.wait(&texts.common.duration(wait))),
            Self::Over => Notice::bad(words.over()),
            Self::GuessesUsed => Notice::bad(words.guesses_used()),
            Self::TargetTooLong => Notice::bad(words.target_too_long()),
            Self::Stale => Notice::bad(words.stale()),
            Self::NoCookie => Notice::bad(words.no_cookie()),
            Self::SignedOut => Notice::good(words.signed_out()),
            Self::SignedOutUnsaved => Notice::bad(words.signed_out_unsaved()),
            Self::PasskeyWrong => Notice::bad(texts.proof.passkey_wrong()),
            Self::PasskeyUnchecked => Notice::bad(texts.code.unchecked()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_words_in_the_address_make_the_page_say_something() {
        let said = |query: &str| LoginMessage::from_query(&Query::read(Some(query)).unwrap());
        assert!(matches!(said("over=1"), LoginMessage::Over));
        assert!(matches!(said("out=1"), LoginMessage::SignedOut));
        assert!(matches!(said("over=2&out=yes&wrong=1&problem=evil"), LoginMessage::Nothing));
    }
}

//! The page that asks for a passkey as the second factor. The script asks the device and sends its answer to `verify`;
//! without the script, the page says so and offers the other ways.

use askama::Template;
use http::StatusCode;

use crate::domain::factor_kind::FactorKind;
use crate::login::CodePage;
use crate::portal::code_message::{CodeMessage, Shown};
use crate::portal::frame::{Emblem, Frame, Notice, View};
use crate::portal::other_ways::OtherWays;
use crate::portal::page::Page;
use crate::portal::{proof, reply};
use crate::web::Problem;

#[derive(Template)]
#[template(path = "passkey.html")]
struct PasskeyPage {
    frame: Frame,
    title: String,
    notice: Option<Notice>,
    csrf: String,
    /// What the browser is told (JSON). `None`: the account's passkeys were removed meanwhile.
    options: Option<String>,
    other: OtherWays,
    start_over: String,
}

/// What the page is drawn from.
pub(super) struct Parts<'a> {
    pub view: View<'a>,
    pub state: &'a CodePage,
    pub options: Option<String>,
    pub shown: Shown,
    pub csrf: String,
    pub start_over: String,
}

pub(super) fn answer(parts: Parts<'_>) -> Result<Page, Problem> {
    reply::page(StatusCode::OK, &page(parts))
}

fn page(parts: Parts<'_>) -> PasskeyPage {
    let Parts { view, state, options, shown, csrf, start_over } = parts;
    let frame = Frame::new(view, Emblem::Half);
    let texts = frame.texts;
    let notice = if shown.message == CodeMessage::Wrong {
        Some(Notice::bad(texts.proof.passkey_wrong()))
    } else {
        proof::notice(texts, shown.message)
    };
    PasskeyPage {
        title: frame.title(&texts.proof.passkey_title(), notice.as_ref()),
        notice,
        csrf,
        options,
        other: OtherWays::beside(Some(FactorKind::Passkey), texts, &frame.path, &state.challenge),
        start_over,
        frame,
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use crate::challenge::CodeState;
    use crate::domain::method::CodeMethod;
    use crate::domain::return_target::ReturnTarget;
    use crate::login::RememberChoice;
    use crate::portal::code::samples::state;
    use crate::portal::tests::{Sample, context, reader, settings};

    /// Samples of the page in every state.
    pub(crate) fn all() -> Vec<Sample> {
        let sample = |name, options: Option<&str>, message| {
            let (settings, reader) = (settings(), reader());
            let return_to = ReturnTarget::home(&context("https://app.example.com").origin);
            let mut challenge = state(&[(CodeMethod::Sms, "•••• 74")], CodeState::None, 0);
            challenge.held = vec![FactorKind::Passkey, FactorKind::Totp, FactorKind::RecoveryCode];
            let state = CodePage { challenge, return_to, remember: None };
            let shown = Shown { message, choice: RememberChoice::AskAgain };
            let view = View { settings: &settings, reader: &reader };
            let (csrf, start_over) = ("token".to_owned(), "/portcullis/login?rd=%2F".to_owned());
            let options = options.map(str::to_owned);
            Sample::new(name, &page(Parts { view, state: &state, options, shown, csrf, start_over }))
        };
        let options = r#"{"challenge":"AAAA","rpId":"example.com","allowCredentials":[]}"#;
        vec![
            sample("passkey", Some(options), CodeMessage::Nothing),
            sample("passkey-wrong", Some(options), CodeMessage::Wrong),
            sample("passkey-gone", None, CodeMessage::Nothing),
        ]
    }
}

//! The pages that ask for a code of an authenticator app or a recovery code. Their form is posted to `verify`.

use askama::Template;
use http::StatusCode;

use crate::domain::factor_kind::FactorKind;
use crate::i18n::texts::Texts;
use crate::login::CodePage;
use crate::portal::code_message::{CodeMessage, Shown};
use crate::portal::frame::{Emblem, Frame, Notice, View};
use crate::portal::other_ways::OtherWays;
use crate::portal::page::Page;
use crate::portal::remember_box::RememberBox;
use crate::portal::reply;
use crate::web::Problem;

#[derive(Template)]
#[template(path = "proof.html")]
struct ProofPage {
    frame: Frame,
    title: String,
    heading: String,
    hint: String,
    notice: Option<Notice>,
    message: CodeMessage,
    csrf: String,
    field: ProofField,
    /// How many attempts are left, after a wrong one.
    guesses_left: Option<String>,
    remember: Option<RememberBox>,
    other: OtherWays,
    start_over: String,
}

/// The factor whose code is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TypedProof {
    App,
    Recovery,
}

/// The field for the proof.
struct ProofField {
    /// The form value: [`FactorKind::word`].
    factor: &'static str,
    label: String,
    /// Whether the proof has digits alone.
    digits: bool,
}

/// What the page is drawn from.
pub(super) struct Parts<'a> {
    pub view: View<'a>,
    pub state: &'a CodePage,
    pub shown: Shown,
    pub csrf: String,
    pub start_over: String,
}

/// The page of a factor.
pub(super) fn answer(proof: TypedProof, parts: Parts<'_>) -> Result<Page, Problem> {
    reply::page(StatusCode::OK, &page(proof, parts))
}

fn page(proof: TypedProof, parts: Parts<'_>) -> ProofPage {
    let Parts { view, state, shown, csrf, start_over } = parts;
    let challenge = &state.challenge;
    let frame = Frame::new(view, Emblem::Half);
    let texts = frame.texts;
    let notice = notice(texts, shown.message);
    let heading = match proof {
        TypedProof::App => texts.proof.app_title(),
        TypedProof::Recovery => texts.proof.recovery_title(),
    };
    let wrong = shown.message == CodeMessage::Wrong;
    ProofPage {
        title: frame.title(&heading, notice.as_ref()),
        heading,
        hint: match proof {
            TypedProof::App => texts.proof.app_hint(&frame.product),
            TypedProof::Recovery => texts.proof.recovery_hint(),
        },
        notice,
        message: shown.message,
        csrf,
        field: proof.field(texts),
        guesses_left: wrong.then(|| texts.code.guesses_left(u64::from(challenge.proofs_left))),
        // A recovery code is used when everything else is lost: not the moment to ask for less the next time.
        remember: state
            .remember
            .filter(|_| proof == TypedProof::App)
            .map(|period| RememberBox::new(texts, period, shown.choice)),
        other: OtherWays::beside(Some(proof.kind()), texts, &frame.path, challenge),
        start_over,
        frame,
    }
}

impl TypedProof {
    const fn kind(self) -> FactorKind {
        match self {
            Self::App => FactorKind::Totp,
            Self::Recovery => FactorKind::RecoveryCode,
        }
    }

    fn field(self, texts: Texts) -> ProofField {
        let label = match self {
            Self::App => texts.code.code(),
            Self::Recovery => texts.proof.recovery_label(),
        };
        ProofField { factor: self.kind().word(), label, digits: self == Self::App }
    }
}

impl ProofPage {
    /// Whether the proof was wrong, so that the field is marked as invalid.
    fn failed(&self) -> bool {
        self.message == CodeMessage::Wrong
    }
}

/// The notice of a page that asks for a proof.
pub(super) fn notice(texts: Texts, message: CodeMessage) -> Option<Notice> {
    let code = &texts.code;
    let time = |wait| texts.common.duration(wait);
    match message {
        CodeMessage::Wrong => Some(Notice::bad(code.wrong())),
        CodeMessage::Unchecked => Some(Notice::bad(code.unchecked())),
        CodeMessage::WaitGuess(wait) => Some(Notice::bad(code.wait_guess(&time(wait)))),
        // About codes that are sent.
        CodeMessage::Nothing
        | CodeMessage::Sent
        | CodeMessage::Unsent
        | CodeMessage::WaitSend(_)
        | CodeMessage::Limit(_)
        | CodeMessage::NoDestination => None,
    }
}

#[cfg(test)]
pub(super) mod samples {
    use std::time::Duration;

    use super::*;
    use crate::challenge::CodeState;
    use crate::domain::method::CodeMethod;
    use crate::domain::return_target::ReturnTarget;
    use crate::login::RememberChoice;
    use crate::portal::code::samples::state;
    use crate::portal::tests::{HOSTILE, Sample, context, reader, settings};

    /// Samples of the page in every state.
    pub(crate) fn all() -> Vec<Sample> {
        let sample = |name, proof: TypedProof, held: &[FactorKind], destination: &str, message| {
            let (settings, reader) = (settings(), reader());
            let return_to = ReturnTarget::home(&context("https://app.example.com").origin);
            let mut challenge = state(&[(CodeMethod::Sms, destination)], CodeState::None, 0);
            challenge.held = held.to_vec();
            let state = CodePage { challenge, return_to, remember: Some(Duration::from_hours(24 * 30)) };
            let shown = Shown { message, choice: RememberChoice::AskAgain };
            let view = View { settings: &settings, reader: &reader };
            let start_over = "/portcullis/login?rd=%2F".to_owned();
            Sample::new(name, &page(proof, Parts { view, state: &state, shown, csrf: "token".to_owned(), start_over }))
        };
        let all = [FactorKind::Passkey, FactorKind::Totp, FactorKind::RecoveryCode];
        let app = [FactorKind::Totp];
        let minute = Duration::from_mins(1);
        vec![
            sample("app", TypedProof::App, &all, "•••• 74", CodeMessage::Nothing),
            sample("app-alone", TypedProof::App, &app, "•••• 74", CodeMessage::Nothing),
            sample("app-wrong", TypedProof::App, &all, "•••• 74", CodeMessage::Wrong),
            sample("app-wait", TypedProof::App, &all, "•••• 74", CodeMessage::WaitGuess(minute)),
            sample("app-unchecked", TypedProof::App, &all, "•••• 74", CodeMessage::Unchecked),
            sample("recovery", TypedProof::Recovery, &all, "•••• 74", CodeMessage::Nothing),
            sample("recovery-wrong", TypedProof::Recovery, &all, "•••• 74", CodeMessage::Wrong),
            sample("proof-hostile", TypedProof::App, &all, HOSTILE, CodeMessage::Wrong),
        ]
    }
}

//! The code page: where the code was sent, a field for it, and buttons to send another. Its forms are posted to
//! `verify` and `send`.

use std::time::Duration;

use crate::portal::page::Page;
use askama::Template;
use http::StatusCode;

use crate::challenge::{ChallengeState, CodeState, ValidCodes};
use crate::domain::code::Alphabet;
use crate::domain::identifier::SignInId;
use crate::domain::language::{Direction, Language};
use crate::domain::method::CodeMethod;
use crate::domain::request_context::RequestContext;
use crate::i18n::texts::Texts;
use crate::login::CodePage;
use crate::portal::code_message::{CodeMessage, Shown};
use crate::portal::frame::{Emblem, Frame, Notice, View};
use crate::portal::other_ways::OtherWays;
use crate::portal::remember_box::RememberBox;
use crate::portal::send_option::SendOption;
use crate::portal::{login, reply};
use crate::web::form::{self, FormHolder};
use crate::web::{App, Problem, Reader, cookies};

#[derive(Template)]
#[template(path = "code.html")]
struct CodeTemplate {
    frame: Frame,
    title: String,
    heading: String,
    sent: Option<SentTo>,
    notice: Option<Notice>,
    message: CodeMessage,
    csrf: String,
    shape: Option<Shape>,
    /// The box that remembers the browser, where it is offered.
    remember: Option<RememberBox>,
    shape_text: String,
    /// Which message to use, after another code was sent.
    newest: Option<String>,
    /// How many attempts are left, after a wrong code.
    guesses_left: Option<String>,
    validity: Validity,
    wait: Option<Wait>,
    send_options: Vec<SendOption>,
    other: OtherWays,
    start_over: String,
}

/// The masked destination, as shown and as read by a screen reader, which would read four bullets aloud.
struct SentTo {
    shown: String,
    spoken: String,
}

/// The codes that the field accepts.
struct Shape {
    length: u8,
    alphabet: Alphabet,
}

/// How long the code is valid. Display only: the server enforces it.
struct Validity {
    seconds: u64,
    text: String,
}

/// Time until another code may be sent. Display only: the server enforces the wait.
struct Wait {
    seconds: u64,
    shown: String,
}

/// The code page for a GET. The status is 200, whatever the message says about an earlier send.
pub(super) fn answer(
    app: &App,
    context: &RequestContext,
    reader: &Reader,
    sign_in: SignInId,
    state: &CodePage,
    shown: Shown,
) -> Result<Page, Problem> {
    let start_over = login::address(&app.settings, &state.return_to, context);
    let csrf = form::token(app, FormHolder::SignIn(sign_in));
    let view = View { settings: &app.settings, reader };
    let answer = reply::page(StatusCode::OK, &page(view, state, shown, csrf, start_over))?;
    Ok(reply::with_form_return(answer, &state.return_to, &context.origin))
}

/// The code page as the response to a form. Its state is read again because a guess or a send changes it.
pub(super) async fn again(
    app: &App,
    context: &RequestContext,
    reader: &Reader,
    sign_in: SignInId,
    shown: Shown,
) -> Result<Page, Problem> {
    let Some(state) = app.login.code_page(context, sign_in).await? else {
        return over(app, context, Over::Expired);
    };
    let mut answer = answer(app, context, reader, sign_in, &state, shown)?;
    *answer.status_mut() = shown.message.status();
    Ok(match shown.message.wait() {
        Some(wait) => reply::with_wait(answer, wait),
        None => answer,
    })
}

/// Why a sign-in is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Over {
    Expired,
    /// The last of the allowed guesses was wrong.
    GuessesUsed,
}

/// The sign-in is over: redirects to the login page, which says why.
pub(super) fn over(app: &App, context: &RequestContext, why: Over) -> Result<Page, Problem> {
    let why = match why {
        Over::Expired => "1",
        Over::GuessesUsed => "guesses",
    };
    let answer = reply::see_other(&format!("{}/login?over={why}", app.settings.path))?;
    Ok(reply::with_cookie(answer, cookies::clear_sign_in(app, context)?))
}

fn page(view: View<'_>, page: &CodePage, shown: Shown, csrf: String, start_over: String) -> CodeTemplate {
    let state = &page.challenge;
    let message = shown.message;
    let frame = Frame::new(view, Emblem::Half);
    let texts = frame.texts;
    let waiting = state.sent == CodeState::Sent;
    let heading = if waiting { texts.code.title() } else { texts.code.title_none() };
    let notice = notice(texts, state, message);
    let shape = waiting.then_some(Shape { length: state.code_length, alphabet: state.alphabet });
    CodeTemplate {
        title: frame.title(&heading, notice.as_ref()),
        heading,
        sent: if waiting { sent_to(texts, state) } else { None },
        notice,
        message,
        csrf,
        shape_text: match state.alphabet {
            Alphabet::Numeric => texts.code.digits(u64::from(state.code_length)),
            Alphabet::Alphanumeric => texts.code.characters(u64::from(state.code_length)),
        },
        newest: (message == CodeMessage::Sent && state.valid == ValidCodes::Newest).then(|| texts.code.newest()),
        guesses_left: (message == CodeMessage::Wrong).then(|| texts.code.guesses_left(u64::from(state.guesses_left))),
        shape,
        validity: Validity {
            seconds: reply::seconds(state.expires_in),
            text: texts.code.valid_for(&texts.common.duration(state.expires_in)),
        },
        remember: page.remember.map(|period| RememberBox::new(texts, period, shown.choice)),
        wait: Wait::until(message.wait_before_send().map_or(state.resend_in, |wait| wait.max(state.resend_in))),
        send_options: send_options(texts, state),
        other: OtherWays::beside(None, texts, &frame.path, state),
        start_over,
        frame,
    }
}

fn sent_to(texts: Texts, state: &ChallengeState) -> Option<SentTo> {
    let (_, masked) = state.methods.iter().find(|(method, _)| *method == state.current)?;
    Some(match state.current {
        CodeMethod::Sms => {
            let digits = masked.rsplit(' ').next().unwrap_or_default();
            // A line never ends between the dots and the digits.
            let number = left_to_right(texts.language, &masked.replace(' ', "\u{a0}"));
            SentTo { shown: texts.code.sent_sms(&number), spoken: texts.code.sent_sms_spoken(digits) }
        }
        CodeMethod::Email => {
            let letter: String = masked.chars().take(1).collect();
            SentTo { shown: texts.code.sent_email(masked), spoken: texts.code.sent_email_spoken(&letter) }
        }
    })
}

/// A number keeps its order in a line that runs from right to left (Unicode bidirectional isolates).
fn left_to_right(language: Language, number: &str) -> String {
    match language.direction() {
        Direction::LeftToRight => number.to_owned(),
        Direction::RightToLeft => format!("\u{2066}{number}\u{2069}"),
    }
}

fn notice(texts: Texts, state: &ChallengeState, message: CodeMessage) -> Option<Notice> {
    let code = &texts.code;
    let another = state.methods.len() > 1;
    let time = |wait| texts.common.duration(wait);
    // Trying again would change nothing: only the operator can.
    let no_way = state.methods.is_empty() && state.held.is_empty();
    Some(match message {
        CodeMessage::Unsent | CodeMessage::NoDestination if no_way => Notice::bad(code.no_way()),
        CodeMessage::Sent => Notice::good(code.sent()),
        CodeMessage::Unsent => Notice::bad(if another { code.unsent() } else { code.unsent_only() }),
        CodeMessage::Wrong => Notice::bad(code.wrong()),
        CodeMessage::Unchecked => Notice::bad(if another { code.unchecked() } else { code.unchecked_only() }),
        CodeMessage::WaitGuess(wait) => Notice::bad(code.wait_guess(&time(wait))),
        CodeMessage::WaitSend(wait) => Notice::bad(code.wait_send(&time(wait))),
        CodeMessage::Limit(wait) => Notice::bad(code.limit(&time(wait))),
        CodeMessage::NoDestination => Notice::bad(code.no_destination()),
        CodeMessage::Nothing => match state.sent {
            CodeState::None if no_way => Notice::bad(code.no_way()),
            CodeState::None => Notice::bad(code.none()),
            CodeState::Sent => return None,
        },
    })
}

fn send_options(texts: Texts, state: &ChallengeState) -> Vec<SendOption> {
    let waiting = state.sent == CodeState::Sent;
    let send_option = |(method, masked): &(CodeMethod, String)| {
        let current = *method == state.current;
        // The primary button checks the typed code; if no code is valid, it sends one by the current method.
        let send_option = SendOption::of(texts, *method, masked, if !waiting && current { "main" } else { "second" });
        if waiting && current { SendOption { label: texts.code.send_again(), ..send_option } } else { send_option }
    };
    state.methods.iter().map(send_option).collect()
}

impl CodeTemplate {
    /// Whether the typed code was wrong, so that the field is marked as invalid.
    fn failed(&self) -> bool {
        self.message == CodeMessage::Wrong
    }
}

impl Shape {
    const fn numeric(&self) -> bool {
        matches!(self.alphabet, Alphabet::Numeric)
    }

    const fn kind(&self) -> &'static str {
        match self.alphabet {
            Alphabet::Numeric => "numeric",
            Alphabet::Alphanumeric => "alphanumeric",
        }
    }
}

impl Wait {
    fn until(span: Duration) -> Option<Self> {
        let seconds = reply::seconds(span);
        (seconds > 0).then(|| Self { seconds, shown: count_down(seconds) })
    }
}

/// `0:30`, `12:05`, `1:00:00`: the format in which the script counts down.
fn count_down(seconds: u64) -> String {
    let hours = seconds / 3600;
    let minutes = seconds / 60 % 60;
    let rest = seconds % 60;
    if hours > 0 { format!("{hours}:{minutes:02}:{rest:02}") } else { format!("{minutes}:{rest:02}") }
}

#[cfg(test)]
pub(super) mod samples;

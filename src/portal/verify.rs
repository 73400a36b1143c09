//! The page of the second factor and its form. Which factor it asks for: the one that the visitor chose, else the code
//! that is on its way, else the account's first.

use crate::challenge::CodeState;
use crate::domain::factor_kind::FactorKind;
use crate::domain::identifier::SignInId;
use crate::domain::request_context::RequestContext;
use crate::login::{CodePage, RememberChoice, SubmittedFactor, VerifyOutcome};
use crate::portal::code::{self, Over};
use crate::portal::code_message::{CodeMessage, Shown};
use crate::portal::frame::View;
use crate::portal::page::{Page, PageRequest};
use crate::portal::proof::{self, TypedProof};
use crate::portal::query::Query;
use crate::portal::{login, passkey_proof, redirect, reply};
use crate::web::form::{self, Form, FormHolder};
use crate::web::{App, Problem, Reader, cookies};

/// `GET /verify`: `factor` names a factor that the person holds.
pub(super) async fn show(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, .. } = request;
    let query = Query::read(head.uri.query())?;
    let Some(sign_in) = cookies::sign_in(&app, &context, &head.headers) else {
        return reply::see_other(&format!("{}/login", app.settings.path));
    };
    let Some(state) = app.login.code_page(&context, sign_in).await? else {
        return code::over(&app, &context, Over::Expired);
    };
    let chosen = query.get("factor").parse().ok().filter(|kind| state.challenge.held.contains(kind));
    let waiting = state.challenge.sent == CodeState::Sent;
    let first = Some(state.challenge.first).filter(|kind| !waiting && state.challenge.held.contains(kind));
    // A message about a code that could not be sent belongs on the page with the buttons that send.
    let unsent = query.get("sent") == "0" && !state.challenge.methods.is_empty();
    let message = CodeMessage::believed(query.get("sent"), state.challenge.sent);
    let view = SignInView { app: &app, context: &context, reader: &reader, sign_in };
    match chosen.or(first.filter(|_| !unsent)) {
        Some(kind) => view.held(&state, kind, Shown::anew(CodeMessage::Nothing)).await,
        None => code::answer(&app, &context, &reader, sign_in, &state, Shown::anew(message)),
    }
}

/// `POST /verify`: the fields `code`, `remember`, and `factor` for a factor that the person holds.
pub(super) async fn submit(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, body } = request;
    // Without the cookie there is no sign-in that this form could change.
    let Some(sign_in) = cookies::sign_in(&app, &context, &head.headers) else {
        return reply::see_other(&format!("{}/login?over=1", app.settings.path));
    };
    let device = cookies::device(&app, &context, &head.headers);
    let form = form::read(&app, &context, &head.headers, body, Some(FormHolder::SignIn(sign_in))).await?;
    let Form::Valid(fields) = form else {
        // This browser has begun another sign-in, whose page it gets.
        return reply::see_other(&format!("{}/verify", app.settings.path));
    };
    let kind = held_kind(fields.get("factor"))?;
    let choice = if fields.get("remember") == "1" { RememberChoice::Remember } else { RememberChoice::AskAgain };
    let submitted = SubmittedFactor { kind, shown: fields.get("code"), choice };
    let outcome = app.login.verify(&context, device.as_ref(), sign_in, submitted).await;
    let message = match outcome? {
        VerifyOutcome::SignedIn(signed_in) => return redirect::enter(&app, &context, signed_in).await,
        VerifyOutcome::Over => return code::over(&app, &context, Over::Expired),
        VerifyOutcome::GuessesUsed => return code::over(&app, &context, Over::GuessesUsed),
        VerifyOutcome::Wrong => CodeMessage::Wrong,
        VerifyOutcome::Unavailable => CodeMessage::Unchecked,
        VerifyOutcome::Wait(wait) => CodeMessage::WaitGuess(wait),
    };
    let shown = Shown { message, choice };
    let Some(kind) = kind else { return code::again(&app, &context, &reader, sign_in, shown).await };
    // The state is read again because a wrong proof changes it.
    let Some(state) = app.login.code_page(&context, sign_in).await? else {
        return code::over(&app, &context, Over::Expired);
    };
    let view = SignInView { app: &app, context: &context, reader: &reader, sign_in };
    let mut answer = view.held(&state, kind, shown).await?;
    *answer.status_mut() = message.status();
    Ok(match message.wait() {
        Some(wait) => reply::with_wait(answer, wait),
        None => answer,
    })
}

/// The factor of the field `factor`; `None` where it is empty: the code that was sent.
fn held_kind(word: &str) -> Result<Option<FactorKind>, Problem> {
    if word.is_empty() {
        return Ok(None);
    }
    let kind = word.parse().ok().filter(|kind: &FactorKind| kind.sent_by().is_none());
    kind.map(Some).ok_or(Problem::BadRequest("the field `factor` is `totp`, `passkey` or `recovery`"))
}

/// What every answer about a sign-in needs.
struct SignInView<'a> {
    app: &'a App,
    context: &'a RequestContext,
    reader: &'a Reader,
    sign_in: SignInId,
}

impl SignInView<'_> {
    /// The page of a factor that the person holds.
    async fn held(&self, state: &CodePage, kind: FactorKind, shown: Shown) -> Result<Page, Problem> {
        let Self { app, context, reader, sign_in } = *self;
        let view = View { settings: &app.settings, reader };
        let csrf = form::token(app, FormHolder::SignIn(sign_in));
        let start_over = login::address(&app.settings, &state.return_to, context);
        let typed =
            |proof, csrf, start_over| proof::answer(proof, proof::Parts { view, state, shown, csrf, start_over });
        let answer = match kind {
            FactorKind::Totp => typed(TypedProof::App, csrf, start_over)?,
            FactorKind::RecoveryCode => typed(TypedProof::Recovery, csrf, start_over)?,
            FactorKind::Passkey => {
                let options = app.login.passkey_options(context, sign_in).await?;
                passkey_proof::answer(passkey_proof::Parts { view, state, options, shown, csrf, start_over })?
            }
            FactorKind::Sms | FactorKind::Email => code::answer(app, context, reader, sign_in, state, shown)?,
        };
        Ok(reply::with_form_return(answer, &state.return_to, &context.origin))
    }
}

//! The code page and its form.

use crate::login::{RememberChoice, TypedCode, VerifyOutcome};
use crate::portal::code::{self, CodeMessage, Over, Shown};
use crate::portal::page::{Page, PageRequest};
use crate::portal::query::Query;
use crate::portal::{redirect, reply};
use crate::web::form::{self, Form, FormHolder};
use crate::web::{Problem, cookies};

/// `GET /verify`.
pub(super) async fn show(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, .. } = request;
    let query = Query::read(head.uri.query())?;
    let Some(sign_in) = cookies::sign_in(&app, &context, &head.headers) else {
        return reply::see_other(&format!("{}/login", app.settings.path));
    };
    match app.login.code_page(&context, sign_in).await? {
        Some(state) => {
            let message = CodeMessage::believed(query.get("sent"), state.challenge.sent);
            code::answer(&app, &context, &reader, sign_in, &state, Shown::anew(message))
        }
        None => code::over(&app, &context, Over::Expired),
    }
}

/// `POST /verify`: the fields `code` and `remember`.
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
    let choice = if fields.get("remember") == "1" { RememberChoice::Remember } else { RememberChoice::AskAgain };
    let typed = TypedCode { code: fields.get("code"), choice };
    let outcome = app.login.verify(&context, device.as_ref(), sign_in, typed).await;
    let message = match outcome? {
        VerifyOutcome::SignedIn(signed_in) => return redirect::enter(&app, &context, signed_in).await,
        VerifyOutcome::Over => return code::over(&app, &context, Over::Expired),
        VerifyOutcome::GuessesUsed => return code::over(&app, &context, Over::GuessesUsed),
        VerifyOutcome::Wrong => CodeMessage::Wrong,
        VerifyOutcome::Unavailable => CodeMessage::Unchecked,
        VerifyOutcome::Wait(wait) => CodeMessage::WaitGuess(wait),
    };
    code::again(&app, &context, &reader, sign_in, Shown { message, choice }).await
}

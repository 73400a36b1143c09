//! Sends another code, by the same or another method.

use crate::challenge::{SendOutcome, SendProblem, SendRequest};
use crate::domain::method::CodeMethod;
use crate::portal::code::{self, Over};
use crate::portal::code_message::{CodeMessage, Shown};
use crate::portal::page::{Page, PageRequest};
use crate::portal::reply;
use crate::web::form::{self, Form, FormHolder};
use crate::web::{Problem, cookies};

/// `GET /verify/send` sends nothing. A visitor gets here by reloading the page of a failed send from the address bar.
pub(super) fn show(request: &PageRequest) -> Result<Page, Problem> {
    reply::see_other(&format!("{}/verify", request.app.settings.path))
}

/// `POST /verify/send`: the field `method`.
pub(super) async fn submit(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, body } = request;
    // Without the cookie there is no sign-in, so there is nobody to send a code to.
    let Some(sign_in) = cookies::sign_in(&app, &context, &head.headers) else {
        return reply::see_other(&format!("{}/login?over=1", app.settings.path));
    };
    let form = form::read(&app, &context, &head.headers, body, Some(FormHolder::SignIn(sign_in))).await?;
    let Form::Valid(fields) = form else {
        // This browser has begun another sign-in, whose page it gets.
        return reply::see_other(&format!("{}/verify", app.settings.path));
    };
    let method: CodeMethod =
        fields.get("method").parse().map_err(|_| Problem::BadRequest("the field `method` is `sms` or `email`"))?;
    let outcome = app.login.send(&context, sign_in, SendRequest { method, language: reader.language }).await;
    let message = match outcome? {
        SendOutcome::Sent => return reply::see_other(&format!("{}/verify?sent=1", app.settings.path)),
        SendOutcome::Over => return code::over(&app, &context, Over::Expired),
        SendOutcome::Wait(wait) => CodeMessage::WaitSend(wait),
        SendOutcome::NotSent(SendProblem::Unavailable) => CodeMessage::Unsent,
        SendOutcome::NotSent(SendProblem::Limit(wait)) => CodeMessage::Limit(wait),
        SendOutcome::NotSent(SendProblem::NoDestination) => CodeMessage::NoDestination,
    };
    code::again(&app, &context, &reader, sign_in, Shown::anew(message)).await
}

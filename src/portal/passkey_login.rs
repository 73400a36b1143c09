//! Signing in with a passkey alone: the form of the login page that its script fills.

use crate::login::{LoginIntent, PasskeyOutcome, SubmittedPasskey};
use crate::portal::frame::View;
use crate::portal::login::{self, FreshForm};
use crate::portal::login_message::LoginMessage;
use crate::portal::page::{Page, PageRequest};
use crate::portal::{redirect, reply};
use crate::web::form::{self, Form, FormHolder};
use crate::web::{Problem, cookies};

/// `GET /login/passkey` signs nobody in. A visitor gets here by reloading the page from the address bar.
pub(super) fn show(request: &PageRequest) -> Result<Page, Problem> {
    reply::see_other(&format!("{}/login", request.app.settings.path))
}

/// `POST /login/passkey`: the fields `challenge`, `code` (what the browser says), `rd`, `rm` and `nonce`.
pub(super) async fn submit(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, body } = request;
    let browser = cookies::sign_in(&app, &context, &head.headers);
    let holder = browser.map(FormHolder::SignIn);
    let (fields, valid) = match form::read(&app, &context, &head.headers, body, holder).await? {
        Form::Valid(fields) => (fields, true),
        Form::Stale(fields) => (fields, false),
    };
    let intent = LoginIntent::read(&app, &context, |word| fields.get(word));
    let view = View { settings: &app.settings, reader: &reader };
    let again =
        |message| login::fresh(&app, &context, view, browser, FreshForm { intent: intent.clone(), name: "", message });
    let (Some(browser), true) = (browser, valid) else { return again(LoginMessage::NoCookie) };
    let device = cookies::device(&app, &context, &head.headers);
    let submitted = SubmittedPasskey {
        challenge: fields.get("challenge"),
        answer: fields.get("code"),
        browser,
        device: device.as_ref(),
    };
    match app.login.passkey(&context, submitted, intent.clone()).await? {
        PasskeyOutcome::SignedIn(signed_in) => redirect::enter(&app, &context, signed_in).await,
        PasskeyOutcome::Wrong => again(LoginMessage::PasskeyWrong),
        PasskeyOutcome::Unavailable => again(LoginMessage::PasskeyUnchecked),
        PasskeyOutcome::Wait(wait) => Ok(reply::with_wait(again(LoginMessage::Wait(wait))?, wait)),
    }
}

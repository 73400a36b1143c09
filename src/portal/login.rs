//! The login page: its form for name and password, and the sign-in with them.

use askama::Template;
use http::{HeaderMap, StatusCode};

use crate::domain::identifier::SignInId;
use crate::domain::request_context::RequestContext;
use crate::domain::return_target::ReturnTarget;
use crate::factor::LoginChallenge;
use crate::login::LoginIntent;
use crate::login::{Browser, Credentials, PasswordOutcome};
use crate::policy::Evidence;
use crate::portal::frame::{Emblem, Frame, Notice, View};
use crate::portal::login_intent::{IntentFields, SessionSufficiency};
use crate::portal::login_message::LoginMessage;
use crate::portal::page::{Page, PageRequest};
use crate::portal::query::Query;
use crate::portal::redirect::{self, Consent};
use crate::portal::{reply, signed_in};
use crate::web::form::{self, Form, FormHolder};
use crate::web::{App, Problem, Settings, cookies};

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    frame: Frame,
    title: String,
    to_continue: String,
    notice: Option<Notice>,
    message: LoginMessage,
    csrf: String,
    fields: IntentFields,
    name: String,
    focus: Focus,
    passkey: Option<LoginChallenge>,
}

/// The field that gets the focus: the first empty one.
enum Focus {
    Name,
    Password,
}

/// The values that the page shows.
struct Parts<'a> {
    csrf: String,
    intent: &'a LoginIntent,
    context: &'a RequestContext,
    name: &'a str,
    message: LoginMessage,
    /// For the button that signs in with a passkey alone.
    passkey: Option<LoginChallenge>,
}

/// `GET /login`.
pub(super) async fn show(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, .. } = request;
    let query = Query::read(head.uri.query())?;
    let intent = LoginIntent::read(&app, &context, |word| query.get(word));
    if let Some(evidence) = signed_in::evidence(&app, &context, &head.headers).await? {
        return go_on_signed_in(&app, &context, &head.headers, &intent, &evidence).await;
    }
    let view = View { settings: &app.settings, reader: &reader };
    let known = cookies::sign_in(&app, &context, &head.headers);
    fresh(&app, &context, view, known, FreshForm { intent, name: "", message: LoginMessage::from_query(&query) })
}

/// A signed-in visitor goes on to what they came for. Only a session that satisfies the target is redirected to it.
/// Otherwise the visitor would be sent back and forth between the site and this page.
async fn go_on_signed_in(
    app: &App,
    context: &RequestContext,
    headers: &HeaderMap,
    intent: &LoginIntent,
    evidence: &Evidence,
) -> Result<Page, Problem> {
    match intent.sufficiency(app, context, evidence) {
        SessionSufficiency::Enough => {
            redirect::to(app, context, evidence.session, intent, Consent::of_navigation(headers)).await
        }
        SessionSufficiency::StepUp => reply::see_other(&intent.address(&app.settings, context, "confirm")),
    }
}

/// What a form that is not the answer to a password shows.
pub(super) struct FreshForm<'a> {
    pub intent: LoginIntent,
    pub name: &'a str,
    pub message: LoginMessage,
}

/// The page with a new form. The form token must be bound to something before the visitor is known (login CSRF). It is
/// bound to the identifier in the sign-in cookie. Nothing is stored for it, so opening the page uses no memory.
pub(super) fn fresh(
    app: &App,
    context: &RequestContext,
    view: View<'_>,
    known: Option<SignInId>,
    form: FreshForm<'_>,
) -> Result<Page, Problem> {
    let holder = match known {
        Some(id) => id,
        None => SignInId::draw(&mut app.random.clone())?,
    };
    let FreshForm { intent, name, message } = form;
    let csrf = form::token(app, FormHolder::SignIn(holder));
    let passkey = app.login.passkey_challenge(context, holder)?;
    let parts = Parts { csrf, intent: &intent, context, name, message, passkey };
    let answer = answer(view, &parts, message.status())?;
    Ok(match known {
        Some(_) => answer,
        None => reply::with_cookie(answer, cookies::set_sign_in(app, context, holder)?),
    })
}

/// `POST /login`.
pub(super) async fn submit(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, body } = request;
    let device = cookies::device(&app, &context, &head.headers);
    let holder = cookies::sign_in(&app, &context, &head.headers);
    let form = form::read(&app, &context, &head.headers, body, holder.map(FormHolder::SignIn)).await?;
    let (Form::Valid(fields) | Form::Stale(fields)) = &form;
    let name = match fields.get("username") {
        "" => fields.get("email"),
        name => name,
    };
    let intent = LoginIntent::read(&app, &context, |word| fields.get(word));
    let view = View { settings: &app.settings, reader: &reader };
    let (Form::Valid(_), Some(holder)) = (&form, holder) else {
        // Another tab of this browser may have finished meanwhile. Nothing of the form is used but where it leads.
        if let Some(evidence) = signed_in::evidence(&app, &context, &head.headers).await? {
            return go_on_signed_in(&app, &context, &head.headers, &intent, &evidence).await;
        }
        let message = if holder.is_some() { LoginMessage::Stale } else { LoginMessage::NoCookie };
        return fresh(&app, &context, view, holder, FreshForm { intent, name, message });
    };
    let required = intent.required(&app, &context);
    let browser = Browser { device: device.as_ref(), previous: Some(holder), language: reader.language };
    let credentials = Credentials { name, password: fields.get("password") };
    let outcome = app.login.password(&context, browser, credentials, intent.clone(), required).await;
    let again = |message: LoginMessage| {
        let csrf = form::token(&app, FormHolder::SignIn(holder));
        let passkey = app.login.passkey_challenge(&context, holder)?;
        let parts = Parts { csrf, intent: &intent, context: &context, name, message, passkey };
        answer(view, &parts, message.status())
    };
    match outcome? {
        PasswordOutcome::SignedIn(signed_in) => redirect::enter(&app, &context, signed_in).await,
        PasswordOutcome::Started(id) => go_on(&app, &context, id, "/verify"),
        PasswordOutcome::StartedWithout(id) => go_on(&app, &context, id, "/verify?sent=0"),
        PasswordOutcome::Wrong => again(LoginMessage::Wrong),
        PasswordOutcome::Wait(wait) => Ok(reply::with_wait(again(LoginMessage::Wait(wait))?, wait)),
        PasswordOutcome::Busy => Err(Problem::Unavailable("too many password checks at once".to_owned())),
    }
}

/// The URL of the login page that leads to `target`.
pub(super) fn address(settings: &Settings, target: &ReturnTarget, context: &RequestContext) -> String {
    LoginIntent::to(target.clone()).address(settings, context, "login")
}

/// The password was right: sets the cookie of the new sign-in and redirects to the code page. The new identifier
/// prevents session fixation: the old one is invalid.
fn go_on(app: &App, context: &RequestContext, id: SignInId, page: &str) -> Result<Page, Problem> {
    let answer = reply::see_other(&format!("{}{page}", app.settings.path))?;
    Ok(reply::with_cookie(answer, cookies::set_sign_in(app, context, id)?))
}

fn answer(view: View<'_>, parts: &Parts<'_>, status: StatusCode) -> Result<Page, Problem> {
    let answer = reply::page(status, &page(view, parts))?;
    Ok(reply::with_form_return(answer, &parts.intent.return_to, &parts.context.origin))
}

fn page(view: View<'_>, parts: &Parts<'_>) -> LoginPage {
    let frame = Frame::new(view, Emblem::Closed);
    let texts = &frame.texts.login;
    let notice = parts.message.notice(frame.texts);
    LoginPage {
        title: frame.title(&texts.title(), notice.as_ref()),
        to_continue: texts.to_continue(&parts.intent.return_to.origin().authority().to_string()),
        notice,
        message: parts.message,
        csrf: parts.csrf.clone(),
        fields: parts.intent.fields(parts.context),
        name: parts.name.to_owned(),
        passkey: parts.passkey.clone(),
        focus: if parts.name.is_empty() { Focus::Name } else { Focus::Password },
        frame,
    }
}

impl LoginPage {
    /// Whether name or password is wrong. The page never says which.
    const fn failed(&self) -> bool {
        matches!(self.message, LoginMessage::Wrong)
    }
}

impl Focus {
    const fn name(&self) -> bool {
        matches!(self, Self::Name)
    }

    const fn password(&self) -> bool {
        matches!(self, Self::Password)
    }
}

#[cfg(test)]
pub(super) mod samples {
    use std::time::Duration;

    use super::*;
    use crate::portal::tests::{HOSTILE, Sample, context, reader, settings};

    /// Samples of the page in every state.
    pub(crate) fn all() -> Vec<Sample> {
        let with = |name, rd: &str, typed, message, passkey| {
            let context = context("https://app.example.com");
            let intent = LoginIntent::to(ReturnTarget::read(rd, &context.origin, |_| false));
            let parts =
                Parts { csrf: "token".to_owned(), intent: &intent, context: &context, name: typed, message, passkey };
            Sample::new(name, &page(View { settings: &settings(), reader: &reader() }, &parts))
        };
        let sample = |name, rd, typed, message| with(name, rd, typed, message, None);
        let options = r#"{"challenge":"AAAA","rpId":"example.com","allowCredentials":[]}"#.to_owned();
        let passkey = Some(LoginChallenge { options, sealed: "sealed".to_owned() });
        vec![
            with("login-passkey", "/", "", LoginMessage::Nothing, passkey.clone()),
            with("login-passkey-wrong", "/", "", LoginMessage::PasskeyWrong, passkey),
            sample("login", "/dashboard?tab=1&sort=name", "", LoginMessage::Nothing),
            sample("login-wrong", "/", "ada@example.com", LoginMessage::Wrong),
            sample("login-wait", "/", "ada@example.com", LoginMessage::Wait(Duration::from_secs(64))),
            sample("login-over", "/", "", LoginMessage::Over),
            sample("login-guesses-used", "/", "", LoginMessage::GuessesUsed),
            sample("login-target-too-long", "/", "", LoginMessage::TargetTooLong),
            sample("login-stale", "/", "ada@example.com", LoginMessage::Stale),
            sample("login-no-cookie", "/", "ada@example.com", LoginMessage::NoCookie),
            sample("login-signed-out", "/", "", LoginMessage::SignedOut),
            sample("login-signed-out-unsaved", "/", "", LoginMessage::SignedOutUnsaved),
            sample("login-hostile", "/\"><svg/onload=alert(1)>", HOSTILE, LoginMessage::Wrong),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::tests::{context, reader, settings};

    fn rendered(name: &str, message: LoginMessage) -> String {
        let context = context("https://app.example.com");
        let intent = LoginIntent::to(ReturnTarget::home(&context.origin));
        let csrf = "token".to_owned();
        let parts = Parts { csrf, intent: &intent, context: &context, name, message, passkey: None };
        page(View { settings: &settings(), reader: &reader() }, &parts).render().unwrap()
    }

    #[test]
    fn a_wrong_password_keeps_the_name_and_puts_the_cursor_into_the_empty_password() {
        let html = rendered("ada@example.com", LoginMessage::Wrong);
        assert!(html.contains("Invalid credentials. Please try again."));
        assert!(html.contains(r#"value="ada@example.com""#));
        let password = html.split(r#"id="password""#).nth(1).unwrap().split('>').next().unwrap();
        assert!(password.contains("autofocus") && !password.contains("value="), "{password}");
    }
}

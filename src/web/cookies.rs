//! Sets and reads our cookies of one request.

use std::time::Duration;

use http::{HeaderMap, HeaderValue};

use crate::domain::identifier::SignInId;
use crate::domain::language::Language;
use crate::domain::request_context::RequestContext;
use crate::keys::Purpose;
use crate::login::DeviceClaim;
use crate::session::cookies::{Kind, Scope};
use crate::session::jar::{self, CookieLookup};
use crate::session::sealed;
use crate::web::app::App;
use crate::web::problem::Problem;

/// A login page that stood open for longer is asked for again, so that a form of yesterday is not sent today.
const SIGN_IN_COOKIE_LIVES: Duration = Duration::from_hours(1);

/// The sign-in this browser has open, from its cookie: checked, but whether the store knows it is for `login` to say.
pub(crate) fn sign_in(app: &App, context: &RequestContext, headers: &HeaderMap) -> Option<SignInId> {
    let scope = scope(app, context);
    let CookieLookup::One(value) = jar::find(headers, scope.name(Kind::SignIn)) else { return None };
    let opened = sealed::open(&app.keys, Purpose::SignInCookie, scope.audience(), value)?;
    let young = context.now.since(opened.issued_at) < SIGN_IN_COOKIE_LIVES;
    young.then(|| SignInId::from_bytes(opened.id))
}

/// The device cookie of this browser, unchecked: `login` checks it against the account.
pub(crate) fn device(app: &App, context: &RequestContext, headers: &HeaderMap) -> Option<DeviceClaim> {
    let CookieLookup::One(value) = jar::find(headers, scope(app, context).name(Kind::Device)) else { return None };
    std::str::from_utf8(value).ok().map(|value| DeviceClaim::new(value.to_owned()))
}

/// Gives the browser a sign-in.
pub(crate) fn set_sign_in(app: &App, context: &RequestContext, id: SignInId) -> Result<HeaderValue, Problem> {
    let scope = scope(app, context);
    let value = sealed::seal(&app.keys, Purpose::SignInCookie, id.as_bytes(), scope.audience(), context.now);
    header(&scope.set(Kind::SignIn, &value))
}

/// Takes the sign-in away.
pub(crate) fn clear_sign_in(app: &App, context: &RequestContext) -> Result<HeaderValue, Problem> {
    header(&scope(app, context).clear(Kind::SignIn))
}

/// Gives the browser a session, with the value that `login` made.
pub(crate) fn set_session(app: &App, context: &RequestContext, value: &str) -> Result<HeaderValue, Problem> {
    header(&scope(app, context).set(Kind::Session, value))
}

/// Takes the session's cookie away; the session itself was ended before.
pub(crate) fn clear_session(app: &App, context: &RequestContext) -> Result<HeaderValue, Problem> {
    header(&scope(app, context).clear(Kind::Session))
}

/// Makes the browser known, with the value that `login` made.
pub(crate) fn set_device(app: &App, context: &RequestContext, value: &str) -> Result<HeaderValue, Problem> {
    header(&scope(app, context).set(Kind::Device, value))
}

/// Keeps the language that the visitor chose.
pub(crate) fn set_language(app: &App, context: &RequestContext, language: Language) -> Result<HeaderValue, Problem> {
    header(&scope(app, context).set(Kind::Language, language.tag()))
}

fn scope(app: &App, context: &RequestContext) -> Scope {
    Scope::new(&context.origin, app.settings.cookie_domain.as_ref())
}

fn header(text: &str) -> Result<HeaderValue, Problem> {
    HeaderValue::from_str(text).map_err(|_| Problem::Internal("a cookie of ours is no header value".to_owned()))
}

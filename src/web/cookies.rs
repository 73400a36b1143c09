//! Reads and writes our cookies for one request.

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

/// A login page that is older than this has to be loaded again, so that yesterday's form cannot be sent today.
const SIGN_IN_COOKIE_LIVES: Duration = Duration::from_hours(1);

/// The sign-in that the browser's cookie names. The signature and age are checked; whether the sign-in still exists is
/// checked by `login`.
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

/// Sets the sign-in cookie.
pub(crate) fn set_sign_in(app: &App, context: &RequestContext, id: SignInId) -> Result<HeaderValue, Problem> {
    let scope = scope(app, context);
    let value = sealed::seal(&app.keys, Purpose::SignInCookie, id.as_bytes(), scope.audience(), context.now);
    header(&scope.set(Kind::SignIn, &value))
}

/// Clears the sign-in cookie.
pub(crate) fn clear_sign_in(app: &App, context: &RequestContext) -> Result<HeaderValue, Problem> {
    header(&scope(app, context).clear(Kind::SignIn))
}

/// Sets the session cookie to a value made by `login`.
pub(crate) fn set_session(app: &App, context: &RequestContext, value: &str) -> Result<HeaderValue, Problem> {
    header(&scope(app, context).set_session(value, app.settings.persistence))
}

/// Clears the session cookie. The session itself has been ended before.
pub(crate) fn clear_session(app: &App, context: &RequestContext) -> Result<HeaderValue, Problem> {
    header(&scope(app, context).clear(Kind::Session))
}

/// Sets the device cookie to a value made by `login`.
pub(crate) fn set_device(app: &App, context: &RequestContext, value: &str) -> Result<HeaderValue, Problem> {
    header(&scope(app, context).set(Kind::Device, value))
}

/// Clears the device cookie: the browser is a new one at its next sign-in.
pub(crate) fn clear_device(app: &App, context: &RequestContext) -> Result<HeaderValue, Problem> {
    header(&scope(app, context).clear(Kind::Device))
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

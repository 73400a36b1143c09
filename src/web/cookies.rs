//! Sets and reads our cookies on one visit.

use std::time::Duration;

use http::{HeaderMap, HeaderValue};

use crate::domain::identifier::SignInId;
use crate::keys::Purpose;
use crate::login::DeviceClaim;
use crate::session::cookies::{Kind, Scope};
use crate::session::jar::{self, Found};
use crate::session::sealed;
use crate::web::app::App;
use crate::web::problem::Problem;
use crate::web::request_context::Visit;

/// A login page that stood open for longer is asked for again, so that a form of yesterday is not sent today.
const SIGN_IN_COOKIE_LIVES: Duration = Duration::from_hours(1);

/// The sign-in this browser has open, from its cookie: checked, but whether the store knows it is for `login` to say.
pub fn sign_in(app: &App, visit: &Visit, headers: &HeaderMap) -> Option<SignInId> {
    let scope = scope(app, visit);
    let Found::One(value) = jar::find(headers, scope.name(Kind::SignIn)) else { return None };
    let opened = sealed::open(&app.keys, Purpose::SignInCookie, scope.audience(), value)?;
    let young = visit.now.since(opened.issued_at) < SIGN_IN_COOKIE_LIVES;
    young.then(|| SignInId::from_bytes(opened.id))
}

/// The device cookie of this browser, unchecked: `login` checks it against the account.
pub fn device(app: &App, visit: &Visit, headers: &HeaderMap) -> Option<DeviceClaim> {
    let Found::One(value) = jar::find(headers, scope(app, visit).name(Kind::Device)) else { return None };
    std::str::from_utf8(value).ok().map(|value| DeviceClaim::new(value.to_owned()))
}

/// Gives the browser a sign-in.
pub fn set_sign_in(app: &App, visit: &Visit, id: SignInId) -> Result<HeaderValue, Problem> {
    let scope = scope(app, visit);
    let value = sealed::seal(&app.keys, Purpose::SignInCookie, id.as_bytes(), scope.audience(), visit.now);
    header(&scope.set(Kind::SignIn, &value))
}

/// Takes the sign-in away.
pub fn clear_sign_in(app: &App, visit: &Visit) -> Result<HeaderValue, Problem> {
    header(&scope(app, visit).clear(Kind::SignIn))
}

/// Gives the browser a session, with the value that `login` made.
pub fn set_session(app: &App, visit: &Visit, value: &str) -> Result<HeaderValue, Problem> {
    header(&scope(app, visit).set(Kind::Session, value))
}

/// Takes the session's cookie away; the session itself was ended before.
pub fn clear_session(app: &App, visit: &Visit) -> Result<HeaderValue, Problem> {
    header(&scope(app, visit).clear(Kind::Session))
}

/// Makes the browser known, with the value that `login` made.
pub fn set_device(app: &App, visit: &Visit, value: &str) -> Result<HeaderValue, Problem> {
    header(&scope(app, visit).set(Kind::Device, value))
}

fn scope(app: &App, visit: &Visit) -> Scope {
    Scope::new(&visit.here, app.settings.cookie_domain.as_ref())
}

fn header(text: &str) -> Result<HeaderValue, Problem> {
    HeaderValue::from_str(text).map_err(|_| Problem::Internal("a cookie of ours is no header value".to_owned()))
}

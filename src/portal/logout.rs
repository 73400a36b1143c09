//! Logging out: a page that asks for confirmation, and its form.

use askama::Template;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::domain::request_context::RequestContext;
use crate::domain::return_target::ReturnTarget;
use crate::login::{BrowserAfterwards, LogOut};
use crate::policy::Evidence;
use crate::portal::frame::{Emblem, Frame, View};
use crate::portal::page::{Page, PageRequest};
use crate::portal::query::{self, Query};
use crate::portal::{reply, signed_in};
use crate::upstream::VisitorBody;
use crate::web::form::{self, Fields, Form, FormHolder};
use crate::web::{App, Problem, cookies};

#[derive(Template)]
#[template(path = "logout.html")]
struct LogoutPage {
    frame: Frame,
    signed_in_as: String,
    csrf: String,
    /// Whether this browser is remembered, so that the page offers to forget it.
    remembered: bool,
    /// Where to sign in for afterwards; empty for the start page.
    rd: String,
}

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// `GET /logout` only asks. Otherwise a link or an image on another site could log people out.
pub(super) async fn show(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, .. } = request;
    let query = Query::read(head.uri.query())?;
    let back = back(&context, query.get("rd"));
    let Some(evidence) = signed_in::evidence(&app, &context, &head.headers).await? else {
        return signed_out(&app, LogOut::Written, &back);
    };
    let csrf = form::token(&app, FormHolder::Session(evidence.session));
    let remembered = app.login.remembered_at_best(&context, evidence.session).await.until.is_some();
    let view = View { settings: &app.settings, reader: &reader };
    let answer = reply::page(StatusCode::OK, &page(view, &evidence, csrf, remembered, back))?;
    // The redirect after the log-out ends at the portal, whose login page confirms it.
    Ok(reply::with_form_return(answer, &ReturnTarget::home(&app.settings.portal_of(&context.origin)), &context.origin))
}

/// `POST /logout`. With the field `forget` the browser is no longer remembered either. The session may end while the form
/// is on its way; the browser is forgotten all the same.
pub(super) async fn submit(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, head, body, .. } = request;
    let Some(evidence) = signed_in::evidence(&app, &context, &head.headers).await? else {
        return over(&app, &context, &head.headers, body).await;
    };
    let begun_in = app.login.browser_of(evidence.session).await?.and_then(|(_, device)| device);
    let holder = FormHolder::Session(evidence.session);
    let fields = match form::read(&app, &context, &head.headers, body, Some(holder)).await? {
        Form::Valid(fields) => fields,
        // The page of an earlier session: it asks again.
        Form::Stale(_) => return reply::see_other(&format!("{}/logout", app.settings.path)),
    };
    let back = back(&context, fields.get("rd"));
    let browser = match begun_in {
        Some(device) if forgets(&fields) => BrowserAfterwards::Forgotten(device),
        Some(_) | None => BrowserAfterwards::Unchanged,
    };
    let ended = app.login.log_out(&context, evidence.session, evidence.identity.account, browser).await?;
    let mut answer = reply::with_cookie(signed_out(&app, ended, &back)?, cookies::clear_session(&app, &context)?);
    // Pages of the site must not reappear from the browser cache. `"cookies"` would also delete the cookies of sibling
    // hosts.
    answer.headers_mut().insert(CLEAR_SITE_DATA, HeaderValue::from_static("\"cache\""));
    if begun_in.is_none() && forgets(&fields) {
        return Ok(reply::with_cookie(answer, cookies::clear_device(&app, &context)?));
    }
    Ok(answer)
}

/// The answer without a session. Either nobody is signed in, or the form was posted from another site and the browser left
/// our cookie out (SameSite=Lax). In that case, clearing the session cookie here would let the other site log the visitor
/// out. Whose browser it is cannot be told any more, so "forget this browser" in a form of this origin takes its device
/// cookie away: the next sign-in here asks for a code. The page says that nobody is signed in, and no more.
async fn over(app: &App, context: &RequestContext, headers: &HeaderMap, body: VisitorBody) -> Result<Page, Problem> {
    let answer = signed_out(app, LogOut::Written, "")?;
    match form::read_unbound(context, headers, body).await {
        Ok(fields) if forgets(&fields) => Ok(reply::with_cookie(answer, cookies::clear_device(app, context)?)),
        // There is nothing to end, so whatever else was sent gets the same answer.
        Ok(_) | Err(_) => Ok(answer),
    }
}

fn forgets(fields: &Fields) -> bool {
    fields.get("forget") == "1"
}

/// Redirects to the login page, which confirms the log-out, or sends a visitor who is signed in on.
fn signed_out(app: &App, ended: LogOut, back: &str) -> Result<Page, Problem> {
    let out = match ended {
        LogOut::Written => "1",
        LogOut::InMemory => "unsaved",
    };
    let login = query::with(&format!("{}/login", app.settings.path), "out", out);
    reply::see_other(&if back.is_empty() { login } else { query::with(&login, "rd", back) })
}

/// Where to sign in for after switching the account: a path on this host; empty for the start page.
fn back(context: &RequestContext, written: &str) -> String {
    if written.is_empty() {
        return String::new();
    }
    ReturnTarget::read(written, &context.origin, |_| false).seen_from(&context.origin)
}

fn page(view: View<'_>, evidence: &Evidence, csrf: String, remembered: bool, rd: String) -> LogoutPage {
    let frame = Frame::new(view, Emblem::Open);
    let signed_in_as = frame.texts.logout.signed_in_as(&evidence.identity.shown_name());
    LogoutPage { frame, signed_in_as, csrf, remembered, rd }
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use crate::portal::tests::{HOSTILE, Sample, evidence, reader, settings};

    /// Samples of the page in every state.
    pub(crate) fn all() -> Vec<Sample> {
        let sample = |name, person, remembered| {
            Sample::new(
                name,
                &page(
                    View { settings: &settings(), reader: &reader() },
                    &evidence("ada", Some(person)),
                    "token".to_owned(),
                    remembered,
                    String::new(),
                ),
            )
        };
        vec![
            sample("logout", "Ada Lovelace", false),
            sample("logout-remembered", "Ada Lovelace", true),
            sample("logout-hostile", HOSTILE, false),
        ]
    }
}

//! Redirects a signed-in visitor to their return target.
//!
//! A session is handed over to another origin only with the person's consent: they have just signed in on our page,
//! pressed the button of [`consent`](crate::portal::consent), or come from this site or their own address bar. A link
//! on another site alone does not start a hand-over.

use crate::portal::page::Page;
use http::HeaderMap;

use crate::domain::identifier::SessionId;
use crate::domain::request_context::RequestContext;
use crate::login::LoginIntent;
use crate::login::SignedIn;
use crate::portal::reply;
use crate::web::login_url::LoginLocation;
use crate::web::navigation::{self, Initiator};
use crate::web::{App, Problem, cookies};

/// Whether the person consents to the hand-over of their session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Consent {
    Given,
    /// Only a page of another site asked for it.
    Missing,
}

impl Consent {
    /// Whether the headers of a navigation show consent.
    pub(super) fn of_navigation(headers: &HeaderMap) -> Self {
        match navigation::initiator(headers) {
            Initiator::SameSite => Self::Given,
            Initiator::CrossSite => Self::Missing,
        }
    }
}

/// Redirects to the return target. If its host has its own session cookie, the redirect carries a hand-over token.
pub(super) async fn to(
    app: &App,
    context: &RequestContext,
    session: SessionId,
    intent: &LoginIntent,
    consent: Consent,
) -> Result<Page, Problem> {
    let place = &intent.return_to;
    if *place.origin() == context.origin {
        return reply::see_other(&place.seen_from(&context.origin));
    }
    // Checked again: the origin may have been removed from the configuration since the sign-in began.
    if !app.knows(place.origin()) {
        return reply::see_other(&format!("{}/", app.settings.path));
    }
    if let (LoginLocation::HandedOver(_), Some(nonce)) = (app.settings.login_location(place.origin()), intent.nonce) {
        if consent == Consent::Missing {
            return reply::see_other(&intent.address(&app.settings, context, "continue"));
        }
        if app.registry.goes_round(session, &place.url()) {
            return Err(Problem::Loop);
        }
        if let Some(token) = app.login.hand_over(context, session, nonce, place).await? {
            return reply::see_other(&format!("{}{}/finish?token={token}", place.origin(), app.settings.path));
        }
    }
    reply::see_other(&place.url())
}

/// Completes a sign-in: sets the session and device cookies, clears the sign-in cookie and redirects to the target.
pub(super) async fn enter(app: &App, context: &RequestContext, signed_in: SignedIn) -> Result<Page, Problem> {
    let SignedIn { session_cookie, device_cookie, session, intent } = signed_in;
    let answer = to(app, context, session, &intent, Consent::Given).await?;
    let answer = reply::with_cookie(answer, cookies::set_session(app, context, &session_cookie)?);
    let answer = match device_cookie {
        Some(device) => reply::with_cookie(answer, cookies::set_device(app, context, &device)?),
        None => answer,
    };
    Ok(reply::with_cookie(answer, cookies::clear_sign_in(app, context)?))
}

//! Where a visitor who is signed in goes on to.

use axum::response::Response;

use crate::domain::identifier::SessionId;
use crate::login::SignedIn;
use crate::portal::errand::Errand;
use crate::portal::reply;
use crate::web::way_in::SignInAt;
use crate::web::{App, Problem, Visit, cookies};

/// On to the place itself; where that is on a host with a cookie of its own, with a token for it.
pub async fn to(app: &App, visit: &Visit, session: SessionId, errand: &Errand) -> Result<Response, Problem> {
    let place = &errand.return_to;
    if place.origin().authority().host() == visit.host() {
        return reply::see_other(&place.seen_from(&visit.here));
    }
    // Judged anew: what was ours when the sign-in began may have left the configuration meanwhile.
    if !app.knows(place.origin()) {
        return reply::see_other(&format!("{}/", app.settings.path));
    }
    if let (SignInAt::HandedOver(_), Some(nonce)) = (app.settings.sign_in_at(place.origin()), errand.nonce)
        && let Some(token) = app.login.hand_over(session, nonce, place).await.map_err(reply::failed)?
    {
        return reply::see_other(&format!("{}{}/finish?token={token}", place.origin(), app.settings.path));
    }
    reply::see_other(&place.url())
}

/// Signed in: the new cookies, the end of the old one, and on.
pub async fn enter(app: &App, visit: &Visit, signed_in: SignedIn) -> Result<Response, Problem> {
    let SignedIn { session_cookie, device_cookie, return_to, session, nonce } = signed_in;
    let errand = Errand { nonce, ..Errand::to(return_to) };
    let answer = to(app, visit, session, &errand).await?;
    let answer = reply::with_cookie(answer, cookies::set_session(app, visit, &session_cookie)?);
    let answer = match device_cookie {
        Some(device) => reply::with_cookie(answer, cookies::set_device(app, visit, &device)?),
        None => answer,
    };
    Ok(reply::with_cookie(answer, cookies::clear_sign_in(app, visit)?))
}

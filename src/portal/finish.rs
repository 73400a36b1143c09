//! The last step of a sign-in at the portal: on the host that began it, the token is exchanged for a session cookie.
//!
//! This is the only GET that spends something or signs somebody in. It needs no form token: the hand-over token is
//! valid once, and only in the browser that holds the nonce.

use crate::domain::forgery_reason::ForgeryReason;
use crate::portal::page::{Page, PageRequest};
use crate::portal::query::Query;
use crate::portal::{reply, signed_in};
use crate::web::form;
use crate::web::login_url::LoginLocation;
use crate::web::{Problem, cookies};

/// `GET /finish`.
pub(super) async fn show(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, head, .. } = request;
    let query = Query::read(head.uri.query())?;
    if !matches!(app.settings.login_location(&context.origin), LoginLocation::HandedOver(_)) {
        return Err(Problem::NotFound);
    }
    let nonce = cookies::sign_in(&app, &context, &head.headers);
    let arrived = app.login.redeem_handover(&context, query.get("token"), nonce).await?;
    if let Some(arrived) = arrived {
        let answer = reply::see_other(&arrived.return_to.seen_from(&context.origin))?;
        return Ok(reply::with_cookie(answer, cookies::set_session(&app, &context, &arrived.session_cookie)?));
    }
    // The same URL a second time, by the back button or a double click. A signed-in visitor is sent on.
    match signed_in::evidence(&app, &context, &head.headers).await? {
        Some(_) => reply::see_other("/"),
        None => Err(form::forged(&context, ForgeryReason::HandOver)),
    }
}

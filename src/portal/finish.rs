//! The last step of a sign-in at the portal: back on the host that began it, where the token becomes a session cookie.
//!
//! The only GET that spends something or signs somebody in. It needs no form token: what it spends counts once, and only
//! in the browser that holds the nonce.

use std::sync::Arc;

use axum::extract::{Extension, RawQuery, State};
use axum::response::Response;
use http::HeaderMap;

use crate::domain::request_context::RequestContext;
use crate::portal::query::Query;
use crate::portal::{reply, signed_in};
use crate::web::form;
use crate::web::login_url::LoginLocation;
use crate::web::{App, Problem, cookies};

/// `GET /finish`.
pub async fn show(
    State(app): State<Arc<App>>,
    Extension(context): Extension<Arc<RequestContext>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = Query::read(query.as_deref())?;
    if !matches!(app.settings.login_location(&context.origin), LoginLocation::HandedOver(_)) {
        return Err(Problem::NotFound);
    }
    let nonce = cookies::sign_in(&app, &context, &headers);
    let arrived = app.login.redeem_handover(&context, query.get("token"), nonce).await.map_err(reply::failed)?;
    if let Some(arrived) = arrived {
        let answer = reply::see_other(&arrived.return_to.seen_from(&context.origin))?;
        return Ok(reply::with_cookie(answer, cookies::set_session(&app, &context, &arrived.session_cookie)?));
    }
    // The same address once more, by the back button or a second click: who is in already goes on.
    match signed_in::evidence(&app, &context, &headers).await? {
        Some(_) => reply::see_other("/"),
        None => {
            Err(form::forged(&context, "the sign-in was begun in another browser, or its token is spent or too old"))
        }
    }
}

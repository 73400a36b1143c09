//! The code page asked for, and a typed code.

use std::sync::Arc;

use axum::extract::{Extension, RawQuery, Request, State};
use axum::response::Response;
use http::HeaderMap;

use crate::login::VerifyOutcome;
use crate::portal::code::{self, Say};
use crate::portal::query::Query;
use crate::portal::{redirect, reply};
use crate::web::Visit;
use crate::web::form::{self, FormHolder};
use crate::web::{App, Problem, cookies};

/// `GET /verify`.
pub async fn show(
    State(app): State<Arc<App>>,
    Extension(visit): Extension<Arc<Visit>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = Query::read(query.as_deref())?;
    let Some(sign_in) = cookies::sign_in(&app, &visit, &headers) else {
        return reply::see_other(&format!("{}/login", app.settings.path));
    };
    match app.login.code_page(&visit.here, sign_in).await.map_err(reply::failed)? {
        Some(state) => {
            let say = Say::believed(query.get("sent"), state.sent);
            code::answer(&app, &visit, sign_in, &state, say)
        }
        None => code::over(&app, &visit),
    }
}

/// `POST /verify`: the field `code`.
pub async fn submit(
    State(app): State<Arc<App>>,
    Extension(visit): Extension<Arc<Visit>>,
    request: Request,
) -> Result<Response, Problem> {
    // Without the cookie there is no sign-in, hence nothing that this form could change.
    let Some(sign_in) = cookies::sign_in(&app, &visit, request.headers()) else {
        return reply::see_other(&format!("{}/login?over=1", app.settings.path));
    };
    let attempt = visit.attempt(cookies::device(&app, &visit, request.headers()));
    let fields = form::read(&app, &visit, request, FormHolder::SignIn(sign_in)).await?;
    let outcome = app.login.verify(&attempt, sign_in, fields.get("code")).await;
    let say = match outcome.map_err(reply::failed)? {
        VerifyOutcome::SignedIn(signed_in) => return redirect::enter(&app, &visit, signed_in).await,
        VerifyOutcome::Over => return code::over(&app, &visit),
        VerifyOutcome::Wrong => Say::Wrong,
        VerifyOutcome::Unavailable => Say::Unchecked,
        VerifyOutcome::Wait(wait) => Say::WaitGuess(wait),
    };
    code::again(&app, &visit, sign_in, say).await
}

//! The code page asked for, and a typed code.

use std::sync::Arc;

use axum::extract::{Extension, RawQuery, Request, State};
use axum::response::Response;
use http::HeaderMap;

use crate::domain::request_context::RequestContext;
use crate::login::VerifyOutcome;
use crate::portal::code::{self, Say};
use crate::portal::query::Query;
use crate::portal::{redirect, reply};
use crate::web::form::{self, FormHolder};
use crate::web::{App, Problem, cookies};

/// `GET /verify`.
pub async fn show(
    State(app): State<Arc<App>>,
    Extension(context): Extension<Arc<RequestContext>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = Query::read(query.as_deref())?;
    let Some(sign_in) = cookies::sign_in(&app, &context, &headers) else {
        return reply::see_other(&format!("{}/login", app.settings.path));
    };
    match app.login.code_page(&context, sign_in).await.map_err(reply::failed)? {
        Some(state) => {
            let say = Say::believed(query.get("sent"), state.challenge.sent);
            code::answer(&app, &context, sign_in, &state, say)
        }
        None => code::over(&app, &context),
    }
}

/// `POST /verify`: the field `code`.
pub async fn submit(
    State(app): State<Arc<App>>,
    Extension(context): Extension<Arc<RequestContext>>,
    request: Request,
) -> Result<Response, Problem> {
    // Without the cookie there is no sign-in, hence nothing that this form could change.
    let Some(sign_in) = cookies::sign_in(&app, &context, request.headers()) else {
        return reply::see_other(&format!("{}/login?over=1", app.settings.path));
    };
    let device = cookies::device(&app, &context, request.headers());
    let fields = form::read(&app, &context, request, FormHolder::SignIn(sign_in)).await?;
    let outcome = app.login.verify(&context, device.as_ref(), sign_in, fields.get("code")).await;
    let say = match outcome.map_err(reply::failed)? {
        VerifyOutcome::SignedIn(signed_in) => return redirect::enter(&app, &context, signed_in).await,
        VerifyOutcome::Over => return code::over(&app, &context),
        VerifyOutcome::Wrong => Say::Wrong,
        VerifyOutcome::Unavailable => Say::Unchecked,
        VerifyOutcome::Wait(wait) => Say::WaitGuess(wait),
    };
    code::again(&app, &context, sign_in, say).await
}

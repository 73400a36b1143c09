//! Forgets remembered browsers: the form of the account page.

use crate::login::Forgetting;
use crate::portal::page::{Page, PageRequest};
use crate::portal::{reply, signed_in};
use crate::web::Problem;
use crate::web::form::{self, Form, FormHolder};

/// `GET /forget` forgets nothing. A visitor gets here by reloading the page from the address bar.
pub(super) fn show(request: &PageRequest) -> Result<Page, Problem> {
    reply::see_other(&format!("{}/", request.app.settings.path))
}

/// `POST /forget`: the field `browsers` is `this` or `all`. One factor is enough: forgetting only asks for more.
pub(super) async fn submit(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, head, body, .. } = request;
    let path = &app.settings.path;
    let Some(evidence) = signed_in::evidence(&app, &context, &head.headers).await? else {
        return reply::see_other(&format!("{path}/login?over=1"));
    };
    let holder = FormHolder::Session(evidence.session);
    let Form::Valid(fields) = form::read(&app, &context, &head.headers, body, Some(holder)).await? else {
        // The page of an earlier session: it is shown again.
        return reply::see_other(&format!("{path}/"));
    };
    let which = match fields.get("browsers") {
        "this" => Forgetting::This,
        "all" => Forgetting::All,
        _ => return Err(Problem::BadRequest("the field `browsers` is `this` or `all`")),
    };
    app.login.forget_browsers(&context, evidence.session, which).await?;
    reply::see_other(&format!("{path}/?forgotten=1"))
}

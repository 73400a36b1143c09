//! Pages that stand where people sign in: asked for on another host, they send the visitor there.

use std::sync::Arc;

use axum::extract::{Extension, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::domain::request_context::RequestContext;
use crate::login::LoginIntent;
use crate::portal::query::Query;
use crate::portal::reply;
use crate::web::login_url::{Form, LoginLocation};
use crate::web::{App, Problem};

/// Lets a request through where people sign in, and redirects it there from everywhere else. A form that was sent here
/// is not read: its page stands there.
pub async fn redirect(
    State(app): State<Arc<App>>,
    Extension(context): Extension<Arc<RequestContext>>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let portal = match app.settings.login_location(&context.origin) {
        LoginLocation::Here => return Ok(next.run(request).await),
        LoginLocation::Portal(portal) | LoginLocation::HandedOver(portal) => portal,
    };
    let query = Query::read(request.uri().query())?;
    if query.get("rd").is_empty() {
        let page = request.uri().path_and_query().map_or("/", |page| page.as_str());
        return reply::see_other(&format!("{portal}{page}"));
    }
    let intent = LoginIntent::read(&app, &context, |word| query.get(word));
    let login_url = app.settings.login_url(&context.origin, Some(&intent.return_to), &intent.method, Form::Short);
    reply::see_other(&login_url)
}

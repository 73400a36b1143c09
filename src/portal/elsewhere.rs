//! Pages that stand where people sign in: asked for on another host, they send the visitor there.

use std::sync::Arc;

use axum::extract::{Extension, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::portal::errand::Errand;
use crate::portal::query::Query;
use crate::portal::reply;
use crate::web::way_in::{Form, SignInAt};
use crate::web::{App, Problem, Visit};

/// Lets a request through where people sign in, and redirects it there from everywhere else. A form that was sent here
/// is not read: its page stands there.
pub async fn redirect(
    State(app): State<Arc<App>>,
    Extension(visit): Extension<Arc<Visit>>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let portal = match app.settings.sign_in_at(&visit.here) {
        SignInAt::Here => return Ok(next.run(request).await),
        SignInAt::Portal(portal) | SignInAt::HandedOver(portal) => portal,
    };
    let query = Query::read(request.uri().query())?;
    if query.get("rd").is_empty() {
        let page = request.uri().path_and_query().map_or("/", |page| page.as_str());
        return reply::see_other(&format!("{portal}{page}"));
    }
    let errand = Errand::read(&app, &visit, |word| query.get(word));
    let way_in = app.settings.way_in(&visit.here, Some(&errand.return_to), &errand.method, Form::Short);
    reply::see_other(&way_in)
}

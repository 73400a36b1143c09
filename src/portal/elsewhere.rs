//! Redirects requests for sign-in pages from hosts that do not have them to the portal.

use http::request::Parts;

use crate::domain::request_context::RequestContext;
use crate::login::LoginIntent;
use crate::portal::page::Page;
use crate::portal::query::Query;
use crate::portal::reply;
use crate::web::login_url::{LoginLocation, UrlForm};
use crate::web::{App, Problem};

/// The redirect to the portal; `None` if people sign in on this host. A form posted to this host is not read, because
/// its page is served by the portal.
pub(super) fn redirect(app: &App, context: &RequestContext, head: &Parts) -> Result<Option<Page>, Problem> {
    let portal = match app.settings.login_location(&context.origin) {
        LoginLocation::Here => return Ok(None),
        LoginLocation::Portal(portal) | LoginLocation::HandedOver(portal) => portal,
    };
    let query = Query::read(head.uri.query())?;
    if query.get("rd").is_empty() {
        let page = head.uri.path_and_query().map_or("/", |page| page.as_str());
        return reply::see_other(&format!("{portal}{page}")).map(Some);
    }
    let intent = LoginIntent::read(app, context, |word| query.get(word));
    let login_url = app.settings.login_url(&context.origin, Some(&intent.return_to), &intent.method, UrlForm::Relative);
    reply::see_other(&login_url).map(Some)
}

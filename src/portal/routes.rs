//! All routes of the portal.

use std::sync::Arc;

use http::{Method, Request};

use crate::domain::forgery_reason::ForgeryReason;
use crate::domain::request_context::RequestContext;
use crate::portal::page::{Page, PageRequest};
use crate::portal::{
    account, confirm, consent, elsewhere, factors, finish, forget, framed, jwks, language, login, logout,
    passkey_login, send, start, unsent, verify,
};
use crate::upstream::VisitorBody;
use crate::web::navigation::is_page_load;
use crate::web::{App, Problem, Reader, form};

/// Pages that exist only where people sign in. Other hosts redirect to them.
const SIGN_IN_PAGES: [&str; 8] =
    ["/", "/login", "/login/passkey", "/verify", "/verify/send", "/continue", "/confirm", "/forget"];

const READ: &str = "GET, HEAD";
const READ_AND_POST: &str = "GET, HEAD, POST";

/// Handles a request below the portal's prefix. Unknown paths are 404 and never reach the site.
pub(crate) async fn handle(
    app: Arc<App>,
    context: RequestContext,
    request: Request<VisitorBody>,
) -> Result<Page, Problem> {
    let (head, body) = request.into_parts();
    let path = head.uri.path().strip_prefix(&app.settings.path).unwrap_or_default().to_owned();
    if (SIGN_IN_PAGES.contains(&path.as_str()) || factors::is_factor_page(&path))
        && let Some(redirect) = elsewhere::redirect(&app, &context, &head)?
    {
        return Ok(redirect);
    }
    // The site behind us may share this origin, so its scripts may ask for these pages with the person's session.
    if (path == "/confirm" || factors::is_factor_page(&path)) && !is_page_load(&head.headers) {
        return Err(form::forged(&context, ForgeryReason::FetchMode));
    }
    let is_post = head.method == Method::POST;
    let is_read = head.method == Method::GET || head.method == Method::HEAD;
    let reader = Reader::of(&head.headers, &head.uri);
    let request = PageRequest { app, context, reader, head, body };
    match path.as_str() {
        "/" if is_read => account::show(request).await,
        "/login" if is_read => login::show(request).await,
        "/login" if is_post => login::submit(request).await,
        "/login/passkey" if is_read => passkey_login::show(&request),
        "/login/passkey" if is_post => passkey_login::submit(request).await,
        "/verify" if is_read => verify::show(request).await,
        "/verify" if is_post => verify::submit(request).await,
        "/verify/send" if is_read => send::show(&request),
        "/verify/send" if is_post => send::submit(request).await,
        "/continue" if is_read => consent::show(request).await,
        "/continue" if is_post => consent::submit(request).await,
        "/confirm" if is_read => confirm::show(request).await,
        "/confirm" if is_post => confirm::submit(request).await,
        "/forget" if is_read => forget::show(&request),
        "/forget" if is_post => forget::submit(request).await,
        "/start" if is_read => start::show(request).await,
        "/finish" if is_read => finish::show(request).await,
        "/logout" if is_read => logout::show(request).await,
        "/logout" if is_post => logout::submit(request).await,
        "/framed" if is_read => framed::show(&request),
        "/unsent" if is_read => unsent::show(&request),
        "/language" if is_read => language::show(&request),
        "/jwks.json" if is_read => Ok(jwks::show(&request)),
        "/" | "/start" | "/finish" | "/framed" | "/unsent" | "/language" | "/jwks.json" => {
            Err(Problem::MethodNotAllowed(READ))
        }
        "/login" | "/login/passkey" | "/verify" | "/verify/send" | "/continue" | "/confirm" | "/forget" | "/logout" => {
            Err(Problem::MethodNotAllowed(READ_AND_POST))
        }
        path if factors::is_factor_page(path) => factors::handle(path, request).await,
        _ => Err(Problem::NotFound),
    }
}

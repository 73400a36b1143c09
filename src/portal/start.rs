//! The first step of a sign-in for a host without a sign-in page: stores a nonce in the browser and redirects to the
//! portal with the nonce's hash.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::domain::identifier::SignInId;
use crate::domain::return_target::ReturnTarget;
use crate::keys;
use crate::login::LoginIntent;
use crate::portal::login_intent::SessionSufficiency;
use crate::portal::page::{Page, PageRequest};
use crate::portal::query::{self, Query};
use crate::portal::{reply, signed_in};
use crate::web::login_url::{LoginLocation, UrlForm};
use crate::web::{Problem, cookies};

/// A site is reached at one origin: a token sent to another port of its host would reach another program.
const OTHER_ORIGIN: &str = "this site is configured with another scheme or port: it has those of `portal.url`, \
                            or the port in `sites.host`, such as `host = \"app.example.com:8443\"`";

/// `GET /start`.
pub(super) async fn show(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, head, .. } = request;
    let query = Query::read(head.uri.query())?;
    let mut intent = LoginIntent::read(&app, &context, |word| query.get(word));
    // This host does not redirect visitors to other hosts.
    if *intent.return_to.origin() != context.origin {
        intent.return_to = ReturnTarget::home(&context.origin);
    }
    let LoginLocation::HandedOver(portal) = app.settings.login_location(&context.origin) else {
        let place = Some(&intent.return_to);
        return reply::see_other(&app.settings.login_url(&context.origin, place, &intent.method, UrlForm::Relative));
    };
    // The portal would hand nothing over to this origin. Report it here, where the operator looks.
    if !app.knows(&context.origin) {
        return Err(Problem::BadRequest(OTHER_ORIGIN));
    }
    let evidence = signed_in::evidence(&app, &context, &head.headers).await?;
    if evidence.is_some_and(|evidence| intent.sufficiency(&app, &context, &evidence) == SessionSufficiency::Enough) {
        return reply::see_other(&intent.return_to.seen_from(&context.origin));
    }
    // All tabs of this browser share one nonce, so that each of them can finish. The cookie is set again to restart its
    // hour.
    let nonce = match cookies::sign_in(&app, &context, &head.headers) {
        Some(known) => known,
        None => SignInId::draw(&mut app.random.clone())?,
    };
    let hash = URL_SAFE_NO_PAD.encode(keys::nonce_hash(nonce.as_bytes()));
    let mut url = query::with(&format!("{portal}{}/login", app.settings.path), "rd", &intent.return_to.url());
    url = query::with(&url, "nonce", &hash);
    if query.get("lost") == "1" {
        url = query::with(&url, "lost", "1");
    }
    if !intent.fields(&context).rm.is_empty() {
        url = query::with(&url, "rm", intent.method.as_str());
    }
    Ok(reply::with_cookie(reply::see_other(&url)?, cookies::set_sign_in(&app, &context, nonce)?))
}

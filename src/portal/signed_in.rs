//! Who is signed in on this host.

use http::HeaderMap;

use crate::domain::request_context::RequestContext;
use crate::policy::{Evidence, Principal};
use crate::web::{App, Problem};

/// The evidence of the visitor's live session. `None` if there is none. An error becomes 503: a failing store must not
/// make a signed-in visitor look anonymous.
pub(super) async fn evidence(
    app: &App,
    context: &RequestContext,
    headers: &HeaderMap,
) -> Result<Option<Evidence>, Problem> {
    match app.authn.session(headers, &context.origin, context.now).await? {
        Principal::Session(evidence) => Ok(Some(evidence)),
        Principal::Anonymous(_) | Principal::Token(..) | Principal::Password(_) => Ok(None),
    }
}

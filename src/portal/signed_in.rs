//! Who is signed in, for the pages that differ by it.

use http::HeaderMap;

use crate::domain::request_context::RequestContext;
use crate::policy::{Evidence, Principal};
use crate::web::{App, Problem};

/// What the visitor's live session proves, or none. An error is 503: a page must not take a visitor for a stranger
/// only because the store is away.
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

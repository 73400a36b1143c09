//! Who may change factors: the owner of a session with two factors, the second given a short time ago.

use std::time::Duration;

use http::HeaderMap;

use crate::account::Owner;
use crate::domain::assurance::Assurance;
use crate::domain::request_context::RequestContext;
use crate::platform::clock::{SKEW, Timestamp};
use crate::policy::Evidence;
use crate::portal::page::Page;
use crate::portal::{query, reply, signed_in};
use crate::upstream::VisitorBody;
use crate::web::form::{self, Fields, Form, FormHolder};
use crate::web::{App, Problem};

/// How long ago the second factor may have been given.
const FRESH: Duration = Duration::from_mins(10);

/// Whether a request may go on.
pub(super) enum FreshSession {
    /// It may. Whose it is, and in which session.
    Granted(Owner),
    /// The page that the browser gets instead.
    Elsewhere(Box<Page>),
}

/// Whether a form may be carried out.
pub(super) enum FactorFormOutcome {
    /// It may.
    Valid(FactorForm),
    /// The page that the browser gets instead.
    Elsewhere(Box<Page>),
}

/// A form of a page that changes factors, from its own page and in a fresh session.
pub(super) struct FactorForm {
    pub owner: Owner,
    /// For the token of the next form.
    pub holder: FormHolder,
    pub fields: Fields,
}

/// Whether a path of ours, without the prefix, is a page that changes factors.
pub(in crate::portal) fn is_factor_page(path: &str) -> bool {
    path.starts_with("/account/")
}

/// Whether the session is one with two factors, the second given a short time ago, and in this session: that a browser is
/// remembered proves nothing about who sits before it now.
pub(in crate::portal) fn may_change(evidence: &Evidence, now: Timestamp) -> bool {
    let given = evidence.authenticated_at;
    let fresh = now.since(given) <= FRESH && given <= now.plus(SKEW);
    evidence.assurance == Assurance::TwoFactor && fresh && given >= evidence.created_at
}

/// Checks the session. `page` is where the person comes back to after they have signed in or given the factor again.
pub(super) async fn check(
    app: &App,
    context: &RequestContext,
    headers: &HeaderMap,
    page: &str,
) -> Result<FreshSession, Problem> {
    let path = &app.settings.path;
    let here = format!("{path}{page}");
    let Some(evidence) = signed_in::evidence(app, context, headers).await? else {
        return reply::see_other(&query::with(&format!("{path}/login"), "rd", &here))
            .map(|page| FreshSession::Elsewhere(Box::new(page)));
    };
    if !may_change(&evidence, context.now) {
        return reply::see_other(&query::with(&format!("{path}/confirm"), "rd", &here))
            .map(|page| FreshSession::Elsewhere(Box::new(page)));
    }
    let owner = Owner { account: evidence.identity.account, session: evidence.session };
    Ok(FreshSession::Granted(owner))
}

/// Reads a form after [`check`]. Somebody whose session or form is too old starts at `page` again.
pub(super) async fn read_form(
    app: &App,
    context: &RequestContext,
    headers: &HeaderMap,
    body: VisitorBody,
    page: &str,
) -> Result<FactorFormOutcome, Problem> {
    let owner = match check(app, context, headers, page).await? {
        FreshSession::Granted(owner) => owner,
        FreshSession::Elsewhere(page) => return Ok(FactorFormOutcome::Elsewhere(page)),
    };
    let holder = FormHolder::Session(owner.session);
    let Form::Valid(fields) = form::read(app, context, headers, body, Some(holder)).await? else {
        return reply::see_other(&format!("{}{page}", app.settings.path))
            .map(|page| FactorFormOutcome::Elsewhere(Box::new(page)));
    };
    Ok(FactorFormOutcome::Valid(FactorForm { owner, holder, fields }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::tests::evidence;

    #[test]
    fn only_a_second_factor_of_this_session_and_of_a_short_time_ago_opens_the_pages() {
        let session = evidence("ada", None);
        let given = session.authenticated_at;
        assert!(may_change(&session, given) && may_change(&session, given.plus(FRESH)));
        assert!(!may_change(&session, given.plus(FRESH).plus(Duration::from_secs(1))));
        assert!(!may_change(&session, given.minus(SKEW).minus(Duration::from_secs(1))), "the clock was set back");
        let password_alone = Evidence { assurance: Assurance::OneFactor, ..session.clone() };
        assert!(!may_change(&password_alone, given));
        let remembered = Evidence { created_at: given.plus(Duration::from_secs(1)), ..session };
        assert!(!may_change(&remembered, given.plus(Duration::from_secs(2))), "a password in a remembered browser");
    }
}

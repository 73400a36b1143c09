//! Runs the checks of a real request on the tested request.

use std::net::IpAddr;
use std::sync::Arc;

use http::Method;

use super::account::Somebody;
use super::url::RequestUrl;
use crate::authorize;
use crate::domain::assurance::Assurance;
use crate::domain::client::{ClientAddress, Peer};
use crate::domain::denial_reason::DenialReason;
use crate::domain::exchange_kind::ExchangeKind;
use crate::domain::identifier::{SessionId, TokenId};
use crate::platform::clock::Timestamp;
use crate::policy::{
    Budget, Credential, Evidence, Explanation, PolicyMatch, PolicyQuery, Principal, Site, Sites, explain,
};
use crate::store::AccountStatus;
use crate::web::{HostRole, Problem, Settings, check_path, check_scheme, host_role, request_method};

/// The settings that the decision depends on.
pub(super) struct RuleSettings {
    pub(super) sites: Sites,
    pub(super) web: Settings,
    /// Where each rule was written, by site and rule.
    pub(super) origins: Vec<Vec<String>>,
}

/// The request to test.
pub(super) struct TestedRequest<'a> {
    pub(super) url: &'a RequestUrl,
    pub(super) method: &'a Method,
    pub(super) client: Option<IpAddr>,
    pub(super) account: Option<&'a Somebody>,
}

/// The result.
pub(super) enum Finding {
    /// The request is refused before any rule is evaluated.
    Refused(Problem),
    /// The gateway itself answers; no rule is evaluated.
    Ours,
    /// A rule decides.
    Ruled(Box<Ruled>),
}

/// A rule's decision.
pub(super) struct Ruled {
    pub(super) site: Arc<Site>,
    pub(super) explanation: Explanation,
    /// Where the deciding rule was written. `None` if no rule matched.
    pub(super) origin: Option<String>,
    /// Whether `browser_assets` opens the path, whatever the rule requires.
    pub(super) opened: bool,
    pub(super) verdicts: Vec<Verdict>,
}

/// Whether a request with one kind of credential passes.
pub(super) struct Verdict {
    pub(super) shown: &'static str,
    pub(super) refusal: Option<DenialReason>,
}

/// An arbitrary time: the tested factor is given at this time.
const NOW: Timestamp = Timestamp::from_millis(0);

pub(super) fn judge(settings: &RuleSettings, request: &TestedRequest<'_>) -> Finding {
    let judged = place(settings, request).and_then(|site| match site {
        None => Ok(Finding::Ours),
        Some(site) => rule(settings, request, &site).map(|ruled| Finding::Ruled(Box::new(ruled))),
    });
    judged.unwrap_or_else(Finding::Refused)
}

/// Finds the site with the checks of `server/receive`. `None`: a page of ours.
fn place(settings: &RuleSettings, request: &TestedRequest<'_>) -> Result<Option<Arc<Site>>, Problem> {
    let RequestUrl { origin, target } = request.url;
    request_method::check(request.method)?;
    check_scheme(origin, settings.web.plain_http)?;
    let host_role = host_role(&settings.sites, settings.web.portal.as_ref(), origin.authority().host())
        .ok_or(Problem::UnknownSite)?;
    let HostRole::Site(site) = host_role else { return Ok(None) };
    check_path(target, Some(&site))?;
    Ok((!settings.web.owns(target.path())).then_some(site))
}

fn rule(settings: &RuleSettings, request: &TestedRequest<'_>, site: &Arc<Site>) -> Result<Ruled, Problem> {
    let path = authorize::interpretations(&settings.web, &request.url.target)?;
    let client = request.client.map_or(Peer::Unix, Peer::Address);
    let asked = PolicyQuery {
        site,
        method: request.method,
        also: &[],
        kind: ExchangeKind::Http,
        target: &request.url.target,
        path: &path,
        client: ClientAddress::of_peer(client),
    };
    let policy_match = PolicyMatch::find(&asked, &mut Budget::for_one_request())?;
    let explanation = explain(&asked)?;
    let place = explanation.rule;
    let written = |rule: usize| settings.origins.get(place.site.0)?.get(rule).cloned();
    let origin = place.rule.and_then(written);
    let verdicts = verdicts(&policy_match, request.account);
    let opened = policy_match.is_opened();
    Ok(Ruled { site: Arc::clone(site), explanation, origin, opened, verdicts })
}

fn verdicts(policy_match: &PolicyMatch<'_>, account: Option<&Somebody>) -> Vec<Verdict> {
    let judged = |shown, principal| Verdict { shown, refusal: policy_match.decide(principal, NOW).err() };
    let mut verdicts = vec![judged("nothing", Principal::Anonymous(DenialReason::NoSession))];
    let Some(Somebody { identity, status }) = account else { return verdicts };
    let session = |assurance| {
        let session = SessionId::from_bytes([0; 16]);
        Principal::Session(Evidence {
            session,
            identity: Arc::clone(identity),
            assurance,
            authenticated_at: NOW,
            created_at: NOW,
        })
    };
    let mut principals = vec![
        ("a session with a password only", session(Assurance::OneFactor)),
        ("a session with a fresh code", session(Assurance::TwoFactor)),
    ];
    if policy_match.accepts(Credential::Token) {
        principals.push(("an access token", Principal::Token(TokenId::from_bytes([0; 16]), Arc::clone(identity))));
    }
    if policy_match.accepts(Credential::Basic) {
        principals.push(("user name and password", Principal::Password(Arc::clone(identity))));
    }
    verdicts.extend(principals.into_iter().map(|(shown, principal)| match status {
        AccountStatus::Active => judged(shown, principal),
        AccountStatus::Disabled => judged(shown, Principal::Anonymous(DenialReason::AccountDisabled)),
    }));
    verdicts
}

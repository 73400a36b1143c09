//! What would happen to the request.

use std::net::IpAddr;
use std::sync::Arc;

use http::Method;

use super::account::Somebody;
use super::url::RequestUrl;
use crate::access::{Asked, Asker, Credential, Evidence, Explanation, Ruling, Site, Sites, explain};
use crate::domain::assurance::Assurance;
use crate::domain::client::{ClientAddress, Peer};
use crate::domain::identifier::{SessionId, TokenId};
use crate::domain::refusal::Refusal;
use crate::platform::clock::Timestamp;
use crate::store::AccountStatus;
use crate::web::{Hosted, Problem, Settings, check_path, check_scheme, hosted, request_method};

/// The gateway's settings, as far as they count here.
pub(super) struct House {
    pub(super) sites: Sites,
    pub(super) web: Settings,
    /// Where each rule was written.
    pub(super) origins: Vec<Vec<String>>,
}

/// What is asked.
pub(super) struct Question<'a> {
    pub(super) url: &'a RequestUrl,
    pub(super) method: &'a Method,
    pub(super) client: Option<IpAddr>,
    pub(super) account: Option<&'a Somebody>,
}

/// What comes of it.
pub(super) enum Finding {
    /// The request is refused before any rule is looked at.
    Refused(Problem),
    /// The gateway itself answers; no rule is looked at.
    Ours,
    /// A rule decides.
    Ruled(Box<Ruled>),
}

/// A rule's decision.
pub(super) struct Ruled {
    pub(super) site: Arc<Site>,
    pub(super) explanation: Explanation,
    /// Where the deciding rule was written, if one matched.
    pub(super) origin: Option<String>,
    pub(super) verdicts: Vec<Verdict>,
}

/// Whether one kind of visitor passes.
pub(super) struct Verdict {
    pub(super) shown: &'static str,
    pub(super) refusal: Option<Refusal>,
}

/// Any moment: the factor that is tried is given in it.
const NOW: Timestamp = Timestamp::from_millis(0);

pub(super) fn judge(house: &House, question: &Question<'_>) -> Finding {
    match place(house, question) {
        Err(problem) => Finding::Refused(problem),
        Ok(None) => Finding::Ours,
        Ok(Some(site)) => Finding::Ruled(Box::new(rule(house, question, site))),
    }
}

/// The site, by the way that a request takes through `server/receive`; `None`: a page of ours.
fn place(house: &House, question: &Question<'_>) -> Result<Option<Arc<Site>>, Problem> {
    let RequestUrl { origin, target } = question.url;
    request_method::check(question.method)?;
    check_scheme(origin, house.web.plain_http)?;
    let hosted =
        hosted(&house.sites, house.web.portal.as_ref(), origin.authority().host()).ok_or(Problem::UnknownSite)?;
    let Hosted::Site(site) = hosted else { return Ok(None) };
    check_path(target, Some(&site))?;
    let behind = target.path().strip_prefix(&house.web.path);
    let ours = behind.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    Ok((!ours).then_some(site))
}

fn rule(house: &House, question: &Question<'_>, site: Arc<Site>) -> Ruled {
    let client = question.client.map_or(Peer::Unix, Peer::Address);
    let asked = Asked {
        site: &site,
        method: question.method,
        target: &question.url.target,
        client: ClientAddress::of_peer(client),
    };
    let explanation = explain(&asked);
    let place = explanation.rule;
    let written = |rule: usize| house.origins.get(place.site.0)?.get(rule).cloned();
    let origin = place.rule.and_then(written);
    let verdicts = verdicts(&Ruling::find(&asked), question.account);
    Ruled { site, explanation, origin, verdicts }
}

fn verdicts(ruling: &Ruling<'_>, account: Option<&Somebody>) -> Vec<Verdict> {
    let judged = |shown, asker| Verdict { shown, refusal: ruling.decide(asker, NOW).err() };
    let mut verdicts = vec![judged("nothing", Asker::Nobody(Refusal::NoSession))];
    let Some(Somebody { identity, status }) = account else { return verdicts };
    let session = |assurance| {
        let session = SessionId::from_bytes([0; 16]);
        Asker::Session(Evidence { session, identity: Arc::clone(identity), assurance, authenticated_at: NOW })
    };
    let mut askers = vec![
        ("a session with the password alone", session(Assurance::OneFactor)),
        ("a session with a code just given", session(Assurance::TwoFactor)),
    ];
    if ruling.accepts(Credential::Token) {
        askers.push(("an access token", Asker::Token(TokenId::from_bytes([0; 16]), Arc::clone(identity))));
    }
    if ruling.accepts(Credential::Basic) {
        askers.push(("user name and password", Asker::Password(Arc::clone(identity))));
    }
    verdicts.extend(askers.into_iter().map(|(shown, asker)| match status {
        AccountStatus::Active => judged(shown, asker),
        AccountStatus::Disabled => judged(shown, Asker::Nobody(Refusal::AccountDisabled)),
    }));
    verdicts
}

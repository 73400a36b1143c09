//! Evaluates sample requests with a site's rules and the decision that real requests get.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use http::Method;

use crate::domain::assurance::Assurance;
use crate::domain::client::{ClientAddress, Peer};
use crate::domain::denial_reason::DenialReason;
use crate::domain::exchange_kind::ExchangeKind;
use crate::domain::identifier::{AccountId, SessionId};
use crate::domain::identity::Identity;
use crate::domain::path::PathInterpretations;
use crate::domain::site::SiteId;
use crate::domain::target::RequestTarget;
use crate::platform::clock::Timestamp;
use crate::policy::{
    AmbiguousPaths, Budget, Evidence, PolicyMatch, PolicyQuery, Principal, RuleId, Site, SiteSettings, WithoutSession,
};

/// An arbitrary time: the factors of the sample account are given at this time.
const NOW: Timestamp = Timestamp::from_millis(0);

/// One sample request.
#[derive(Clone, Copy)]
pub(super) struct TrialRequest<'a> {
    pub(super) method: &'a Method,
    pub(super) path: &'a str,
    pub(super) client: ClientAddress,
}

/// A site and a sample account.
pub(super) struct Trial {
    site: Arc<Site>,
    /// An account that no rule names. `None` if a rule happens to name it.
    outsider: Option<Arc<Identity>>,
}

/// Clients that belong to no network: a documentation address of each family (RFC 5737, RFC 3849).
pub(super) fn strangers() -> [ClientAddress; 2] {
    let four = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
    let six = IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1));
    [four, six].map(at)
}

/// A client at this address.
pub(super) const fn at(address: IpAddr) -> ClientAddress {
    ClientAddress::of_peer(Peer::Address(address))
}

impl Trial {
    pub(super) fn of(place: usize, settings: &SiteSettings) -> Self {
        let username = "nobody-of-these-rules".parse().ok();
        let outsider = username.map(|username| Identity {
            account: AccountId::from_bytes([0; 16]),
            username,
            name: None,
            email: None,
            groups: Vec::new(),
        });
        let named =
            |outsider: &Identity| settings.rules.iter().any(|rule| rule.people.accounts.contains(&outsider.username));
        let outsider = outsider.filter(|outsider| !named(outsider)).map(Arc::new);
        // What the options open is asked for by name; here the rules are judged.
        let settings = SiteSettings { without_session: WithoutSession::default(), ..settings.clone() };
        Self { site: Arc::new(Site { id: SiteId(place), settings }), outsider }
    }

    /// The rule that lets a request without credentials pass. `None`: the request is refused.
    pub(super) fn opens(&self, attempt: TrialRequest<'_>) -> Option<RuleId> {
        self.decide(attempt, Principal::Anonymous(DenialReason::NoSession))
    }

    /// The rule that lets an account pass that no rule names, with both factors just given.
    pub(super) fn opens_to_any_account(&self, attempt: TrialRequest<'_>) -> Option<RuleId> {
        let identity = Arc::clone(self.outsider.as_ref()?);
        let session = SessionId::from_bytes([0; 16]);
        let evidence =
            Evidence { session, identity, assurance: Assurance::TwoFactor, authenticated_at: NOW, created_at: NOW };
        self.decide(attempt, Principal::Session(evidence))
    }

    fn decide(&self, attempt: TrialRequest<'_>, shown: Principal) -> Option<RuleId> {
        let refuses = self.site.settings.ambiguous_paths == AmbiguousPaths::Refuse;
        if refuses && RequestTarget::parse(attempt.path).ok()?.ambiguity().is_some() {
            return None;
        }
        self.matched(attempt, |policy_match| policy_match.decide(shown, NOW).ok().map(|permit| permit.rule()))?
    }

    /// The rule that decides about the request.
    pub(super) fn decides(&self, attempt: TrialRequest<'_>) -> Option<usize> {
        self.matched(attempt, |policy_match| policy_match.rule().rule)?
    }

    fn matched<T>(&self, attempt: TrialRequest<'_>, say: impl FnOnce(&PolicyMatch<'_>) -> T) -> Option<T> {
        let target = RequestTarget::parse(attempt.path).ok()?;
        let path = PathInterpretations::of(target.path());
        let query = PolicyQuery {
            site: &self.site,
            method: attempt.method,
            also: &[],
            kind: ExchangeKind::Http,
            target: &target,
            path: &path,
            client: attempt.client,
        };
        PolicyMatch::find(&query, &mut Budget::for_one_request()).ok().as_ref().map(say)
    }
}

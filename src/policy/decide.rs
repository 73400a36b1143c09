//! Decides whether a request may pass.

use std::sync::Arc;

use crate::domain::assurance::Assurance;
use crate::domain::denial_reason::DenialReason;
use crate::domain::identifier::{SessionId, TokenId};
use crate::domain::identity::Identity;
use crate::domain::path::Extent;
use crate::domain::target::RequestTarget;
use crate::platform::clock::{SKEW, Timestamp};
use crate::policy::budget::{Budget, BudgetExceeded};
use crate::policy::matching::{self, MatchedRule, RuleId};
use crate::policy::pattern::Comparison;
use crate::policy::query::PolicyQuery;
use crate::policy::rule::{Credential, Requirement, Rule};
use crate::policy::sites::Site;

/// The principal of a request, as `authn` determined it.
#[derive(Debug, Clone)]
pub(crate) enum Principal {
    /// No known principal, and why: no session, an expired token, a wrong password.
    Anonymous(DenialReason),
    /// A person with a live session.
    Session(Evidence),
    /// A script with an access token of this site.
    Token(TokenId, Arc<Identity>),
    /// A person whose user name and password came with the request itself.
    Password(Arc<Identity>),
}

/// What a live session proves.
#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    pub session: SessionId,
    /// The account that the session belongs to.
    pub identity: Arc<Identity>,
    /// Whether it was opened with one factor or two.
    pub assurance: Assurance,
    /// When its last factor was given.
    pub authenticated_at: Timestamp,
    /// When it was opened. After the last factor: the browser was remembered, and the password opened it alone.
    pub created_at: Timestamp,
}

/// The rules that apply to a request: the one for the canonical interpretation of its path, and those for every other
/// way in which a server could read it. They are found before the principal is determined, because they say which
/// credentials are accepted.
#[derive(Debug)]
pub(crate) struct PolicyMatch<'a> {
    query: PolicyQuery<'a>,
    found: MatchedRule<'a>,
    others: Vec<MatchedRule<'a>>,
    extent: Extent,
    /// Whether the site answers the request without a session, unless a rule denies it.
    opened: bool,
}

/// The permission to forward one request. Its fields are private: only [`PolicyMatch::decide`] makes one.
#[derive(Debug, Clone)]
pub(crate) struct Permit {
    site: Arc<Site>,
    rule: RuleId,
    principal: Principal,
    method: http::Method,
    target: RequestTarget,
}

impl Principal {
    /// Whom the credential belongs to; `None` for an anonymous request.
    pub(crate) const fn identity(&self) -> Option<&Arc<Identity>> {
        match self {
            Self::Anonymous(_) => None,
            Self::Session(evidence) => Some(&evidence.identity),
            Self::Token(_, identity) | Self::Password(identity) => Some(identity),
        }
    }
}

impl Permit {
    /// The site whose rule let the request pass: it is forwarded there and nowhere else.
    pub(crate) const fn site(&self) -> &Arc<Site> {
        &self.site
    }

    /// The rule that let it pass.
    pub(crate) const fn rule(&self) -> RuleId {
        self.rule
    }

    /// The identity that is passed to the site. `None` if no rule requires a principal and the request proved none.
    pub(crate) fn identity(&self) -> Option<&Arc<Identity>> {
        self.principal.identity()
    }

    /// The principal that passes. When its session, token or account ends, a tunnel that it opened is closed.
    pub(crate) const fn principal(&self) -> &Principal {
        &self.principal
    }

    /// The method that was judged. No other is forwarded.
    pub(crate) const fn method(&self) -> &http::Method {
        &self.method
    }

    /// Path and query that were judged. No others are forwarded.
    pub(crate) const fn target(&self) -> &RequestTarget {
        &self.target
    }
}

impl<'a> PolicyMatch<'a> {
    /// Finds the rules for every method of the query under every interpretation of its path. Only the rules of the
    /// query's own site are considered; those of other sites cannot be reached from here.
    pub(crate) fn find(asked: &PolicyQuery<'a>, budget: &mut Budget) -> Result<Self, BudgetExceeded> {
        let query = *asked;
        let path = asked.path;
        let extent = path.extent();
        let opened = asked.is_opened();
        let canonical = path.canonical().as_str();
        // An ordinary path without capitals, under plain rules: one comparison for each rule finds everything.
        let one_look = path.further().is_empty()
            && query.site.settings.rules.iter().all(|rule| rule.selection.path.is_plain())
            && !canonical.bytes().any(|byte| byte.is_ascii_uppercase());
        if one_look {
            let mut policy_match =
                Self { query, found: matching::plain(asked, asked.method), others: Vec::new(), extent, opened };
            asked.also.iter().for_each(|method| policy_match.add(matching::plain(asked, method)));
            return Ok(policy_match);
        }
        // A path whose interpretations are not all known is denied, whatever the rules say.
        if extent == Extent::Endless {
            return Ok(Self { query, found: matching::first(asked, budget)?, others: Vec::new(), extent, opened });
        }
        let mut decisive = None;
        let mut others = Vec::new();
        matching::every(asked, budget, &mut |_, look, found| {
            let is_decisive = look.comparison == Comparison::Exact && std::ptr::eq(look.method, asked.method);
            if is_decisive && decisive.is_none() {
                // The canonical interpretation comes first.
                decisive = Some(found);
            } else if others.iter().all(|known: &MatchedRule<'_>| known.place != found.place) {
                others.push(found);
            }
        })?;
        let found = decisive.unwrap_or_else(|| matching::otherwise(asked));
        others.retain(|other| other.place != found.place);
        Ok(Self { query, found, others, extent, opened })
    }

    /// Adds another rule that must permit the request.
    fn add(&mut self, found: MatchedRule<'a>) {
        if self.all().all(|known| known.place != found.place) {
            self.others.push(found);
        }
    }

    /// Combines the rules of both matches: the site may treat the request as either.
    #[must_use]
    pub(crate) fn and(mut self, other: &Self) -> Self {
        other.all().for_each(|found| self.add(*found));
        self.opened &= other.opened;
        if other.extent == Extent::Endless {
            self.extent = Extent::Endless;
        }
        self
    }

    fn all(&self) -> impl Iterator<Item = &MatchedRule<'a>> {
        std::iter::once(&self.found).chain(&self.others)
    }

    /// Whether `credential` is accepted. Every rule that requires a principal has to accept it; if none requires one,
    /// only sessions are accepted.
    pub(crate) fn accepts(&self, credential: Credential) -> bool {
        let asks = |rule: &&Rule| rule.require.asks() && !self.opened;
        let mut asking = self.all().map(|found| found.rule).filter(asks).peekable();
        if asking.peek().is_none() {
            return credential == Credential::Session;
        }
        asking.all(|rule| rule.credentials.contains(&credential))
    }

    /// The strictest requirement of its rules; nothing if the site answers without a session and no rule denies.
    pub(crate) fn require(&self) -> Requirement {
        let strictest = self.all().map(|found| found.rule.require).max().unwrap_or(Requirement::Deny);
        match self.extent {
            Extent::Known if self.opened && strictest.asks() => Requirement::Nothing,
            Extent::Known => strictest,
            Extent::Endless => Requirement::Deny,
        }
    }

    /// Whether `browser_assets` or `cors_origins` opens the request, rather than a rule.
    pub(crate) fn is_opened(&self) -> bool {
        self.opened && self.require() == Requirement::Nothing
    }

    /// The rule for the canonical interpretation.
    pub(crate) const fn rule(&self) -> RuleId {
        self.found.place
    }

    /// Decides whether this principal may pass now. Every rule must permit it; the first that does not gives the
    /// reason.
    pub(crate) fn decide(&self, principal: Principal, now: Timestamp) -> Result<Permit, DenialReason> {
        match self.extent {
            Extent::Known => {}
            Extent::Endless => return Err(DenialReason::Denied),
        }
        let judged = self.all().try_for_each(|found| judge(found.rule, &principal, now));
        let principal = match judged {
            Ok(()) if self.require() == Requirement::Nothing => unasked(principal),
            Ok(()) => principal,
            // The site answers everybody here, but learns only of people whom its rules let pass.
            Err(reason) if self.is_opened() => Principal::Anonymous(reason),
            Err(reason) => return Err(reason),
        };
        Ok(Permit {
            site: Arc::clone(self.query.site),
            rule: self.found.place,
            principal,
            method: self.query.method.clone(),
            target: self.query.target.clone(),
        })
    }
}

/// The principal of a request for which no rule requires one. The site trusts the identity that it receives, so a
/// session with only one factor becomes anonymous: no rule accepted a password alone.
fn unasked(principal: Principal) -> Principal {
    match principal {
        Principal::Session(Evidence { assurance: Assurance::OneFactor, .. }) => {
            Principal::Anonymous(DenialReason::NotEnoughFactors)
        }
        known @ (Principal::Anonymous(_) | Principal::Session(_) | Principal::Token(..) | Principal::Password(_)) => {
            known
        }
    }
}

fn judge(rule: &Rule, principal: &Principal, now: Timestamp) -> Result<(), DenialReason> {
    match rule.require {
        Requirement::Nothing => return Ok(()),
        Requirement::Deny => return Err(DenialReason::Denied),
        Requirement::OneFactor | Requirement::TwoFactor => {}
    }
    let (credential, identity) = match principal {
        Principal::Anonymous(why) => return Err(*why),
        Principal::Session(evidence) => (Credential::Session, &evidence.identity),
        Principal::Token(_, identity) => (Credential::Token, identity),
        Principal::Password(identity) => (Credential::Basic, identity),
    };
    // What signing in cannot fix comes first, so that nobody is asked for a code that changes nothing.
    if !rule.people.include(identity) {
        return Err(DenialReason::NotAllowed);
    }
    if !rule.credentials.contains(&credential) {
        return Err(unwanted(credential));
    }
    match (rule.require, principal) {
        (Requirement::TwoFactor, Principal::Password(_)) => Err(DenialReason::NotEnoughFactors),
        (_, Principal::Session(evidence)) => judge_evidence(rule, evidence, now),
        // Tokens are created with two factors, but when says nothing about a recent factor: `fresh_within` denies every
        // token.
        (_, Principal::Token(..)) if rule.fresh_within.is_some() => Err(DenialReason::NotFresh),
        (_, Principal::Anonymous(_) | Principal::Token(..) | Principal::Password(_)) => Ok(()),
    }
}

fn judge_evidence(rule: &Rule, evidence: &Evidence, now: Timestamp) -> Result<(), DenialReason> {
    if rule.require == Requirement::TwoFactor && evidence.assurance < Assurance::TwoFactor {
        return Err(DenialReason::NotEnoughFactors);
    }
    let given = evidence.authenticated_at;
    match rule.fresh_within {
        Some(span) if now.since(given) > span || given > now.plus(SKEW) => Err(DenialReason::NotFresh),
        Some(_) | None => Ok(()),
    }
}

/// The reason for denying a credential that the rule does not accept. Signing in again does not help a session.
const fn unwanted(credential: Credential) -> DenialReason {
    match credential {
        Credential::Session => DenialReason::NotAllowed,
        Credential::Token => DenialReason::ForeignToken,
        Credential::Basic => DenialReason::WrongPassword,
    }
}

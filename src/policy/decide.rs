//! The decision.

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
    /// Nobody we know, and why.
    Anonymous(DenialReason),
    /// Somebody with a live session.
    Session(Evidence),
    /// A script with an access token of this site.
    Token(TokenId, Arc<Identity>),
    /// Somebody whose user name and password came with the request itself.
    Password(Arc<Identity>),
}

/// What a live session proves.
#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    /// The session.
    pub session: SessionId,
    /// Whose it is.
    pub identity: Arc<Identity>,
    /// What it was opened with.
    pub assurance: Assurance,
    /// When its last factor was given.
    pub authenticated_at: Timestamp,
}

/// The rules that speak about a request: that of its canonical reading, and those of every other way in which a server
/// could read its path. Found before the principal is determined, since they say which credentials count.
#[derive(Debug)]
pub(crate) struct PolicyMatch<'a> {
    query: PolicyQuery<'a>,
    found: MatchedRule<'a>,
    others: Vec<MatchedRule<'a>>,
    extent: Extent,
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

impl Permit {
    /// The site whose rule let the request pass: it is forwarded there and nowhere else.
    pub(crate) const fn site(&self) -> &Arc<Site> {
        &self.site
    }

    /// The rule that let it pass.
    pub(crate) const fn rule(&self) -> RuleId {
        self.rule
    }

    /// Who passes: what the site is told. `None` where nobody was asked and nobody proved it.
    pub(crate) fn identity(&self) -> Option<&Arc<Identity>> {
        match &self.principal {
            Principal::Anonymous(_) => None,
            Principal::Session(evidence) => Some(&evidence.identity),
            Principal::Token(_, identity) | Principal::Password(identity) => Some(identity),
        }
    }

    /// By which credential it passes: its end ends a tunnel.
    pub(crate) const fn principal(&self) -> &Principal {
        &self.principal
    }

    /// The method that was judged, and no other is forwarded.
    pub(crate) const fn method(&self) -> &http::Method {
        &self.method
    }

    /// Path and query that were judged, and no others are forwarded.
    pub(crate) const fn target(&self) -> &RequestTarget {
        &self.target
    }
}

impl<'a> PolicyMatch<'a> {
    /// The rules for what is asked: for every method of it, under every reading of its path. Only the rules of its site
    /// are looked at; there is no way from here to another's.
    pub(crate) fn find(asked: &PolicyQuery<'a>, budget: &mut Budget) -> Result<Self, BudgetExceeded> {
        let query = *asked;
        let path = asked.path;
        let extent = path.extent();
        let canonical = path.canonical().as_str();
        // An ordinary path without capitals, under rules that are as plain: there is nothing else to see.
        let one_look = path.further().is_empty()
            && query.site.settings.rules.iter().all(|rule| rule.selection.path.is_plain())
            && !canonical.bytes().any(|byte| byte.is_ascii_uppercase());
        if one_look {
            let mut policy_match =
                Self { query, found: matching::plain(asked, asked.method), others: Vec::new(), extent };
            asked.also.iter().for_each(|method| policy_match.add(matching::plain(asked, method)));
            return Ok(policy_match);
        }
        // Whatever its rules say, a path that nobody can read to its end is denied.
        if extent == Extent::Endless {
            return Ok(Self { query, found: matching::first(asked, budget)?, others: Vec::new(), extent });
        }
        let mut decisive = None;
        let mut others = Vec::new();
        matching::every(asked, budget, &mut |_, look, found| {
            let is_decisive = look.comparison == Comparison::Exact && std::ptr::eq(look.method, asked.method);
            if is_decisive && decisive.is_none() {
                // The canonical reading comes first.
                decisive = Some(found);
            } else if others.iter().all(|known: &MatchedRule<'_>| known.place != found.place) {
                others.push(found);
            }
        })?;
        let found = decisive.unwrap_or_else(|| matching::otherwise(asked));
        others.retain(|other| other.place != found.place);
        Ok(Self { query, found, others, extent })
    }

    /// Another rule that has a say.
    fn add(&mut self, found: MatchedRule<'a>) {
        if self.all().all(|known| known.place != found.place) {
            self.others.push(found);
        }
    }

    /// These rules and those as well: the request may be either to the site.
    #[must_use]
    pub(crate) fn and(mut self, other: &Self) -> Self {
        other.all().for_each(|found| self.add(*found));
        if other.extent == Extent::Endless {
            self.extent = Extent::Endless;
        }
        self
    }

    fn all(&self) -> impl Iterator<Item = &MatchedRule<'a>> {
        std::iter::once(&self.found).chain(&self.others)
    }

    /// Whether `credential` may be shown for it. A rule that asks nobody has no say, unless no rule asks.
    pub(crate) fn accepts(&self, credential: Credential) -> bool {
        let mut asking = self.all().map(|found| found.rule).filter(|rule| rule.require.asks()).peekable();
        if asking.peek().is_none() {
            return credential == Credential::Session;
        }
        asking.all(|rule| rule.credentials.contains(&credential))
    }

    /// How sure it wants to be: as sure as the strictest of its rules.
    pub(crate) fn require(&self) -> Requirement {
        let strictest = self.all().map(|found| found.rule.require).max();
        match self.extent {
            Extent::Known => strictest.unwrap_or(Requirement::Deny),
            Extent::Endless => Requirement::Deny,
        }
    }

    /// The rule of the canonical reading.
    pub(crate) const fn rule(&self) -> RuleId {
        self.found.place
    }

    /// May this principal pass now? Every rule must permit it; the first that does not gives the reason.
    pub(crate) fn decide(&self, principal: Principal, now: Timestamp) -> Result<Permit, DenialReason> {
        match self.extent {
            Extent::Known => {}
            Extent::Endless => return Err(DenialReason::Denied),
        }
        for found in self.all() {
            judge(found.rule, &principal, now)?;
        }
        let principal = if self.require() == Requirement::Nothing { unasked(principal) } else { principal };
        Ok(Permit {
            site: Arc::clone(self.query.site),
            rule: self.found.place,
            principal,
            method: self.query.method.clone(),
            target: self.query.target.clone(),
        })
    }
}

/// Who the principal is where nobody had to say so. The site believes what it is told: where no rule took the password
/// alone for enough, it names nobody.
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
    // First what nothing helps against: nobody is asked for a code that opens nothing.
    if !rule.people.include(identity) {
        return Err(DenialReason::NotAllowed);
    }
    if !rule.credentials.contains(&credential) {
        return Err(unwanted(credential));
    }
    match (rule.require, principal) {
        (Requirement::TwoFactor, Principal::Password(_)) => Err(DenialReason::NotEnoughFactors),
        (_, Principal::Session(evidence)) => judge_evidence(rule, evidence, now),
        // Somebody with two factors made the token. How long ago is not what `fresh_within` asks.
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

/// What is shown and not taken. A session cannot be mended by signing in once more.
const fn unwanted(credential: Credential) -> DenialReason {
    match credential {
        Credential::Session => DenialReason::NotAllowed,
        Credential::Token => DenialReason::ForeignToken,
        Credential::Basic => DenialReason::WrongPassword,
    }
}

//! The decision.

use std::sync::Arc;

use crate::access::budget::{Budget, OverBudget};
use crate::access::find::{self, Found, RulePlace};
use crate::access::pattern::Sight;
use crate::access::rule::{Credential, Requirement, Rule};
use crate::access::sites::Site;
use crate::domain::assurance::Assurance;
use crate::domain::client::ClientAddress;
use crate::domain::identifier::{SessionId, TokenId};
use crate::domain::identity::Identity;
use crate::domain::path::{Extent, Readings};
use crate::domain::refusal::Refusal;
use crate::platform::clock::{SKEW, Timestamp};

/// Who is asking, as `asker` found out.
#[derive(Debug, Clone)]
pub enum Asker {
    /// Nobody we know, and why.
    Nobody(Refusal),
    /// Somebody with a live session.
    Session(Evidence),
    /// A script with an access token of this site.
    Token(TokenId, Arc<Identity>),
    /// Somebody whose user name and password came with the request itself.
    Password(Arc<Identity>),
}

/// What a live session proves.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The session.
    pub session: SessionId,
    /// Whose it is.
    pub identity: Arc<Identity>,
    /// What it was opened with.
    pub assurance: Assurance,
    /// When its last factor was given.
    pub authenticated_at: Timestamp,
}

/// What is asked for: one request to one site.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The site.
    pub site: &'a Arc<Site>,
    /// The method.
    pub method: &'a http::Method,
    /// Further methods that the site may take for it.
    pub also: &'a [http::Method],
    /// The path.
    pub path: &'a Readings<'a>,
    /// From where.
    pub client: ClientAddress,
}

impl<'a> Asked<'a> {
    /// Every method that the request may have for the site, its own first.
    pub(super) fn methods(&self) -> impl Iterator<Item = &'a http::Method> + use<'a> {
        std::iter::once(self.method).chain(self.also)
    }
}

/// The rules that speak about a request: that of its canonical reading, and those of every other way in which a server
/// could read its path. Found before anybody is asked who he is, since they say what may be shown.
#[derive(Debug)]
pub struct Ruling<'a> {
    site: &'a Arc<Site>,
    found: Found<'a>,
    others: Vec<Found<'a>>,
    extent: Extent,
}

/// The permission to forward one request. Its fields are private: only [`Ruling::decide`] makes one.
#[derive(Debug, Clone)]
pub struct Pass {
    site: Arc<Site>,
    rule: RulePlace,
    asker: Asker,
}

impl Pass {
    /// The site whose rule let the request pass: it is forwarded there and nowhere else.
    pub const fn site(&self) -> &Arc<Site> {
        &self.site
    }

    /// The rule that let it pass.
    pub const fn rule(&self) -> RulePlace {
        self.rule
    }

    /// Who passes: what the site is told. `None` where nobody was asked and nobody proved it.
    pub fn identity(&self) -> Option<&Arc<Identity>> {
        match &self.asker {
            Asker::Nobody(_) => None,
            Asker::Session(evidence) => Some(&evidence.identity),
            Asker::Token(_, identity) | Asker::Password(identity) => Some(identity),
        }
    }

    /// With what he passes: its end ends a tunnel.
    pub const fn asker(&self) -> &Asker {
        &self.asker
    }
}

impl<'a> Ruling<'a> {
    /// The rules for what is asked: for every method of it, under every reading of its path. Only the rules of its site
    /// are looked at; there is no way from here to another's.
    pub fn find(asked: &Asked<'a>, budget: &mut Budget) -> Result<Self, OverBudget> {
        let Asked { site, path, .. } = *asked;
        let extent = path.extent();
        let canonical = path.canonical().as_str();
        // An ordinary path without capitals, under rules that are as plain: there is nothing else to see.
        let one_look = path.further().is_empty()
            && site.settings.rules.iter().all(|rule| rule.selection.path.is_plain())
            && !canonical.bytes().any(|byte| byte.is_ascii_uppercase());
        if one_look {
            let mut ruling = Self { site, found: find::plain(asked, asked.method), others: Vec::new(), extent };
            asked.also.iter().for_each(|method| ruling.add(find::plain(asked, method)));
            return Ok(ruling);
        }
        // Whatever its rules say, a path that nobody can read to its end is denied.
        if extent == Extent::Endless {
            return Ok(Self { site, found: find::first(asked, budget)?, others: Vec::new(), extent });
        }
        let (mut decisive, mut told) = (None, Vec::new());
        find::every(asked, budget, &mut |_, look, found| {
            let is_decisive = look.sight == Sight::Exact && std::ptr::eq(look.method, asked.method);
            if is_decisive && decisive.is_none() {
                // The canonical reading comes first.
                decisive = Some(found);
            } else if told.iter().all(|known: &Found<'_>| known.place != found.place) {
                told.push(found);
            }
        })?;
        let found = decisive.unwrap_or_else(|| find::otherwise(asked));
        told.retain(|other| other.place != found.place);
        Ok(Self { site, found, others: told, extent })
    }

    /// Another rule that has a say.
    fn add(&mut self, found: Found<'a>) {
        if self.all().all(|known| known.place != found.place) {
            self.others.push(found);
        }
    }

    /// These rules and those as well: the request may be either to the site.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        other.all().for_each(|found| self.add(*found));
        if other.extent == Extent::Endless {
            self.extent = Extent::Endless;
        }
        self
    }

    fn all(&self) -> impl Iterator<Item = &Found<'a>> {
        std::iter::once(&self.found).chain(&self.others)
    }

    /// Whether `credential` may be shown for it. A rule that asks nobody has no say, unless no rule asks.
    pub fn accepts(&self, credential: Credential) -> bool {
        let mut asking = self.all().map(|found| found.rule).filter(|rule| rule.require.asks()).peekable();
        if asking.peek().is_none() {
            return credential == Credential::Session;
        }
        asking.all(|rule| rule.credentials.contains(&credential))
    }

    /// How sure it wants to be: as sure as the strictest of its rules.
    pub fn require(&self) -> Requirement {
        let strictest = self.all().map(|found| found.rule.require).max();
        match self.extent {
            Extent::Known => strictest.unwrap_or(Requirement::Deny),
            Extent::Endless => Requirement::Deny,
        }
    }

    /// The rule of the canonical reading.
    pub const fn rule(&self) -> RulePlace {
        self.found.place
    }

    /// May this asker pass now? Every rule must let him; the first that does not counts.
    pub fn decide(&self, asker: Asker, now: Timestamp) -> Result<Pass, Refusal> {
        match self.extent {
            Extent::Known => {}
            Extent::Endless => return Err(Refusal::Denied),
        }
        for found in self.all() {
            judge(found.rule, &asker, now)?;
        }
        let asker = if self.require() == Requirement::Nothing { unasked(asker) } else { asker };
        Ok(Pass { site: Arc::clone(self.site), rule: self.found.place, asker })
    }
}

/// Who the asker is where nobody had to say so. The site believes whom it is told: where no rule took the password alone
/// for enough, it names nobody.
fn unasked(asker: Asker) -> Asker {
    match asker {
        Asker::Session(Evidence { assurance: Assurance::OneFactor, .. }) => Asker::Nobody(Refusal::NotEnoughFactors),
        known @ (Asker::Nobody(_) | Asker::Session(_) | Asker::Token(..) | Asker::Password(_)) => known,
    }
}

fn judge(rule: &Rule, asker: &Asker, now: Timestamp) -> Result<(), Refusal> {
    match rule.require {
        Requirement::Nothing => return Ok(()),
        Requirement::Deny => return Err(Refusal::Denied),
        Requirement::OneFactor | Requirement::TwoFactor => {}
    }
    let (credential, identity) = match asker {
        Asker::Nobody(why) => return Err(*why),
        Asker::Session(evidence) => (Credential::Session, &evidence.identity),
        Asker::Token(_, identity) => (Credential::Token, identity),
        Asker::Password(identity) => (Credential::Basic, identity),
    };
    // First what nothing helps against: nobody is asked for a code that opens nothing.
    if !rule.people.include(identity) {
        return Err(Refusal::NotAllowed);
    }
    if !rule.credentials.contains(&credential) {
        return Err(unwanted(credential));
    }
    match (rule.require, asker) {
        (Requirement::TwoFactor, Asker::Password(_)) => Err(Refusal::NotEnoughFactors),
        (_, Asker::Session(evidence)) => judge_evidence(rule, evidence, now),
        // Somebody with two factors made the token. How long ago is not what `fresh_within` asks.
        (_, Asker::Token(..)) if rule.fresh_within.is_some() => Err(Refusal::NotFresh),
        (_, Asker::Nobody(_) | Asker::Token(..) | Asker::Password(_)) => Ok(()),
    }
}

fn judge_evidence(rule: &Rule, evidence: &Evidence, now: Timestamp) -> Result<(), Refusal> {
    if rule.require == Requirement::TwoFactor && evidence.assurance < Assurance::TwoFactor {
        return Err(Refusal::NotEnoughFactors);
    }
    let given = evidence.authenticated_at;
    match rule.fresh_within {
        Some(span) if now.since(given) > span || given > now.plus(SKEW) => Err(Refusal::NotFresh),
        Some(_) | None => Ok(()),
    }
}

/// What is shown and not taken. A session cannot be mended by signing in once more.
const fn unwanted(credential: Credential) -> Refusal {
    match credential {
        Credential::Session => Refusal::NotAllowed,
        Credential::Token => Refusal::ForeignToken,
        Credential::Basic => Refusal::WrongPassword,
    }
}

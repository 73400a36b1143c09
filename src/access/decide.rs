//! The decision.

use std::sync::Arc;

use crate::access::rule::{Credential, Requirement, Rule};
use crate::access::sites::Site;
use crate::domain::assurance::Assurance;
use crate::domain::client::ClientAddress;
use crate::domain::identifier::{SessionId, TokenId};
use crate::domain::identity::Identity;
use crate::domain::refusal::Refusal;
use crate::domain::target::RequestTarget;
use crate::platform::clock::Timestamp;

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
    /// Path and query.
    pub target: &'a RequestTarget,
    /// From where.
    pub client: ClientAddress,
}

/// The rule that speaks about a request. Found before anybody is asked who he is, since it says what may be shown.
#[derive(Debug)]
pub struct Ruling<'a> {
    site: &'a Arc<Site>,
    rule: &'a Rule,
}

/// The permission to forward one request. Its fields are private: only [`Ruling::decide`] makes one.
#[derive(Debug, Clone)]
pub struct Pass {
    site: Arc<Site>,
    asker: Option<Asker>,
}

impl Pass {
    /// The site whose rule let the request pass: it is forwarded there and nowhere else.
    pub const fn site(&self) -> &Arc<Site> {
        &self.site
    }

    /// Who passes: what the site is told. `None` where nobody was asked and nobody said so.
    pub fn identity(&self) -> Option<&Arc<Identity>> {
        match self.asker.as_ref()? {
            Asker::Nobody(_) => None,
            Asker::Session(evidence) => Some(&evidence.identity),
            Asker::Token(_, identity) | Asker::Password(identity) => Some(identity),
        }
    }

    /// The session that passes: its end ends a tunnel.
    pub fn session(&self) -> Option<SessionId> {
        match self.asker.as_ref()? {
            Asker::Session(evidence) => Some(evidence.session),
            Asker::Nobody(_) | Asker::Token(..) | Asker::Password(_) => None,
        }
    }
}

impl<'a> Ruling<'a> {
    /// The rule for what is asked.
    pub fn find(asked: &Asked<'a>) -> Self {
        Self { site: asked.site, rule: &asked.site.settings.otherwise }
    }

    /// Whether `credential` may be shown for it.
    pub fn accepts(&self, credential: Credential) -> bool {
        self.rule.credentials.contains(&credential)
    }

    /// How sure it wants to be.
    pub const fn require(&self) -> Requirement {
        self.rule.require
    }

    /// May this asker pass now?
    pub fn decide(&self, asker: Asker, now: Timestamp) -> Result<Pass, Refusal> {
        judge(self.rule, &asker, now)?;
        Ok(Pass { site: Arc::clone(self.site), asker: Some(asker) })
    }
}

fn judge(rule: &Rule, asker: &Asker, now: Timestamp) -> Result<(), Refusal> {
    let evidence = match (rule.require, asker) {
        (Requirement::Deny, _) => return Err(Refusal::Denied),
        (Requirement::Nothing, _) => return Ok(()),
        (Requirement::OneFactor | Requirement::TwoFactor, Asker::Nobody(why)) => return Err(*why),
        (Requirement::OneFactor | Requirement::TwoFactor, Asker::Token(..)) => return Ok(()),
        (Requirement::OneFactor, Asker::Password(_)) => return Ok(()),
        (Requirement::TwoFactor, Asker::Password(_)) => return Err(Refusal::NotEnoughFactors),
        (Requirement::OneFactor | Requirement::TwoFactor, Asker::Session(evidence)) => evidence,
    };
    if rule.require == Requirement::TwoFactor && evidence.assurance < Assurance::TwoFactor {
        return Err(Refusal::NotEnoughFactors);
    }
    match rule.fresh_within {
        Some(span) if now.since(evidence.authenticated_at) > span => Err(Refusal::NotFresh),
        Some(_) | None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{AmbiguousPaths, SiteId, SiteSettings};
    use crate::domain::host::HostPattern;
    use crate::domain::identifier::AccountId;

    fn decide_for(assurance: Assurance) -> Result<Pass, Refusal> {
        let settings = SiteSettings::new(HostPattern::Any, AmbiguousPaths::Refuse);
        let identity = Identity {
            account: AccountId::from_bytes([1; 16]),
            username: "ada".parse().unwrap(),
            name: None,
            email: None,
            groups: Vec::new(),
        };
        let authenticated_at = Timestamp::from_millis(0);
        let evidence = Evidence {
            session: SessionId::from_bytes([2; 16]),
            identity: Arc::new(identity),
            assurance,
            authenticated_at,
        };
        let site = Arc::new(Site { id: SiteId(0), settings });
        let target = RequestTarget::parse("/").unwrap();
        let client = ClientAddress::of_peer(crate::domain::client::Peer::Unix);
        let asked = Asked { site: &site, method: &http::Method::GET, target: &target, client };
        Ruling::find(&asked).decide(Asker::Session(evidence), authenticated_at)
    }

    #[test]
    fn two_factors_pass_and_the_password_alone_opens_nothing() {
        assert_eq!(decide_for(Assurance::TwoFactor).unwrap().identity().unwrap().username.as_str(), "ada");
        assert_eq!(decide_for(Assurance::OneFactor).unwrap_err(), Refusal::NotEnoughFactors);
    }
}

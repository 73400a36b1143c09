//! The decision.

use std::sync::Arc;

use crate::access::sites::Site;
use crate::domain::assurance::Assurance;
use crate::domain::identifier::SessionId;
use crate::domain::identity::Identity;
use crate::domain::refusal::Refusal;
use crate::platform::clock::Timestamp;

/// Who is asking, as `asker` found out.
#[derive(Debug, Clone)]
pub enum Asker {
    /// Nobody we know, and why.
    Nobody(Refusal),
    /// Somebody with a live session.
    Session(Evidence),
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

/// The permission to forward one request. Its field is private: only [`decide`] makes one.
#[derive(Debug, Clone)]
pub struct Pass {
    evidence: Evidence,
}

impl Pass {
    /// Who passes: what the site is told.
    pub fn identity(&self) -> &Identity {
        &self.evidence.identity
    }

    /// The session that passes: its end ends a tunnel.
    pub const fn session(&self) -> SessionId {
        self.evidence.session
    }
}

/// May this request pass? Every site asks for two factors of any account.
pub fn decide(_site: &Site, asker: Asker) -> Result<Pass, Refusal> {
    match asker {
        Asker::Nobody(why) => Err(why),
        Asker::Session(evidence) => match evidence.assurance {
            Assurance::TwoFactor => Ok(Pass { evidence }),
            Assurance::OneFactor => Err(Refusal::NotEnoughFactors),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{AmbiguousPaths, SiteId, SiteSettings};
    use crate::domain::host::HostPattern;
    use crate::domain::identifier::AccountId;

    fn decide_for(assurance: Assurance) -> Result<Pass, Refusal> {
        let settings = SiteSettings { host: HostPattern::Any, ambiguous_paths: AmbiguousPaths::Refuse };
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
        decide(&Site { id: SiteId(0), settings }, Asker::Session(evidence))
    }

    #[test]
    fn two_factors_pass_and_the_password_alone_opens_nothing() {
        assert_eq!(decide_for(Assurance::TwoFactor).unwrap().identity().username.as_str(), "ada");
        assert_eq!(decide_for(Assurance::OneFactor).unwrap_err(), Refusal::NotEnoughFactors);
    }
}

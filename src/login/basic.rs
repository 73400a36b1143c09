//! Name and password sent with a request itself (`Authorization: Basic`), on paths whose rule accepts them.
//!
//! They pass the same queue, look-up, counters, hash and audit as the login form, so a guesser gains nothing by using
//! `Basic`. Concurrent requests with the same name and password from the same network share one check
//! ([`super::checks`]).

use zeroize::Zeroizing;

use crate::audit::{Audit, Event};
use crate::domain::request_context::RequestContext;
use crate::domain::username::LoginName;
use crate::keys::{Purpose, Tag};
use crate::login::outcome::{BasicOutcome, LoginError};
use crate::login::parts::Login;
use crate::login::password::Examined;
use crate::password::PasswordPolicy;

impl Login {
    /// Checks the name and password of one request, or waits for the result of an identical check that is in progress.
    pub(crate) async fn basic(
        &self,
        context: &RequestContext,
        name: &str,
        password: &str,
    ) -> Result<BasicOutcome, LoginError> {
        let begin = || {
            let login = self.clone();
            let context = context.clone();
            let [name, password] = [name, password].map(|text| Zeroizing::new(text.to_owned()));
            async move { login.judge_basic(&context, &name, &password).await }
        };
        self.checks.join(self.check_key(context, name, password), begin).await.map_err(LoginError::Shared)
    }

    /// The key under which identical checks share a result. Keyed hash, because it stays in memory until the check is
    /// done. It includes the client network, so that each network's attempts are counted against that network.
    fn check_key(&self, context: &RequestContext, name: &str, password: &str) -> Tag {
        let tag = |parts: &[&[u8]]| self.parts.keys.sign(Purpose::PasswordCheck, parts).1;
        let name = tag(&[LoginName::new(name).as_str().as_bytes()]);
        let network = tag(&[context.client.network().as_bytes()]);
        tag(&[&name, &network, password.as_bytes()])
    }

    async fn judge_basic(
        &self,
        context: &RequestContext,
        name: &str,
        password: &str,
    ) -> Result<BasicOutcome, LoginError> {
        match self.examine(context, None, name, password, PasswordPolicy::Alone).await? {
            Examined::Right(right) => {
                // The password may have changed, or the account been disabled, while the hash was computed.
                if !self.stands(&right).await? {
                    return Ok(BasicOutcome::Wrong);
                }
                // Logged but not stored: a script that sends its password every second would fill the store.
                Audit::note(&Event::PasswordAccepted, context, Some(right.account.id));
                self.upgrade(&right, password).await;
                Ok(BasicOutcome::Right(right.account.id))
            }
            Examined::Wrong => Ok(BasicOutcome::Wrong),
            Examined::Wait(wait) => Ok(BasicOutcome::Wait(wait)),
            Examined::Busy => Ok(BasicOutcome::Busy),
        }
    }
}

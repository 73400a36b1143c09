//! Name and password that come with a request itself (`Authorization: Basic`), where a rule takes them.
//!
//! The same queue, look-up, counters, hash and audit as the login form: a guesser gains nothing by using `Basic`.
//! Requests that say the same at the same time share one of each ([`super::checks`]).

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
    /// Judges name and password of one request, or waits for the verdict on another that says the same.
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

    /// What tells one check from another. Hashed with a key, since it lies in memory until the check is done; each
    /// network has its own, so that its attempts are counted as its own.
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
                // The password may have been changed, or the account disabled, while the old one was being judged.
                if !self.stands(&right).await? {
                    return Ok(BasicOutcome::Wrong);
                }
                // In the log alone: a script that asks every second would fill the store.
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

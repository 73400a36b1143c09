//! Codes by mail: offered, never called strong (NIST SP 800-63B-4 §3.1.3.1 does not count mail as possession).

use futures_util::future::BoxFuture;

use crate::delivery::{CodeVerdict, Destination};
use crate::domain::code::OneTimeCode;
use crate::domain::method::CodeMethod;
use crate::factor::codes::{Codes, Message};
use crate::factor::{Factor, FactorError, Sending, SentCode};
use crate::i18n;
use crate::store::{Account, Challenge};

/// The factor.
pub struct Email {
    codes: Codes,
}

impl Email {
    /// Sends through these providers.
    pub const fn new(codes: Codes) -> Self {
        Self { codes }
    }
}

impl Factor for Email {
    fn method(&self) -> CodeMethod {
        CodeMethod::Email
    }

    fn destination(&self, account: &Account) -> Option<Destination> {
        let address = account.email.clone()?;
        self.codes.configured(CodeMethod::Email).then_some(Destination::Email(address))
    }

    fn masked(&self, account: &Account) -> Option<String> {
        self.destination(account).and(account.email.as_ref()).map(ToString::to_string)
    }

    fn send<'a>(&'a self, sending: Sending<'a>) -> BoxFuture<'a, Result<SentCode, FactorError>> {
        Box::pin(async move {
            let to = self.destination(sending.account).ok_or(FactorError::NoDestination)?;
            let (subject, text) = i18n::email_text(self.codes.product(), sending.host);
            self.codes.send(CodeMethod::Email, sending, Message { to, text, subject: Some(subject) }).await
        })
    }

    fn check<'a>(
        &'a self,
        challenge: &'a Challenge,
        guess: &'a OneTimeCode,
    ) -> BoxFuture<'a, Result<CodeVerdict, FactorError>> {
        Box::pin(self.codes.check(challenge, guess))
    }
}

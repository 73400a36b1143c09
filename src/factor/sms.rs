//! Codes by text message. What it cannot protect against (a stolen or ported number, a phished code) stands on the
//! account page.

use futures_util::future::BoxFuture;

use crate::delivery::{CodeVerdict, Destination};
use crate::domain::code::OneTimeCode;
use crate::domain::method::CodeMethod;
use crate::factor::codes::{Codes, Message};
use crate::factor::{Factor, FactorError, Sending, SentCode};
use crate::i18n;
use crate::store::{Account, Challenge};

/// The factor.
pub struct Sms {
    codes: Codes,
}

impl Sms {
    /// Sends through these providers.
    pub const fn new(codes: Codes) -> Self {
        Self { codes }
    }
}

impl Factor for Sms {
    fn method(&self) -> CodeMethod {
        CodeMethod::Sms
    }

    fn destination(&self, account: &Account) -> Option<Destination> {
        let number = account.phone.clone()?;
        self.codes.configured(CodeMethod::Sms).then_some(Destination::Phone(number))
    }

    fn masked(&self, account: &Account) -> Option<String> {
        self.destination(account).and(account.phone.as_ref()).map(ToString::to_string)
    }

    fn send<'a>(&'a self, sending: Sending<'a>) -> BoxFuture<'a, Result<SentCode, FactorError>> {
        Box::pin(async move {
            let to = self.destination(sending.account).ok_or(FactorError::NoDestination)?;
            let text = i18n::sms_text(self.codes.product(), sending.host);
            self.codes.send(CodeMethod::Sms, sending, Message { to, text, subject: None }).await
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

//! Codes by text message. The account page describes what they cannot protect against (a stolen or ported number, a
//! phished code).

use crate::delivery::Destination;
use crate::domain::method::CodeMethod;
use crate::factor::sent_code::{Message, SentCode};
use crate::i18n;
use crate::store::Account;

pub(super) struct Sms;

impl SentCode for Sms {
    fn method(&self) -> CodeMethod {
        CodeMethod::Sms
    }

    fn destination(&self, account: &Account) -> Option<Destination> {
        account.phone.clone().map(Destination::Phone)
    }

    fn message(&self, to: Destination, product: &str, host: Option<&str>) -> Message {
        Message { to, text: i18n::sms_text(product, host), subject: None }
    }
}

//! Codes by text message. The account page describes what they cannot protect against (a stolen or ported number, a
//! phished code).

use crate::delivery::Destination;
use crate::domain::method::CodeMethod;
use crate::factor::sent_code::{Message, MessageContext, SentCode};
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

    fn message(&self, to: Destination, about: MessageContext<'_>) -> Message {
        let text = i18n::sms_text(about.language, about.product);
        Message { to, text, origin_line: i18n::origin_line(about.host), subject: None }
    }
}

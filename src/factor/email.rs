//! Codes by mail. They are offered, but never called strong (NIST SP 800-63B-4 §3.1.3.1 does not accept mail as proof
//! of possession).

use crate::delivery::Destination;
use crate::domain::method::CodeMethod;
use crate::factor::sent_code::{Message, MessageContext, SentCode};
use crate::i18n;
use crate::store::Account;

pub(super) struct Email;

impl SentCode for Email {
    fn method(&self) -> CodeMethod {
        CodeMethod::Email
    }

    fn destination(&self, account: &Account) -> Option<Destination> {
        account.mailbox().cloned().map(Destination::Email)
    }

    fn message(&self, to: Destination, about: MessageContext<'_>) -> Message {
        let (subject, text) = i18n::email_text(about.language, about.product, about.host);
        Message { to, text, origin_line: None, subject: Some(subject) }
    }
}

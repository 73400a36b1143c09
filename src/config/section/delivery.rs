//! `[delivery]`: providers, and the form and lifetime of codes.

use super::cpaas::Cpaas;
use super::portal::Portal;
use super::smtp::Smtp;
use crate::config::key_path::KeyPath;
use crate::config::mistake::Fault;
use crate::config::mistakes::MistakeCollector;
use crate::config::reader::{Count, Text, section};
use crate::config::value::duration::Span;
use crate::delivery::{self, EmailProvider, SmsProvider};
use crate::domain::code::Alphabet;
use crate::{challenge, factor};

section! {
    /// How codes are delivered.
    Delivery {
        /// SMS providers, in order; the next one is tried if the previous one certainly sent nothing. `cpaas`: the
        /// CPaaS generates, sends and checks the code. `cpaas_message`: the gateway generates and checks the code, and
        /// the CPaaS sends it as a message.
        sms: Vec<Text<SmsProvider>> = vec![Text(SmsProvider::Cpaas)],
        /// Mail providers, in order, by the same rule. `cpaas`: the CPaaS makes, sends and checks the code. `smtp`: the
        /// gateway makes and checks the code, and the mail server of `[smtp]` takes it as a mail.
        email: Vec<Text<EmailProvider>> = vec![Text(EmailProvider::Cpaas)],
        /// How long a code is valid.
        code_lifetime: Text<Span<30, 600>> = Text(Span::seconds(300)),
        /// Characters in a code.
        code_length: Count<4, 10> = Count(6),
        /// The characters of codes: `numeric` for digits, `alphanumeric` for letters and digits.
        code_alphabet: Text<Alphabet> = Text(Alphabet::Numeric),
        /// How long a visitor must wait before requesting another code.
        resend_after: Text<Span<5, 600>> = Text(Span::seconds(30)),
    }
}

impl Delivery {
    pub(super) fn to_settings(
        &self,
        cpaas: Option<&Cpaas>,
        smtp: Option<&Smtp>,
        portal: &Portal,
        mistakes: &mut MistakeCollector<'_>,
    ) -> delivery::Settings {
        let sms: Vec<SmsProvider> = self.sms.iter().map(|way| way.0).collect();
        let email: Vec<EmailProvider> = self.email.iter().map(|way| way.0).collect();
        let at = KeyPath::of("delivery");
        twice(&sms, &at.key("sms"), mistakes);
        twice(&email, &at.key("email"), mistakes);
        if sms.is_empty() && email.is_empty() && !mistakes.is_mistaken(&at.key("email")) {
            mistakes.missing(&at.key("sms"), "name a provider in `delivery.sms` or `delivery.email`, such as `cpaas`");
        }
        // Every SMS provider uses the CPaaS.
        let user = match (sms.is_empty(), email.contains(&EmailProvider::Cpaas)) {
            (false, _) => Some(("delivery.sms", "sms = []")),
            (true, true) => Some(("delivery.email", "email = [\"smtp\"]")),
            (true, false) => None,
        };
        if let (None, Some((user, instead))) = (cpaas, user) {
            let by_mail = if smtp.is_some() || email.contains(&EmailProvider::Smtp) {
                format!(", or set `{instead}` to do without it")
            } else {
                String::new()
            };
            let remedy = format!(
                "`{user}` uses the CPaaS: add `[cpaas]` with `base_url`, `client_id` and `client_secret_file`{by_mail}"
            );
            mistakes.missing(&KeyPath::of("cpaas"), remedy);
        }
        match (smtp, email.contains(&EmailProvider::Smtp)) {
            (None, true) => {
                let remedy = "`delivery.email` sends by a mail server: add `[smtp]` with `host` and `from`";
                mistakes.missing(&KeyPath::of("smtp"), remedy);
            }
            (Some(_), false) if !mistakes.is_mistaken(&at.key("email")) => {
                mistakes.warning(&KeyPath::of("smtp"), "nothing is sent by it: `delivery.email` does not name `smtp`");
            }
            (Some(_), _) | (None, false) => {}
        }
        let cpaas = cpaas.and_then(|cpaas| cpaas.to_settings(mistakes));
        let smtp = smtp.and_then(|smtp| smtp.to_settings(portal, mistakes));
        delivery::Settings { sms, email, cpaas, smtp }
    }

    /// Of the settings of factors, those of codes.
    pub(super) fn codes(&self, portal: &Portal, mistakes: &mut MistakeCollector<'_>) -> factor::Settings {
        let length = self.code_length.0;
        if length < 6 && self.code_alphabet.0 == Alphabet::Numeric {
            let at = KeyPath::of("delivery").key("code_length");
            mistakes.warning(&at, "fewer than six digits are easy to guess (NIST SP 800-63B §3.1.3.2)");
        }
        factor::Settings {
            code_lifetime: self.code_lifetime.0.0,
            code_length: u8::try_from(length).unwrap_or(u8::MAX),
            code_alphabet: self.code_alphabet.0,
            product: portal.name.0.0.clone(),
            totp_steps: 0,
            recovery_delay: std::time::Duration::ZERO,
            passkeys: None,
        }
    }
}

impl Delivery {
    pub(super) const fn limits(&self) -> challenge::Limits {
        challenge::Limits { resend_after: self.resend_after.0.0, code_lifetime: self.code_lifetime.0.0 }
    }
}

fn twice<T: PartialEq>(ways: &[T], at: &KeyPath, mistakes: &mut MistakeCollector<'_>) {
    // If an element is invalid, the indexes of the others have shifted.
    let judged = mistakes.is_mistaken(at);
    for (index, way) in ways.iter().enumerate() {
        if !judged && ways.iter().take(index).any(|earlier| earlier == way) {
            mistakes.mistake(&at.index(index), Fault::new("this provider is listed twice", "remove one of them"));
        }
    }
}

//! The list of providers: a new provider is one file and one line here.

use std::sync::Arc;

use crate::delivery::cpaas::Cpaas;
use crate::delivery::email::{self, smtp::SmtpMessages};
use crate::delivery::error::DeliverySetupError;
use crate::delivery::provider::Provider;
use crate::delivery::settings::{EmailProvider, Settings, SmsProvider};
use crate::delivery::sms::{self, cpaas_message::SmsMessages};
use crate::domain::method::CodeMethod;
use crate::platform::clock::Clock;
use crate::platform::random::Random;

/// All configured providers.
pub(crate) struct Delivery {
    sms: Vec<(&'static str, Provider)>,
    email: Vec<(&'static str, Provider)>,
}

impl Delivery {
    /// Builds the clients and every provider without making a call: a CPaaS or mail server that is down must not prevent
    /// the start.
    pub(crate) fn new(settings: &Settings, clock: &Clock, random: &Random) -> Result<Self, DeliverySetupError> {
        // All providers of the CPaaS share one `Cpaas`, and with it the token.
        let cpaas = match &settings.cpaas {
            Some(cpaas) => Some(Arc::new(Cpaas::new(cpaas, clock)?)),
            None => None,
        };
        let lacks =
            |section: &str| DeliverySetupError(format!("a provider in [delivery] needs [{section}], which is not set"));
        let cpaas = || cpaas.clone().ok_or_else(|| lacks("cpaas"));
        let sms = settings.sms.iter().map(|provider| {
            Ok(match provider {
                SmsProvider::Cpaas => ("cpaas", Provider::Codes(Box::new(sms::cpaas::codes(cpaas()?)))),
                SmsProvider::CpaasMessage => ("cpaas_message", Provider::Messages(Box::new(SmsMessages(cpaas()?)))),
            })
        });
        let email = settings.email.iter().map(|provider| {
            Ok(match provider {
                EmailProvider::Cpaas => ("cpaas", Provider::Codes(Box::new(email::cpaas::codes(cpaas()?)))),
                EmailProvider::Smtp => {
                    let smtp = settings.smtp.as_ref().ok_or_else(|| lacks("smtp"))?;
                    ("smtp", Provider::Messages(Box::new(SmtpMessages::new(smtp, clock, random)?)))
                }
            })
        });
        Ok(Self { sms: sms.collect::<Result<_, _>>()?, email: email.collect::<Result<_, _>>()? })
    }

    /// The providers of a method with their names (`cpaas`, `smtp`, …), in the order in which they are tried.
    pub(crate) fn providers(&self, method: CodeMethod) -> &[(&'static str, Provider)] {
        match method {
            CodeMethod::Sms => &self.sms,
            CodeMethod::Email => &self.email,
        }
    }

    /// The provider with this name, for a code that it sent earlier.
    pub(crate) fn provider(&self, method: CodeMethod, name: &str) -> Option<&Provider> {
        self.providers(method).iter().find(|(known, _)| *known == name).map(|(_, provider)| provider)
    }
}

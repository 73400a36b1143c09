//! The list of providers: a new provider is one file and one line here.

use std::sync::Arc;

use crate::delivery::cpaas::Cpaas;
use crate::delivery::email;
use crate::delivery::error::DeliverySetupError;
use crate::delivery::provider::Provider;
use crate::delivery::settings::{EmailProvider, Settings, SmsProvider};
use crate::delivery::sms::{self, cpaas_message::SmsMessages};
use crate::domain::method::CodeMethod;
use crate::platform::clock::Clock;

/// All configured providers.
pub(crate) struct Delivery {
    sms: Vec<(&'static str, Provider)>,
    email: Vec<(&'static str, Provider)>,
}

impl Delivery {
    /// Builds the client and every provider without making a call: a CPaaS that is down must not prevent the start.
    pub(crate) fn new(settings: &Settings, clock: &Clock) -> Result<Self, DeliverySetupError> {
        // All providers of the CPaaS share one `Cpaas`, and with it the token.
        let cpaas = match &settings.cpaas {
            Some(cpaas) => Some(Arc::new(Cpaas::new(cpaas, clock)?)),
            None => None,
        };
        let cpaas = || {
            cpaas
                .clone()
                .ok_or_else(|| DeliverySetupError("a provider in [delivery] needs [cpaas], which is not set".into()))
        };
        let sms = settings.sms.iter().map(|provider| {
            Ok(match provider {
                SmsProvider::Cpaas => ("cpaas", Provider::Codes(Box::new(sms::cpaas::codes(cpaas()?)))),
                SmsProvider::CpaasMessage => ("cpaas_message", Provider::Messages(Box::new(SmsMessages(cpaas()?)))),
            })
        });
        let email = settings.email.iter().map(|provider| {
            Ok(match provider {
                EmailProvider::Cpaas => ("cpaas", Provider::Codes(Box::new(email::cpaas::codes(cpaas()?)))),
            })
        });
        Ok(Self { sms: sms.collect::<Result<_, _>>()?, email: email.collect::<Result<_, _>>()? })
    }

    /// The providers of a method with their names (`cpaas`, `cpaas_message`), in the order in which they are tried.
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

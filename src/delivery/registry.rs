//! The list of ways: a new provider is one new file and one line here.

use std::sync::Arc;

use crate::delivery::cpaas::Cpaas;
use crate::delivery::email;
use crate::delivery::provider::Provider;
use crate::delivery::settings::{EmailProvider, Settings, SmsProvider};
use crate::delivery::sms::{self, cpaas_message::SmsMessages};
use crate::domain::method::CodeMethod;
use crate::platform::clock::Clock;

/// All configured ways.
pub struct Delivery {
    sms: Vec<(&'static str, Provider)>,
    email: Vec<(&'static str, Provider)>,
}

/// The outgoing client could not be built.
#[derive(Debug, thiserror::Error)]
#[error("the outgoing HTTPS client cannot be built: {0}")]
pub struct DeliverySetupError(pub String);

impl Delivery {
    /// Builds the client and every provider. Makes no call: a CPaaS that is down must not keep the gateway from
    /// starting.
    pub fn new(settings: &Settings, clock: &Clock) -> Result<Self, DeliverySetupError> {
        // One `Cpaas` for all its ways: they share the token, so that a second way is no second sign-in.
        let cpaas = match &settings.cpaas {
            Some(cpaas) => Some(Arc::new(Cpaas::new(cpaas, clock)?)),
            None => None,
        };
        let cpaas = || {
            cpaas
                .clone()
                .ok_or_else(|| DeliverySetupError("a way of [delivery] needs [cpaas], which is not set".into()))
        };
        let sms = settings.sms.iter().map(|way| {
            Ok(match way {
                SmsProvider::Cpaas => ("cpaas", Provider::Codes(Box::new(sms::cpaas::codes(cpaas()?)))),
                SmsProvider::CpaasMessage => ("cpaas_message", Provider::Messages(Box::new(SmsMessages(cpaas()?)))),
            })
        });
        let email = settings.email.iter().map(|way| {
            Ok(match way {
                EmailProvider::Cpaas => ("cpaas", Provider::Codes(Box::new(email::cpaas::codes(cpaas()?)))),
            })
        });
        Ok(Self { sms: sms.collect::<Result<_, _>>()?, email: email.collect::<Result<_, _>>()? })
    }

    /// The ways of a method in their order, with their registry names (`cpaas`, `cpaas_message`).
    pub fn ways(&self, method: CodeMethod) -> &[(&'static str, Provider)] {
        match method {
            CodeMethod::Sms => &self.sms,
            CodeMethod::Email => &self.email,
        }
    }

    /// The way of that name, for a code that it sent earlier.
    pub fn way(&self, method: CodeMethod, name: &str) -> Option<&Provider> {
        self.ways(method).iter().find(|(word, _)| *word == name).map(|(_, provider)| provider)
    }
}

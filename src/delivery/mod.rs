//! Floor 3: how a message or a code reaches a person.
//!
//! Decides which provider is asked, what its answer means, and whether a message may have gone out although the call
//! failed. One file for each provider, one outgoing HTTPS client ([`outbound`]) for all of them. It never counts
//! guesses or sends, keeps no code, and never turns a failure into a verdict: an answer that is not understood is an
//! error, and only the one documented success passes. `login` and `factor` call it; `startup` builds it.

mod cpaas;
mod email;
mod error;
mod outbound;
mod provider;
mod reason;
mod registry;
mod settings;
mod sms;

pub(crate) use error::DeliverySetupError;
pub(crate) use provider::{
    Alphabet, CodeProvider, CodeReference, CodeRequest, CodeVerdict, DeliveryError, Destination, MessageProvider,
    Provider, Sent,
};
pub(crate) use registry::Delivery;
pub(crate) use settings::{CpaasSettings, EmailProvider, Grant, Settings, SmsProvider};

#[cfg(test)]
mod tests;

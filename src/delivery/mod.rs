//! Floor 3: how a message or a code reaches a person.
//!
//! Decides which provider is called, what its response means, and whether a message may have been sent although the
//! call failed. Each provider has its own file or folder, and all that speak HTTPS share one client ([`outbound`]). It
//! never counts guesses or sends, keeps no codes, and never turns a failure into a verdict: a response that is not understood is an
//! error, and only the one documented success passes. Called by `factor`; `startup` builds it. `events` sends webhooks with
//! the same client.

mod cpaas;
mod email;
mod error;
mod outbound;
mod peer_fault;
mod provider;
mod reason;
mod registry;
mod settings;
mod sign_in;
mod sms;
mod tls;

pub(crate) use error::DeliverySetupError;
pub(crate) use outbound::{Call, Outbound, may_be_called};
pub(crate) use peer_fault::{PeerFault, SignInError};
pub(crate) use provider::{
    CodeProvider, CodeReference, CodeRequest, CodeVerdict, DeliveryError, Destination, MessageProvider, Provider, Sent,
};
pub(crate) use registry::Delivery;
pub(crate) use settings::{
    CpaasSettings, EmailProvider, Encryption, Grant, MailAccount, Settings, SmsProvider, SmtpSettings,
};
pub(crate) use sign_in::{sign_in_to_cpaas, sign_in_to_mail_server};
pub(crate) use tls::{certificates as root_certificates, client as tls_client, root_certificate_problem};

#[cfg(test)]
mod tests;

//! Signs in to the CPaaS.

use super::report::{Finding, Report, kind};
use crate::config::load::Config;
use crate::config::place::KeyPlace;
use crate::delivery::{CpaasSettings, EmailProvider, Grant, PeerFault, SignInError, sign_in_to_cpaas};
use crate::platform::clock::Clock;

pub(super) async fn check(config: &Config) -> Report {
    let delivery = &config.settings.delivery;
    let is_used = !delivery.sms.is_empty() || delivery.email.contains(&EmailProvider::Cpaas);
    let Some(settings) = delivery.cpaas.as_ref().filter(|_| is_used) else { return Report::default() };
    match sign_in_to_cpaas(settings, &Clock::system()).await {
        Ok(()) => Report::reached(format!("cpaas: signed in at {}", address(settings))),
        Err(error) => Report::found(finding(config, settings, &error)),
    }
}

fn address(settings: &CpaasSettings) -> &str {
    settings.base_url.as_str().trim_end_matches('/')
}

fn finding(config: &Config, settings: &CpaasSettings, error: &SignInError) -> Finding {
    let url = address(settings);
    let (what, remedy) = match error.fault {
        PeerFault::Setup => (format!("no client can be built: {error}"), "name PEM files of authorities".to_owned()),
        PeerFault::Unreachable => (
            format!("{url} cannot be reached: {error}"),
            "correct the URL, or let this machine connect to it".to_owned(),
        ),
        PeerFault::Tls => (
            format!("TLS with {url} fails: {error}"),
            "correct the URL, or name the authority of its certificate in `cpaas.root_certificates`".to_owned(),
        ),
        PeerFault::Answer => (
            format!("{url} does not answer like a CPaaS: {error}"),
            "write the URL that the provider gave you, or ask them whether they have a problem".to_owned(),
        ),
        PeerFault::NoStartTls | PeerFault::Client | PeerFault::Credentials => {
            (format!("the CPaaS refuses it: {error}"), correction(config, settings, error.fault))
        }
    };
    Finding { at: place(config, settings, error.fault), what, remedy, kind: kind(error) }
}

/// The keys of which one is wrong. Of a project the CPaaS does not say which; of an account it names the client apart
/// from the person.
fn correction(config: &Config, settings: &CpaasSettings, fault: PeerFault) -> String {
    let secret = |key: &str| config.places.secret("cpaas", key).key;
    match (&settings.grant, fault) {
        (Grant::Project { .. }, _) => format!(
            "correct `cpaas.client_id` or `{}`: write the key and the secret of the same project",
            secret("client_secret")
        ),
        (Grant::Account { .. }, PeerFault::Client) => {
            "correct `cpaas.client_id`: write the client id that belongs to the account".to_owned()
        }
        (Grant::Account { .. }, _) => {
            format!(
                "correct `cpaas.email` or `{}`: write the address and the password of the same account",
                secret("password")
            )
        }
    }
}

fn place(config: &Config, settings: &CpaasSettings, fault: PeerFault) -> KeyPlace {
    let secret = match settings.grant {
        Grant::Project { .. } => "client_secret",
        Grant::Account { .. } => "password",
    };
    match fault {
        PeerFault::Client if matches!(settings.grant, Grant::Account { .. }) => config.places.key("cpaas", "client_id"),
        PeerFault::NoStartTls | PeerFault::Client | PeerFault::Credentials => config.places.secret("cpaas", secret),
        PeerFault::Setup if !settings.extra_roots.is_empty() => config.places.key("cpaas", "root_certificates"),
        PeerFault::Setup | PeerFault::Unreachable | PeerFault::Tls | PeerFault::Answer => {
            config.places.key("cpaas", "base_url")
        }
    }
}

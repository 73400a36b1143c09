//! Connects to the mail server and signs in; sends no mail.

use super::report::{Finding, Report, kind};
use crate::config::load::Config;
use crate::delivery::{EmailProvider, Encryption, PeerFault, SignInError, SmtpSettings, sign_in_to_mail_server};
use crate::platform::clock::Clock;
use crate::platform::random::Random;

pub(super) async fn check(config: &Config) -> Report {
    let delivery = &config.settings.delivery;
    let is_used = delivery.email.contains(&EmailProvider::Smtp);
    let Some(settings) = delivery.smtp.as_ref().filter(|_| is_used) else { return Report::default() };
    match sign_in_to_mail_server(settings, &Clock::system(), &Random::system()).await {
        Ok(()) => {
            let done = if settings.account.is_some() { "signed in at" } else { "greeted, without an account," };
            Report::reached(format!("smtp: {done} {}:{}", settings.host, settings.port))
        }
        Err(error) => Report::found(finding(config, settings, &error)),
    }
}

fn finding(config: &Config, settings: &SmtpSettings, error: &SignInError) -> Finding {
    let server = format!("{}:{}", settings.host, settings.port);
    let key = |key: &str| config.places.key("smtp", key);
    let (at, what, remedy) = match error.fault {
        PeerFault::Setup => {
            (key("root_certificates"), format!("no client can be built: {error}"), "name PEM files of authorities")
        }
        PeerFault::Unreachable => (
            key("host"),
            format!("{server} cannot be reached: {error}"),
            "correct `smtp.host`, `smtp.port` and `smtp.tls`, which must fit each other, or let this machine connect",
        ),
        PeerFault::Tls => (
            key("tls"),
            format!("TLS with {server} fails: {error}"),
            "correct `smtp.tls` or `smtp.host`, or name the authority of its certificate in `smtp.root_certificates`",
        ),
        PeerFault::NoStartTls => {
            (key("tls"), format!("{server} offers no STARTTLS, which `smtp.tls` asks for"), other_port(settings))
        }
        PeerFault::Answer => (key("host"), format!("{server} answers differently: {error}"), different(settings)),
        PeerFault::Client | PeerFault::Credentials => (
            config.places.secret("smtp", "password"),
            format!("the mail server refuses it: {error}"),
            "write the password that belongs to `smtp.username`; many providers want an app password here",
        ),
    };
    Finding { at, what, remedy: remedy.to_owned(), kind: kind(error) }
}

/// What may fit a server that encrypts nothing at this port.
fn other_port(settings: &SmtpSettings) -> &'static str {
    if settings.host.is_loopback() {
        "write the port that offers it in `smtp.port` (usually 587), or `smtp.tls = \"implicit\"` with its port (usually \
         465), or `smtp.tls = \"none\"`, as the server is on this machine"
    } else {
        "write the port that offers it in `smtp.port` (usually 587), or `smtp.tls = \"implicit\"` with its port (usually 465)"
    }
}

/// The usual reason for an answer that does not fit: the other kind of TLS.
const fn different(settings: &SmtpSettings) -> &'static str {
    match settings.encryption {
        Encryption::StartTls | Encryption::None => {
            "name a mail server that takes mail from this account; a port for `tls = \"implicit\"` answers so too"
        }
        Encryption::Implicit => "name a mail server that takes mail from this account",
    }
}

//! The provider `smtp` of `delivery.email`: one mail, from the settings to the operator's line.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::BoxFuture;
use lettre::transport::smtp::client::{Certificate, CertificateStore, TlsParameters};
use tokio::time::Instant;

use super::failure::Failure;
use super::mail::{Addresses, Mail, Text};
use super::session::{Server, Session, Wrapping};
use crate::delivery::error::DeliverySetupError;
use crate::delivery::peer_fault::SignInError;
use crate::delivery::provider::{DeliveryError, Destination, MessageProvider, Sent};
use crate::delivery::reason::telling_words;
use crate::delivery::settings::{Encryption, MailAccount, SmtpSettings};
use crate::delivery::tls;
use crate::domain::host::HostName;
use crate::platform::clock::Clock;
use crate::platform::random::Random;
use crate::platform::secret::ExposeSecret as _;

/// The name in the registry.
const NAME: &str = "smtp";

/// The provider `smtp` of `delivery.email`.
pub(crate) struct SmtpMessages {
    settings: SmtpSettings,
    server: Server,
    clock: Clock,
    random: Random,
}

impl SmtpMessages {
    /// Reads the certificates. Makes no connection: a mail server that is down must not prevent the start.
    pub(crate) fn new(settings: &SmtpSettings, clock: &Clock, random: &Random) -> Result<Self, DeliverySetupError> {
        let wrong = |why: &dyn std::fmt::Display| DeliverySetupError(format!("smtp: {why}"));
        let readable = settings.encryption == Encryption::None && !settings.host.is_loopback();
        if settings.account.is_some() && readable {
            return Err(wrong(&"a password needs an encrypted connection"));
        }
        let tls = tls(settings).map_err(|error| wrong(&error))?;
        let server = Server {
            host: settings.host.clone(),
            port: settings.port,
            tls,
            ehlo_name: settings.ehlo_name.clone(),
            timeout: settings.timeout,
        };
        Ok(Self { settings: settings.clone(), server, clock: clock.clone(), random: random.clone() })
    }

    async fn deliver(&self, to: &Destination, text: &str, subject: Option<&str>) -> Result<(), DeliveryError> {
        let deadline = Instant::now() + self.settings.timeout;
        let to = match to {
            Destination::Email(address) => address,
            Destination::Phone(_) => return Err(unsent("a mail cannot go to a telephone number".to_owned())),
        };
        let subject = subject.filter(|subject| !subject.trim().is_empty());
        let subject = subject.ok_or_else(|| unsent("a mail needs a subject".to_owned()))?;
        let addresses = Addresses { from: &self.settings.from, from_name: &self.settings.from_name, to };
        let id = self.random.clone().string(b"abcdefghijklmnopqrstuvwxyz0123456789", 24);
        let id = id.map_err(|error| unsent(error.to_string()))?;
        let mail = Mail::new(&addresses, &Text { subject, body: text, id: &id }, self.clock.now()).map_err(unsent)?;
        let outcome = self.hand_over(&mail, deadline).await;
        outcome.map_err(|failure| {
            let mut hidden = telling_words(text);
            hidden.extend([to.as_str(), self.settings.from.as_str()]);
            hidden.extend(to.as_str().rsplit_once('@').map(|(user, _)| user));
            let account = self.settings.account.as_ref().map(forms).unwrap_or_default();
            hidden.extend(account.iter().map(String::as_str));
            DeliveryError { provider: NAME, reason: failure.line(&hidden), sent: failure.sent() }
        })
    }

    async fn hand_over(&self, mail: &Mail, deadline: Instant) -> Result<(), Failure> {
        let mut session = Session::open(&self.server, deadline).await?;
        let outcome = async {
            self.show_account(&mut session).await?;
            session.hand_over(mail).await
        }
        .await;
        say_good_bye(session, &outcome).await;
        outcome
    }

    /// Signs in as for a mail, and sends none.
    pub(crate) async fn sign_in(&self) -> Result<(), SignInError> {
        let deadline = Instant::now() + self.settings.timeout;
        let outcome = async {
            let mut session = Session::open(&self.server, deadline).await?;
            let outcome = self.show_account(&mut session).await;
            say_good_bye(session, &outcome).await;
            outcome
        }
        .await;
        outcome.map_err(|failure| {
            let account = self.settings.account.as_ref().map(forms).unwrap_or_default();
            let hidden: Vec<&str> = account.iter().map(String::as_str).collect();
            SignInError { fault: failure.fault(), reason: failure.line(&hidden) }
        })
    }

    async fn show_account(&self, session: &mut Session) -> Result<(), Failure> {
        match &self.settings.account {
            Some(account) => session.sign_in(account).await,
            None => Ok(()),
        }
    }
}

impl MessageProvider for SmtpMessages {
    fn send<'a>(
        &'a self,
        to: &'a Destination,
        text: &'a str,
        subject: Option<&'a str>,
    ) -> BoxFuture<'a, Result<(), DeliveryError>> {
        Box::pin(self.deliver(to, text, subject))
    }
}

async fn say_good_bye(session: Session, outcome: &Result<(), Failure>) {
    if outcome.as_ref().err().is_none_or(Failure::leaves_it_open) {
        session.quit().await;
    }
}

fn unsent(reason: String) -> DeliveryError {
    DeliveryError { provider: NAME, reason, sent: Sent::No }
}

/// The two ways to TLS have one list of roots: we wrap the connection ourselves, or `lettre` does after STARTTLS.
fn tls(settings: &SmtpSettings) -> Result<Wrapping, DeliverySetupError> {
    let extra = tls::certificates(&settings.extra_roots)?;
    // Checked here, so that a wrong file or name fails at the start whatever `tls` is.
    let config = tls::client(&extra)?;
    let wrong = |error: &dyn std::fmt::Display| DeliverySetupError(format!("{}: {error}", settings.host));
    let name = bare(&settings.host);
    match settings.encryption {
        Encryption::None => Ok(Wrapping::None),
        Encryption::Implicit => {
            let name = name.try_into().map_err(|error| wrong(&error))?;
            Ok(Wrapping::FromStart(Arc::new(config).into(), name))
        }
        Encryption::StartTls => {
            let mut builder = TlsParameters::builder(name).certificate_store(CertificateStore::WebpkiRoots);
            for certificate in &extra {
                let certificate = Certificate::from_der(certificate.to_vec()).map_err(|error| wrong(&error))?;
                builder = builder.add_root_certificate(certificate);
            }
            Ok(Wrapping::AfterHello(builder.build().map_err(|error| wrong(&error))?))
        }
    }
}

/// The host as certificates name it: an IPv6 address without brackets.
fn bare(host: &HostName) -> String {
    host.address().map_or_else(|| host.as_str().to_owned(), |address| address.to_string())
}

/// What a server could repeat of an account: name and password, as they are and as they are sent (RFC 4616, base64).
fn forms(account: &MailAccount) -> Vec<String> {
    let MailAccount { username, password } = account;
    let password = password.expose_secret();
    let whole = format!("\0{username}\0{password}");
    let encoded = [&whole, username, password].map(|text| STANDARD.encode(text));
    [vec![username.clone(), password.to_owned()], encoded.to_vec()].concat()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::failure::Cause;
    use super::*;
    use crate::platform::secret::SecretString;

    fn settings() -> SmtpSettings {
        SmtpSettings {
            host: "mail.example.com".parse().unwrap(),
            port: 25,
            encryption: Encryption::StartTls,
            account: Some(MailAccount { username: "gate".to_owned(), password: SecretString::from("canary-4711") }),
            from: "gate@example.com".parse().unwrap(),
            from_name: "Gate".to_owned(),
            ehlo_name: None,
            timeout: Duration::from_secs(5),
            extra_roots: Vec::new(),
        }
    }

    fn refused(settings: &SmtpSettings) -> String {
        let made = SmtpMessages::new(settings, &Clock::system(), &Random::system());
        made.err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn nothing_is_set_up_that_would_show_the_password_to_the_network() {
        let plain = SmtpSettings { encryption: Encryption::None, ..settings() };
        assert_eq!(
            refused(&plain),
            "delivery of codes cannot be set up: smtp: a password needs an encrypted connection"
        );
        for host in ["localhost", "127.0.0.1", "[::1]"] {
            assert_eq!(refused(&SmtpSettings { host: host.parse().unwrap(), ..plain.clone() }), "", "{host}");
        }
        assert_eq!(refused(&SmtpSettings { account: None, ..plain }), "");
        assert_eq!(refused(&settings()), "");
    }

    #[test]
    fn every_kind_of_host_has_a_name_for_tls() {
        for encryption in [Encryption::StartTls, Encryption::Implicit] {
            for host in ["mail.example.com", "192.0.2.1", "[2001:db8::1]", "mail_1.intern"] {
                let settings = SmtpSettings { encryption, host: host.parse().unwrap(), ..settings() };
                assert_eq!(refused(&settings), "", "{host}");
            }
        }
    }

    #[tokio::test]
    async fn a_mail_has_an_address_and_a_subject_or_nothing_is_sent() {
        let provider = SmtpMessages::new(&settings(), &Clock::system(), &Random::system()).unwrap();
        let phone = Destination::Phone("+15005550006".parse().unwrap());
        let error = provider.send(&phone, "123456", Some("Code")).await.unwrap_err();
        assert_eq!(
            (error.to_string().as_str(), error.sent),
            ("smtp: a mail cannot go to a telephone number", Sent::No)
        );
        let mailbox = Destination::Email("ada@example.com".parse().unwrap());
        for subject in [None, Some(" ")] {
            let error = provider.send(&mailbox, "123456", subject).await.unwrap_err();
            assert_eq!((error.to_string().as_str(), error.sent), ("smtp: a mail needs a subject", Sent::No));
        }
    }

    #[test]
    fn a_server_that_repeats_what_we_said_tells_the_log_nothing() {
        let account = settings().account.unwrap();
        let hidden = forms(&account);
        let hidden: Vec<&str> = hidden.iter().map(String::as_str).collect();
        let said = "not known: AUTH PLAIN AGdhdGUAY2FuYXJ5LTQ3MTE= or Y2FuYXJ5LTQ3MTE= or canary-4711 of gate";
        let cause = Cause::Refused { status: 500, text: said.to_owned() };
        let line = Failure::before("AUTH", cause).line(&hidden);
        assert_eq!(line, "AUTH: status 500 (not known: AUTH PLAIN [hidden] or [hidden] or [hidden] of [hidden])");
    }
}

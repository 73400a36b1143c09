//! Our own codes by mail, handed to a mail server (SMTP, RFC 5321).
//!
//! Decides what the server's answers mean; the code and its keyed hash stay with `factor`. One connection for each mail:
//! sign-ins are too rare to keep one open, and servers close unused ones without a word. Nothing is retried: after a
//! refusal the visitor asks again, which is what a greylisting server waits for. `lettre` is built without its
//! `tracing`, which would log the password and the code.
//!
//! | the server | mail sent | source |
//! |---|---|---|
//! | cannot be reached, or its certificate is not trusted | no | nothing was said to it yet |
//! | offers no STARTTLS, or no way to sign in that we know | no | RFC 3207 §4, RFC 4954 §4: we end before MAIL |
//! | answers 4yz or 5yz before DATA | no | RFC 5321 §4.2.1 |
//! | answers 4yz to say "later" (greylisting) | no | RFC 6647: the mail is not kept |
//! | is silent, or the connection breaks, before the final dot is written | no | RFC 5321 §4.1.1.4: a mail ends with the dot |
//! | is silent, or the connection breaks, or it talks nonsense, after that | perhaps | RFC 1047: it may have taken the mail |
//! | answers 4yz or 5yz to the final dot | no | RFC 5321 §4.2.5: it must not deliver the mail |
//! | answers 2yz to the final dot | yes | RFC 5321 §4.2.5: it takes the responsibility |

mod failure;
mod mail;
mod one_line;
mod session;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::BoxFuture;
use lettre::transport::smtp::client::{Certificate, CertificateStore, TlsParameters};
use tokio::time::Instant;

use crate::delivery::error::DeliverySetupError;
use crate::delivery::provider::{DeliveryError, Destination, MessageProvider, Sent};
use crate::delivery::reason::telling_words;
use crate::delivery::settings::{Encryption, MailAccount, SmtpSettings};
use crate::delivery::tls;
use crate::domain::host::HostName;
use crate::platform::clock::Clock;
use crate::platform::random::Random;
use crate::platform::secret::ExposeSecret as _;
use mail::{Addresses, Mail, Text};
use session::{Server, Session, Wrapping};

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

    async fn hand_over(&self, mail: &Mail, deadline: Instant) -> Result<(), failure::Failure> {
        let mut session = Session::open(&self.server, deadline).await?;
        let outcome = async {
            if let Some(account) = &self.settings.account {
                session.sign_in(account).await?;
            }
            session.hand_over(mail).await
        }
        .await;
        if outcome.as_ref().err().is_none_or(failure::Failure::leaves_it_open) {
            session.quit().await;
        }
        outcome
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
            Ok(Wrapping::FromStart(std::sync::Arc::new(config).into(), name))
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

//! The settings of delivery.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

use crate::domain::email::EmailAddress;
use crate::domain::host::HostName;
use crate::domain::phone::PhoneNumber;

/// A provider in `delivery.sms`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmsProvider {
    /// `cpaas`: the CPaaS creates, sends, keeps and checks the code.
    Cpaas,
    /// `cpaas_message`: the CPaaS sends our text; the code is ours.
    CpaasMessage,
}

/// A provider in `delivery.email`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmailProvider {
    /// `cpaas`: the CPaaS creates, sends, keeps and checks the code.
    Cpaas,
    /// `smtp`: a mail server takes our mail; the code is ours.
    Smtp,
}

/// The credentials for the CPaaS. `Debug` shows only the client id.
#[derive(Clone)]
pub enum Grant {
    /// A private project: `grant_type=client_credentials`.
    Project {
        /// The Private Project key.
        client_id: String,
        /// The Private Project secret.
        client_secret: SecretString,
    },
    /// An account user: `grant_type=password`.
    Account {
        /// The account client ID, or a project's public key.
        client_id: String,
        /// The account's e-mail address.
        email: String,
        /// The account's password.
        password: SecretString,
    },
}

/// The settings in `[cpaas]`.
#[derive(Debug, Clone)]
pub struct CpaasSettings {
    /// The base URL, `https://…`; plain `http://` only on loopback. Without user, query or fragment.
    pub base_url: url::Url,
    /// The credentials.
    pub grant: Grant,
    /// The number that `cpaas_message` sends from; `None`: the project's default number.
    pub sender_number: Option<PhoneNumber>,
    /// Whether an SMS ends with the line that binds the code to the site's host: `{code}` stands twice in the text then.
    pub origin_line: bool,
    /// Total time for one operation: token, call, and the one retry.
    pub timeout: Duration,
    /// PEM files of certificate authorities that are trusted in addition to the public ones.
    pub extra_roots: Vec<PathBuf>,
}

/// How the connection to the mail server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// `starttls`: plain at first, then TLS or nothing (RFC 3207).
    StartTls,
    /// `implicit`: TLS from the first byte (RFC 8314).
    Implicit,
    /// `none`: readable for everybody between.
    None,
}

/// The account at the mail server. `Debug` shows only the user name.
#[derive(Debug, Clone)]
pub struct MailAccount {
    /// The user name, often an address.
    pub username: String,
    /// The password.
    pub password: SecretString,
}

/// The settings in `[smtp]`.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    /// The mail server, which its certificate must name.
    pub host: HostName,
    /// Its port.
    pub port: u16,
    /// How the connection is encrypted.
    pub encryption: Encryption,
    /// The account; `None`: the server takes mail from us without one.
    pub account: Option<MailAccount>,
    /// The sender's address, which also gets what cannot be delivered.
    pub from: EmailAddress,
    /// The sender's name.
    pub from_name: String,
    /// The name that we greet with; `None`: our address on this connection.
    pub ehlo_name: Option<HostName>,
    /// Total time for one mail, from the look-up of the server's name to its last answer.
    pub timeout: Duration,
    /// PEM files of certificate authorities that are trusted in addition to the public ones.
    pub extra_roots: Vec<PathBuf>,
}

/// The settings in `[delivery]`, and those of the CPaaS and the mail server.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The providers for SMS, in order.
    pub sms: Vec<SmsProvider>,
    /// The providers for mail, in order.
    pub email: Vec<EmailProvider>,
    /// The CPaaS, if one of the providers needs it.
    pub cpaas: Option<CpaasSettings>,
    /// The mail server, if one of the providers needs it.
    pub smtp: Option<SmtpSettings>,
}

impl Grant {
    /// The client id, which also identifies us in messages (`clientCorrelator`).
    pub fn client_id(&self) -> &str {
        match self {
            Self::Project { client_id, .. } | Self::Account { client_id, .. } => client_id,
        }
    }
}

impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            Self::Project { .. } => "Project",
            Self::Account { .. } => "Account",
        };
        f.debug_struct(kind).field("client_id", &self.client_id()).finish_non_exhaustive()
    }
}
